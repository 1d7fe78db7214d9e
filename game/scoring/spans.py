"""Stretches of time and their arithmetic: overlap, intersection, what is left over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of room time [start_ms, end_ms)."""

    start_ms: int
    end_ms: int

    @property
    def length_ms(self) -> int:
        return self.end_ms - self.start_ms


def total_ms(spans: Sequence[Span]) -> int:
    """The summed length of spans that do not overlap each other."""
    return sum(span.length_ms for span in spans)


def intersect(left: Sequence[Span], right: Sequence[Span]) -> tuple[Span, ...]:
    """The time that lies in both; each side is sorted and free of overlaps."""
    found: list[Span] = []
    i = j = 0
    while i < len(left) and j < len(right):
        start = max(left[i].start_ms, right[j].start_ms)
        end = min(left[i].end_ms, right[j].end_ms)
        if start < end:
            found.append(Span(start, end))
        if left[i].end_ms < right[j].end_ms:
            i += 1
        else:
            j += 1
    return tuple(found)


def subtract(whole: Span, parts: Sequence[Span]) -> tuple[Span, ...]:
    """What of `whole` lies in none of `parts`, which are sorted and free of overlaps."""
    left: list[Span] = []
    at = whole.start_ms
    for part in parts:
        if part.end_ms <= at:
            continue
        if part.start_ms >= whole.end_ms:
            break
        if part.start_ms > at:
            left.append(Span(at, part.start_ms))
        at = part.end_ms
    if at < whole.end_ms:
        left.append(Span(at, whole.end_ms))
    return tuple(left)


def within_ms(spans: Sequence[Span], start_ms: int, end_ms: int) -> int:
    """How much of the time from `start_ms` to `end_ms` lies in `spans`."""
    return sum(max(0, min(span.end_ms, end_ms) - max(span.start_ms, start_ms)) for span in spans)


def at(spans: Sequence[Span], ms: int) -> Span | None:
    """The span that holds the moment `ms`, or None."""
    return next((span for span in spans if span.start_ms <= ms < span.end_ms), None)
