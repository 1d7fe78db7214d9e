"""What a log says happened, sorted by kind: entries go in one by one, typed happenings stand ready for the measures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from game.log import NO_SEAT, Entry, Fact, Input, Plain


class Press(NamedTuple):
    """One compression of the chest; depth and residual depth in micrometres, `down_ms` and `up_ms` are lengths."""

    ms: int
    depth_um: int
    residual_um: int
    seat: int
    down_ms: int
    up_ms: int


class Breath(NamedTuple):
    """One squeeze of the bag; `seal_pct` is what of it passed a mask's seal, -1 where the log does not tell."""

    ms: int
    duration_ms: int
    volume_ml: int
    airway: str
    seat: int
    seal_pct: int


class Shock(NamedTuple):
    """One shock through the patient."""

    ms: int
    energy_j: int
    result: str


class Dose(NamedTuple):
    """One dose that reached the patient."""

    ms: int
    drug: str
    dose_ug: int
    site: str
    seat: int


class Said(NamedTuple):
    """A word that somebody put on record: a cause and its state, a switch step, a charge state, a finding."""

    ms: int
    word: str
    detail: str
    seat: int


class Count(NamedTuple):
    """A number put on record: the true chips of a summary, a link's state."""

    ms: int
    number: int
    seat: int


class SafetyEvent(NamedTuple):
    """A safety event of the rules; `why` is what the code alone does not say: the drug, the mistake of the level."""

    ms: int
    code: str
    critical: int
    seat: int
    why: str


class Act(NamedTuple):
    """One completed act: a row of the command table and its arguments."""

    ms: int
    seat: int
    does: tuple[Plain, ...]


class Vitals(NamedTuple):
    """The patient at one moment, true values; -1 where there is none."""

    ms: int
    systolic_mmhg: int
    diastolic_mmhg: int
    mean_mmhg: int
    etco2_mmhg: int
    spo2_pct: int
    paco2_mmhg: int
    temperature_tenth_degc: int
    own_breaths_per_min: int


class Prognosis(NamedTuple):
    """What becomes of patients like this one, in thousandths: for the debrief, never for the score."""

    survival_permille: int
    good_permille: int


@dataclass(slots=True)
class Check:
    """One rhythm check, from the Leader's stop to its end: resume, first push, or a felt pulse."""

    ms: int
    seat: int
    end_ms: int | None = None


@dataclass(slots=True)
class Task:
    """One act that takes hands and time."""

    ms: int
    op: str
    seat: int
    end_ms: int | None = None


@dataclass(slots=True)
class Order:
    """One order and the loop that followed it. `read_back` is what the seat held: op and arguments."""

    order_id: int
    ms: int
    station: int
    op: str
    args: tuple[Plain, ...]
    given_by: int
    heard_ms: int | None = None
    read_back_ms: int | None = None
    read_back: tuple[Plain, ...] = ()
    confirmed_match: int | None = None
    closed_ms: int | None = None
    lapsed_ms: int | None = None
    seat: int = NO_SEAT
    """Whoever took it up: heard it, read it back or did it; for one that lapsed, whoever had the station."""

    @property
    def read_back_matches(self) -> bool:
        """True when the last read-back says what was ordered, and no mismatch was confirmed."""
        ordered = (self.op, *self.args)
        shared = min(len(ordered), len(self.read_back))
        same = shared > 0 and ordered[:shared] == self.read_back[:shared]
        return same and self.confirmed_match != 0


@dataclass(slots=True)
class Record:
    """The happenings of one log so far. `add` takes entries in order of time.

    Entries with arguments of another shape than `game.log` gives them are left out: a score never fails on a log.
    """

    last_ms: int = 0
    ended_ms: int | None = None
    ended: str = ""
    outcome: str = ""
    pulse: list[Count] = field(default_factory=list)
    rhythms: list[Said] = field(default_factory=list)
    presses: list[Press] = field(default_factory=list)
    breaths: list[Breath] = field(default_factory=list)
    shocks: list[Shock] = field(default_factory=list)
    charges: list[Said] = field(default_factory=list)
    doses: list[Dose] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    calls: list[Said] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    orders: dict[int, Order] = field(default_factory=dict)
    switches: list[Said] = field(default_factory=list)
    reports: list[Said] = field(default_factory=list)
    causes: list[Said] = field(default_factory=list)
    summaries: list[Count] = field(default_factory=list)
    safety: list[SafetyEvent] = field(default_factory=list)
    links: list[Count] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    airways: list[Said] = field(default_factory=list)
    """What sits in the airway from each moment on, and where it truly is."""
    vitals: list[Vitals] = field(default_factory=list)
    pulses_felt: list[Said] = field(default_factory=list)
    callouts: list[Said] = field(default_factory=list)
    assisted: set[int] = field(default_factory=set)
    """The seats whose device made the rhythm for them, at any time of the run."""
    infusions: list[Said] = field(default_factory=list)
    prognosis: Prognosis | None = None
    busy: dict[int, list[int]] = field(default_factory=dict)
    """By seat, every moment at which its person did or said something."""

    def add(self, entry: Entry) -> None:
        """Take one more entry of the log."""
        self.last_ms = max(self.last_ms, entry.ms)
        if entry.seat >= 0 and entry.kind in _BY_PEOPLE:
            self.busy.setdefault(entry.seat, []).append(entry.ms)
        reader = _READERS.get(entry.kind)
        if reader is None:
            return
        shape, take = reader
        if len(entry.args) >= len(shape) and all(map(isinstance, entry.args, shape)):
            take(self, entry)


