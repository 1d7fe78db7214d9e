"""Fingers on a pulse: what they feel, and how long until they are certain."""

from __future__ import annotations

from game.rules.skills.params import Skills, on_curve


def felt(systolic_mmhg: int, skills: Skills) -> int:
    """What fingers on the neck feel of a beating heart, 0 to 100."""
    return on_curve(skills.touch, systolic_mmhg)


def certain_ms(touch: int, skills: Skills) -> int:
    """How long fingers that feel `touch` (0 to 100) must lie there to tell: a strong pulse soon, none only late."""
    return on_curve(skills.certain_ms, touch)
