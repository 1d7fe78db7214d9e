"""Ventilation: two breaths after each set by mask, a steady slow rate once an advanced airway is in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from game.scoring.compression import effective
from game.scoring.course import Course
from game.scoring.measure import Chance, Event, Finding, Measure, outside
from game.scoring.pauses import Gap
from game.scoring.record import Breath, Press
from game.scoring.spans import at

MASK: Final = "mask"


@dataclass(frozen=True, slots=True)
class VentilationFigures:
    """What was breathed in pulseless time. `per_min` is after the advanced airway, 0 before one."""

    breaths: int
    delivered: int
    mean_volume_ml: float
    pairs: int
    pairs_due: int
    advanced_airway_ms: int | None
    per_min: float


def owed_breaths(course: Course) -> tuple[Breath, ...]:
    """Breaths in pulseless time."""
    return tuple(breath for breath in course.record.breaths if at(course.pulseless, breath.ms) is not None)


def advanced_airway_ms(course: Course) -> int | None:
    """When the first breath went through an advanced airway."""
    return next((breath.ms for breath in course.record.breaths if breath.airway != MASK), None)


def pairs(course: Course) -> Finding:
    """Breaths in the pause after each set of compressions; a set that grew too long without them is missed.

    A check or shock restarts the count, as teams do.
    """
    rules, targets = course.weights.breaths, course.targets
    early = targets.compressions_per_set - rules.set_early_compressions
    late = targets.compressions_per_set + rules.set_late_compressions
    until_ms = advanced_airway_ms(course)
    presses = [press for press in effective(course) if until_ms is None or press.ms < until_ms]
    chances: list[Chance] = []
    index = owed = 0
    for gap in course.pauses:
        while index < len(presses) and presses[index].ms <= gap.span.start_ms:
            owed += 1
            if owed >= late:
                chances.append(_missed(presses[index], late))
                owed = 0
            index += 1
        if until_ms is not None and gap.span.start_ms >= until_ms:
            break
        delivered = _delivered(gap, rules.delivered_ml)
        if delivered and owed >= early:
            chances.append(_pair(gap, delivered, course))
        if delivered or gap.checks or gap.shocks:
            owed = 0
    overdue = (owed + len(presses) - index) // late
    chances.extend(_missed(presses[-1], late) for _ in range(overdue))
    return Finding(tuple(chances))


def _missed(press: Press, presses: int) -> Chance:
    return Chance(press.ms, 0.0, why="missed", figures={"presses": presses})


def _pair(gap: Gap, delivered: int, course: Course) -> Chance:
    return Chance(
        gap.span.start_ms,
        course.weights.curves.breaths_in_pause(delivered),
        why="count",
        figures={"count": delivered, "wanted": course.targets.breaths_per_set},
        events=tuple(Event(breath.ms, "breath", breath.seat) for breath in gap.breaths),
    )


def _delivered(gap: Gap, least_ml: int) -> int:
    return sum(breath.airway == MASK and breath.volume_ml >= least_ml for breath in gap.breaths)


def volume(course: Course) -> Finding:
    """Each breath by how far its volume lies outside the pack's band."""
    curve, band = course.weights.curves.breath_volume, course.targets.tidal_volume_ml
    return Finding(
        tuple(
            Chance(
                breath.ms,
                curve(outside(breath.volume_ml, band)),
                figures={"volume_ml": breath.volume_ml, "low": band[0], "high": band[1]},
                events=(Event(breath.ms, "breath", breath.seat),),
            )
            for breath in owed_breaths(course)
        )
    )


def advanced_rate(course: Course) -> Finding:
    """Breaths in a sliding minute after the advanced airway, against the pack's rate."""
    since_ms = advanced_airway_ms(course)
    if since_ms is None:
        return Finding(())
    rules = course.weights.breaths
    wanted = rules.window_ms / course.targets.breath_interval_ms
    stamps = [breath.ms for breath in course.record.breaths]
    chances: list[Chance] = []
    for interval in course.pulseless:
        first_ms = max(since_ms, interval.start_ms) + rules.window_ms
        for ms in range(first_ms, interval.end_ms + 1, rules.window_step_ms):
            count = between(stamps, ms - rules.window_ms, ms)
            value = course.weights.curves.advanced_rate(abs(count - wanted))
            chances.append(Chance(ms, value, figures={"count": count, "wanted": round(wanted, 1)}))
    return Finding(tuple(chances))


def between(stamps: Sequence[int], start_ms: int, end_ms: int) -> int:
    """How many of the stamps, in order, lie from `start_ms` on and before `end_ms`."""
    return bisect_left(stamps, end_ms) - bisect_left(stamps, start_ms)


def figures(course: Course) -> VentilationFigures:
    """The raw figures beside the score."""
    breaths = owed_breaths(course)
    since_ms = advanced_airway_ms(course)
    sets: Sequence[Chance] = pairs(course).chances
    return VentilationFigures(
        breaths=len(breaths),
        delivered=sum(breath.volume_ml >= course.weights.breaths.delivered_ml for breath in breaths),
        mean_volume_ml=round(sum(breath.volume_ml for breath in breaths) / (len(breaths) or 1), 1),
        pairs=sum(chance.value >= 1.0 for chance in sets),
        pairs_due=len(sets),
        advanced_airway_ms=since_ms,
        per_min=_per_minute(course, breaths, since_ms),
    )


def _per_minute(course: Course, breaths: Sequence[Breath], since_ms: int | None) -> float:
    if since_ms is None:
        return 0.0
    owed_ms = sum(max(0, span.end_ms - max(span.start_ms, since_ms)) for span in course.pulseless)
    count = sum(breath.ms >= since_ms for breath in breaths)
    return round(60_000 * count / owed_ms, 1) if owed_ms else 0.0


MEASURES: Final[Mapping[str, Measure]] = {"pairs": pairs, "volume": volume, "advanced_rate": advanced_rate}