def read(entries: Iterable[Entry]) -> Record:
    """The record of a whole log, read in order of time: what happened late in a tick may stand early in the log."""
    record = Record()
    for entry in sorted(entries, key=lambda entry: entry.ms):
        record.add(entry)
    return record


def _int(entry: Entry, index: int) -> int:
    value = entry.args[index]
    assert isinstance(value, int)
    return value


def _word(entry: Entry, index: int) -> str:
    value = entry.args[index]
    assert isinstance(value, str)
    return value


def _ended(record: Record, entry: Entry) -> None:
    if record.ended_ms is None:
        record.ended_ms, record.ended, record.outcome = entry.ms, _word(entry, 0), _word(entry, 1)


def _press(record: Record, entry: Entry) -> None:
    record.presses.append(Press(entry.ms, _int(entry, 3), _int(entry, 4), entry.seat, _int(entry, 1), _int(entry, 2)))


def _breath(record: Record, entry: Entry) -> None:
    seal = entry.args[4] if len(entry.args) > 4 else None
    seal_pct = seal if isinstance(seal, int) else -1
    breath = Breath(entry.ms, _int(entry, 1), _int(entry, 2), _word(entry, 3), entry.seat, seal_pct)
    record.breaths.append(breath)


def _shock(record: Record, entry: Entry) -> None:
    record.shocks.append(Shock(entry.ms, _int(entry, 0), _word(entry, 1)))


def _dose(record: Record, entry: Entry) -> None:
    record.doses.append(Dose(entry.ms, _word(entry, 0), _int(entry, 1), _word(entry, 2), entry.seat))


def _task(record: Record, entry: Entry) -> None:
    op, state = _word(entry, 0), _word(entry, 1)
    if state == "started":
        record.tasks.append(Task(entry.ms, op, entry.seat))
        return
    for task in reversed(record.tasks):
        if task.op == op and task.seat == entry.seat and task.end_ms is None:
            task.end_ms = entry.ms
            return


def _check(record: Record, entry: Entry) -> None:
    step = _word(entry, 0)
    running = record.checks[-1] if record.checks and record.checks[-1].end_ms is None else None
    if step == "stop" and running is None:
        record.checks.append(Check(entry.ms, entry.seat))
    elif step in ("resume", "pulse") and running is not None:
        running.end_ms = entry.ms
    elif step == "call" and len(entry.args) > 1 and isinstance(entry.args[1], str):
        record.calls.append(Said(entry.ms, entry.args[1], "", entry.seat))


def _order(record: Record, entry: Entry) -> None:
    order_id = _int(entry, 0)
    if order_id not in record.orders:
        record.orders[order_id] = Order(
            order_id, entry.ms, _int(entry, 1), _word(entry, 2), entry.args[3:], given_by=entry.seat
        )


def _loop_step(change: Callable[[Order, Entry], None]) -> Callable[[Record, Entry], None]:
    def take(record: Record, entry: Entry) -> None:
        if order := record.orders.get(_int(entry, 0)):
            change(order, entry)

    return take


def _heard(order: Order, entry: Entry) -> None:
    order.seat = entry.seat
    if order.heard_ms is None:
        order.heard_ms = entry.ms


def _read_back(order: Order, entry: Entry) -> None:
    order.seat, order.read_back_ms, order.read_back = entry.seat, entry.ms, entry.args[1:]


def _confirmed(order: Order, entry: Entry) -> None:
    order.confirmed_match = _int(entry, 1)


def _corrected(order: Order, _entry: Entry) -> None:
    order.confirmed_match = None


def _closed(order: Order, entry: Entry) -> None:
    if order.closed_ms is None:
        order.seat, order.closed_ms = entry.seat, entry.ms


def _lapsed(order: Order, entry: Entry) -> None:
    order.seat, order.lapsed_ms = entry.seat, entry.ms


