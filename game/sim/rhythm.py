"""The rhythms a heart can be in, and what each means for the rest of the patient."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Rhythm(StrEnum):
    """What the heart's electricity does. PEA and SINUS are the same beats without and with a pulse."""

    VF = "vf"
    PVT = "pvt"
    ASYSTOLE = "asystole"
    PEA = "pea"
    SINUS = "sinus"


@dataclass(frozen=True, slots=True)
class RhythmTraits:
    """`organised` rhythms have beats, `shockable` ones can be ended by a shock."""

    organised: bool
    shockable: bool


TRAITS: Final[dict[Rhythm, RhythmTraits]] = {
    Rhythm.VF: RhythmTraits(organised=False, shockable=True),
    Rhythm.PVT: RhythmTraits(organised=False, shockable=True),
    Rhythm.ASYSTOLE: RhythmTraits(organised=False, shockable=False),
    Rhythm.PEA: RhythmTraits(organised=True, shockable=False),
    Rhythm.SINUS: RhythmTraits(organised=True, shockable=False),
}


class ShockResult(StrEnum):
    """What a shock left behind five seconds later."""

    FAILED = "failed"
    ASYSTOLE = "asystole"
    ORGANISED = "organised"
