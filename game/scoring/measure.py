"""A measure: chances that a run offered, what the team made of each, and why it was not everything."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum
from typing import NamedTuple, TypeAlias

from game.log import NO_SEAT
from game.scoring.course import Course

Figures: TypeAlias = Mapping[str, float | str]
"""Numbers and words by name, as the sentences of the weights file name them."""


class Event(NamedTuple):
    """Something in the log that a chance speaks of: when, what, and by whose hand (-1 for nobody's)."""

    ms: int
    kind: str
    seat: int = NO_SEAT


@dataclass(frozen=True, slots=True)
class Chance:
    """One opportunity at `ms`: `value` 0 to 1 is what was made of it, `weight` how much of the run it stands for.

    `why` is the key of the measure's sentence that tells what was missing, `figures` what stands in it.
    """

    ms: int
    value: float
    weight: float = 1.0
    why: str = ""
    figures: Figures = field(default_factory=dict)
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What one measure found. `figures` are raw numbers by name, for words and screens."""

    chances: tuple[Chance, ...]
    figures: tuple[tuple[str, float], ...] = ()
    seen: int | None = None
    """How many opportunities stand behind the chances, where one chance sums up many."""

    @property
    def opportunities(self) -> int:
        return len(self.chances) if self.seen is None else self.seen

    @property
    def value(self) -> float | None:
        """Earned over opportunity, 0 to 1; None without opportunity."""
        weight = fsum(chance.weight for chance in self.chances)
        if weight <= 0.0:
            return None
        return fsum(chance.value * chance.weight for chance in self.chances) / weight


NOTHING_SEEN = Finding(())

Measure: TypeAlias = Callable[[Course], Finding]


def median(values: Sequence[float]) -> float:
    """The middle of a list that is not empty; the mean of the two middle ones for an even count."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return float(ordered[middle]) if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def outside(figure: float, band: tuple[float, float]) -> float:
    """How far a figure lies outside a band; 0 inside."""
    return max(band[0] - figure, figure - band[1], 0.0)


def seconds(ms: float) -> float:
    """Milliseconds as seconds with one decimal, as sentences show them."""
    return round(ms / 1000, 1)
