"""Safety: shocks that were clear and called, and a run without safety events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from game.scoring.course import Course
from game.scoring.measure import NOTHING_SEEN, Chance, Event, Finding, Measure
from game.scoring.record import SafetyEvent
from game.scoring.shocks import ShockPause


def critical_errors(course: Course) -> tuple[SafetyEvent, ...]:
    """The safety events that the rules call critical."""
    return tuple(event for event in course.record.safety if event.critical and event.ms <= course.end_ms)


def shocks_clear(course: Course) -> Finding:
    """Each shock: nobody touched the patient."""
    clear = sum(pause.clear for pause in course.shocks)
    chances = tuple(_shock(pause, float(pause.clear)) for pause in course.shocks)
    return Finding(chances, (("clear", clear), ("shocks", len(chances))))


def shocks_called(course: Course) -> Finding:
    """Each shock of an arrest: a rhythm that it can end was there and had been called shortly before."""
    return Finding(tuple(_shock(pause, float(pause.called)) for pause in course.shocks if not pause.with_pulse))


def _shock(pause: ShockPause, value: float) -> Chance:
    return Chance(pause.shock.ms, value, events=(Event(pause.shock.ms, "shock", pause.seat),))


def events(course: Course) -> Finding:
    """The number of safety events in the whole run, minor ones by their share: one chance that sums up all of it."""
    if not course.end_ms:
        return NOTHING_SEEN
    rules = course.weights.safety
    counted = safety_events(course)
    count = sum(rules.minor_share if event.code in rules.minor else 1.0 for event in counted)
    chance = Chance(
        0,
        course.weights.curves.safety_events(count),
        figures={"count": len(counted), "codes": ", ".join(dict.fromkeys(event.code for event in counted))},
        events=tuple(Event(event.ms, f"safety:{event.code}", event.seat) for event in counted),
    )
    seen = 1 + course.end_ms // course.weights.presses.window_ms
    return Finding((chance,), (("events", len(counted)),), seen)


def safety_events(course: Course) -> tuple[SafetyEvent, ...]:
    """The safety events that cost anything."""
    harmless = course.weights.safety.harmless
    return tuple(event for event in course.record.safety if event.ms <= course.end_ms and event.code not in harmless)


MEASURES: Final[Mapping[str, Measure]] = {
    "shocks_clear": shocks_clear,
    "shocks_called": shocks_called,
    "events": events,
}
