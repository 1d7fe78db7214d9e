"""A measure: chances that a run offered, and what the team made of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import fsum
from typing import TypeAlias

from game.scoring.course import Course


@dataclass(frozen=True, slots=True)
class Chance:
    """One opportunity at `ms`: `value` 0 to 1 is what was made of it, `weight` how much of the run it stands for."""

    ms: int
    value: float
    weight: float = 1.0


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


Measure: TypeAlias = Callable[[Course], Finding]


def median(values: list[int]) -> float:
    """The middle of a list that is not empty; the mean of the two middle ones for an even count."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return float(ordered[middle]) if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def outside(figure: float, band: tuple[float, float]) -> float:
    """How far a figure lies outside a band; 0 inside."""
    return max(band[0] - figure, figure - band[1], 0.0)
