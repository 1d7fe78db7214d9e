"""One of the 37 measures as read from a log: a value, and further figures beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from game.scoring.course import Course
from game.scoring.measure import Finding


@dataclass(frozen=True, slots=True)
class Reading:
    """`value` is None where the run gave no occasion; `told` is False where the log does not hold what is needed."""

    value: float | None
    parts: Mapping[str, float | str | None] = field(default_factory=dict)
    told: bool = True


NO_OCCASION: Final = Reading(None)
NOT_TOLD: Final = Reading(None, told=False)

Findings: TypeAlias = Mapping[str, Mapping[str, Finding]]
"""What the measures of the score found, by block and key."""

Reader: TypeAlias = Callable[[Course], Reading]


def in_seconds(ms: float | None, **parts: float | str | None) -> Reading:
    """A time in seconds, from milliseconds."""
    return Reading(None if ms is None else round(ms / 1000, 1), parts)


def share(part: float, whole: float, **parts: float | str | None) -> Reading:
    """`part` of `whole`; no occasion where there was nothing to share."""
    return Reading(round(part / whole, 4), parts) if whole else NO_OCCASION
