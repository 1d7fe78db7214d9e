"""What keeps a run out of a ranking: shown and scored all the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from game.scoring.course import Course
from game.scoring.pauses import link_spans
from game.scoring.spans import Span, within_ms
from game.stations import LinkState, Role

SEATS: Final = len(Role)


def reasons(course: Course, opportunities: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    """Codes of every reason, with the block or seat they speak of; () for a run that ranks."""
    rank = course.weights.rank
    found = [f"not_enough_seen:{block}" for block, seen in opportunities if seen < rank.least_opportunities]
    if course.record.ended_ms is None:
        found.append("unfinished")
    if course.stopped_early:
        found.append("stopped_early")
    if course.pulseless_ms and _worst_share(course, LinkState.AWAY) > rank.lost_link_share:
        found.append("lost_link")
    if course.pulseless_ms and _mean_share(course, LinkState.BOT) > rank.bot_share:
        found.append("bots")
    assisted = course.record.assisted
    found.extend(f"assisted:{seat}" for seat in sorted(assisted))
    found.extend(f"macro:{seat}" for seat in range(SEATS) if seat not in assisted and _too_regular(course, seat))
    return tuple(found)


def _held_ms(course: Course, seat: int, state: LinkState) -> int:
    spans = link_spans(course.record.links, seat, state, course.end_ms)
    return sum(within_ms(course.pulseless, span.start_ms, span.end_ms) for span in spans)


def _worst_share(course: Course, state: LinkState) -> float:
    return max(_held_ms(course, seat, state) for seat in range(SEATS)) / course.pulseless_ms


def _mean_share(course: Course, state: LinkState) -> float:
    return sum(_held_ms(course, seat, state) for seat in range(SEATS)) / (SEATS * course.pulseless_ms)


def _too_regular(course: Course, seat: int) -> bool:
    """True when the intervals of a person's compressions hardly scatter for a whole window: no hand does that.

    Bots are meant to be regular and are told by their link.
    """
    rank = course.weights.rank
    bot = link_spans(course.record.links, seat, LinkState.BOT, course.end_ms)
    stamps = [press.ms for press in course.owed if press.seat == seat and not _in(bot, press.ms)]
    count = total = squares = first = 0
    for index in range(1, len(stamps)):
        interval_ms = stamps[index] - stamps[index - 1]
        if interval_ms > course.weights.runs.gap_ms:
            # A pause is no interval, but does not make the hand before and after it a person's.
            continue
        count, total, squares = count + 1, total + interval_ms, squares + interval_ms * interval_ms
        while stamps[index] - stamps[first] > rank.macro_window_ms:
            dropped_ms = stamps[first + 1] - stamps[first]
            first += 1
            if dropped_ms <= course.weights.runs.gap_ms:
                count, total, squares = count - 1, total - dropped_ms, squares - dropped_ms * dropped_ms
            spread = rank.macro_sd_ms * count
            if count > 1 and count * squares - total * total < spread * spread:
                return True
    return False


def _in(spans: tuple[Span, ...], ms: int) -> bool:
    return any(span.start_ms <= ms < span.end_ms for span in spans)
