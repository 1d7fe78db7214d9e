"""The switch: two people exchange whole stations at the first push after a check (decisions 1 and 7)."""

from __future__ import annotations

from typing import Final

from game.log import Fact, Plain
from game.rules import breathing, handover, orders
from game.rules.game import Game, Handler, Test, break_task
from game.rules.refusals import Refusal
from game.rules.skills.compression import rest
from game.rules.state import Switch
from game.stations import Station


def _may_ask(game: Game, seat: int) -> Refusal:
    if len(game.state.seats) == 1:
        return Refusal.NOT_NOW
    return Refusal.ALREADY_DONE if game.state.switch.asked_ms >= 0 else Refusal.DONE


def _ask(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    game.state.switch.asked_ms = game.now_ms
    game.emit(Fact.SWITCH, seat, "asked", game.seat_of(_partners(game)))
    return Refusal.DONE


def _partners(game: Game) -> Station:
    """Airway is the partner; where one person holds chest and airway, it is the cart."""
    alone = game.seat_of(Station.CHEST) == game.seat_of(Station.AIRWAY)
    return Station.CART if alone else Station.AIRWAY


def _may_agree(game: Game, seat: int) -> Refusal:
    """The partner agrees; the cart steps in for him only where the Leader ordered it."""
    switch = game.state.switch
    if switch.asked_ms < 0 or switch.partner >= 0:
        return Refusal.NOTHING_TO_ANSWER
    ordered = any(order.op == "switch_yes" and game.holds(seat, Station(order.station)) for order in game.state.orders)
    partner = game.holds(seat, _partners(game)) or ordered
    return Refusal.DONE if partner and not game.holds(seat, Station.CHEST) else Refusal.NOT_YOUR_STATION


def _agree(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    game.state.switch.partner = seat
    game.emit(Fact.SWITCH, seat, "yes", game.seat_of(Station.CHEST))
    for station in (Station.AIRWAY, Station.CART):
        if game.holds(seat, station):
            orders.close_done(game, seat, station, "switch_yes")
    return Refusal.DONE


def may_step_in(game: Game, seat: int) -> bool:
    """True for the partner who said yes, once a check has freed the chest."""
    return game.state.switch.open and game.state.switch.partner == seat


def step_in(game: Game, seat: int) -> None:
    """The partner pushes: the two seats trade all their stations."""
    other = game.seat_of(Station.CHEST)
    seats = game.state.seats
    for number in (seat, other):
        break_task(game, number)
    seats[seat].stations, seats[other].stations = seats[other].stations, seats[seat].stations
    rest(seats[seat].arms, game.now_ms, game.skills)
    game.state.switch = Switch()
    breathing.let_go(game)
    handover.withdraw(game)
    game.emit(Fact.SWITCH, seat, "done", other)
    orders.close_done(game, seat, Station.CHEST, "switch_ask")


HANDLERS: Final[dict[str, tuple[Test, Handler]]] = {
    "switch_ask": (_may_ask, _ask),
    "switch_yes": (_may_agree, _agree),
}
