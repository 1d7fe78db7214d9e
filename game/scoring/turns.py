"""Turns on the chest: who compressed from when to when, and whether somebody took over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from game.scoring.record import Press
from game.scoring.spans import Span, at


class Turn(NamedTuple):
    """One person's time on the chest; `swapped`: somebody else went on, so it was not the pulse that ended it."""

    seat: int
    start_ms: int
    end_ms: int
    swapped: bool


@dataclass(slots=True)
class TurnBuilder:
    """Turns that grow press by press."""

    _closed: list[Turn] = field(default_factory=list)
    _open: Turn | None = None
    _interval_ms: int = -1

    _next: int = 0
    _run: int = 0

    def grow(self, presses: Sequence[Press], runs: Sequence[Span], pulseless: Sequence[Span], end_ms: int) -> None:
        """Take what is new of all presses so far: those in runs, without a pulse, before `end_ms`.

        Presses after the last run wait: they may yet become part of one. Token presses are nobody's turn.
        """
        if not runs:
            return
        last_ms = min(runs[-1].end_ms, end_ms - 1)
        while self._next < len(presses) and presses[self._next].ms <= last_ms:
            press = presses[self._next]
            while runs[self._run].end_ms < press.ms:
                self._run += 1
            interval = at(pulseless, press.ms)
            if interval is not None and runs[self._run].start_ms <= press.ms:
                self._add(press, interval)
            self._next += 1

    def _add(self, press: Press, interval: Span) -> None:
        turn = self._open
        same = turn is not None and self._interval_ms == interval.start_ms
        self._interval_ms = interval.start_ms
        if turn is not None and same and turn.seat == press.seat:
            self._open = turn._replace(end_ms=press.ms)
            return
        if turn is not None:
            self._closed.append(turn._replace(swapped=same))
        self._open = Turn(press.seat, press.ms, press.ms, swapped=False)

    def turns(self, rest_ms: int) -> tuple[Turn, ...]:
        """All turns so far, the one that still runs included; a rest shorter than `rest_ms` ends nobody's turn."""
        found: list[Turn] = []
        for turn in (*self._closed, self._open) if self._open else self._closed:
            if len(found) > 1 and _goes_on(found[-2], found[-1], turn, rest_ms):
                found.pop()
                found[-1] = turn._replace(start_ms=found[-1].start_ms)
            else:
                found.append(turn)
        return tuple(found)


def _goes_on(before: Turn, between: Turn, turn: Turn, rest_ms: int) -> bool:
    """True where somebody else took over so briefly that it was no relief."""
    relieved = before.swapped and between.swapped and before.seat == turn.seat
    return relieved and turn.start_ms - before.end_ms < rest_ms
