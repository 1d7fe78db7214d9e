"""Flow: how little of the pulseless time hands were off without need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from game.scoring.course import Course
from game.scoring.measure import NOTHING_SEEN, Chance, Event, Finding, Measure, median, seconds
from game.scoring.pauses import Gap, owner


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
        return NOTHING_SEEN
    lost_ms = avoidable_ms(course)
    # One pause before an early return of the pulse is not what the whole case would have been like.
    least_ms = min(course.weights.pauses.judged_at_least_ms, course.targets.time_limit_ms)
    share = lost_ms / max(course.pulseless_ms, least_ms)
    chance = Chance(
        0,
        course.weights.curves.avoidable(share),
        figures={
            "avoidable_s": seconds(lost_ms),
            "share_pct": round(100 * share, 1),
            "pulseless_s": seconds(max(course.pulseless_ms, least_ms)),
        },
        events=tuple(_event(gap, course) for gap in course.gaps if gap.avoidable_ms),
    )
    seen = 1 + course.pulseless_ms // course.weights.presses.window_ms
    return Finding((chance,), (("avoidable_ms", lost_ms), ("fraction", round(avoidable_fraction(course), 4))), seen)


def _event(gap: Gap, course: Course) -> Event:
    return Event(gap.span.start_ms, f"pause:{gap.cause}", owner(gap, course.weights))


def longest_pause(course: Course) -> Finding:
    """The longest pause of the run, judged in seconds over the pack's longest pause."""
    if not course.pulseless_ms:
        return NOTHING_SEEN
    curve, limit_ms = course.weights.curves.longest_pause, course.targets.max_pause_ms
    free_ms = course.weights.pauses.start_allowance_ms
    # The free seconds at the loss of a pulse are free here too.
    lengths = [(pause.span.length_ms - free_ms * pause.opening, pause) for pause in course.pauses]
    if not lengths:
        return Finding((Chance(0, 1.0),), (("longest_ms", 0),))
    length_ms, worst = max(lengths, key=lambda item: item[0])
    chance = Chance(
        worst.span.start_ms,
        curve((length_ms - limit_ms) / 1000),
        figures={"cause": worst.cause.value, "length_s": seconds(length_ms), "limit_s": seconds(limit_ms)},
        events=(_event(worst, course),),
    )
    return Finding((chance,), (("longest_ms", length_ms),))


def peri_shock(course: Course) -> Finding:
    """The median hands-off time around the shocks that were due: others cost elsewhere and improve nothing here."""
    shocks = course.due_shocks
    if not shocks:
        return NOTHING_SEEN
    curve, middle_ms = course.weights.curves.peri_shock, median([pause.peri_ms for pause in shocks])
    chance = Chance(
        shocks[0].shock.ms,
        curve(middle_ms / 1000),
        figures={"median_s": seconds(middle_ms), "good_s": curve.full_until},
        events=tuple(Event(pause.shock.ms, "shock", pause.seat) for pause in shocks),
    )
    return Finding((chance,), (("median_ms", middle_ms),), seen=len(shocks))


def check_ms(pause: Gap) -> int:
    """How long a check kept hands off: up to the shock where the pause held one."""
    until_ms = pause.shocks[0].ms if pause.shocks else pause.span.end_ms
    return until_ms - pause.span.start_ms


def check_length(course: Course) -> Finding:
    """The length of each due check; a cycle that went by without one is a missed check."""
    curve = course.weights.curves.check_length
    chances = [Chance(ms, 0.0, why="missed") for ms in missed_checks(course)]
    lengths: list[int] = []
    for pause in course.pauses:
        if pause.due_checks:
            lengths.append(check_ms(pause))
            figures = {"length_s": seconds(lengths[-1]), "good_s": curve.full_until}
            event = Event(pause.span.start_ms, "check", pause.checks[-1].seat)
            chances.append(Chance(event.ms, curve(lengths[-1] / 1000), why="long", figures=figures, events=(event,)))
    detail = (("median_ms", median(lengths)), ("missed", len(chances) - len(lengths))) if lengths else ()
    return Finding(tuple(chances), detail)


def missed_checks(course: Course) -> list[int]:
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
