"""The train of beats behind a trace: what the views told, what is planned, and what would come if no news came."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final, NamedTuple

from game.ui.traces.wander import luck

if TYPE_CHECKING:
    from collections.abc import Iterator

    from game.rules.views import EcgView

KEPT_MS: Final = 12_000
"""How long a beat is remembered: as long as any glass shows it."""
AF_SCATTER: Final = 0.22


class Beat(NamedTuple):
    """An R wave: when, its number, how long before it its P wave began (0 for none), and in which rhythm it came."""

    at_ms: int
    number: int
    pr_ms: int
    rhythm: str


class Train:
    """Beats in order. `note` every view, then ask for times that rise."""

    def __init__(self) -> None:
        self._beats: deque[Beat] = deque()
        self._view: EcgView | None = None
        self._told_ms = -1
        self._gap_ms = 0.0
        self.changes = 0
        """How often the beats ahead have changed: whoever has drawn from them looks again."""

    def __iter__(self) -> Iterator[Beat]:
        return iter(self._beats)

    def between(self, from_ms: int, to_ms: int) -> tuple[int, ...]:
        """The R waves from `from_ms` on and before `to_ms`, in room time."""
        return tuple(beat.at_ms for beat in self._beats if from_ms <= beat.at_ms < to_ms)

    def note(self, view: EcgView) -> None:
        """Takes in the latest beat of the view and the one that is planned."""
        if view is self._view:
            return
        first = self._view is None
        self._view = view
        self._gap_ms = 60_000 / view.rate_per_min if view.rate_per_min > 0 else 0.0
        latest_ms = max(0, view.beat_ms) if view.rate_per_min > 0 else self._told_ms
        while self._beats and self._beats[-1].at_ms > latest_ms:
            self._beats.pop()
        self.changes += 1
        if view.rate_per_min <= 0:
            return
        if first:
            self._fill_before(view, latest_ms)
        if not self._beats or latest_ms > self._beats[-1].at_ms:
            self._beats.append(Beat(latest_ms, view.beat_no, view.pr_ms, view.rhythm))
        self._told_ms = latest_ms
        if view.next_ms > latest_ms:
            self._beats.append(Beat(view.next_ms, view.beat_no + 1, view.next_pr_ms, view.rhythm))

    def reach(self, at_ms: int) -> None:
        """Makes sure that there is a beat after `at_ms`, and forgets old ones."""
        beats, view = self._beats, self._view
        while view is not None and self._gap_ms > 0 and beats and at_ms >= beats[-1].at_ms:
            last = beats[-1]
            next_ms = last.at_ms + max(1, round(self._scattered_ms(last.number)))
            beats.append(Beat(next_ms, last.number + 1, view.next_pr_ms or view.pr_ms, view.rhythm))
            self.changes += 1
        while beats and beats[0].at_ms < at_ms - KEPT_MS:
            beats.popleft()

    def _fill_before(self, view: EcgView, latest_ms: int) -> None:
        """A glass that begins shows what must have been before, as far as one can tell."""
        at_ms = latest_ms
        for number in range(view.beat_no - 1, view.beat_no - 1 - int(KEPT_MS / self._gap_ms), -1):
            at_ms -= round(self._scattered_ms(number))
            self._beats.appendleft(Beat(at_ms, number, view.pr_ms, view.rhythm))

    def _scattered_ms(self, number: int) -> float:
        if self._view is None or self._view.rhythm != "af":
            return self._gap_ms
        return self._gap_ms * (1 + AF_SCATTER * 1.7 * (2 * luck(number & 0xFFFF, 5) - 1))
