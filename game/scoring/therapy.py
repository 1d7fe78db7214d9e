"""Therapy: the right thing at its time, from the first compression to the care after the pulse's return."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from game.content.clues import clues
from game.scoring import care
from game.scoring.course import Course
from game.scoring.drugs import Due, due_doses
from game.scoring.measure import NOTHING_SEEN, Chance, Event, Finding, Measure, seconds
from game.scoring.record import Said
from game.scoring.spans import within_ms
from game.scoring.weights import Curve

MOST_FAULTS: Final = 4
"""Further ones change nothing that could still be seen."""


def _timed(due_ms: int, done: Event | None, so_far_ms: int, curve: Curve) -> Chance | None:
    """An act with a clock: by its delay if done, by the delay so far if not, no chance while that costs nothing."""
    delay_ms = so_far_ms if done is None else done.ms - due_ms
    value = curve(delay_ms / 1000)
    if done is None and value >= 1.0:
        return None
    figures = {"delay_s": seconds(delay_ms), "good_s": curve.full_until}
    return Chance(due_ms, value, why="late" if done else "never", figures=figures, events=(done,) if done else ())


def first_compression(course: Course) -> Finding:
    """From each loss of the pulse to the first compression of a run."""
    chances: list[Chance | None] = []
    delays: list[int] = []
    curve = course.weights.curves.first_compression
    for interval in course.pulseless:
        done_ms = next(
            (max(run.start_ms, interval.start_ms) for run in course.runs if run.end_ms > interval.start_ms), None
        )
        if done_ms is not None and done_ms >= interval.end_ms:
            done_ms = None
        delays.append((interval.end_ms if done_ms is None else done_ms) - interval.start_ms)
        done = None if done_ms is None else Event(done_ms, "compression")
        chances.append(_timed(interval.start_ms, done, interval.length_ms, curve))
    figures = (("first_ms", delays[0]),) if delays else ()
    return Finding(tuple(chance for chance in chances if chance), figures)


def first_shock(course: Course) -> Finding:
    """From the first shockable rhythm of each pulseless interval to the first shock that had been called."""
    chances: list[Chance | None] = []
    figures: list[tuple[str, float]] = []
    for interval in course.pulseless:
        onset = next((span for span in course.shockable if interval.start_ms <= span.start_ms < interval.end_ms), None)
        if onset is None:
            continue
        shock = next(
            (pause for pause in course.shocks if pause.called and onset.start_ms <= pause.shock.ms <= interval.end_ms),
            None,
        )
        if shock is not None and not figures:
            figures.append(("first_ms", shock.shock.ms - onset.start_ms))
        due_ms = onset.start_ms if onset.start_ms == interval.start_ms else _shown_ms(course, onset.start_ms)
        so_far_ms = within_ms(course.shockable, due_ms, interval.end_ms)
        done = Event(shock.shock.ms, "shock", shock.seat) if shock else None
        chances.append(_timed(due_ms, done, so_far_ms, course.weights.curves.first_shock))
    return Finding(tuple(chance for chance in chances if chance), tuple(figures))


def _shown_ms(course: Course, onset_ms: int) -> int:
    """When a rhythm that began within a cycle could be known: at the next check, or when that was overdue."""
    overdue_ms = onset_ms + course.targets.cycle_ms + course.weights.pauses.late_tolerance_ms
    return min([check.ms for check in course.record.checks if check.ms >= onset_ms] + [overdue_ms])


def _doses(plan: str) -> Measure:
    def measure(course: Course) -> Finding:
        due = [due for due in due_doses(course) if due.plan == plan]
        delays = tuple(("delay_ms", item.delay_ms) for item in due[:1])
        return Finding(tuple(_dose(item) for item in due), delays)

    return measure


def _dose(due: Due) -> Chance:
    drug = due.dose.drug if due.dose else " or ".join(due.drugs)
    figures: dict[str, float | str] = {"drug": drug, "delay_s": seconds(abs(due.delay_ms))}
    events = (Event(due.dose.ms, f"drug:{drug}", due.dose.seat),) if due.dose else (Event(due.due_ms, "due"),)
    return Chance(due.due_ms, due.value, why=due.verdict.value, figures=figures, events=events)


def clues_reported(course: Course, until_ms: int) -> list[Said]:
    """The first report of each fact that bears on a cause."""
    known = course.targets.clues
    found = {
        said.word: said
        for said in reversed(course.record.reports)
        if said.ms <= until_ms and (said.word in known or clues().of(said.word, said.detail))
    }
    return sorted(found.values(), key=lambda said: said.ms)


def working_cause(course: Course) -> Said | None:
    """When the working cause that stood at the end was named, if it is a right one; changes of mind move it on."""
    working = [said for said in course.record.causes if said.detail == "working" and said.ms <= course.end_ms]
    return working[-1] if working and working[-1].word in course.targets.causes else None


def cause(course: Course) -> Finding:
    """The working cause: the right one, in time, after reported clues, without guessing around."""
    if not course.targets.causes:
        return NOTHING_SEEN
    rules, curve = course.weights.therapy, course.weights.curves.cause
    working = [said for said in course.record.causes if said.detail == "working" and said.ms <= course.end_ms]
    named = working_cause(course)
    if named is None:
        passed_ms = within_ms(course.case_time, 0, course.end_ms)
        if passed_ms / 1000 <= curve.full_until:
            return NOTHING_SEEN
        wrong = working[-1] if working else None
        figures: dict[str, float | str] = {"named": wrong.word if wrong else ""}
        events = (Event(wrong.ms, f"cause:{wrong.word}", wrong.seat),) if wrong else ()
        return Finding((Chance(0, 0.0, why="wrong" if wrong else "never", figures=figures, events=events),))
    reported, changes = len(clues_reported(course, named.ms)), len(working) - 1
    faults = max(0, changes - rules.free_cause_changes) + (reported < rules.clues_first)
    delay_ms = within_ms(course.case_time, 0, named.ms)
    chance = Chance(
        named.ms,
        curve(delay_ms / 1000) * _kept(faults, rules.cause_fault),
        why="guessed" if faults else "late",
        figures={"delay_s": seconds(delay_ms), "good_s": curve.full_until, "clues": reported, "changes": changes},
        events=(Event(named.ms, f"cause:{named.word}", named.seat),),
    )
    return Finding((chance,), (("named_ms", named.ms), ("clues", reported)))


def _kept(faults: int, each: float) -> float:
    """What is left after some faults, each of which leaves its share of the rest."""
    kept = 1.0
    for _ in range(min(faults, MOST_FAULTS)):
        kept *= each
    return kept


def treated(course: Course) -> Finding:
    """Each act that treats the cause, by its limit; treating at random what nothing asked for halves it."""
    rules = course.weights.therapy
    blind = sum(event.code in rules.blind_treatment and event.ms <= course.end_ms for event in course.record.safety)
    fault = _kept(blind - rules.free_blind_treatments, rules.cause_fault)
    acts = care.acts_owed([act for act in course.targets.actions if act.treats], course)
    why = "blind" if fault < 1.0 else ""
    return Finding(tuple(care.chance(each, course, fault, why, {"blind": blind}) for each in acts))


def actions(course: Course) -> Finding:
    """Each further key act of the case, by its limit."""
    acts = care.acts_owed([act for act in course.targets.actions if not act.treats], course)
    return Finding(tuple(care.chance(each, course) for each in acts))


def rosc_care(course: Course) -> Finding:
    """The acts owed after the pulse's return, each by its own limit, and what the patient was kept at."""
    acts = care.acts_owed(course.targets.care, course)
    return Finding((*(care.chance(each, course) for each in acts), *care.held(course)))


MEASURES: Final[Mapping[str, Measure]] = {
    "first_compression": first_compression,
    "first_shock": first_shock,
    "first_epinephrine": _doses("epinephrine"),
    "redose": _doses("redose"),
    "antiarrhythmic": _doses("antiarrhythmic"),
    "cause": cause,
    "treated": treated,
    "actions": actions,
    "rosc_care": rosc_care,
}
