"""Measures 29 to 32 and 34: orders and their loops, doubles, idle hands, thinking ahead."""

from __future__ import annotations

from itertools import pairwise

from game.scoring.coordination import is_full
from game.scoring.course import Course
from game.scoring.measure import median
from game.scoring.metrics.reading import NO_OCCASION, Findings, Reading, in_seconds, share
from game.scoring.record import Order
from game.scoring.spans import Span, intersect, total_ms

IDLE_MS = 20_000
"""From here on a seat without an act is idle (decisions 6)."""
DOSE_ARGS = 2
"""Drug and dose: what makes an order of a drug complete."""


def closed_loops(course: Course) -> Reading:
    """Full loops of all orders, and how soon they were heard and read back."""
    orders = list(course.record.orders.values())
    heard = [order.heard_ms - order.ms for order in orders if order.heard_ms is not None]
    read = [order.read_back_ms - order.ms for order in orders if order.read_back_ms is not None]
    return share(
        sum(is_full(order, course) for order in orders),
        len(orders),
        heard_s=round(median(heard) / 1000, 1) if heard else None,
        read_back_s=round(median(read) / 1000, 1) if read else None,
    )


def order_clarity(course: Course) -> Reading:
    """Orders to one station, and for drugs with drug and dose."""
    orders = list(course.record.orders.values())
    return share(sum(_is_clear(order) for order in orders), len(orders), orders=len(orders))


def _is_clear(order: Order) -> bool:
    one_station = order.station > 0 and order.station & (order.station - 1) == 0
    return one_station and (order.op != "give" or len(order.args) >= DOSE_ARGS)


def duplicates(course: Course) -> Reading:
    """Orders said again while the same one was open, and doses given twice for one due time."""
    orders = sorted(course.record.orders.values(), key=lambda order: order.ms)
    again = sum(
        any(
            before.op == order.op and before.args == order.args and before.ms < order.ms <= _over_ms(before, course)
            for before in orders[:index]
        )
        for index, order in enumerate(orders)
    )
    doses = sum(event.code == "duplicate" for event in course.record.safety)
    return Reading(again + doses, {"orders": again, "doses": doses})


def _over_ms(order: Order, course: Course) -> int:
    """When an order was no longer open."""
    ends = (order.closed_ms, order.lapsed_ms, course.end_ms)
    return min(ms for ms in ends if ms is not None)


def idle_overlap(course: Course) -> Reading:
    """Seconds in which a person had done nothing for 20 s while an order waited for them; summed over seats."""
    orders = course.record.orders.values()
    waiting = [(order.seat, Span(order.ms, _over_ms(order, course))) for order in orders if order.seat >= 0]
    overlap_ms = 0
    for seat in course.record.busy:
        open_spans = _merged([span for holder, span in waiting if holder == seat])
        overlap_ms += total_ms(intersect(idle_spans(course, seat), open_spans))
    return in_seconds(overlap_ms) if waiting else NO_OCCASION


def idle_spans(course: Course, seat: int) -> tuple[Span, ...]:
    """What is beyond the first 20 s of each stretch in which a person did and said nothing, hands in an act aside."""
    tasks = [Span(task.ms, task.end_ms or course.end_ms) for task in course.record.tasks if task.seat == seat]
    stamps = [ms for ms in course.record.busy.get(seat, []) if ms < course.end_ms]
    quiet = [
        Span(first + IDLE_MS, second)
        for first, second in pairwise([0, *stamps, course.end_ms])
        if second - first > IDLE_MS
    ]
    return tuple(
        span
        for span in quiet
        if not any(task.start_ms <= span.start_ms and span.end_ms <= task.end_ms for task in tasks)
    )


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start_ms <= merged[-1].end_ms:
            merged[-1] = Span(merged[-1].start_ms, max(merged[-1].end_ms, span.end_ms))
        elif span.length_ms > 0:
            merged.append(span)
    return tuple(merged)


def anticipation(found: Findings) -> Reading:
    """Due shocks that were charged ahead and due drugs that were ready, of both together."""
    shocks, drugs = found["coordination"]["charged_ahead"], found["coordination"]["drug_ready"]
    chances = (*shocks.chances, *drugs.chances)
    if not chances:
        return NO_OCCASION
    parts = {
        "shocks": None if shocks.value is None else round(shocks.value, 4),
        "drugs": None if drugs.value is None else round(drugs.value, 4),
    }
    return share(sum(chance.value for chance in chances), len(chances), **parts)
