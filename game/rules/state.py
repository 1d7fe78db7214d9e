"""All that the rules remember of a room: plain records that a keyframe can pack and a hash can cover."""

from __future__ import annotations

from dataclasses import dataclass, field

from game.log import Plain
from game.rules.skills.compression import Arms
from game.rules.views import EcgView


@dataclass(slots=True)
class Task:
    """Hands busy with `op` until `end_ms`."""

    op: str
    args: tuple[Plain, ...]
    start_ms: int
    end_ms: int


@dataclass(slots=True)
class Seat:
    """A place in the team: its stations (mask of Station), who moves it, and the arms of the person in it."""

    stations: int
    link: int = 0
    task: Task | None = None
    arms: Arms = field(default_factory=Arms)


@dataclass(slots=True)
class Order:
    """An order on record: asked of a station, then heard, read back, confirmed, closed or lapsed."""

    order_id: int
    station: int
    op: str
    args: tuple[Plain, ...]
    state: str
    sent_ms: int
    since_ms: int
    said: tuple[Plain, ...] = ()


@dataclass(slots=True)
class Chest:
    """Hands and fingers at the chest station."""

    down_ms: int = -1
    """Stamp of the press that is held now, -1 while the hands are up."""
    last_down_ms: int = -1
    last_up_ms: int = -1
    last_gap_ms: int = -1
    """From the press before to the last press, for the rate shown on a feedback device."""
    released_ms: int = 1000
    hands_on: bool = False
    count: int = 0
    pushes: int = 0
    depth_um: int = -1
    residual_um: int = -1
    fingers_ms: int = -1
    off_since_ms: int = 0
    """When the hands last came off; 0 before they were ever on."""


@dataclass(slots=True)
class Seal:
    """Where the pressure dot of the mask is: in thousandths of the ring, and the fingers that hold it."""

    dot: int = 0
    drift_per_s: int = 0
    at_ms: int = 0
    left: bool = False
    right: bool = False
    window: bool = False
    """A breath belongs here, so the mask lies on the face and its seal can drift."""
    windows: int = 0
    """Breath windows so far: the counter of their luck."""
    squeezed_at: int = 0
    """Where the dot was when the bag began to be squeezed."""


@dataclass(slots=True)
class Tube:
    """An intubation under way: `step` "" for none."""

    step: str = ""
    began_ms: int = -1
    """When the blade was taken up, and when the step began."""
    since_ms: int = -1
    seed: int = 0
    skill_pct: int = 100
    attempts: int = 0


@dataclass(slots=True)
class Airway:
    """Head of the bed."""

    device: str = "mask"
    oral: bool = False
    flow_l_min: int = 0
    co2: bool = False
    down_ms: int = -1
    breaths_in_pause: int = 0
    breaths: list[int] = field(default_factory=list)
    """Stamps of the breaths of the last minute."""
    last_volume_ml: int = 0
    nasal: bool = False
    spo2: bool = False
    ventilator_per_min: int = 0
    next_breath_ms: int = -1
    head_up: bool = False
    cooling: bool = False
    seal: Seal = field(default_factory=Seal)
    tube: Tube = field(default_factory=Tube)
    placing: str = ""
    """The device that was just put in, until it is known whether it sits."""
    dry_until_ms: int = -1
    """How long a suction keeps off what wells up."""
    supply_pct: int = 21
    """Oxygen at the mouth of a patient who breathes by himself, as it was last given."""
    sits: tuple[str, str] = ("mask", "trachea")
    """What truly lies in the airway and where, which nobody is told."""
    misplaced_ms: int = -1
    """Since when a tube lies in the gullet; -1 while none does, or once that was told."""


