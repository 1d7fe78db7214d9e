"""The score's running figures: each second what the whole score would say of the log so far, without reading it again.

Runs, turns and explained pauses grow with the log; only what is still open is looked at anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass

from game.content import Level, Pack
from game.log import Entry
from game.scoring.course import Course, Rhythms, assembled
from game.scoring.findings import block_findings, mean_value
from game.scoring.flow import avoidable_ms
from game.scoring.fraction import compression_fraction
from game.scoring.intervals import end_of, pulseless_spans
from game.scoring.pauses import Gap, PauseReader, hands_off
from game.scoring.record import read
from game.scoring.runs import RunBuilder
from game.scoring.spans import Span
from game.scoring.targets import targets_of
from game.scoring.turns import TurnBuilder
from game.scoring.weights import Weights


@dataclass(frozen=True, slots=True)
class LiveFigures:
    """What is known at `at_ms` of sealed time. Shares 0 to 1; `pause_ms` is -1 while nobody owes a compression."""

    at_ms: int
    ccf: float
    pause_ms: int
    """How long the pause of this moment has lasted."""
    pause_cause: str
    avoidable_ms: int
    coordination: int | None
    """Points of the coordination block so far; None before anything of it was seen."""
    coordination_of: int


def figures_of(course: Course) -> LiveFigures:
    """The running figures of a course that may still go on."""
    weights = course.weights
    pause = _open_pause(course)
    share = mean_value(block_findings(course, "coordination"), weights.measures["coordination"])
    points = weights.blocks["coordination"]
    return LiveFigures(
        at_ms=course.end_ms,
        ccf=round(compression_fraction(course.pulseless, course.runs), 4),
        pause_ms=pause.span.length_ms if pause else -1,
        pause_cause=pause.cause.value if pause else "",
        avoidable_ms=avoidable_ms(course),
        coordination=None if share is None else round(points * share),
        coordination_of=points,
    )


def _open_pause(course: Course) -> Gap | None:
    last = course.gaps[-1] if course.gaps else None
    is_open = last is not None and last.span.end_ms == course.end_ms
    return last if is_open and last is not None and last.span.length_ms > course.weights.runs.gap_ms else None


class Live:
    """The running figures of one run. `add` what the log gains, `advance` once a second to the sealed time."""

    def __init__(self, pack: Pack, level: Level, weights: Weights) -> None:
        self._targets = targets_of(pack, level)
        self._weights = weights
        self._sealed: list[Entry] = []
        self._waiting: list[Entry] = []
        self._start_over()

    def add(self, entries: Iterable[Entry]) -> None:
        """More entries of the log, in log order."""
        self._waiting.extend(entries)

    def advance(self, sealed_ms: int) -> LiveFigures:
        """The figures at `sealed_ms`, from everything stamped up to then; sealed time never runs backwards."""
        return figures_of(self._course(sealed_ms))

    def _start_over(self) -> None:
        self._record = read(self._sealed)
        self._runs = RunBuilder(self._weights.runs)
        self._turns = TurnBuilder()
        self._in_runs = 0
        self._reader = PauseReader(self._record, self._targets, self._weights)
        self._closed: list[Gap] = []
        self._sealed_ms = -1

    def _take(self, sealed_ms: int) -> None:
        """Put what is sealed on record; an entry that comes after its own time was sealed makes everything anew."""
        self._waiting.sort(key=lambda entry: entry.ms)
        count = next((index for index, entry in enumerate(self._waiting) if entry.ms > sealed_ms), len(self._waiting))
        sealed, self._waiting = self._waiting[:count], self._waiting[count:]
        late = bool(sealed) and sealed[0].ms <= self._sealed_ms
        self._sealed.extend(sealed)
        if late:
            self._start_over()
            return
        for entry in sealed:
            self._record.add(entry)

    def _course(self, sealed_ms: int) -> Course:
        self._take(sealed_ms)
        record, targets, weights = self._record, self._targets, self._weights
        end_ms = end_of(record, targets.time_limit_ms, sealed_ms)
        pulseless = pulseless_spans(record, end_ms)
        self._compress(pulseless, end_ms)
        rhythms = Rhythms.of(record, targets, weights, pulseless, end_ms)
        runs = tuple(self._runs.spans)
        gaps = self._explain(hands_off(pulseless, runs), rhythms, sealed_ms)
        self._sealed_ms = sealed_ms
        return assembled(record, targets, weights, rhythms, self._turns.turns(weights.team.rest_ms), runs, gaps)

    def _compress(self, pulseless: tuple[Span, ...], end_ms: int) -> None:
        presses = self._record.presses
        for press in presses[self._in_runs :]:
            self._runs.add(press)
        self._in_runs = len(presses)
        self._turns.grow(presses, self._runs.spans, pulseless, end_ms)

    def _explain(self, gaps: tuple[Gap, ...], rhythms: Rhythms, sealed_ms: int) -> tuple[Gap, ...]:
        """Closed gaps stay as they were explained; a copy of the reader looks at those that can still change."""
        settled_ms = sealed_ms - self._weights.runs.gap_ms
        index = len(self._closed)
        while index < len(gaps) and gaps[index].span.end_ms < settled_ms:
            self._closed.append(self._reader.read(gaps[index], rhythms.due))
            index += 1
        ahead = copy(self._reader)
        return (*self._closed, *(ahead.read(gap, rhythms.due) for gap in gaps[index:]))
