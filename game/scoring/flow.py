"""Flow: how little of the pulseless time hands were off without need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from game.scoring.course import Course
from game.scoring.measure import Chance, Finding, Measure, median
from game.scoring.pauses import Gap


def avoidable_ms(course: Course) -> int:
    """Hands-off time that no allowance covers."""
    return sum(gap.avoidable_ms for gap in course.gaps)


def avoidable_fraction(course: Course) -> float:
    """Avoidable hands-off over pulseless time; 0 where there was none."""
    return avoidable_ms(course) / course.pulseless_ms if course.pulseless_ms else 0.0


def longest_pause_ms(course: Course) -> int:
    """The longest listed pause; 0 without one."""
    return max((pause.span.length_ms for pause in course.pauses), default=0)


def avoidable(course: Course) -> Finding:
    """Avoidable hands-off as a share of pulseless time: one chance that sums up all of it."""
    if not course.pulseless_ms:
        return Finding(())
    share = avoidable_fraction(course)
    seen = 1 + course.pulseless_ms // course.weights.presses.window_ms
    figures = (("avoidable_ms", avoidable_ms(course)), ("fraction", round(share, 4)))
    return Finding((Chance(0, course.weights.curves.avoidable(share)),), figures, seen)


def longest_pause(course: Course) -> Finding:
    """The longest pause of the run, judged in seconds over the pack's longest pause."""
    if not course.pulseless_ms:
        return Finding(())
    worst = max(course.pauses, key=lambda pause: pause.span.length_ms, default=None)
    length_ms = worst.span.length_ms if worst else 0
    over_s = (length_ms - course.targets.max_pause_ms) / 1000
    value = course.weights.curves.longest_pause(over_s)
    return Finding((Chance(worst.span.start_ms if worst else 0, value),), (("longest_ms", length_ms),))


def peri_shock(course: Course) -> Finding:
    """The median hands-off time around shocks."""
    if not course.shocks:
        return Finding(())
    middle_ms = median([pause.peri_ms for pause in course.shocks])
    value = course.weights.curves.peri_shock(middle_ms / 1000)
    return Finding((Chance(course.shocks[0].shock.ms, value),), (("median_ms", middle_ms),), seen=len(course.shocks))


def check_ms(pause: Gap) -> int:
    """How long a check kept hands off: up to the shock where the pause held one."""
    until_ms = pause.shocks[0].ms if pause.shocks else pause.span.end_ms
    return until_ms - pause.span.start_ms


def check_length(course: Course) -> Finding:
    """The length of each due check; a cycle that went by without one is a missed check."""
    curve = course.weights.curves.check_length
    chances = [Chance(ms, 0.0) for ms in _missed_checks(course)]
    lengths: list[int] = []
    for pause in course.pauses:
        if pause.due_checks:
            lengths.append(check_ms(pause))
            chances.append(Chance(pause.span.start_ms, curve(lengths[-1] / 1000)))
    figures = (("median_ms", median(lengths)), ("missed", len(chances) - len(lengths))) if lengths else ()
    return Finding(tuple(chances), figures)


def _missed_checks(course: Course) -> list[int]:
    """When a check was overdue: a cycle and its tolerance after the last check or the loss of the pulse."""
    patience_ms = course.targets.cycle_ms + course.weights.pauses.late_tolerance_ms
    missed: list[int] = []
    for interval in course.pulseless:
        since_ms = interval.start_ms
        # A shock restarts the cycle just as a check does.
        stops = [check.ms for check in course.record.checks] + [shock.ms for shock in course.record.shocks]
        for ms in (*sorted(ms for ms in stops if interval.start_ms <= ms < interval.end_ms), interval.end_ms):
            while ms - since_ms > patience_ms:
                since_ms += course.targets.cycle_ms
                missed.append(since_ms)
            since_ms = ms
    return missed


MEASURES: Final[Mapping[str, Measure]] = {
    "avoidable": avoidable,
    "longest_pause": longest_pause,
    "peri_shock": peri_shock,
    "check_length": check_length,
}
