"""The shocks of a run, as a seat gets to know of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.log import Fact
from game.ui.screen import Jolt

if TYPE_CHECKING:
    from game.rules.views import SeatView
    from game.wire.messages import Ev


class Shocks:
    """How many there have been, and the latest."""

    def __init__(self) -> None:
        self.jolt: Jolt | None = None
        self._count: int | None = 0

    def lose_count(self) -> None:
        """The seat has come into the middle of the run, and cannot know how many there were."""
        self._count = None

    def heed(self, event: Ev, view: SeatView | None) -> None:
        """Takes a fact; most are no shock. The defibrillator's own count is taken where the seat sees it."""
        if event.kind != Fact.CHARGE or event.args[0] != "delivered":
            return
        if view is not None and view.defibrillator is not None:
            # The view may be a moment older than the shock.
            self._count = view.defibrillator.shocks + (view.now_ms < event.ms)
        elif self._count is not None:
            self._count += 1
        touching = frozenset(seat for seat, seen in enumerate(view.crew if view else ()) if seen.hands_on)
        self.jolt = Jolt(event.ms, event.seat, int(str(event.args[1])), self._count, touching)