def _said(where: Callable[[Record], list[Said]]) -> Callable[[Record, Entry], None]:
    def take(record: Record, entry: Entry) -> None:
        detail = entry.args[1] if len(entry.args) > 1 else ""
        where(record).append(Said(entry.ms, _word(entry, 0), str(detail), entry.seat))

    return take


def _shown(record: Record, entry: Entry) -> None:
    """What people answer the Leader is said aloud: a report like any other."""
    if _word(entry, 0).startswith("question."):
        record.reports.append(Said(entry.ms, _word(entry, 0), "", entry.seat))


def _count(where: Callable[[Record], list[Count]]) -> Callable[[Record, Entry], None]:
    def take(record: Record, entry: Entry) -> None:
        where(record).append(Count(entry.ms, _int(entry, 0), entry.seat))

    return take


def _safety(record: Record, entry: Entry) -> None:
    why = " ".join(str(part) for part in entry.args[2:])
    record.safety.append(SafetyEvent(entry.ms, _word(entry, 0), _int(entry, 1), entry.seat, why))


def _act(record: Record, entry: Entry) -> None:
    record.acts.append(Act(entry.ms, entry.seat, entry.args))


def _vitals(record: Record, entry: Entry) -> None:
    record.vitals.append(Vitals(entry.ms, *(_int(entry, index) for index in range(8))))


def _assisted(record: Record, entry: Entry) -> None:
    record.assisted.add(entry.seat)


def _prognosis(record: Record, entry: Entry) -> None:
    record.prognosis = Prognosis(_int(entry, 0), _int(entry, 1))


_Reader = tuple[tuple[type, ...], Callable[[Record, Entry], None]]

_READERS: Final[dict[Input | Fact, _Reader]] = {
    Input.LINK: ((int,), _count(lambda record: record.links)),
    Fact.ENDED: ((str, str), _ended),
    Fact.PULSE: ((int,), _count(lambda record: record.pulse)),
    Fact.RHYTHM: ((str,), _said(lambda record: record.rhythms)),
    Fact.COMPRESSION: ((int, int, int, int, int), _press),
    Fact.BREATH: ((int, int, int, str), _breath),
    Fact.CHARGE: ((str,), _said(lambda record: record.charges)),
    Fact.SHOCK: ((int, str), _shock),
    Fact.DRUG: ((str, int, str), _dose),
    Fact.TASK: ((str, str), _task),
    Fact.ORDER: ((int, int, str), _order),
    Fact.HEARD: ((int,), _loop_step(_heard)),
    Fact.READ_BACK: ((int, str), _loop_step(_read_back)),
    Fact.CONFIRMED: ((int, int), _loop_step(_confirmed)),
    Fact.CORRECTED: ((int,), _loop_step(_corrected)),
    Fact.CLOSED: ((int,), _loop_step(_closed)),
    Fact.LAPSED: ((int,), _loop_step(_lapsed)),
    Fact.CHECK: ((str,), _check),
    Fact.REPORT: ((str,), _said(lambda record: record.reports)),
    Fact.SHOWN: ((str,), _shown),
    Fact.SWITCH: ((str,), _said(lambda record: record.switches)),
    Fact.CAUSE: ((str, str), _said(lambda record: record.causes)),
    Fact.SUMMARY: ((int,), _count(lambda record: record.summaries)),
    Fact.SAFETY: ((str, int), _safety),
    Fact.DONE: ((str,), _act),
    Fact.AIRWAY: ((str,), _said(lambda record: record.airways)),
    Fact.VITALS: ((int,) * 8, _vitals),
    Fact.PULSE_FELT: ((str,), _said(lambda record: record.pulses_felt)),
    Fact.CALLOUT: ((str,), _said(lambda record: record.callouts)),
    Fact.ASSISTED: ((str,), _assisted),
    Fact.INFUSION: ((str, int), _said(lambda record: record.infusions)),
    Fact.PROGNOSIS: ((int, int), _prognosis),
}

_BY_PEOPLE: Final = frozenset(
    {
        *(Fact.COMPRESSION, Fact.BREATH, Fact.TASK, Fact.DONE, Fact.ORDER, Fact.HEARD, Fact.READ_BACK, Fact.CONFIRMED),
        *(Fact.CORRECTED, Fact.CHECK, Fact.PULSE_FELT, Fact.REPORT, Fact.SWITCH, Fact.CAUSE, Fact.SUMMARY, Fact.STOP),
        *(Fact.CALLOUT, Fact.CHARGE, Fact.CLEAR, Fact.HANDOVER, Fact.HUSH, Fact.DRUG),
    }
)
"""Facts that a person's own act or word brings about."""
