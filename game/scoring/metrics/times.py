"""Measures 1 to 5, 25, 27 and 35: how long it took until something was seen or done."""

from __future__ import annotations

from game.scoring.care import matching, owed
from game.scoring.course import Course
from game.scoring.metrics.reading import NO_OCCASION, Reading, in_seconds
from game.scoring.spans import Span
from game.scoring.therapy import clues_reported, working_cause

ADVANCED = ("sga", "tube")


def recognised_ms(course: Course, interval: Span) -> int | None:
    """The first sign that the team knows of the missing pulse: the start, a check, hands on, fingers that feel none."""
    record = course.record
    stamps = [
        *(act.ms for act in record.acts if act.does[0] == "start"),
        *(check.ms for check in record.checks),
        *(said.ms for said in record.pulses_felt if said.word == "none"),
        *(run.start_ms for run in course.runs),
    ]
    return min((ms for ms in stamps if interval.start_ms <= ms < interval.end_ms), default=None)


def recognition(course: Course) -> Reading:
    """From the first true loss of the pulse to its recognition."""
    if not course.pulseless:
        return NO_OCCASION
    seen_ms = recognised_ms(course, course.pulseless[0])
    return NO_OCCASION if seen_ms is None else in_seconds(seen_ms - course.pulseless[0].start_ms)


def first_compression(course: Course) -> Reading:
    """From recognition to the first compression of a run."""
    first = _first_run_ms(course)
    seen_ms = recognised_ms(course, course.pulseless[0]) if course.pulseless else None
    if first is None or seen_ms is None:
        return NO_OCCASION
    return in_seconds(first - seen_ms, from_loss_s=(first - course.pulseless[0].start_ms) / 1000)


def _first_run_ms(course: Course) -> int | None:
    if not course.pulseless:
        return None
    return next((run.start_ms for run in course.runs if run.start_ms >= course.pulseless[0].start_ms), None)


def first_shock(course: Course) -> Reading:
    """From the first rhythm that a shock can end to the first shock of one."""
    if not course.shockable:
        return NO_OCCASION
    onset_ms = course.shockable[0].start_ms
    shock_ms = next((pause.shock.ms for pause in course.shocks if pause.can_end), None)
    return in_seconds(None if shock_ms is None else shock_ms - onset_ms)


def epinephrine(course: Course) -> Reading:
    """From recognition to the first epinephrine, where the first rhythm without a pulse is one that no shock ends."""
    if not course.pulseless or not course.not_shockable:
        return NO_OCCASION
    lost = course.pulseless[0]
    seen_ms = recognised_ms(course, lost)
    if seen_ms is None or course.not_shockable[0].start_ms > lost.start_ms:
        return NO_OCCASION
    names = course.targets.epinephrine
    dose = next((dose for dose in course.record.doses if dose.drug in names and dose.ms >= lost.start_ms), None)
    return in_seconds(None if dose is None else dose.ms - seen_ms)


def airway_confirmed(course: Course) -> Reading:
    """From an advanced airway to the first breath through it with a capnograph on."""
    placed = next((said for said in course.record.airways if said.word in ADVANCED and said.ms <= course.end_ms), None)
    if placed is None:
        return NO_OCCASION
    connected_ms = next((act.ms for act in course.record.acts if act.does[0] == "co2"), None)
    read_ms = next((each.ms for each in course.record.vitals if each.ms >= placed.ms and each.etco2_mmhg > 0), None)
    if connected_ms is None or read_ms is None:
        return Reading(None, {"device": placed.word})
    breath_ms = next((breath.ms for breath in course.record.breaths if breath.ms >= max(placed.ms, connected_ms)), None)
    return in_seconds(None if breath_ms is None else breath_ms - placed.ms, device=placed.word)


def cause_treated(course: Course) -> Reading:
    """From the first clue to the treatment of the cause, and to its naming."""
    treats = [act for act in course.targets.actions if act.treats]
    if not course.targets.causes:
        return NO_OCCASION
    clues = clues_reported(course, course.end_ms)
    named = working_cause(course)
    done = [owing.done.ms for act in treats if (owing := owed(act, course)) and owing.done]
    first_ms = clues[0].ms if clues else 0
    treated_ms = max(done) if done and len(done) == len(treats) else None
    return in_seconds(
        None if treated_ms is None else max(0, treated_ms - first_ms),
        named_s=max(0, named.ms - first_ms) / 1000 if named else None,
    )


def access(course: Course) -> Reading:
    """The first working line, the attempts at lines and airways, and the first advanced airway."""
    tries = [task for task in course.record.tasks if task.op == "access"]
    airways = [task for task in course.record.tasks if task.op in ADVANCED]
    lines = matching(course.record.acts, (("access",),))
    placed = next((said.ms for said in course.record.airways if said.word in ADVANCED), None)
    return in_seconds(
        lines[0].ms if lines else None,
        attempts=len(tries),
        airway_s=None if placed is None else placed / 1000,
        airway_attempts=len(airways),
    )


def rosc_lag(course: Course) -> Reading:
    """From each true return of the pulse to its recognition at a check or by fingers: the longest."""
    backs = [
        (span.end_ms, course.pulseless[index + 1].start_ms if index + 1 < len(course.pulseless) else course.end_ms)
        for index, span in enumerate(course.pulseless)
        if span.end_ms < course.end_ms
    ]
    felt = [said.ms for said in course.record.pulses_felt if said.word == "felt"]
    lags = [next((ms - back for ms in felt if back <= ms < until), None) for back, until in backs]
    known = [lag for lag in lags if lag is not None]
    return in_seconds(max(known, default=None), returns=len(backs), recognised=len(known))
