"""What a Leader remembers of the orders given: which are open, which were done, which nobody answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from game.log import Plain
from game.rules.skills.params import skills
from game.rules.views import OrderView

SLACK_MS: Final = 400
"""An order that left the board within this of its time to lapse has lapsed, not been done."""


@dataclass(slots=True)
class _Asked:
    order: OrderView
    state: str
    state_ms: int


class Ledger:
    """Orders leave the board when they are done and when they lapse: their age tells which."""

    def __init__(self) -> None:
        self._open: dict[int, _Asked] = {}
        self._done: list[tuple[int, tuple[Plain, ...]]] = []
        self._asked: dict[tuple[Plain, ...], tuple[int, int]] = {}

    def watch(self, orders: Iterable[OrderView], now_ms: int) -> None:
        """Take in what is on the board now."""
        seen = {order.order_id: order for order in orders}
        for number in [number for number in self._open if number not in seen]:
            gone = self._open.pop(number)
            if not self._lapsed(gone, now_ms):
                said = (gone.order.op, *gone.order.args)
                self._done.append((now_ms, said))
                self._asked.pop(said, None)
        for number, order in seen.items():
            known = self._open.get(number)
            if known is None or known.state != order.state:
                self._open[number] = _Asked(order, order.state, now_ms)

    def ask(self, act: tuple[Plain, ...], now_ms: int) -> None:
        """An order is being given."""
        self._asked[act] = (now_ms, self.asked(act)[1] + 1)

    def asked(self, act: tuple[Plain, ...]) -> tuple[int, int]:
        """When this very order was last given, and how often in vain since it was last done."""
        return self._asked.get(act, (-1, 0))

    def times(self, *act: Plain) -> int:
        """How often an order that begins with `act` was done."""
        return sum(done[: len(act)] == act for _, done in self._done)

    def done_ms(self, *act: Plain) -> int:
        """When such an order was last done, -1 for never."""
        return next((ms for ms, done in reversed(self._done) if done[: len(act)] == act), -1)

    def is_open(self, *act: Plain) -> bool:
        """True while an order that begins with `act` is on the board."""
        return any((each.order.op, *each.order.args)[: len(act)] == act for each in self._open.values())

    def waiting(self, station: int) -> int:
        """How many orders this station has on the board, but for the standing one to push."""
        return sum(each.order.station == station and each.order.op != "push" for each in self._open.values())

    def _lapsed(self, gone: _Asked, now_ms: int) -> bool:
        times = skills().times
        patience_ms = times.lapse_ms if gone.state == "sent" else times.lapse_heard_ms
        return abs(now_ms - gone.state_ms - patience_ms) <= SLACK_MS
