"""A client that stands still at a fixed view, for tests and pictures of screens."""

from collections.abc import Sequence

from game.rules.setup import Sight
from game.rules.views import SeatView
from game.stations import Station
from game.ui import library
from game.ui.desk import Desk
from game.ui.input import Input
from game.ui.screen import Finished, Hands, Jolt, Mode, Seated, Spoken, Toast
from game.ui.settings import Settings
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
        self.finished: Sequence[Finished] = ()
        self.back_to_ms, self.back_until_ms = -1, 0.0
        self.settings = Settings()
        self.connected, self.seen, self.known = True, True, True
        self.ready: frozenset[int] = frozenset()
        self.new_keys_until_ms = 0.0
        words = "Epinephrine one milligram, please, then charge before the check."
        self.captions: Sequence[Spoken] = (Spoken(views.NOW_MS - 1_000, 3, "Leader to Meds", words),)
        self.input = Input(self)

    @classmethod
    def at(cls, level: str, view: SeatView, seat: int) -> "Still":
        """The client of `seat` in a level at the moment of its view."""
        still = cls(Station(view.crew[seat].stations), seat)
        still.view = view
        still.case(level)
        return still

    def case(self, level: str) -> None:
        """Another case than S01."""
        self.level, self.pack = library.case(level)

    def room_ms(self, now_ms: float) -> int:
        """Room time is the local clock here."""
        return round(now_ms)

    def countdown_ms(self, now_ms: float) -> int:
        """Three seconds to go."""
        return 3_000

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
