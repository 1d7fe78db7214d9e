"""What a bot takes in at a glance: its seat's view, its open orders, and which controls work now."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from typing import Final

from game.rules.commands import COMMANDS, commands_of
from game.rules.views import OrderView, SeatView
from game.stations import CHEST

WORTH_A_PAUSE: Final = (
    "open_airway", "oral", "suction", "magill", "sga", "decompress", "access", "draw", "give", "flush", "hang", "drain",
    "treat", "pads",
)  # fmt: skip
"""What hands leave the chest for where nobody else can do it."""


class Scene:
    """A view as a person reads it. Orders that slipped this person's mind are not in it."""

    __slots__ = ("_may_pause", "_places", "forgotten", "now_ms", "seat", "stations", "view")

    def __init__(self, view: SeatView, seat: int, forgotten: Collection[int] = (), *, may_pause: bool = True) -> None:
        self.view = view
        self.seat = seat
        self.now_ms = view.now_ms
        self.stations = view.crew[seat].stations
        self.forgotten = forgotten
        self._may_pause = may_pause
        self._places = _places(self.stations)

    def can(self, op: str) -> bool:
        """True while this seat's control for `op` works, and hands that compress may leave the chest for it."""
        place = self._places.get(op)
        if place is None or self.view.ready[place] != 0:
            return False
        return not self.alone or not COMMANDS[op].task or (self._may_pause and op in WORTH_A_PAUSE)

    @property
    def free(self) -> bool:
        """True while this seat's hands are at no task."""
        return self.view.task is None

    @property
    def alone(self) -> bool:
        """True where the hands that compress are wanted elsewhere as well: this seat holds more than the chest."""
        return bool(self.stations & CHEST) and self.stations != CHEST and not self.pulse

    @property
    def in_check(self) -> bool:
        """True while the ring is open."""
        return self.view.check.since_ms >= 0

    @property
    def pulse(self) -> bool:
        """True while the team knows of a pulse."""
        return self.view.check.pulse == "felt"

    def orders(self) -> Iterator[OrderView]:
        """Orders of this seat that were heard and are not done."""
        for order in self.view.orders:
            if order.station & self.stations and order.state != "sent" and order.order_id not in self.forgotten:
                yield order

    def order(self, op: str) -> OrderView | None:
        """The first of them that asks for `op`."""
        return next((order for order in self.orders() if order.op == op), None)

    def senses(self, key: str) -> str:
        """The value of something this seat senses now, "" where it does not."""
        return next((found.value for found in self.view.findings if found.key == key), "")


@cache
def _places(stations: int) -> dict[str, int]:
    return {row.op: place for place, row in enumerate(commands_of(stations))}
