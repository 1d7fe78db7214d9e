"""What a person wants to practise, as the page's ticket says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from game.bots.crew import SKILLS
from game.room.room import DEFAULT_SETUP
from game.rules.setup import Setup, Sight
from game.stations import SEAT_SETS, Station

SLOW: Final = 0.75
"""How fast room time goes in slower practice."""
TRIAL_MS: Final = 60_000
"""How long "try my station" lasts."""
TRIALS: Final[dict[Station, str]] = {
    Station.CHEST: "D1",
    Station.AIRWAY: "D2",
    Station.DEFIBRILLATOR: "D3",
    Station.CART: "D4",
    Station.LEAD: "S01",
}
"""The level in which a station is tried, the first that fits."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A practice run. `bots` is one of SKILLS; a trial is over after TRIAL_MS and has no score."""

    level: str
    seat: int = 0
    pack: str = ""
    setup: Setup = DEFAULT_SETUP
    bots: str = "expert"
    slow: bool = False
    trial: bool = False

    @property
    def rate(self) -> float:
        """Room time in a unit of real time."""
        return SLOW if self.slow else 1.0


def read_wish(level: str, seat: int, said: Mapping[str, object]) -> Wish:
    """The wish in a ticket. What the page says wrongly or not at all is as it is by default; a trial needs no level."""
    players, sight, bots = said.get("players"), said.get("sight"), said.get("bots")
    setup = Setup(
        Sight(sight) if isinstance(sight, str) and sight in set(Sight) else Sight.REAL,
        players if isinstance(players, int) and players in SEAT_SETS else 4,
    )
    seat = seat if 0 <= seat < setup.players else 0
    if said.get("trial") is True:
        return trial_of(SEAT_SETS[setup.players][seat], seat)
    return Wish(
        level=level,
        seat=seat,
        pack=str(said.get("pack") or ""),
        setup=setup,
        bots=bots if isinstance(bots, str) and bots in SKILLS else "expert",
        slow=said.get("slow") is True,
    )


def trial_of(stations: Station, seat: int) -> Wish:
    """A minute at the stations somebody has just sat down at; all is shown to all, as in a first lesson."""
    level = next((level for station, level in TRIALS.items() if station & stations), "S01")
    players = next((count for count, seats in SEAT_SETS.items() if seat < count and seats[seat] == stations), 4)
    return Wish(level, seat, setup=Setup(Sight.OPEN, players), trial=True)
