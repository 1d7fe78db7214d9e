"""Whether there is a pulse of the heart's own."""

from __future__ import annotations

from dataclasses import dataclass

from game.sim.body.circulation import NEVER_MS


@dataclass(slots=True)
class Pulse:
    """`systolic_mmhg` is what the heart's own contraction reaches, smoothed over beats, compressions taken away.

    `present` holds since `since_ms`. `ever`: a pulse has come back since the collapse.
    `strong_since_ms` and `weak_since_ms` are since when the heart does what would make the pulse come or go, `NEVER_MS`
    if it does not; `beat_ms` is its last beat.
    """

    present: bool = False
    since_ms: int = NEVER_MS
    systolic_mmhg: float = 0.0
    ever: bool = False
    strong_since_ms: int = NEVER_MS
    weak_since_ms: int = NEVER_MS
    beat_ms: int = NEVER_MS
