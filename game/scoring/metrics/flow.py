"""Measures 6 to 15, 24 and 33: how the time without a pulse was spent."""

from __future__ import annotations

from itertools import pairwise

from game.scoring.course import Course
from game.scoring.flow import check_ms, longest_pause_ms
from game.scoring.fraction import compression_fraction, without_breath_pauses
from game.scoring.measure import median
from game.scoring.metrics.reading import NO_OCCASION, Reading, in_seconds, share
from game.scoring.pauses import Gap
from game.scoring.spans import intersect, total_ms

LONG_MS = 10_000
"""The pause that no guideline allows (clinical reference, measure 10)."""


def ccf(course: Course) -> Reading:
    """Compression fraction, beside it the one without breath pauses."""
    if not course.pulseless_ms:
        return NO_OCCASION
    cap_ms = course.weights.pauses.breath_pause_cap_ms
    spared = without_breath_pauses(course.pulseless, course.runs, course.pauses, cap_ms)
    value = compression_fraction(course.pulseless, course.runs)
    return Reading(round(value, 4), {"without_breath_pauses": round(spared, 4)})


def no_flow_fraction(course: Course) -> Reading:
    """1 - CCF."""
    if not course.pulseless_ms:
        return NO_OCCASION
    return Reading(round(1.0 - compression_fraction(course.pulseless, course.runs), 4))


def no_flow(course: Course) -> Reading:
    """The sum of all pauses."""
    return in_seconds(sum(pause.span.length_ms for pause in course.pauses)) if course.pulseless_ms else NO_OCCASION


def low_flow(course: Course) -> Reading:
    """The time with compressions."""
    return in_seconds(total_ms(intersect(course.pulseless, course.runs))) if course.pulseless_ms else NO_OCCASION


def long_pauses(course: Course) -> Reading:
    """How many pauses were longer than ten seconds, of how many; the list itself is `pauses`."""
    if not course.pulseless_ms:
        return NO_OCCASION
    pauses = [pause for pause in course.pauses if not pause.opening]
    return Reading(sum(pause.span.length_ms > LONG_MS for pause in pauses), {"pauses": len(pauses)})


def longest_pause(course: Course) -> Reading:
    """The longest pause, the one before the first compression included."""
    return in_seconds(longest_pause_ms(course)) if course.pulseless_ms else NO_OCCASION


def pre_shock(course: Course) -> Reading:
    """From the last compression to the shock."""
    return _median([pause.pre_ms for pause in course.shocks if not pause.with_pulse])


def post_shock(course: Course) -> Reading:
    """From the shock to the first compression or the pulse."""
    return _median([pause.post_ms for pause in course.shocks if not pause.with_pulse])


def peri_shock(course: Course) -> Reading:
    """Both together."""
    return _median([pause.peri_ms for pause in course.shocks if not pause.with_pulse])


def check_pause(course: Course) -> Reading:
    """Hands off for rhythm checks, up to a shock."""
    return _median([check_ms(pause) for pause in course.pauses if pause.checks])


def _median(lengths: list[int]) -> Reading:
    return in_seconds(median(lengths), longest_s=max(lengths) / 1000, count=len(lengths)) if lengths else NO_OCCASION


def cycle_length(course: Course) -> Reading:
    """From one check to the next within a stretch without a pulse."""
    lengths = [
        second - first
        for interval in course.pulseless
        for first, second in pairwise(
            check.ms for check in course.record.checks if interval.start_ms <= check.ms < interval.end_ms
        )
    ]
    return _median(lengths)


def pause_bundling(course: Course) -> Reading:
    """Pauses that served two purposes or more, of those that served any."""
    counts = [_purposes(pause, course) for pause in course.pauses]
    used = [count for count in counts if count]
    return share(sum(count > 1 for count in used), len(used), pauses=len(used))


def _purposes(pause: Gap, course: Course) -> int:
    span = pause.span
    felt = any(span.start_ms <= said.ms < span.end_ms for said in course.record.pulses_felt)
    scanned = any(act.does[0] == "scan" and span.start_ms <= act.ms < span.end_ms for act in course.record.acts)
    return sum(map(bool, (pause.breaths, pause.checks, pause.shocks, pause.switches, pause.tasks, felt, scanned)))
