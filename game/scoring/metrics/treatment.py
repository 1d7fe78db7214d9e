"""Measures 21 to 23, 28, 36 and 37: drugs, shocks, safety, and the steps that were required."""

from __future__ import annotations

from game.scoring import safety
from game.scoring.care import acts_owed
from game.scoring.course import Course
from game.scoring.drugs import Verdict, due_doses
from game.scoring.measure import Finding
from game.scoring.metrics.reading import NO_OCCASION, Findings, Reading, share

STEPS = {
    "flow": ("check_length",),
    "therapy": (
        *("first_compression", "first_shock", "first_epinephrine", "redose", "antiarrhythmic"),
        *("cause", "treated", "actions", "rosc_care"),
    ),
    "safety": ("shocks_called",),
}
"""What the guideline and the case require step by step: each chance of these measures is one."""


def epinephrine_interval(course: Course) -> Reading:
    """Intervals between doses inside the pack's window, of all intervals that are over."""
    repeats = [due for due in due_doses(course) if due.plan == "redose"]
    return share(sum(due.verdict is Verdict.ON_TIME for due in repeats), len(repeats))


def antiarrhythmic_timing(course: Course) -> Reading:
    """How many shocks had been given before the first antiarrhythmic, and before the second."""
    names = course.targets.antiarrhythmics
    counts = [
        sum(pause.shock.ms <= dose.ms for pause in course.shocks)
        for dose in course.record.doses
        if dose.drug in names and dose.ms <= course.end_ms
    ]
    return Reading(counts[0], {"second": counts[1] if len(counts) > 1 else None}) if counts else NO_OCCASION


def shock_appropriateness(course: Course) -> Reading:
    """Shocks of a rhythm that one can end, of all; and cycles in which such a rhythm stood and none came."""
    shocks = [pause for pause in course.shocks if not pause.with_pulse]
    reading = share(sum(pause.can_end for pause in shocks), len(shocks))
    return Reading(reading.value, {"shocks": len(shocks), "omitted": _omitted(course)})


def _omitted(course: Course) -> int:
    """Checks that found a shockable rhythm, with no shock before the next check."""
    checks = [check.ms for check in course.record.checks]
    limits = [*checks[1:], course.end_ms]
    return sum(
        any(span.start_ms <= ms < span.end_ms for span in course.shockable)
        and not any(ms <= pause.shock.ms <= until for pause in course.shocks)
        for ms, until in zip(checks, limits, strict=False)
    )


def safety_events(course: Course) -> Reading:
    """Critical safety events; beside them all others that cost points."""
    errors = safety.critical_errors(course)
    return Reading(len(errors), {"others": len(safety.safety_events(course)) - len(errors)})


def rosc_bundle(course: Course) -> Reading:
    """Acts of care after the return of the pulse that were done by their limit, of those owed."""
    acts = acts_owed(course.targets.care, course)
    return share(sum(each.done is not None and each.over_ms <= 0 for each in acts), len(acts), owed=len(acts))


def adherence(found: Findings) -> Reading:
    """Required steps that were done right, of all that came due."""
    steps: list[Finding] = [found[block][key] for block, keys in STEPS.items() for key in keys]
    chances = [chance for finding in steps for chance in finding.chances]
    return share(sum(chance.value >= 1.0 for chance in chances), len(chances), steps=len(chances))
