"""What a seat is shown: plain frozen records of integers and short strings, packed by position into a snapshot.

A view holds only what the seat's stations can sense (decisions 6): the parts of other stations are None.
Times are room time in ms; -1 stands for "none" or "not known".
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CrewView:
    """A crew chip: which stations a seat holds, hands on or off, and who moves it."""

    stations: int
    hands_on: bool
    link: int


@dataclass(frozen=True, slots=True)
class OrderView:
    """An open order, as the ordered seat and the Leader see it."""

    order_id: int
    station: int
    op: str
    args: tuple[int | str, ...]
    state: str
    """sent, heard, read_back, confirmed, corrected"""
    since_ms: int
    said: tuple[int | str, ...]
    """What was read back: (op, *args); empty before."""


@dataclass(frozen=True, slots=True)
class CheckView:
    """The rhythm-check ring; `since_ms` is -1 while no check is open."""

    since_ms: int
    call: str
    pulse: str
    """What the fingers said: "", felt, none, unsure."""
    shock_pending: bool
    clear_said: bool
    """Somebody said clear and the charge still waits."""
    hands_off_ms: int


@dataclass(frozen=True, slots=True)
class SwitchView:
    """The switch handshake: `asked_ms` -1 while nobody asked, `partner` the seat that said yes or -1."""

    asked_ms: int
    partner: int
    open: bool
    """A check freed the chest: the partner's first push makes the switch."""


@dataclass(frozen=True, slots=True)
class TaskView:
    """What this seat's hands are busy with."""

    op: str
    args: tuple[int | str, ...]
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class FindingView:
    """Something this seat senses and can say; `value` "" means the level's own words for it."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class FormView:
    """What the beats of lead II look like. Lengths in ms, 0 for what is not there; heights in uV or % of the usual."""

    qrs_ms: int = 0
    qt_ms: int = 0
    p_pct: int = 100
    qrs_pct: int = 100
    t_pct: int = 100
    st_uv: int = 0
    j_uv: int = 0
    u_uv: int = 0
    late_uv: int = 0
    """A late wave to the right, as after poisons of the sodium channel."""
    sine_pct: int = 0
    """How far the complexes have melted into a wave."""
    strain: bool = False
    """The right heart strains: P tall, S deep, T upside down."""


@dataclass(frozen=True, slots=True)
class EcgView:
    """Parameters from which the client draws the trace; never samples."""

    rhythm: str
    rate_per_min: int
    amplitude_uv: int
    frequency_mhz: int
    """Millihertz: the dominant frequency of VF."""
    beat_ms: int
    """Room time of the latest R wave, -1 without beats."""
    connected: bool
    compressing: bool
    next_ms: int = -1
    """Room time of the R wave that comes next if nothing happens, -1 without beats."""
    beat_no: int = 0
    """Number of the latest beat: every other one is smaller while the heart swings in fluid."""
    pr_ms: int = 0
    """From P wave to beat, in the latest beat and in the next; 0 where no P wave leads to it."""
    next_pr_ms: int = 0
    atrial_per_min: int = 0
    p_ms: int = -1
    """Room time of the latest P wave of atria that beat on their own, -1 where they do not."""
    spike_ms: int = -1
    """Room time of the pacemaker's latest spike that no beat followed, -1 without one."""
    shock_ms: int = -1
    """Room time of the latest shock, which throws the trace off the glass; -1 before the first."""
    still_ms: int = 0
    """Since when nobody compresses: what was hidden before stays hidden. 0 before the first push."""
    form: FormView = FormView()


@dataclass(frozen=True, slots=True)
class ChestView:
    """What the hands on the chest know; the feedback device's figures are -1 where the level has none."""

    on_chest: bool
    count: int
    """Compressions since the last breaths, for the count ring."""
    breaths_after: int
    """30 with a mask; 0 once an airway is in (continuous)."""
    breaths_given: int
    """Breaths seen in this pause."""
    heavy: bool
    fingers_ms: int
    """Since when the fingers are on the pulse, -1 if they are not."""
    touch: int
    """Strength of what the fingers feel, 0 to 100; -1 while they are not there."""
    beat_ms: int
    depth_um: int
    residual_um: int
    rate_per_min: int
    slips: tuple[SlipView, ...]
    """The cuff's readings."""


@dataclass(frozen=True, slots=True)
class SealView:
    """The mask's seal: the dot of pressure and the fingers that hold it."""

    dot: int
    """Where the dot is: 0 in the ring's middle, -1000 at its left edge, 1000 at its right; beyond, air leaks out."""
    drift_per_s: int
    """How fast it moves by itself, in the same unit."""
    left: bool
    right: bool
    at_ms: int
    pct: int
    """What of a squeeze passes the seal now."""
    moving: bool
    """The chest is being pressed, which makes any mask leak."""


@dataclass(frozen=True, slots=True)
class TubeView:
    """An intubation under way; `game.rules.skills.intubation` tells from this where blade and cords are at any time."""

    step: str
    """view: the blade is in, look for the cords (tube_aim); cords: they are seen, pass the tube (tube_pass)."""
    since_ms: int
    seed: int
    shaking: bool
    attempts: int


