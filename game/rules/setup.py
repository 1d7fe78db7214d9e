"""How a room is set up, beside level, pack and seed: what people may see, and how many seats share the stations."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from game.stations import SEAT_SETS


class Sight(StrEnum):
    """How much a team sees (experience 4c): a part of a run's set-up, recorded in its log."""

    OPEN = "open"  # whatever one station senses is said to all at once, doses are preset: a first lesson
    REAL = "real"  # each station its own
    BLIND = "blind"  # real, and the Leader sees no monitor


@dataclass(frozen=True, slots=True)
class Setup:
    """A room's set-up; the default is four seats that each sense their own. ValueError for players without a seat."""

    sight: Sight = Sight.REAL
    players: int = 4

    def __post_init__(self) -> None:
        if self.players not in SEAT_SETS:
            raise ValueError(f"{self.players} players: expected one of {sorted(SEAT_SETS)}")
