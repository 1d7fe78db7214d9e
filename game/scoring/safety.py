"""Safety: shocks that were clear and called, and a run without safety events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from game.scoring.course import Course
from game.scoring.measure import Chance, Finding, Measure
from game.scoring.record import SafetyEvent


def critical_errors(course: Course) -> tuple[SafetyEvent, ...]:
    """The safety events that the rules call critical."""
    return tuple(event for event in course.record.safety if event.critical and event.ms <= course.end_ms)


def shocks_clear(course: Course) -> Finding:
    """Each shock: nobody touched the patient."""
    clear = [int(pause.clear) for pause in course.shocks]
    chances = tuple(Chance(pause.shock.ms, float(value)) for pause, value in zip(course.shocks, clear, strict=True))
    return Finding(chances, (("clear", sum(clear)), ("shocks", len(clear))))


def shocks_called(course: Course) -> Finding:
    """Each shock: a rhythm that it can end was there and had been called shortly before."""
    return Finding(tuple(Chance(pause.shock.ms, float(pause.called)) for pause in course.shocks))


def events(course: Course) -> Finding:
    """The number of safety events, critical or not, in the whole run: one chance that sums up all of it."""
    if not course.end_ms:
        return Finding(())
    harmless = course.weights.therapy.harmless
    count = sum(event.ms <= course.end_ms and event.code not in harmless for event in course.record.safety)
    seen = 1 + course.end_ms // course.weights.presses.window_ms
    return Finding((Chance(0, course.weights.curves.safety_events(count)),), (("events", count),), seen)


MEASURES: Final[Mapping[str, Measure]] = {
    "shocks_clear": shocks_clear,
    "shocks_called": shocks_called,
    "events": events,
}
