"""The way air takes: head, throat, stomach, and the device that keeps it open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MASK: Final = 0
SGA: Final = 1
TUBE: Final = 2
"""Devices, as `game.sim.events.DEVICES` lists them; a mask stands for no device in the throat."""

TRACHEA: Final = 0
OESOPHAGUS: Final = 1
BRONCHUS: Final = 2
OUT: Final = 3
"""Where the device ends. A bronchus is the right main bronchus; out is somewhere in the throat."""

BARE: Final = 0
ORAL: Final = 1
NASAL: Final = 2
"""Adjuncts that hold the tongue away."""

OPEN: Final = 0
JAW_THRUST: Final = 1
SUCTION: Final = 2
PUT_ORAL: Final = 3
PUT_NASAL: Final = 4
PUT_SGA: Final = 5
PUT_TUBE: Final = 6
PULL_BACK: Final = 7
REMOVE: Final = 8
CLEAR_FOREIGN_BODY: Final = 9
DECOMPRESS_STOMACH: Final = 10
"""Acts, as `game.sim.events.AIRWAY_ACTS` lists them."""

AIRWAY_CHANGES: Final = ("tube_out", "tube_deep", "tube_in_oesophagus", "sga_leaks", "regurgitation")
"""What an instructor can change at the airway; codes of the laws are positions here."""

TUBE_OUT: Final = 0
TUBE_DEEP: Final = 1
TUBE_IN_OESOPHAGUS: Final = 2
SGA_LEAKS: Final = 3
REGURGITATION: Final = 4


@dataclass(slots=True)
class Airway:
    """Device and where it ends; what narrows the way; the stomach; own breaths and the last breath pushed in.

    Shares from 0 to 1: `patency` (how much of a breath passes the throat), `soiled`
    (throat full of vomit), `aspirated` (how much of it reached the lungs), `sga_leak`.
    `regurgitation` is a cumulative hazard, and the stomach comes up at `regurgitation_at`. `breath_ml` reached the
    lungs at the last push, with `peak_cmh2o` at the bag. Of a tube in the oesophagus `wave_mmhg` was the first wave
    of carbon dioxide and `misplaced_breaths` counts the breaths since.
    """

    device: int = MASK
    place: int = TRACHEA
    adjunct: int = BARE
    opened: bool = False
    patency: float = 1.0
    soiled: float = 0.0
    aspirated: float = 0.0
    stomach_ml: float = 0.0
    sga_leak: float = 0.0
    regurgitation: float = 0.0
    regurgitation_at: float = 1.0
    vomits: int = 0
    tube_attempts: int = 0
    sga_attempts: int = 0
    small_acts: int = 0
    misplaced_breaths: int = 0
    wave_mmhg: float = 0.0
    breath_ml: float = 0.0
    peak_cmh2o: float = 0.0
    own_breaths_per_min: float = 0.0
    own_breath_ml: float = 0.0
