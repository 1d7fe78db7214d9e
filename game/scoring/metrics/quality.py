"""Measures 16 to 20 and 26: compressions, breaths, turns on the chest, and the carbon dioxide they brought out."""

from __future__ import annotations

from itertools import pairwise

from game.scoring import compression, ventilation
from game.scoring.course import Course
from game.scoring.measure import median
from game.scoring.metrics.reading import NO_OCCASION, NOT_TOLD, Reading, in_seconds, share
from game.scoring.spans import at, within_ms

FAST_PER_MIN, LESS_FAST_PER_MIN = 15, 13
SET = range(28, 33)
"""Compressions of a set that are as many as there should be (clinical reference, measure 18)."""
STEP_MS, MINUTE_MS = 1000, 60_000
ENOUGH_MS = 30_000
"""Time with an advanced airway from which a rate can be told."""


def rate(course: Course) -> Reading:
    """Rate inside runs, the share in its band, and what was delivered with pauses."""
    figures = compression.figures(course)
    if not figures.rate_per_min:
        return NO_OCCASION
    return Reading(
        figures.rate_per_min, {"in_band": figures.rate_in_band, "delivered_per_min": figures.delivered_per_min}
    )


def depth_recoil_duty(course: Course) -> Reading:
    """Compressions both deep enough, not too deep, and fully released; each alone; the share of time held down."""
    presses = course.owed
    if not presses:
        return NO_OCCASION
    (low, high), recoil = course.targets.depth_mm, course.targets.full_recoil_mm
    good = sum(low <= press.depth_um / 1000 <= high and press.residual_um / 1000 <= recoil for press in presses)
    figures = compression.figures(course)
    cycle_ms = sum(press.down_ms + press.up_ms for press in presses)
    return share(
        good,
        len(presses),
        depth_in_band=figures.depth_in_band,
        full_recoil=figures.full_recoil,
        duty=round(sum(press.down_ms for press in presses) / cycle_ms, 3) if cycle_ms > 0 else None,
    )


def ventilation_rate(course: Course) -> Reading:
    """Breaths a minute with an advanced airway; before one, the pairs given and the sets of right length."""
    figures = ventilation.figures(course)
    sets = _set_lengths(course)
    since_ms = figures.advanced_airway_ms
    enough = since_ms is not None and within_ms(course.pulseless, since_ms, course.end_ms) >= ENOUGH_MS
    return Reading(
        figures.per_min if enough else None,
        {
            "pairs": figures.pairs,
            "pairs_due": figures.pairs_due,
            "sets_of_28_to_32": round(sum(length in SET for length in sets) / len(sets), 4) if sets else None,
        },
    )


def _set_lengths(course: Course) -> list[int]:
    """Compressions between two pauses with mask breaths."""
    stamps = [press.ms for press in course.owed]
    ends = [pause.span for pause in course.pauses if any(breath.airway == "mask" for breath in pause.breaths)]
    return [sum(first.end_ms <= ms <= second.start_ms for ms in stamps) for first, second in pairwise(ends)]


def hyperventilation(course: Course) -> Reading:
    """Seconds without a pulse in whose last minute more than 15 breaths were given through an advanced airway."""
    since_ms = ventilation.advanced_airway_ms(course)
    if since_ms is None:
        return NO_OCCASION
    stamps = [breath.ms for breath in course.record.breaths if breath.airway != ventilation.MASK]
    fast = less_fast = 0
    for ms in range(since_ms + STEP_MS, course.end_ms + 1, STEP_MS):
        if at(course.pulseless, ms - 1) is None:
            continue
        count = ventilation.between(stamps, ms - MINUTE_MS, ms)
        fast += count > FAST_PER_MIN
        less_fast += LESS_FAST_PER_MIN <= count <= FAST_PER_MIN
    return Reading(fast, {"between_13_and_15_s": less_fast})


def switch_interval(course: Course) -> Reading:
    """The longest turn of one person on the chest, and the pauses in which people changed places."""
    if not course.turns:
        return NO_OCCASION
    pauses = [pause.span.length_ms for pause in course.pauses if pause.switches]
    longest = max(turn.end_ms - turn.start_ms for turn in course.turns)
    return in_seconds(longest, turns=len(course.turns), switch_pause_s=median(pauses) / 1000 if pauses else None)


def etco2(course: Course) -> Reading:
    """End-tidal carbon dioxide while there was no pulse: mean, and the share of readings at 10 and at 20 or more."""
    if not course.record.vitals:
        return NOT_TOLD
    values = [
        each.etco2_mmhg
        for each in course.record.vitals
        if each.etco2_mmhg >= 0 and at(course.pulseless, each.ms) is not None
    ]
    if not values:
        return NO_OCCASION
    count = len(values)
    return Reading(
        round(sum(values) / count, 1),
        {
            "at_least_10": round(sum(value >= 10 for value in values) / count, 4),
            "at_least_20": round(sum(value >= 20 for value in values) / count, 4),
        },
    )
