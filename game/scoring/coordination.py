"""Coordination: loops on record, read-backs, switches, thinking ahead, pauses shared, summaries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum
from typing import Final

from game.log import Plain
from game.scoring.course import Course
from game.scoring.drugs import Verdict, due_doses
from game.scoring.measure import Chance, Event, Finding, Measure, seconds
from game.scoring.pauses import Gap, PauseCause, owner
from game.scoring.record import Dose, Order
from game.scoring.spans import total_ms
from game.scoring.targets import RequiredLoop


@dataclass(frozen=True, slots=True)
class LoopResult:
    """One loop of the level: the order that served it best, if any, and how it went."""

    op: str
    args: tuple[Plain, ...]
    station: int
    ordered_ms: int | None
    heard_ms: int | None
    closed_ms: int | None
    read_back_matches: bool | None
    full: bool
    fault: str
    """What it lacked: never (ordered), undone, late (heard), unread (back); "" for a full one."""


def is_full(order: Order, course: Course) -> bool:
    """True for a loop that is heard in time, read back as ordered where it was read back or is a drug, and closed."""
    return _fault(order, course) == ""


def _fault(order: Order, course: Course) -> str:
    """What a loop lacks: undone, late, unread, or "" for a full one. Acts that everybody sees need no word."""
    team = course.weights.team
    if order.closed_ms is None:
        return "undone"
    if order.op in team.self_closing:
        return ""
    if _heard_ms(order) - order.ms > team.heard_ms:
        return "late"
    spoken = bool(order.read_back) or order.op == "give"
    return "unread" if spoken and not order.read_back_matches else ""


def _heard_ms(order: Order) -> int:
    return min(ms for ms in (order.heard_ms, order.read_back_ms, order.closed_ms) if ms is not None)


def required_loops(course: Course) -> tuple[LoopResult, ...]:
    """Each loop of the level that was ordered, or that came due without an order."""
    found: list[LoopResult] = []
    used: set[int] = set()
    for loop in course.targets.loops:
        order = _best(loop, course, used)
        if order is not None:
            used.add(order.order_id)
            found.append(_result(loop, order, course))
        elif _is_owed(loop, course):
            found.append(LoopResult(loop.op, loop.args, loop.station, None, None, None, None, False, "never"))
    return tuple(found)


def _is_owed(loop: RequiredLoop, course: Course) -> bool:
    """True once an order is late: that of a planned drug with its dose, any other by the case's own clock."""
    planned = (*course.targets.epinephrine, *course.targets.antiarrhythmics)
    if loop.op == "give" and loop.args[:1] and loop.args[0] in planned:
        return any(loop.args[0] in due.drugs for due in due_doses(course))
    due_ms = course.weights.loop_due_ms
    return total_ms(course.case_time) > due_ms.get(loop.op, due_ms["other"])


def _best(loop: RequiredLoop, course: Course, used: set[int]) -> Order | None:
    """The order that answers a loop of the level: a full one before any other."""
    fitting = [
        order
        for order in course.record.orders.values()
        if order.op == loop.op and order.args[: len(loop.args)] == loop.args and order.order_id not in used
    ]
    return next((order for order in fitting if is_full(order, course)), fitting[0] if fitting else None)


def _result(loop: RequiredLoop, order: Order, course: Course) -> LoopResult:
    matches = order.read_back_matches if order.read_back else None
    fault = _fault(order, course)
    return LoopResult(
        op=loop.op,
        args=loop.args,
        station=loop.station,
        ordered_ms=order.ms,
        heard_ms=order.heard_ms,
        closed_ms=order.closed_ms,
        read_back_matches=matches,
        full=not fault,
        fault=fault,
    )


def loops(course: Course) -> Finding:
    """The loops that the level asks for: full or not; further orders earn nothing."""
    results = required_loops(course)
    chances = tuple(_loop(result) for result in results)
    return Finding(chances, (("full", sum(result.full for result in results)), ("required", len(results))))


def _loop(result: LoopResult) -> Chance:
    figures: dict[str, float | str] = {"act": " ".join(str(part) for part in (result.op, *result.args))}
    events: tuple[Event, ...] = ()
    if result.ordered_ms is not None:
        heard_ms = result.closed_ms if result.heard_ms is None else result.heard_ms
        figures["heard_s"] = seconds((heard_ms or result.ordered_ms) - result.ordered_ms)
        events = (Event(result.ordered_ms, "order"),)
    return Chance(result.ordered_ms or 0, float(result.full), why=result.fault, figures=figures, events=events)


def read_backs(course: Course) -> Finding:
    """Each dose of any drug: was it ordered, and read back as ordered."""
    used: set[int] = set()
    chances: list[Chance] = []
    for dose in course.record.doses:
        if dose.ms <= course.end_ms:
            order = _order_of(dose, course, used)
            if order is not None:
                used.add(order.order_id)
            chances.append(
                Chance(
                    dose.ms,
                    float(order is not None and order.read_back_matches),
                    why="unordered" if order is None else "unread",
                    figures={"drug": dose.drug},
                    events=(Event(dose.ms, f"drug:{dose.drug}", dose.seat),),
                )
            )
    matching = fsum(chance.value for chance in chances)
    return Finding(tuple(chances), (("matching", matching), ("doses", len(chances))))


