"""Suction: how long the catheter must be in before the throat is clear."""

from __future__ import annotations

from game.rules.skills.params import Skills


def clears(start_ms: int, at_ms: int, skills: Skills) -> bool:
    """True once a pass that began at `start_ms` has cleared the throat; from then on a breath need not wait for it."""
    return at_ms - start_ms >= skills.suction.clears_ms
