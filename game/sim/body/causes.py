"""Why the heart stopped: how far each cause has gone, and what all of them together do to the body now."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

CLOSED: Final = 0
"""The chest wall is whole."""
NEEDLE: Final = 1
"""A needle lets air out."""
HOLE: Final = 2
"""A finger has opened the chest."""
RESEALED: Final = 3
"""A finger's opening has closed again."""
DRAIN: Final = 4
"""A tube keeps the chest open."""

LEFT: Final = 0
RIGHT: Final = 1

TOXINS: Final = (
    "opioid", "sodium_channel", "local_anaesthetic", "beta_blocker", "calcium_blocker", "digoxin", "cyanide",
    "carbon_monoxide", "organophosphate", "stimulant",
)  # fmt: skip
"""Poisons; positions are those of `Causes.poison` and `CausesParameters.toxins`."""

POISONS: Final = len(TOXINS)
"""How many poisons there are."""

OPIOID: Final = TOXINS.index("opioid")
SODIUM_CHANNEL: Final = TOXINS.index("sodium_channel")
LOCAL_ANAESTHETIC: Final = TOXINS.index("local_anaesthetic")
CYANIDE: Final = TOXINS.index("cyanide")
CARBON_MONOXIDE: Final = TOXINS.index("carbon_monoxide")
ORGANOPHOSPHATE: Final = TOXINS.index("organophosphate")
STIMULANT: Final = TOXINS.index("stimulant")

OUTSIDE: Final = 1
BELLY: Final = 2
GUT: Final = 3
PELVIS: Final = 4
CHEST: Final = 5
"""Where blood goes that nobody has stopped: `bleeding_site` of the parameters, which is 0 where nothing shows it."""

CAUSE_CHANGES: Final = (
    "bleeding_ml_per_min", "tension_left_mmhg_per_min", "tension_right_mmhg_per_min", "chest_reseals_left",
    "chest_reseals_right", "pericardial_ml", "pericardial_ml_per_min", "pulmonary_obstruction", "coronary_occlusion",
    "airway_obstruction", "anaphylaxis", "bronchospasm", "lung_water", "uterus_let_go", "potassium_gain_mmol_per_min",
    "acid_gain_mmol_per_min", "glucose_use_mmol_per_min",
    *TOXINS,
)  # fmt: skip
"""What an instructor can change in the causes, each with its unit (shares 0 to 1 where none is named).

Positions are the codes that `game.sim.laws.treatments.change` takes.
"""


@dataclass(slots=True)
class Burden:
    """What all causes do now. Factors are 1 and amounts 0 in a patient without any.

    Pressures (mmHg) come on top of those outside heart and chest; shares are added; rates (per minute) go in.
    """

    contractility: float = 1.0
    rate: float = 1.0
    resistance: float = 1.0
    pulmonary_resistance: float = 1.0
    venous_resistance: float = 1.0
    veins_ml: float = 0.0
    energy_ceiling: float = 1.0
    organise_logit: float = 0.0
    terminate_logit: float = 0.0
    refibrillation: float = 1.0
    ectopy: float = 1.0
    qrs: float = 1.0
    qt: float = 1.0
    pericardial_mmhg: float = 0.0
    pneumothorax_mmhg: float = 0.0
    shunt_share: float = 0.0
    dead_share: float = 0.0
    compliance: float = 1.0
    airway_resistance: float = 1.0
    breathing_drive: float = 1.0
    bleeding_ml_per_min: float = 0.0
    obstruction: float = 0.0
    warming_degc_per_min: float = 0.0
    glucose_mmol_per_min: float = 0.0
    potassium_mmol_per_min: float = 0.0
    acid_mmol_per_min: float = 0.0
    coronary: float = 0.0
    stands: bool = False


def _two_zeros() -> list[float]:
    return [0.0, 0.0]


def _two_closed() -> list[int]:
    return [CLOSED, CLOSED]


def _poisons() -> list[float]:
    return [0.0] * POISONS


@dataclass(slots=True)
class Causes:
    """How far each cause has gone.

    Lists of two are left and right. `bled_ml` is what has run out so far. `air_mmhg` is the pressure of the air around
    a lung, `leak_mmhg_per_min` what adds to it, `vent` the way out (CLOSED to DRAIN). `pericardial_tap_ml` is what the
    needle at the heart still draws.
    Shares run from 0 to 1: `pulmonary_obstruction`, `coronary_occlusion`, `airway_obstruction`, `anaphylaxis`,
    `bronchospasm`, `lung_water`, `poison`, `uterus` (how much the womb weighs on the great vein).
    """

    burden: Burden = field(default_factory=Burden)
    bleeding_ml_per_min: float = 0.0
    bled_ml: float = 0.0
    air_mmhg: list[float] = field(default_factory=_two_zeros)
    leak_mmhg_per_min: list[float] = field(default_factory=_two_zeros)
    vent: list[int] = field(default_factory=_two_closed)
    pericardial_ml: float = 0.0
    pericardial_ml_per_min: float = 0.0
    pericardial_tap_ml: float = 0.0
    pericardial_drain: bool = False
    pulmonary_obstruction: float = 0.0
    coronary_occlusion: float = 0.0
    opening: bool = False
    airway_obstruction: float = 0.0
    anaphylaxis: float = 0.0
    bronchospasm: float = 0.0
    lung_water: float = 0.0
    poison: list[float] = field(default_factory=_poisons)
    poisoned: bool = False
    uterus: float = 0.0
    uterus_displaced: bool = False
    delivered: bool = False
    rewarm_external: bool = False
    rewarm_internal: bool = False
    ecmo: bool = False
    cooling: bool = False
    dialysis: bool = False
    potassium_gain_mmol_per_min: float = 0.0
    acid_gain_mmol_per_min: float = 0.0
    glucose_use_mmol_per_min: float = 0.0
    needles: int = 0
    taps: int = 0
    stops: int = 0
    openings: int = 0