@dataclass(slots=True)
class Cart:
    """Lines, the syringe in hand, and paper."""

    lines: dict[str, str] = field(default_factory=dict)
    drug: str = ""
    dose_ug: int = 0
    chart_read: bool = False
    infusions: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Micrograms a minute and site of each pump that runs."""
    fluids: list[tuple[str, int, str, int]] = field(default_factory=list)
    """Bags that run in: fluid, volume_ml, site, end_ms."""
    unflushed: dict[str, tuple[str, int]] = field(default_factory=dict)
    """What waits in a line for its flush, and since when."""
    given: list[tuple[int, str, int]] = field(default_factory=list)
    """Doses that went in: when, which, how much."""
    tries: int = 0
    """Attempts at lines so far: the counter of their luck."""
    still_since_ms: int = -1
    """Since when the probe of a scan sees a chest that nobody moves."""
    clip: bool = False
    """The scan has seen it for long enough."""


@dataclass(slots=True)
class Defibrillator:
    """The device: it knows pads, energy and charge, not who touches the patient."""

    pads: bool = False
    step: int = 0
    charge: str = "idle"
    since_ms: int = -1
    clear_ms: int = -1
    shocks: int = 0
    vector: str = "al"
    sync: bool = False
    pacing: bool = False
    pace_rate_per_min: int = 0
    pace_ma: int = 0
    captured: bool = False
    waiting: bool = False
    """A synchronised shock waits for its R wave."""
    shock_ms: int = -1
    """When the last shock was delivered."""


@dataclass(slots=True)
class Strip:
    """What a trace shows beside the beats: see `EcgView`."""

    p_ms: int = -1
    spike_ms: int = -1


@dataclass(slots=True)
class Check:
    """The rhythm-check ring."""

    since_ms: int = -1
    hands_off: bool = False
    call: str = ""
    pulse: str = ""
    shock_pending: bool = False
    last_call: str = ""
    """The last rhythm that was called, in this check or one before."""
    called_ms: int = -1


@dataclass(slots=True)
class Switch:
    """The switch handshake between the person on the chest and a partner's seat."""

    asked_ms: int = -1
    partner: int = -1
    open: bool = False


@dataclass(slots=True)
class Lead:
    """What the Leader keeps: clocks, what was reported, the board."""

    started: bool = False
    cycle_ms: int = -1
    last_epinephrine_ms: int = -1
    epinephrine_doses: int = 0
    reported: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    causes: list[int] = field(default_factory=list)
    end_ms: int = -1
    experts: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Who was called: when, and when they are there (-1: they only advise)."""
    there: list[str] = field(default_factory=list)
    """Who of them has come."""
    answers: list[str] = field(default_factory=list)
    clues: list[int] = field(default_factory=list)
    """For each tile: reported facts that speak for it, less those against, at least 0."""


@dataclass(slots=True)
class Slip:
    """A measurement taken: its values once they have come back."""

    kind: str
    taken_ms: int
    due_ms: int
    values: list[tuple[str, int]] = field(default_factory=list)
    sheet: EcgView | None = None
    """Of twelve leads: what the beats looked like as they were taken."""


@dataclass(slots=True)
class RoomState:
    """The whole memory of the rules."""

    now_ms: int
    seats: list[Seat]
    orders: list[Order] = field(default_factory=list)
    next_order: int = 1
    chest: Chest = field(default_factory=Chest)
    airway: Airway = field(default_factory=Airway)
    cart: Cart = field(default_factory=Cart)
    defibrillator: Defibrillator = field(default_factory=Defibrillator)
    strip: Strip = field(default_factory=Strip)
    check: Check = field(default_factory=Check)
    switch: Switch = field(default_factory=Switch)
    lead: Lead = field(default_factory=Lead)
    shown: list[str] = field(default_factory=list)
    """Findings that had to be looked for and were found (glucose, chart ...)."""
    signs: dict[str, str] = field(default_factory=dict)
    """The patient's own signs at the last glance: word by name."""
    seen: dict[str, str] = field(default_factory=dict)
    """What a look found of the patient's own signs, as it was then: word by name."""
    slips: list[Slip] = field(default_factory=list)
    """Measurements taken, the newest of a kind last."""
    offers: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    """Stations on offer: from which seat to which, and since when."""
    hush_until_ms: int = -1
    concern_ms: int = -1
    shocks_to_settle: list[int] = field(default_factory=list)
    """Stamps of shocks whose safety is settled at sealing."""
    presses: list[tuple[int, int]] = field(default_factory=list)
    """Presses of the last seconds (down, up) for that settlement."""
    pulse: bool = False
    pulse_since_ms: int = -1
    pulse_said: bool = False
    """The team knows of the pulse: a check or fingers have told it."""
    pulse_said_ms: int = -1
    pushed_with_pulse: bool = False
    """It was put on record that hands go on pushing on that pulse."""
    pulse_lost_ms: int = -1
    """When the pulse was first lost: 0 in a patient found without one."""
    acted: dict[str, int] = field(default_factory=dict)
    """How often each of the level's key actions was done."""
    treated_ms: int = -1
    """When the last of those that treat the cause was done."""
    sight: str = "real"
    """A word of game.rules.setup.Sight."""
    rhythm: str = ""
    ended: str = ""
    blocked_until_ms: int = -1
