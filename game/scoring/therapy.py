"""Therapy: the right thing at its time, from the first compression to the care after the pulse's return."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from game.scoring.course import Course
from game.scoring.drugs import Due, due_doses
from game.scoring.measure import Chance, Finding, Measure
from game.scoring.spans import Span, at, within_ms
from game.scoring.weights import Curve


def _timed(due_ms: int, done_ms: int | None, so_far_ms: int, curve: Curve) -> Chance | None:
    """An act with a clock: by its delay if done, by the delay so far if not, no chance while that costs nothing."""
    if done_ms is not None:
        return Chance(due_ms, curve((done_ms - due_ms) / 1000))
    value = curve(so_far_ms / 1000)
    return Chance(due_ms, value) if value < 1.0 else None


def first_compression(course: Course) -> Finding:
    """From each loss of the pulse to the first compression of a run."""
    chances: list[Chance | None] = []
    delays: list[int] = []
    for interval in course.pulseless:
        done_ms = next(
            (max(run.start_ms, interval.start_ms) for run in course.runs.spans if run.end_ms > interval.start_ms), None
        )
        if done_ms is not None and done_ms >= interval.end_ms:
            done_ms = None
        delays.append((interval.end_ms if done_ms is None else done_ms) - interval.start_ms)
        curve = course.weights.curves.first_compression
        chances.append(_timed(interval.start_ms, done_ms, interval.length_ms, curve))
    figures = (("first_ms", delays[0]),) if delays else ()
    return Finding(tuple(chance for chance in chances if chance), figures)


def first_shock(course: Course) -> Finding:
    """From the first shockable rhythm of each pulseless interval to the first shock."""
    chances: list[Chance | None] = []
    figures: list[tuple[str, float]] = []
    for interval in course.pulseless:
        onset = next((span for span in course.shockable if interval.start_ms <= span.start_ms < interval.end_ms), None)
        if onset is None:
            continue
        shocked_ms = next(
            (pause.shock.ms for pause in course.shocks if onset.start_ms <= pause.shock.ms <= interval.end_ms), None
        )
        if shocked_ms is not None and not figures:
            figures.append(("first_ms", shocked_ms - onset.start_ms))
        so_far_ms = within_ms(course.shockable, onset.start_ms, interval.end_ms)
        chances.append(_timed(onset.start_ms, shocked_ms, so_far_ms, course.weights.curves.first_shock))
    return Finding(tuple(chance for chance in chances if chance), tuple(figures))


def _doses(plan: str) -> Measure:
    def measure(course: Course) -> Finding:
        due: list[Due] = [due for due in due_doses(course) if due.plan == plan]
        delays = tuple(("delay_ms", item.delay_ms) for item in due[:1])
        return Finding(tuple(Chance(item.due_ms, item.value) for item in due), delays)

    return measure


def cause(course: Course) -> Finding:
    """The working cause: the right one, in time, after reported clues, without guessing around."""
    if not course.targets.cause:
        return Finding(())
    rules = course.weights.therapy
    working = [said for said in course.record.causes if said.detail == "working"]
    curve = course.weights.curves.cause
    if not working or working[-1].word != course.targets.cause:
        passed_ms = course.pulseless_ms
        return Finding((Chance(0, 0.0),) if passed_ms / 1000 > curve.full_until else ())
    named = working[-1]
    clues = len({report.word for report in course.record.reports if report.ms <= named.ms})
    faults = max(0, len(working) - 1 - rules.free_cause_changes) + (clues < rules.clues_first)
    value = curve(within_ms(course.pulseless, 0, named.ms) / 1000)
    for _ in range(min(faults, 4)):
        value *= rules.cause_fault
    return Finding((Chance(named.ms, value),), (("named_ms", named.ms), ("clues", clues)))


def rosc_care(course: Course) -> Finding:
    """The acts owed after the pulse's return, each by its own limit."""
    back = _last_return(course)
    if back is None:
        return Finding(())
    chances: list[Chance] = []
    for care in course.targets.rosc_care:
        done_ms = next(
            (task.end_ms for task in course.record.tasks if task.op == care.op and (task.end_ms or 0) >= back.start_ms),
            None,
        )
        if done_ms is not None:
            over_s = (done_ms - back.start_ms - care.limit_ms) / 1000
            chances.append(Chance(done_ms, course.weights.curves.rosc_care(over_s)))
        elif back.length_ms > care.limit_ms:
            over_s = (back.length_ms - care.limit_ms) / 1000
            chances.append(Chance(back.start_ms + care.limit_ms, course.weights.curves.rosc_care(over_s)))
    return Finding(tuple(chances))


def _last_return(course: Course) -> Span | None:
    """From the last return of the pulse to the end, if the pulse held until then."""
    if not course.pulse_at_end or not course.pulseless or at(course.pulseless, course.end_ms - 1):
        return None
    return Span(course.pulseless[-1].end_ms, course.end_ms)


MEASURES: Final[Mapping[str, Measure]] = {
    "first_compression": first_compression,
    "first_shock": first_shock,
    "first_epinephrine": _doses("epinephrine"),
    "redose": _doses("redose"),
    "antiarrhythmic": _doses("antiarrhythmic"),
    "cause": cause,
    "rosc_care": rosc_care,
}
