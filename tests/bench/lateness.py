"""The authority's own histograms, read from its metrics: what happened between two looks."""

from __future__ import annotations

from dataclasses import dataclass

from prometheus_client.parser import text_string_to_metric_families

from tests.bench.figure import BenchError

LATE = "resus_tick_late_seconds"


@dataclass(frozen=True, slots=True)
class Histogram:
    """Counts of values at or below each bound (seconds), the last bound being infinity."""

    bounds_s: tuple[float, ...]
    counts: tuple[int, ...]

    @classmethod
    def read(cls, metrics: str, name: str = LATE) -> Histogram:
        """The histogram `name` out of Prometheus text; raises BenchError if it is not there."""
        rows = [
            (float(sample.labels["le"]), int(sample.value))
            for family in text_string_to_metric_families(metrics)
            for sample in family.samples
            if sample.name == f"{name}_bucket"
        ]
        if not rows:
            raise BenchError(f"the server's metrics have no {name}: is it up, and of this version?")
        bounds, counts = zip(*sorted(rows), strict=True)
        return cls(bounds, counts)

    def since(self, earlier: Histogram) -> Histogram:
        """What was added after `earlier`."""
        return Histogram(self.bounds_s, tuple(a - b for a, b in zip(self.counts, earlier.counts, strict=True)))

    @property
    def total(self) -> int:
        return self.counts[-1]

    def quantile_ms(self, share: float) -> float:
        """The value below which `share` of the values lies, by a straight line within its bucket.

        Past the last finite bound that bound is given. Raises BenchError for an empty histogram.
        """
        if self.total == 0:
            raise BenchError("the server has not ticked in the time that was measured")
        wanted = share * self.total
        low_s, below = 0.0, 0
        for bound_s, count in zip(self.bounds_s, self.counts, strict=True):
            if bound_s == float("inf"):
                break
            if count >= wanted:
                inside = (wanted - below) / max(1, count - below)
                return (low_s + (bound_s - low_s) * inside) * 1000
            low_s, below = bound_s, count
        return low_s * 1000
