"""Figures of single people: for themselves and the instructor, never for the team's list."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from game.scoring.course import Course
from game.scoring.measure import median
from game.scoring.metrics.team import idle_spans
from game.scoring.pauses import owner
from game.scoring.spans import total_ms

AUDIENCE: Final = ("owner", "instructor")
ENOUGH: Final = 20
"""Presses of a turn from which its beginning and end can be compared."""


@dataclass(frozen=True, slots=True)
class Coaching:
    """One person's part. None where there was nothing to see. Times in seconds, depths in millimetres."""

    seat: int
    audience: tuple[str, ...]
    presses: int
    on_chest_s: float
    longest_turn_s: float | None
    rate_per_min: float | None
    depth_mm: float | None
    residual_mm: float | None
    depth_lost_mm: float | None
    """Fatigue: how much shallower the last third of a turn was than its first, the worst turn."""
    breaths: int
    breath_volume_ml: float | None
    seal_pct: float | None
    orders_given: int
    orders_taken: int
    orders_lapsed: int
    heard_s: float | None
    """Median from an order to its being heard."""
    read_back_s: float | None
    reports: int
    summaries: int
    acts_per_min: float
    idle_s: float
    """All that is beyond the first 20 s of each stretch without an act."""
    longest_idle_s: float
    pauses_held: int
    pauses_held_s: float


def coached(course: Course) -> tuple[Coaching, ...]:
    """Everybody who did anything, by seat."""
    return tuple(_person(course, seat) for seat in sorted(course.record.busy))


def _person(course: Course, seat: int) -> Coaching:
    record = course.record
    presses = [press for press in course.owed if press.seat == seat]
    gaps = [second.ms - first.ms for first, second in pairwise(presses)]
    rates = [60_000 / gap for gap in gaps if 0 < gap <= course.weights.runs.gap_ms]
    turns = [turn for turn in course.turns if turn.seat == seat]
    breaths = [breath for breath in record.breaths if breath.seat == seat]
    seals = [breath.seal_pct for breath in breaths if breath.seal_pct >= 0 and breath.airway == "mask"]
    taken = [order for order in record.orders.values() if order.seat == seat]
    held = [pause.span.length_ms for pause in course.pauses if owner(pause, course.weights) == seat]
    idle = idle_spans(course, seat)
    minutes = course.end_ms / 60_000
    return Coaching(
        seat=seat,
        audience=AUDIENCE,
        presses=len(presses),
        on_chest_s=round(sum(turn.end_ms - turn.start_ms for turn in turns) / 1000, 1),
        longest_turn_s=round(max(turn.end_ms - turn.start_ms for turn in turns) / 1000, 1) if turns else None,
        rate_per_min=_middle(rates),
        depth_mm=_middle([press.depth_um / 1000 for press in presses]),
        residual_mm=_middle([press.residual_um / 1000 for press in presses]),
        depth_lost_mm=_depth_lost(course, seat),
        breaths=len(breaths),
        breath_volume_ml=_middle([breath.volume_ml for breath in breaths]),
        seal_pct=_middle(seals),
        orders_given=_orders_given(course, seat),
        orders_taken=len(taken),
        orders_lapsed=sum(order.lapsed_ms is not None for order in taken),
        heard_s=_middle([(order.heard_ms - order.ms) / 1000 for order in taken if order.heard_ms is not None]),
        read_back_s=_middle(
            [(order.read_back_ms - order.ms) / 1000 for order in taken if order.read_back_ms is not None]
        ),
        reports=sum(said.seat == seat for said in record.reports),
        summaries=sum(said.seat == seat for said in record.summaries),
        acts_per_min=round(len(record.busy[seat]) / minutes, 1) if minutes else 0.0,
        idle_s=round(total_ms(idle) / 1000, 1),
        longest_idle_s=round(max((span.length_ms for span in idle), default=0) / 1000, 1),
        pauses_held=len(held),
        pauses_held_s=round(sum(held) / 1000, 1),
    )


def _middle(values: list[float] | list[int]) -> float | None:
    return round(median(values), 1) if values else None


def _depth_lost(course: Course, seat: int) -> float | None:
    lost: list[float] = []
    for turn in course.turns:
        if turn.seat != seat:
            continue
        depths = [press.depth_um for press in course.owed if turn.start_ms <= press.ms <= turn.end_ms]
        if len(depths) >= ENOUGH:
            third = len(depths) // 3
            lost.append((median(depths[:third]) - median(depths[-third:])) / 1000)
    return round(max(lost), 1) if lost else None


def _orders_given(course: Course, seat: int) -> int:
    return sum(order.given_by == seat for order in course.record.orders.values())
