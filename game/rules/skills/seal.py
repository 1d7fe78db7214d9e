"""The mask's seal: a dot of pressure that drifts in its ring, and two hands that hold it.

The left hand pulls it left, the right hand right, both bring it to the middle, none lets it drift. Places are
thousandths of the ring's radius: within 1000 the mask seals, beyond it leaks.
"""

from __future__ import annotations

from typing import Protocol

from game.rules.skills.params import Skills, on_curve


class Held(Protocol):
    """A dot as it was at `at_ms`, and what has moved it since: memory and view of the rules alike."""

    @property
    def dot(self) -> int: ...
    @property
    def drift_per_s(self) -> int: ...
    @property
    def at_ms(self) -> int: ...
    @property
    def left(self) -> bool: ...
    @property
    def right(self) -> bool: ...


def dot_at(seal: Held, at_ms: int, skills: Skills) -> int:
    """Where the dot is at `at_ms`; before `seal.at_ms` it is where it was then."""
    numbers = skills.seal
    since_ms = max(0, at_ms - seal.at_ms)
    if seal.left and seal.right:
        nearer = min(abs(seal.dot), numbers.centre_per_s * since_ms // 1000)
        return seal.dot - nearer if seal.dot >= 0 else seal.dot + nearer
    pull = numbers.pull_per_s * (seal.right - seal.left)
    moved = (pull + seal.drift_per_s) * since_ms
    # Towards zero on both sides, so that left and right are mirror images.
    dot = seal.dot + (moved // 1000 if moved >= 0 else -(-moved // 1000))
    return min(max(dot, -numbers.furthest), numbers.furthest)


def passes_pct(dot: int, *, moving: bool, skills: Skills) -> int:
    """What of a squeeze passes the seal with the dot there, percent; `moving`: the chest is being compressed."""
    pct = on_curve(skills.seal.passes_pct, abs(dot))
    return pct * skills.seal.moving_pct // 100 if moving else pct


def pct_at(seal: Held, at_ms: int, *, moving: bool, skills: Skills) -> int:
    """What of a squeeze passes the seal at `at_ms`, percent."""
    return passes_pct(dot_at(seal, at_ms, skills), moving=moving, skills=skills)
