"""The rhythms a heart can be in, what each means for the rest of the patient, and their numbers in the laws."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Rhythm(StrEnum):
    """What the heart's electricity does, as it is told to others.

    PEA is any organised rhythm without a pulse and PVT is ventricular tachycardia without one; all others with beats
    have a pulse. P_WAVES is a flat line on which the atria still show.
    """

    VF = "vf"
    PVT = "pvt"
    ASYSTOLE = "asystole"
    PEA = "pea"
    SINUS = "sinus"
    VT = "vt"
    TORSADES = "torsades"
    P_WAVES = "p_waves"
    FIRST_DEGREE = "first_degree"
    WENCKEBACH = "wenckebach"
    MOBITZ = "mobitz"
    COMPLETE_BLOCK = "complete_block"
    COMPLETE_BLOCK_WIDE = "complete_block_wide"
    AF = "af"
    FLUTTER = "flutter"
    SVT = "svt"
    JUNCTIONAL = "junctional"
    IDIOVENTRICULAR = "idioventricular"
    AGONAL = "agonal"
    PACED = "paced"


@dataclass(frozen=True, slots=True)
class RhythmTraits:
    """`organised` rhythms have beats that could carry a pulse, `shockable` ones are for an unsynchronised shock.

    `regular` beats come evenly, `wide` ones spread outside the conduction system, `conducted` ones follow a P wave, and
    `cardiovertible` rhythms are for a synchronised shock.
    """

    organised: bool
    shockable: bool
    regular: bool = False
    wide: bool = False
    conducted: bool = False
    cardiovertible: bool = False


TRAITS: Final[dict[Rhythm, RhythmTraits]] = {
    Rhythm.VF: RhythmTraits(organised=False, shockable=True),
    Rhythm.PVT: RhythmTraits(organised=False, shockable=True, regular=True, wide=True),
    Rhythm.ASYSTOLE: RhythmTraits(organised=False, shockable=False),
    Rhythm.PEA: RhythmTraits(organised=True, shockable=False),
    Rhythm.SINUS: RhythmTraits(organised=True, shockable=False, regular=True, conducted=True),
    Rhythm.VT: RhythmTraits(organised=True, shockable=False, regular=True, wide=True, cardiovertible=True),
    Rhythm.TORSADES: RhythmTraits(organised=False, shockable=True, wide=True),
    Rhythm.P_WAVES: RhythmTraits(organised=False, shockable=False),
    Rhythm.FIRST_DEGREE: RhythmTraits(organised=True, shockable=False, regular=True, conducted=True),
    Rhythm.WENCKEBACH: RhythmTraits(organised=True, shockable=False, conducted=True),
    Rhythm.MOBITZ: RhythmTraits(organised=True, shockable=False, wide=True, conducted=True),
    Rhythm.COMPLETE_BLOCK: RhythmTraits(organised=True, shockable=False, regular=True),
    Rhythm.COMPLETE_BLOCK_WIDE: RhythmTraits(organised=True, shockable=False, regular=True, wide=True),
    Rhythm.AF: RhythmTraits(organised=True, shockable=False, cardiovertible=True),
    Rhythm.FLUTTER: RhythmTraits(organised=True, shockable=False, regular=True, cardiovertible=True),
    Rhythm.SVT: RhythmTraits(organised=True, shockable=False, regular=True, cardiovertible=True),
    Rhythm.JUNCTIONAL: RhythmTraits(organised=True, shockable=False, regular=True),
    Rhythm.IDIOVENTRICULAR: RhythmTraits(organised=True, shockable=False, regular=True, wide=True),
    Rhythm.AGONAL: RhythmTraits(organised=True, shockable=False, wide=True),
    Rhythm.PACED: RhythmTraits(organised=True, shockable=False, regular=True, wide=True),
}

# What the laws know the rhythms by. They do not know whether there is a pulse, so PEA and PVT are not among them.
VF: Final = 0
VT: Final = 1
TORSADES: Final = 2
ASYSTOLE: Final = 3
P_WAVES: Final = 4
SINUS: Final = 5
FIRST_DEGREE: Final = 6
WENCKEBACH: Final = 7
MOBITZ: Final = 8
COMPLETE_BLOCK: Final = 9
COMPLETE_BLOCK_WIDE: Final = 10
AF: Final = 11
FLUTTER: Final = 12
SVT: Final = 13
JUNCTIONAL: Final = 14
IDIOVENTRICULAR: Final = 15
AGONAL: Final = 16

KINDS: Final = (
    Rhythm.VF, Rhythm.VT, Rhythm.TORSADES, Rhythm.ASYSTOLE, Rhythm.P_WAVES, Rhythm.SINUS, Rhythm.FIRST_DEGREE,
    Rhythm.WENCKEBACH, Rhythm.MOBITZ, Rhythm.COMPLETE_BLOCK, Rhythm.COMPLETE_BLOCK_WIDE, Rhythm.AF, Rhythm.FLUTTER,
    Rhythm.SVT, Rhythm.JUNCTIONAL, Rhythm.IDIOVENTRICULAR, Rhythm.AGONAL,
)  # fmt: skip
"""The rhythms in the order of their codes."""


class ShockResult(StrEnum):
    """What a shock left behind five seconds later. FAILED: the rhythm it was meant to end, or fibrillation."""

    FAILED = "failed"
    ASYSTOLE = "asystole"
    ORGANISED = "organised"


SHOCK_FAILED: Final = 0
SHOCK_ASYSTOLE: Final = 1
SHOCK_ORGANISED: Final = 2

SHOCK_RESULTS: Final = (ShockResult.FAILED, ShockResult.ASYSTOLE, ShockResult.ORGANISED)
"""The results in the order of their codes."""

VECTORS: Final = ("al", "ap", "double")
"""Ways a shock goes through the chest, in the order of their codes: antero-lateral, antero-posterior, both at once."""

DOUBLE_VECTOR: Final = VECTORS.index("double")


def shown(code: int, pulse: bool, paced: bool = False) -> Rhythm:
    """How the rhythm of this code is told, given whether there is a pulse and whether the last beat was paced."""
    if paced:
        return Rhythm.PACED if pulse else Rhythm.PEA
    if code == VT:
        return Rhythm.VT if pulse else Rhythm.PVT
    if code >= SINUS and not pulse:
        return Rhythm.PEA
    return Rhythm.ASYSTOLE if code == P_WAVES else KINDS[code]


def begins_with_pulse(rhythm: Rhythm) -> bool:
    """Whether a case that begins in this rhythm begins with a pulse."""
    return TRAITS[rhythm].organised and rhythm is not Rhythm.PEA


def code_of(rhythm: Rhythm) -> int:
    """The code of a rhythm: PEA is any organised rhythm and becomes SINUS, whose beats follow the muscle's energy.

    ValueError for PACED, which comes from a pacemaker.
    """
    if rhythm is Rhythm.PEA:
        return SINUS
    return VT if rhythm is Rhythm.PVT else KINDS.index(rhythm)
