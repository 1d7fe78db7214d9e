"""What a patient reports of himself: pulse lost or back, another rhythm, the result of a shock."""

from __future__ import annotations

from dataclasses import dataclass

from game.sim.rhythm import Rhythm, ShockResult


@dataclass(frozen=True, slots=True)
class PulseChanged:
    """The true pulse came back (1) or was lost (0)."""

    ms: int
    pulse: int


@dataclass(frozen=True, slots=True)
class RhythmChanged:
    """The heart went into another rhythm."""

    ms: int
    rhythm: Rhythm


@dataclass(frozen=True, slots=True)
class Shocked:
    """A shock went through the heart, with its result."""

    ms: int
    energy_j: int
    result: ShockResult


Happening = PulseChanged | RhythmChanged | Shocked
