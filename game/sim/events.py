"""What can be done to a patient: frozen events of integers and words, stamped in milliseconds of room time.

A word outside its list is refused when the event is handed to the patient, never in the middle of a step.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from game.sim.body.airway import AIRWAY_CHANGES
from game.sim.body.causes import CAUSE_CHANGES
from game.sim.formulary import drug_code, route_code
from game.sim.rhythm import VECTORS

DEVICES: Final = ("mask", "sga", "tube")
"""What a breath goes through; codes of the laws are positions here."""

AIRWAY_ACTS: Final = (
    "open", "jaw_thrust", "suction", "opa", "npa", "sga", "tube", "pull_back", "remove", "foreign_body",
    "decompress_stomach",
)  # fmt: skip
"""What hands do at the airway; codes of the laws are positions here."""

TREATMENTS: Final = (
    "needle", "thoracostomy", "chest_drain", "pericardiocentesis", "thoracotomy", "stop_bleeding", "rewarm_external",
    "rewarm_internal", "ecmo_rewarm", "cool", "dialysis", "reperfusion", "displace_uterus", "deliver", "burp_chest",
)  # fmt: skip
"""Treatments of causes; codes of the laws are positions here."""

SIDES: Final = ("", "left", "right", "both")
"""Where a treatment is done; codes of the laws are positions here."""

FLUIDS: Final = ("crystalloid", "warm", "cold", "blood")
"""What runs in; codes of the laws are positions here."""

CHANGES: Final = CAUSE_CHANGES + AIRWAY_CHANGES
"""What an instructor can change in the causes and, after them, at the airway; codes of the laws are positions here."""

SAMPLES: Final = ("gas", "glucose", "labs", "ecg12", "nibp", "temperature", "ultrasound")
"""What can be measured with a delay."""


@dataclass(frozen=True, slots=True)
class Compression:
    """One chest compression. Down takes `down_ms`, release `up_ms`; depths are of the sternum, in micrometres.

    `residual_um` is how deep the sternum is held after release: 0 is full recoil.
    """

    start_ms: int
    down_ms: int
    up_ms: int
    depth_um: int
    residual_um: int

    @property
    def ms(self) -> int:
        """When it enters the patient."""
        return self.start_ms


@dataclass(frozen=True, slots=True)
class Breath:
    """One positive-pressure breath of `duration_ms`: the hand squeezed `volume_ml` through `airway` (DEVICES).

    With a mask `seal_pct` of it passes the seal; what reaches the lungs is the airway's matter.
    """

    start_ms: int
    duration_ms: int
    volume_ml: int
    fio2_pct: int
    airway: str
    seal_pct: int = 100

    @property
    def ms(self) -> int:
        """When it enters the patient."""
        return self.start_ms


@dataclass(frozen=True, slots=True)
class Shock:
    """One biphasic shock through pads at `vector` (`game.sim.rhythm.VECTORS`) with `contact_pct` of their skin contact.

    A synchronised one waits for the next R wave and is kept if none comes.
    """

    ms: int
    energy_j: int
    synchronised: bool = False
    vector: str = "al"
    contact_pct: int = 100


@dataclass(frozen=True, slots=True)
class Pace:
    """The transcutaneous pacemaker at `rate_per_min` in demand mode with `current_ma`; 0 mA switches it off."""

    ms: int
    rate_per_min: int
    current_ma: int


@dataclass(frozen=True, slots=True)
class Dose:
    """A drug given by a route of the formulary; `dose_ug` is in millionths of the unit it is counted in (g, mol, U).

    `flush` tells that the line was flushed at once. A drug that the formulary does not name passes without effect.
    """

    ms: int
    drug: str
    dose_ug: int
    route: str
    flush: bool = False


@dataclass(frozen=True, slots=True)
class Infuse:
    """A drug running at `per_min_ug` millionths of its unit per minute; 0 stops it."""

    ms: int
    drug: str
    per_min_ug: int
    route: str


@dataclass(frozen=True, slots=True)
class Flush:
    """A flush pushed into a route after the drug: what still waits in that line moves on as if flushed at once."""

    ms: int
    route: str


@dataclass(frozen=True, slots=True)
class Fluid:
    """An infusion of `volume_ml` of `kind` (FLUIDS) into the veins, evenly over `duration_ms`."""

    ms: int
    volume_ml: int
    duration_ms: int
    kind: str = "crystalloid"


@dataclass(frozen=True, slots=True)
class Oxygen:
    """The oxygen a patient who breathes by himself is given."""

    ms: int
    fio2_pct: int


@dataclass(frozen=True, slots=True)
class AirwayAct:
    """One of AIRWAY_ACTS, finished now. `skill_pct` scales the chance of an attempt: 100 is a trained person."""

    ms: int
    act: str
    skill_pct: int = 100


@dataclass(frozen=True, slots=True)
class Treat:
    """One of TREATMENTS, finished now, at one of SIDES where that matters."""

    ms: int
    treatment: str
    side: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """One of SAMPLES taken now; its values come back as a happening after the time it takes."""

    ms: int
    kind: str


@dataclass(frozen=True, slots=True)
class Inject:
    """An instructor's change (CHANGES) of a cause or of the equipment, never of an outcome.

    `amount_milli` is in thousandths of the change's unit.
    """

    ms: int
    change: str
    amount_milli: int = 0


Event = (
    Compression | Breath | Shock | Pace | Dose | Infuse | Flush | Fluid | Oxygen | AirwayAct | Treat | Sample | Inject
)


COMPRESSION, BREATH, SHOCK, PACE, DOSE, INFUSE, FLUSH, FLUID, OXYGEN, AIRWAY_ACT, TREAT, SAMPLE, INJECT = range(13)
"""Kinds of events, as the laws know them."""

Numbers = tuple[int, int, int, int, int, int, int]
"""An event as the laws take it: its kind, when (ms), and five numbers whose meaning the kind gives."""


def numbers(event: Event) -> Numbers:  # noqa: C901, PLR0912 - one arm for each kind
    """The event as numbers. ValueError for a word that is not in its list."""
    ms = event.ms
    match event:
        case Compression():
            return (COMPRESSION, ms, event.down_ms, event.up_ms, event.depth_um, event.residual_um, 0)
        case Breath():
            device = _place(event.airway, DEVICES, "airway")
            return (BREATH, ms, event.duration_ms, event.volume_ml, event.fio2_pct, device, event.seal_pct)
        case Shock():
            vector = _place(event.vector, VECTORS, "vector")
            return (SHOCK, ms, event.energy_j, int(event.synchronised), vector, event.contact_pct, 0)
        case Pace():
            return (PACE, ms, event.rate_per_min, event.current_ma, 0, 0, 0)
        case Dose():
            drug, route = drug_code(event.drug), route_code(event.route)
            return (DOSE, ms, drug, event.dose_ug, route, int(event.flush), 0)
        case Infuse():
            return (INFUSE, ms, drug_code(event.drug), event.per_min_ug, route_code(event.route), 0, 0)
        case Flush():
            return (FLUSH, ms, route_code(event.route), 0, 0, 0, 0)
        case Fluid():
            return (FLUID, ms, event.volume_ml, event.duration_ms, _place(event.kind, FLUIDS, "fluid"), 0, 0)
        case Oxygen():
            return (OXYGEN, ms, event.fio2_pct, 0, 0, 0, 0)
        case AirwayAct():
            return (AIRWAY_ACT, ms, _place(event.act, AIRWAY_ACTS, "act"), event.skill_pct, 0, 0, 0)
        case Treat():
            treatment = _place(event.treatment, TREATMENTS, "treatment")
            return (TREAT, ms, treatment, _place(event.side, SIDES, "side"), 0, 0, 0)
        case Sample():
            return (SAMPLE, ms, _place(event.kind, SAMPLES, "sample"), 0, 0, 0, 0)
        case Inject():
            return (INJECT, ms, _place(event.change, CHANGES, "change"), event.amount_milli, 0, 0, 0)


def _place(word: str, words: tuple[str, ...], what: str) -> int:
    if word not in words:
        raise ValueError(f"no {what} {word!r}: expected one of {', '.join(repr(known) for known in words)}")
    return words.index(word)
