"""Coordination: loops on record, read-backs, switches, thinking ahead, pauses shared, summaries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum
from typing import Final

from game.log import Plain
from game.scoring.course import Course
from game.scoring.drugs import Verdict, due_doses
from game.scoring.measure import Chance, Finding, Measure
from game.scoring.pauses import Gap, PauseCause
from game.scoring.record import Dose, Order
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


def is_full(order: Order, course: Course) -> bool:
    """True for a loop that is heard in time, read back as ordered where it was read back or is a drug, and closed.

    Acts that everybody sees close themselves: they need no word.
    """
    team = course.weights.team
    if order.closed_ms is None:
        return False
    if order.op in team.self_closing:
        return True
    heard = min(ms for ms in (order.heard_ms, order.read_back_ms, order.closed_ms) if ms is not None)
    if heard - order.ms > team.heard_ms:
        return False
    return order.read_back_matches if order.read_back or _is_drug(order, course) else True


def _is_drug(order: Order, course: Course) -> bool:
    drugs = (*course.targets.epinephrine, *course.targets.antiarrhythmics)
    return bool(order.args) and order.args[0] in drugs


def required_loops(course: Course) -> tuple[LoopResult, ...]:
    """Each loop of the level that was ordered, or that came due without an order."""
    due_ms = course.weights.loop_due_ms
    found: list[LoopResult] = []
    used: set[int] = set()
    for loop in course.targets.loops:
        order = _best(loop, course, used)
        if order is not None:
            used.add(order.order_id)
            found.append(_result(loop, order, course))
        elif course.pulseless_ms > due_ms.get(loop.op, due_ms["other"]):
            found.append(LoopResult(loop.op, loop.args, loop.station, None, None, None, None, full=False))
    return tuple(found)


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
    full = is_full(order, course)
    return LoopResult(loop.op, loop.args, loop.station, order.ms, order.heard_ms, order.closed_ms, matches, full)


def loops(course: Course) -> Finding:
    """The loops that the level asks for: full or not; further orders earn nothing."""
    results = required_loops(course)
    chances = tuple(Chance(result.ordered_ms or 0, float(result.full)) for result in results)
    return Finding(chances, (("full", sum(result.full for result in results)), ("required", len(results))))


def read_backs(course: Course) -> Finding:
    """Each dose of a planned drug: was it ordered, and read back as ordered."""
    drugs = (*course.targets.epinephrine, *course.targets.antiarrhythmics)
    used: set[int] = set()
    chances: list[Chance] = []
    for dose in course.record.doses:
        if dose.drug in drugs and dose.ms <= course.end_ms:
            order = _order_of(dose, course, used)
            if order is not None:
                used.add(order.order_id)
            chances.append(Chance(dose.ms, float(order is not None and order.read_back_matches)))
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
    curve, team = course.weights.curves.switch_turn, course.weights.team
    chances: list[Chance] = []
    for start_ms, end_ms, swapped in _turns(course):
        value = curve((end_ms - start_ms - course.targets.switch_ms) / 1000)
        if swapped:
            clean = _handshake(course, start_ms, end_ms)
            chances.append(Chance(end_ms, value * (1.0 if clean else team.switch_without_handshake)))
        elif value < 1.0:
            chances.append(Chance(end_ms, value))
    clean_count = sum(chance.value >= 1.0 for chance in chances)
    return Finding(tuple(chances), (("clean", clean_count), ("due", len(chances))))


def _turns(course: Course) -> list[tuple[int, int, bool]]:
    """(start_ms, end_ms, swapped) of each person's time on the chest; a returning pulse ends a turn without a swap."""
    turns: list[tuple[int, int, bool]] = []
    for interval in course.pulseless:
        seat, start_ms, last_ms = -1, interval.start_ms, interval.start_ms
        for press in course.owed:
            if not interval.start_ms <= press.ms < interval.end_ms:
                continue
            if press.seat != seat:
                if seat != -1:
                    turns.append((start_ms, last_ms, True))
                seat, start_ms = press.seat, press.ms
            last_ms = press.ms
        if seat != -1:
            turns.append((start_ms, last_ms, False))
    return turns


def _handshake(course: Course, start_ms: int, end_ms: int) -> bool:
    """Asked and answered during the turn; the act itself falls on the next person's first push."""
    steps = {
        said.word for said in course.record.switches if start_ms <= said.ms <= end_ms + course.targets.max_pause_ms
    }
    return {"asked", "yes"} <= steps


def charged_ahead(course: Course) -> Finding:
    """Each shock: the charge was complete, shortly before hands went off."""
    chances = tuple(Chance(pause.shock.ms, float(pause.charged_ahead)) for pause in course.shocks)
    return Finding(chances, (("ahead", fsum(chance.value for chance in chances)), ("shocks", len(chances))))


def drug_ready(course: Course) -> Finding:
    """Each dose that came due: given, or read back in hand, when it was wanted."""
    low_ms, high_ms = course.targets.epinephrine_interval_ms
    chances: list[Chance] = []
    for due in due_doses(course):
        if due.verdict is Verdict.EARLY:
            continue
        window_ms = high_ms - low_ms if due.plan == "redose" else 0
        limit_ms = due.due_ms + window_ms + course.weights.team.drug_ready_ms
        names = course.targets.antiarrhythmics if due.plan == "antiarrhythmic" else course.targets.epinephrine
        given = due.dose is not None and due.dose.ms <= limit_ms
        chances.append(Chance(due.due_ms, float(given or _in_hand(course, names, due.due_ms, limit_ms))))
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
        if pause.switches:
            chances.append(Chance(pause.span.start_ms, float(_shared(pause))))
        elif pause.cause in {PauseCause.AIRWAY, PauseCause.ACCESS}:
            chances.append(Chance(pause.span.start_ms, 0.0))
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
            chances.append(Chance(start_ms, true / chips if chips else 0.0))
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
