"""A client that stands still at a fixed view, for tests and pictures of screens."""

from collections.abc import Sequence

from game.rules.setup import Sight
from game.rules.views import SeatView
from game.stations import Station
from game.ui import library
from game.ui.desk import Desk
from game.ui.input import Input
from game.ui.screen import Hands, Jolt, Mode, Seated, Spoken, Toast
from game.ui.tiles import Tile
from tests.ui import views

NAMES = ("Badger", "Otter", "Lynx", "Hare")


class Still:
    """What screens may read of a client, at one moment. `mode` belongs to a real input: keys can open things."""

    def __init__(self, stations: Station, seat: int, **changes: object) -> None:
        self.stations, self.seat = stations, seat
        self.view: SeatView = views.view(stations, **changes)
        self.level, self.pack = library.level("S01"), library.pack("aha2025")
        self.sight = Sight.REAL
        self.team, self.phase, self.result = "Kestrel", "playing", ""
        self.ping_ms = 34
        self.hands = Hands(-1, -1, -1)
        self.toasts: Sequence[Toast] = ()
        self.jolt: Jolt | None = None
        words = "Epinephrine one milligram, please, then charge before the check."
        self.captions: Sequence[Spoken] = (Spoken(views.NOW_MS - 1_000, 3, "Leader to Meds", words),)
        self.input = Input(self)

    @classmethod
    def at(cls, level: str, view: SeatView, seat: int) -> "Still":
        """The client of `seat` in a level at the moment of its view."""
        still = cls(Station(view.crew[seat].stations), seat)
        still.view = view
        still.level, still.pack = library.case(level)
        return still

    @property
    def desk(self) -> Desk | None:
        return Desk(self.level, self.pack, self.view, self.seat, self.sight)

    @property
    def mode(self) -> Mode:
        return self.input.mode

    @property
    def tiles(self) -> Sequence[Tile]:
        return self.input.tiles

    @property
    def trail(self) -> Sequence[str]:
        return self.input.trail

    @property
    def roster(self) -> Sequence[Seated]:
        return [Seated(seat, seen.stations, NAMES[seat], seen.link) for seat, seen in enumerate(self.view.crew)]
