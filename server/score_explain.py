"""Every point a run lost, for people at a terminal: where, why, when, and by which source."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from textwrap import wrap

from game.scoring import Score
from game.scoring.deductions import Deduction
from game.scoring.measure import Event
from game.scoring.metrics import Metric

WIDTH = 100
INDENT = " " * 11
MOST_EVENTS = 6


def score_explained(score: Score) -> str:
    """The deductions, dearest first within each block, and the 37 measures; widest at 100 columns."""
    return "\n".join([*_deductions(score), "", *_measures(score.measures)])


def _deductions(score: Score) -> Iterator[str]:
    lost = sum(round(deduction.points * 100) for deduction in score.deductions) / 100
    yield f"{score.of} points to earn, {lost:.2f} lost, {score.score} left"
    for block, deductions in groupby(score.deductions, key=lambda deduction: deduction.block):
        yield ""
        yield block or "critical errors"
        for deduction in sorted(deductions, key=lambda deduction: -deduction.points):
            yield from _deduction(deduction)


def _deduction(deduction: Deduction) -> Iterator[str]:
    lines = wrap(deduction.text, WIDTH - len(INDENT))
    yield f"{-deduction.points:9.2f}  {lines[0]}"
    yield from (INDENT + line for line in lines[1:])
    yield from (INDENT + line for line in wrap(_because(deduction), WIDTH - len(INDENT)))


def _because(deduction: Deduction) -> str:
    events = ", ".join(map(_event, deduction.events[:MOST_EVENTS]))
    more = len(deduction.events) - MOST_EVENTS
    when = f"at {events}" + (f" and {more} more" if more > 0 else "") if events else "in the whole run"
    return f"[{deduction.rule}; source {deduction.source}] {when}"


def _event(event: Event) -> str:
    minutes, ms = divmod(event.ms, 60_000)
    by = f" by seat {event.seat}" if event.seat >= 0 else ""
    return f"{minutes}:{ms / 1000:04.1f} {event.kind}{by}"


def _measures(measures: tuple[Metric, ...]) -> Iterator[str]:
    yield "measures of the field (they earn no points)"
    for metric in measures:
        value = "-" if metric.value is None else f"{metric.value:g}"
        verdict = metric.verdict.replace("_", " ")
        yield f"{metric.number:>3} {metric.name[:52]:<52} {value:>8} {metric.unit:<8} {verdict}".rstrip()
