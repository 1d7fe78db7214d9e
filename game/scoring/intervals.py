"""When the patient had no pulse: the time that compressions are owed."""

from __future__ import annotations

from game.scoring.record import Record, Said
from game.scoring.spans import Span


def end_of(record: Record, time_limit_ms: int, now_ms: int | None = None) -> int:
    """The last moment that counts: the end of the run, else now, else of the log; nothing after the time limit."""
    running_ms = record.last_ms if now_ms is None else now_ms
    last_ms = running_ms if record.ended_ms is None else record.ended_ms
    return max(0, min(last_ms, time_limit_ms))


def pulseless_spans(record: Record, end_ms: int) -> tuple[Span, ...]:
    """Every stretch without a true pulse, from collapse or re-arrest to the pulse's return or the end.

    Room time 0 is the collapse, so the patient starts without a pulse unless the log says `pulse 1` at 0.
    """
    spans: list[Span] = []
    lost_ms: int | None = 0
    for change in record.pulse:
        ms = min(change.ms, end_ms)
        if change.number and lost_ms is not None:
            if ms > lost_ms:
                spans.append(Span(lost_ms, ms))
            lost_ms = None
        elif not change.number and lost_ms is None:
            lost_ms = max(0, ms)
    if lost_ms is not None and lost_ms < end_ms:
        spans.append(Span(lost_ms, end_ms))
    return tuple(spans)


def rhythm_spans(rhythms: list[Said], wanted: frozenset[str], end_ms: int) -> tuple[Span, ...]:
    """The time in which the true rhythm is one of `wanted`."""
    spans: list[Span] = []
    for index, rhythm in enumerate(rhythms):
        until_ms = rhythms[index + 1].ms if index + 1 < len(rhythms) else end_ms
        start_ms, stop_ms = max(0, rhythm.ms), min(until_ms, end_ms)
        if rhythm.word not in wanted or start_ms >= stop_ms:
            continue
        if spans and spans[-1].end_ms == start_ms:
            spans[-1] = Span(spans[-1].start_ms, stop_ms)
        else:
            spans.append(Span(start_ms, stop_ms))
    return tuple(spans)
