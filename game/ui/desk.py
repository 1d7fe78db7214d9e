"""What choices depend on, and why a control does not work now."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from game.content import Level, Pack
from game.log import NO_SEAT
from game.rules.commands import commands_of
from game.rules.refusals import Refusal
from game.rules.setup import Sight
from game.rules.views import SeatView
from game.stations import Station


@dataclass(frozen=True, slots=True)
class Desk:
    """Level, pack and how much the team sees; what the seat sees now, and which seat it is."""

    level: Level
    pack: Pack
    view: SeatView
    seat: int = NO_SEAT
    sight: Sight = Sight.REAL

    @property
    def holds(self) -> Station:
        """The stations of the seat, by its own view."""
        return Station(self.view.crew[self.seat].stations) if 0 <= self.seat < len(self.view.crew) else Station(0)


@cache
def _places(stations: Station) -> dict[str, int]:
    """Where each command of a seat stands in `SeatView.ready`."""
    return {row.op: place for place, row in enumerate(commands_of(stations))}


def refusal(op: str, stations: Station, view: SeatView) -> Refusal:
    """Why `op` does not work now, by the seat's own view; DONE where it does or the view does not say."""
    places = _places(stations)
    if op not in places or len(view.ready) != len(places):
        return Refusal.DONE
    return Refusal(view.ready[places[op]])