@dataclass(frozen=True, slots=True)
class AirwayView:
    """Head of the bed: device, oxygen, breaths, capnograph and SpO2."""

    device: str
    """mask, sga, tube"""
    oral: bool
    flow_l_min: int
    co2_connected: bool
    etco2_mmhg: int
    spo2_pct: int
    breaths_per_min: int
    window: bool
    """True while breaths are due: hands off after 30, or any time with an airway in (every 6 s)."""
    breaths_due: int
    squeeze_ms: int
    """Since when the bag is squeezed, -1 if it is not."""
    last_breath_ms: int
    last_volume_ml: int
    nasal: bool
    spo2_connected: bool
    ventilator_per_min: int
    """0 while the bag is used."""
    bag: str
    """How the bag felt in the last breath: easy, stiff, hard; "" before the first."""
    throat: str
    """What gurgles or is seen in the mouth: clear, vomit, foam, blood, secretions, blocked."""
    seal: SealView | None
    """None with an airway in."""
    tube: TubeView | None
    cooling: bool
    head_up: bool
    slips: tuple[SlipView, ...]
    """What this station reads: strip and thermometer."""
    capnogram: str = ""
    """The shape of the waves: a word of the sign, "" while there are none to see."""
    own_breaths_per_min: int = 0
    compressing: bool = False
    pulse_ms: int = -1
    """Room time of the latest beat that the probe feels, and of the next if nothing happens; -1 where it feels none."""
    next_pulse_ms: int = -1
    pulse_per_min: int = 0
    pleth_pct: int = 0
    """How high the probe's wave is."""
    depth_um: int = -1
    """The feedback device's figures, as in `ChestView`, for whoever coaches with an airway in."""
    residual_um: int = -1
    rate_per_min: int = -1


@dataclass(frozen=True, slots=True)
class InfusionView:
    """A pump that runs."""

    drug: str
    ug_per_min: int
    site: str


@dataclass(frozen=True, slots=True)
class FluidView:
    """A bag that runs in."""

    fluid: str
    volume_ml: int
    site: str
    end_ms: int


@dataclass(frozen=True, slots=True)
class SlipView:
    """A measurement on its way (`values` empty) or come back: names and whole numbers as the patient gives them."""

    kind: str
    due_ms: int
    taken_ms: int
    values: tuple[tuple[str, int], ...]
    sheet: EcgView | None = None
    """Of twelve leads that have come back: what their beats looked like."""


@dataclass(frozen=True, slots=True)
class LineView:
    """A vascular access site and its state: trying, open, blown. `holds` is a drug that waits there for its flush."""

    site: str
    state: str
    holds: str


@dataclass(frozen=True, slots=True)
class CartView:
    """Cart and paper: lines, the syringe in hand, slips on the way."""

    lines: tuple[LineView, ...]
    drug: str
    dose_ug: int
    may_give: bool
    """True once the read-back was confirmed, or where nobody ordered."""
    chart_read: bool
    infusions: tuple[InfusionView, ...]
    fluids: tuple[FluidView, ...]
    slips: tuple[SlipView, ...]
    """What this station reads: gas, labs, 12-lead, ultrasound clip."""


@dataclass(frozen=True, slots=True)
class DefibrillatorView:
    """The defibrillator's own panel."""

    ecg: EcgView
    pads: bool
    energy_j: int
    charge: str
    """idle, charging, charged, blocked"""
    since_ms: int
    ready_ms: int
    dump_ms: int
    chest_off: bool
    head_off: bool
    shocks: int
    vector: str
    sync: bool
    pacing: bool
    pace_rate_per_min: int
    pace_ma: int


@dataclass(frozen=True, slots=True)
class ReportedView:
    """A value as it was last said to the Leader, and when."""

    key: str
    value: str
    at_ms: int
    seat: int


@dataclass(frozen=True, slots=True)
class ExpertView:
    """Somebody who was called; `there_ms` -1 for one who only advises."""

    key: str
    called_ms: int
    there_ms: int


@dataclass(frozen=True, slots=True)
class LeadView:
    """What the Leader has: clocks, the live ECG, what was reported, the board of causes."""

    ecg: EcgView
    cycle_ms: int
    """When the cycle clock was last started, -1 before."""
    last_epinephrine_ms: int
    """When epinephrine was last reported in, -1 before."""
    started: bool
    reported: tuple[ReportedView, ...]
    causes: tuple[int, ...]
    """State of each tile in the order of commands.CAUSES: an index into commands.CAUSE_STATES."""
    clues: tuple[int, ...]
    """For each tile: reported facts that speak for it, less those against, at least 0."""
    experts: tuple[ExpertView, ...]
    answers: tuple[str, ...]
    """Keys of the questions that were answered."""


@dataclass(frozen=True, slots=True)
class BodyView:
    """What anybody at the bed sees of the patient."""

    pads: bool = False
    device: str = "mask"
    """What lies on or in the mouth: mask, sga, tube."""
    eyes_open: bool = False
    press_ms: int = -1
    """Room time of the latest push on the chest, -1 before the first."""


@dataclass(frozen=True, slots=True)
class SeatView:
    """All that one seat is shown at `now_ms`."""

    now_ms: int
    crew: tuple[CrewView, ...]
    orders: tuple[OrderView, ...]
    check: CheckView
    switch: SwitchView
    task: TaskView | None
    findings: tuple[FindingView, ...]
    offers: tuple[tuple[int, int], ...]
    """Stations offered to this seat: (station, from seat)."""
    hush_until_ms: int
    ready: tuple[int, ...]
    """A Refusal code for each row of `commands_of(stations)`: 0 where the control works now."""
    chest: ChestView | None
    airway: AirwayView | None
    cart: CartView | None
    defibrillator: DefibrillatorView | None
    lead: LeadView | None
    body: BodyView = BodyView()