def _order_of(dose: Dose, course: Course, used: set[int]) -> Order | None:
    orders = [
        order
        for order in course.record.orders.values()
        if order.args[:1] == (dose.drug,) and order.ms <= dose.ms and order.order_id not in used
    ]
    return max(orders, key=lambda order: order.ms, default=None)


def switches(course: Course) -> Finding:
    """Each turn on the chest: did it end in time, and by a switch that was asked and answered."""
    curve, team, limit_ms = course.weights.curves.switch_turn, course.weights.team, course.targets.switch_ms
    chances: list[Chance] = []
    for turn in course.turns:
        length_ms = turn.end_ms - turn.start_ms
        value = curve((length_ms - limit_ms) / 1000)
        unasked = turn.swapped and not _handshake(course, turn.start_ms, turn.end_ms)
        if not turn.swapped and value >= 1.0:
            continue
        chances.append(
            Chance(
                turn.end_ms,
                value * (team.switch_without_handshake if unasked else 1.0),
                why="unasked" if unasked and value >= 1.0 else "long",
                figures={"turn_s": seconds(length_ms), "limit_s": seconds(limit_ms)},
                events=(Event(turn.end_ms, "turn", turn.seat),),
            )
        )
    clean_count = sum(chance.value >= 1.0 for chance in chances)
    return Finding(tuple(chances), (("clean", clean_count), ("due", len(chances))))


def _handshake(course: Course, start_ms: int, end_ms: int) -> bool:
    """Asked and answered during the turn; the act itself falls on the next person's first push."""
    steps = {
        said.word for said in course.record.switches if start_ms <= said.ms <= end_ms + course.targets.max_pause_ms
    }
    return {"asked", "yes"} <= steps


def charged_ahead(course: Course) -> Finding:
    """Each due shock: the charge was complete shortly before hands went off, and not by charging all the time."""
    free = course.weights.team.free_dumps
    chances: list[Chance] = []
    for pause in course.due_shocks:
        always = pause.dumped > free
        chances.append(
            Chance(
                pause.shock.ms,
                float(pause.charged_ahead and not always),
                why="always" if always else "late",
                figures={"limit_s": seconds(course.weights.team.charged_before_ms)},
                events=(Event(pause.shock.ms, "shock", pause.seat),),
            )
        )
    return Finding(tuple(chances), (("ahead", fsum(chance.value for chance in chances)), ("shocks", len(chances))))


def drug_ready(course: Course) -> Finding:
    """Each dose that came due: given, or read back in hand, when it was wanted."""
    chances: list[Chance] = []
    for due in due_doses(course):
        if due.verdict in {Verdict.EARLY, Verdict.UNASKED}:
            continue
        limit_ms = due.due_ms + due.window_ms + course.weights.team.drug_ready_ms
        given = due.dose is not None and due.dose.ms <= limit_ms
        ready = given or _in_hand(course, due.drugs, due.due_ms, limit_ms)
        figures = {"drug": " or ".join(due.drugs)}
        chances.append(Chance(due.due_ms, float(ready), figures=figures, events=(Event(due.due_ms, "due"),)))
    return Finding(tuple(chances))


def _in_hand(course: Course, names: tuple[str, ...], due_ms: int, limit_ms: int) -> bool:
    """True when one of the drugs had been read back by `limit_ms` and not been given before it was due."""
    return any(
        order.args[:1]
        and order.args[0] in names
        and order.read_back_ms is not None
        and order.read_back_ms <= limit_ms
        and (order.closed_ms is None or order.closed_ms >= due_ms)
        for order in course.record.orders.values()
    )


def bundled(course: Course) -> Finding:
    """Each act that can wait for a check (a switch, an airway, an access) and cost a pause: did it share one."""
    chances: list[Chance] = []
    for pause in course.pauses:
        alone = pause.cause in {PauseCause.AIRWAY, PauseCause.ACCESS}
        if pause.switches or alone:
            chances.append(
                Chance(
                    pause.span.start_ms,
                    float(bool(pause.switches) and _shared(pause)),
                    figures={"act": "switch" if pause.switches else pause.cause.value},
                    events=(Event(pause.span.start_ms, f"pause:{pause.cause}", owner(pause, course.weights)),),
                )
            )
    return Finding(tuple(chances))


def _shared(pause: Gap) -> bool:
    return bool(pause.due_checks or pause.due_shocks or pause.due_breaths)


def summaries(course: Course) -> Finding:
    """Each full cycle without a pulse: the chips of its first summary that were true."""
    chips = course.weights.team.summary_chips
    chances: list[Chance] = []
    for interval in course.pulseless:
        starts = range(interval.start_ms, interval.end_ms - course.targets.cycle_ms + 1, course.targets.cycle_ms)
        for start_ms in starts:
            end_ms = start_ms + course.targets.cycle_ms
            said = next((item for item in course.record.summaries if start_ms <= item.ms < end_ms), None)
            true = max(0, min(chips, said.number)) if said else 0
            figures = {"true": true, "chips": chips}
            value = true / chips if chips else 0.0
            events = (Event(said.ms, "summary", said.seat),) if said else ()
            chances.append(Chance(start_ms, value, why="wrong" if said else "none", figures=figures, events=events))
    return Finding(tuple(chances))


MEASURES: Final[Mapping[str, Measure]] = {
    "loops": loops,
    "read_backs": read_backs,
    "switches": switches,
    "charged_ahead": charged_ahead,
    "drug_ready": drug_ready,
    "bundled": bundled,
    "summaries": summaries,
}
