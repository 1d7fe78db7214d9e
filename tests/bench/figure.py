"""One measured figure, and the arithmetic that figures share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class BenchError(Exception):
    """A measurement cannot be made: a sentence for people, saying what is missing and how to get it."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of the table and a key of the JSON.

    `spread` says in words how far the value can be trusted or what lies beside it; `budget` is the most that the
    design allows.
    """

    key: str
    value: float
    unit: str
    spread: str = ""
    budget: float | None = None

    @property
    def is_over(self) -> bool:
        """True where the design's budget is not kept."""
        return self.budget is not None and self.value > self.budget


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of `values` lies; raises ValueError for none."""
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median(values: Sequence[float]) -> float:
    """The middle value; raises ValueError for none."""
    return quantile(values, 0.5)


def settled(rounds: Sequence[Sequence[float]]) -> list[float]:
    """Every step's median over rounds that did exactly the same: what other work on the machine added goes."""
    return [median(step) for step in zip(*rounds, strict=True)]


def reach(values: Sequence[float], digits: int = 1) -> str:
    """From the smallest to the largest, in words."""
    return f"{min(values):.{digits}f} to {max(values):.{digits}f} in {len(values)} rounds"
