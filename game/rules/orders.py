"""Orders and closed loops: asked, heard, read back, confirmed, done or lapsed (decisions 7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from game.log import Fact, Plain
from game.rules.game import Game, Handler, Test, always
from game.rules.refusals import Refusal
from game.rules.state import Order
from game.stations import Station

SWITCHED_ON: Final[dict[str, tuple[Plain, ...]]] = {"sync": (1,), "pace": (1,)}
"""What an order for a switch of the device asks for, without a word: that it is on."""

READ_BACK_OPS: Final = frozenset({"give"})
"""Orders that are read back before they are done."""


def place(game: Game, seat: int, station: Station, op: str, args: tuple[Plain, ...]) -> Refusal:
    """Put an order on record; the same order twice is the same order."""
    for order in game.state.orders:
        if (order.station, order.op, order.args) == (int(station), op, args):
            return Refusal.ALREADY_DONE
    order = Order(game.state.next_order, int(station), op, args, "sent", game.now_ms, game.now_ms)
    game.state.next_order += 1
    game.state.orders.append(order)
    game.emit(Fact.ORDER, seat, order.order_id, int(station), op, *args)
    return Refusal.DONE


def close_done(game: Game, seat: int, station: Station, op: str, done: Sequence[Plain] = ()) -> bool:
    """An act was done: every open order that asked for it is closed by the act itself. True if there was one."""
    closed = False
    for order in list(game.state.orders):
        wish = asked(order)
        if order.station == int(station) and order.op == op and tuple(done[: len(wish)]) == wish:
            close(game, seat, order)
            closed = True
    return closed


def close(game: Game, seat: int, order: Order) -> None:
    """What was ordered is so."""
    game.state.orders.remove(order)
    game.emit(Fact.CLOSED, seat, order.order_id)


def asked(order: Order) -> tuple[Plain, ...]:
    """What the act must be done with, to be what was ordered, or what was confirmed in its place."""
    if order.state == "confirmed":
        return order.said[1:]
    return order.args or SWITCHED_ON.get(order.op, ())


def withdraw(game: Game, station: Station, op: str) -> None:
    """What was ordered must not be done any more: the order lapses at once."""
    for order in [order for order in game.state.orders if (order.station, order.op) == (int(station), op)]:
        game.state.orders.remove(order)
        game.emit(Fact.LAPSED, game.seat_of(station), order.order_id)


def find(game: Game, order_id: Plain) -> Order | None:
    """The open order of this number."""
    return next((order for order in game.state.orders if order.order_id == order_id), None)


LOOK_EVERY_MS: Final = 500
"""How often hands are looked at, whether they work on an order."""

WAY_TO: Final[dict[str, tuple[str, ...]]] = {
    "give": ("draw", "give"),
    "shock": ("pads",),
    "charge": ("pads",),
    "tube": ("tube", "tube_pass"),
    "flush": ("give", "flush"),
}
"""Tasks that are work on an order beside the ordered act itself."""


def _is_worked_on(game: Game, order: Order) -> bool:
    """True while the ordered seat's hands are at it, the drug is in hand, or the device takes its charge."""
    task = game.state.seats[game.seat_of(order.station)].task
    if task is not None and task.op in WAY_TO.get(order.op, (order.op,)):
        return True
    if order.op == "give":
        drug = game.state.cart.drug
        return bool(drug) and (order.state != "sent" or drug == order.args[0])
    if order.op == "tube":
        return bool(game.state.airway.tube.step)
    return order.op == "charge" and game.state.defibrillator.charge == "charging"


def lapse_forgotten(game: Game) -> None:
    """An order nobody answered lapses after half a minute, one that nobody works on later: it can be given anew.

    Hands that are at it are an answer.
    """
    times = game.skills.times
    for order in list(game.state.orders):
        if game.now_ms % LOOK_EVERY_MS == 0 and _is_worked_on(game, order):
            order.since_ms = game.now_ms
        patience_ms = times.lapse_ms if order.state == "sent" else times.lapse_heard_ms
        if order.since_ms <= game.now_ms - patience_ms:
            game.state.orders.remove(order)
            game.emit(Fact.LAPSED, game.seat_of(order.station), order.order_id)


def may_give(game: Game, drug: str, dose_ug: int) -> bool:
    """A drug that was ordered is given once its read-back was confirmed; one that nobody ordered needs no word."""
    gives = [order for order in game.state.orders if order.op == "give"]
    return not gives or any(order.state == "confirmed" and order.said[1:3] == (drug, dose_ug) for order in gives)


def _move(game: Game, order: Order, state: str) -> None:
    order.state = state
    order.since_ms = game.now_ms


def hear(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    """The ordered seat has heard."""
    order = find(game, args[0])
    if order is None or order.state != "sent" or not game.holds(seat, Station(order.station)):
        return Refusal.NOTHING_TO_ANSWER
    _move(game, order, "heard")
    game.emit(Fact.HEARD, seat, order.order_id)
    return Refusal.DONE


def _read_back(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    """Say what the hands really hold; the Leader hears that, not the order again."""
    order = find(game, args[0])
    cart = game.state.cart
    if order is None or order.op not in READ_BACK_OPS or order.state not in ("heard", "corrected"):
        return Refusal.NOTHING_TO_ANSWER
    if not game.holds(seat, Station(order.station)):
        return Refusal.NOTHING_TO_ANSWER
    if not cart.drug:
        return Refusal.NOTHING_IN_HAND
    order.said = (order.op, cart.drug, cart.dose_ug)
    _move(game, order, "read_back")
    game.emit(Fact.READ_BACK, seat, order.order_id, *order.said)
    return Refusal.DONE


def _confirm(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    order = find(game, args[0])
    if order is None or order.state != "read_back":
        return Refusal.NOTHING_TO_ANSWER
    matches = order.said == (order.op, *order.args)
    _move(game, order, "confirmed")
    game.emit(Fact.CONFIRMED, seat, order.order_id, int(matches))
    if not matches:
        game.safety(seat, "mismatch_confirmed", critical=False)
    return Refusal.DONE


def _correct(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    order = find(game, args[0])
    if order is None or order.state != "read_back":
        return Refusal.NOTHING_TO_ANSWER
    _move(game, order, "corrected")
    game.emit(Fact.CORRECTED, seat, order.order_id)
    return Refusal.DONE


def _read_backs_wait(game: Game, seat: int) -> Refusal:
    waiting = any(order.state == "read_back" for order in game.state.orders)
    return Refusal.DONE if waiting else Refusal.NOTHING_TO_ANSWER


HANDLERS: Final[dict[str, tuple[Test, Handler]]] = {
    "read_back": (always, _read_back),
    "confirm": (_read_backs_wait, _confirm),
    "correct": (_read_backs_wait, _correct),
}
