"""All that the rules remember of a room: plain records that a keyframe can pack and a hash can cover."""

from __future__ import annotations

from dataclasses import dataclass, field

from game.log import Plain
from game.rules.skills.compression import Arms


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


@dataclass(slots=True)
class Cart:
    """Lines, the syringe in hand, and paper."""

    lines: dict[str, str] = field(default_factory=dict)
    drug: str = ""
    dose_ug: int = 0
    chart_read: bool = False


@dataclass(slots=True)
class Defibrillator:
    """The device: it knows pads, energy and charge, not who touches the patient."""

    pads: bool = False
    step: int = 0
    charge: str = "idle"
    since_ms: int = -1
    clear_ms: int = -1
    shocks: int = 0


@dataclass(slots=True)
class Check:
    """The rhythm-check ring."""

    since_ms: int = -1
    hands_off: bool = False
    call: str = ""
    pulse: str = ""
    shock_pending: bool = False


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
    check: Check = field(default_factory=Check)
    switch: Switch = field(default_factory=Switch)
    lead: Lead = field(default_factory=Lead)
    shown: list[str] = field(default_factory=list)
    """Findings that had to be looked for and were found (glucose, chart ...)."""
    shocks_to_settle: list[int] = field(default_factory=list)
    """Stamps of shocks whose safety is settled at sealing."""
    presses: list[tuple[int, int]] = field(default_factory=list)
    """Presses of the last seconds (down, up) for that settlement."""
    pulse: bool = False
    pulse_since_ms: int = -1
    rhythm: str = ""
    ended: str = ""
    blocked_until_ms: int = -1
