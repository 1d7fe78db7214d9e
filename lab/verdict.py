"""Published against simulated: what each figure and each row comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan, log
from typing import Final

from lab.published import Result, Row
from lab.statistics import UNKNOWN, Estimate

_LINEAR_FROM: Final = 3.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """One figure beside its published one. `inside` and `right` are None where there is nothing to tell."""

    result: Result
    found: Estimate

    @property
    def inside(self) -> bool | None:
        """Whether the simulated figure lies in the band."""
        return self.result.holds(self.found)

    @property
    def right(self) -> bool | None:
        """Whether the effect has the published direction."""
        return self.result.points_right(self.found)

    @property
    def reaches(self) -> bool:
        """Whether the confidence interval of the simulated figure reaches the band."""
        band, found = self.result.band, self.found
        if band is None or not found.known or isnan(found.lo):
            return bool(self.inside)
        return found.lo <= band[1] and found.hi >= band[0]

    @property
    def deviation(self) -> float:
        """Distance from the published value in half bands, positive above it; NaN where there is none.

        1 is the edge of the band on that side. Ratios are measured by their logarithms.
        """
        result, found = self.result, self.found
        if result.band is None or not found.known:
            return float("nan")
        ratio = result.kind == "ratio" and min(found.value, result.band[0]) > 0
        scale = log if ratio else float
        value, low, high = scale(found.value), scale(result.band[0]), scale(result.band[1])
        middle = 0.5 * (low + high) if isnan(result.value) else scale(result.value)
        edge = high - middle if value > middle else middle - low
        # A published value may be an end of its own band: then that side's edge is measured by the band's width.
        edge = edge if edge > 0 else high - low
        return (value - middle) / edge


@dataclass(frozen=True, slots=True)
class RowVerdict:
    """A row with its figures; `trouble` says why nothing was measured, if so."""

    row: Row
    verdicts: tuple[Verdict, ...]
    trouble: str = ""

    @property
    def deciding(self) -> tuple[Verdict, ...]:
        """The figures by which the row is judged."""
        return tuple(verdict for verdict in self.verdicts if not verdict.result.beside)

    @property
    def count(self) -> tuple[int, int]:
        """How many deciding figures lie in their band, of how many have one; what was not measured lies outside."""
        with_band = [verdict for verdict in self.deciding if verdict.result.band is not None]
        return sum(bool(verdict.inside) for verdict in with_band), len(with_band)

    @property
    def signs(self) -> tuple[int, int]:
        """How many deciding figures point the published way, of how many that have a direction."""
        with_sign = [verdict for verdict in self.deciding if verdict.result.sign]
        return sum(bool(verdict.right) for verdict in with_sign), len(with_sign)

    @property
    def inside(self) -> bool:
        """Whether every deciding figure lies in its band; a row of directions alone agrees when they are right."""
        inside, of = self.count
        return inside == of and not self.trouble and (of > 0 or self.right)

    @property
    def mostly_inside(self) -> bool:
        """Whether at least half of the deciding figures lie in their bands."""
        inside, of = self.count
        return 2 * inside >= of if of else self.inside

    @property
    def right(self) -> bool:
        """Whether every deciding figure with a direction points the published way."""
        right, of = self.signs
        return right == of and not self.trouble


def judge(row: Row, found: Mapping[str, Estimate], trouble: str = "") -> RowVerdict:
    """What a row comes to. KeyError where `found` holds a figure that the row does not ask for."""
    if strays := found.keys() - {result.key for result in row.results}:
        raise KeyError(f"{row.key} asks for no {', '.join(sorted(strays))}")
    return RowVerdict(row, tuple(Verdict(result, found.get(result.key, UNKNOWN)) for result in row.results), trouble)


def loss(verdict: Verdict) -> float:
    """How bad a figure is, to be made small by a fit: the square of its deviation, a line beyond three half bands.

    A figure of direction alone costs nothing when right. What could not be observed costs as much as three half bands.
    """
    if not verdict.found.known:
        return _LINEAR_FROM * _LINEAR_FROM
    if verdict.result.band is None:
        return 0.0 if verdict.right else 1.0
    far = abs(verdict.deviation)
    return far * far if far <= _LINEAR_FROM else _LINEAR_FROM * (2.0 * far - _LINEAR_FROM)
