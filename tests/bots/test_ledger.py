"""The Leader's memory of orders: what left the board was done, unless it left when its time was up."""

from __future__ import annotations

from game.bots.ledger import Ledger
from game.rules.skills.params import skills
from game.rules.views import OrderView
from game.stations import CART, Station


def order(number: int = 1, state: str = "sent") -> OrderView:
    return OrderView(number, int(Station.CART), "give", ("epinephrine", 1000), state, 0, ())


def test_an_order_that_leaves_the_board_was_done() -> None:
    ledger = Ledger()
    ledger.watch([order()], 1000)
    assert ledger.is_open("give", "epinephrine")
    ledger.watch([order(state="heard")], 2000)
    ledger.watch([], 12_000)
    assert ledger.times("give", "epinephrine") == 1
    assert ledger.done_ms("give") == 12_000
    assert not ledger.is_open("give")


def test_an_order_that_leaves_when_its_time_is_up_has_lapsed() -> None:
    ledger = Ledger()
    ledger.watch([order()], 1000)
    ledger.watch([], 1000 + skills().times.lapse_ms)
    assert ledger.times("give") == 0
    ledger.watch([order(2)], 50_000)
    ledger.watch([order(2, "heard")], 52_000)
    ledger.watch([], 52_000 + skills().times.lapse_heard_ms)
    assert ledger.times("give") == 0


def test_orders_that_wait_are_counted_by_station() -> None:
    ledger = Ledger()
    push = OrderView(3, CART, "push", (), "sent", 0, ())
    ledger.watch([order(1), order(2), push], 1000)
    assert ledger.waiting(CART) == 2
    assert ledger.waiting(int(Station.CHEST)) == 0


def test_how_often_an_order_was_given_in_vain_is_known_until_it_is_done() -> None:
    ledger = Ledger()
    said = ("give", "epinephrine", 1000)
    assert ledger.asked(said) == (-1, 0)
    ledger.ask(said, 4000)
    ledger.ask(said, 40_000)
    assert ledger.asked(said) == (40_000, 2)
    ledger.watch([order()], 41_000)
    ledger.watch([], 45_000)
    assert ledger.asked(said) == (-1, 0)
