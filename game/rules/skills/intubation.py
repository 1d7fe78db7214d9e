"""Intubation by eye and hand: how far blade and tube are off what they look for, at any time of an attempt.

The offset sweeps and wobbles as a hand does, and compressions shake it; nobody can hold it still, one can only choose
the moment. Everything is whole numbers, so every machine sees the same.
"""

from __future__ import annotations

from typing import Final, Protocol

from game.rules.skills.params import Skills, on_curve

VIEW: Final = "view"
"""The blade is in: look for the cords."""
CORDS: Final = "cords"
"""The cords are seen: pass the tube when it lies before them."""
STEPS: Final = (VIEW, CORDS)

FURTHEST: Final = 1000
_PHASE_BITS: Final = 12
_PHASES: Final = 1 << _PHASE_BITS
"""Two phases a step are drawn from the bits of the attempt's seed."""


class Attempt(Protocol):
    """An attempt since its step began at `since_ms`, with the luck `seed` of this hand and this throat."""

    @property
    def step(self) -> str: ...
    @property
    def since_ms(self) -> int: ...
    @property
    def seed(self) -> int: ...
    @property
    def shaking(self) -> bool: ...


def offset(attempt: Attempt, at_ms: int, skills: Skills) -> int:
    """How far off the middle, -1000 to 1000, at `at_ms`. ValueError for an attempt that is in no step of STEPS."""
    numbers = skills.tube
    luck = attempt.seed >> 2 * _PHASE_BITS * STEPS.index(attempt.step)
    since_ms = max(0, at_ms - attempt.since_ms)
    sweep = _wave(since_ms, numbers.sweep_ms, luck % _PHASES, FURTHEST)
    wobble = _wave(since_ms, numbers.wobble_ms, (luck >> _PHASE_BITS) % _PHASES, numbers.wobble)
    shake = _wave(at_ms, numbers.shake_ms, 0, numbers.shake) if attempt.shaking else 0
    return min(max(sweep + wobble + shake, -FURTHEST), FURTHEST)


def in_view(attempt: Attempt, at_ms: int, skills: Skills) -> bool:
    """True while what this step looks for can be seen: the cords, or the tube before the opening."""
    edge = skills.tube.view_edge if attempt.step == VIEW else skills.tube.opening_edge
    return abs(offset(attempt, at_ms, skills)) <= edge


def skill_pct(off: int, skills: Skills) -> int:
    """The skill of an act at this offset, percent of a trained person's."""
    return on_curve(skills.tube.skill_pct, abs(off))


def _wave(ms: int, period_ms: int, phase: int, height: int) -> int:
    """A triangle wave from -height to height; `phase` in parts of _PHASES of a period."""
    at = (ms + period_ms * phase // _PHASES) % period_ms
    half = period_ms // 2
    climbed = at if at <= half else period_ms - at
    return 2 * height * climbed // half - height
