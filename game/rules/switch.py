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
    if _partners(game) is None:
        return Refusal.NOT_NOW
    return Refusal.ALREADY_DONE if game.state.switch.asked_ms >= 0 else Refusal.DONE


def _ask(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    game.state.switch.asked_ms = game.now_ms
    partners = _partners(game)
    assert partners is not None, "may be asked only with a partner"
    game.emit(Fact.SWITCH, seat, "asked", game.seat_of(partners))
    return Refusal.DONE


def _partners(game: Game) -> Station | None:
    """Airway is the partner; where one person holds chest and airway, it is the cart; who holds all has none."""
    alone = game.seat_of(Station.CHEST)
    return next((station for station in (Station.AIRWAY, Station.CART) if game.seat_of(station) != alone), None)


def _may_agree(game: Game, seat: int) -> Refusal:
    """The partner agrees; the cart steps in for him only where the Leader ordered it."""
    switch = game.state.switch
    if switch.asked_ms < 0 or switch.partner >= 0:
        return Refusal.NOTHING_TO_ANSWER
    ordered = any(order.op == "switch_yes" and game.holds(seat, Station(order.station)) for order in game.state.orders)
    partners = _partners(game)
    partner = ordered or (partners is not None and game.holds(seat, partners))
    return Refusal.DONE if partner and not game.holds(seat, Station.CHEST) else Refusal.NOT_YOUR_STATION


def _agree(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    game.state.switch.partner = seat
    open_in_check(game)
    game.emit(Fact.SWITCH, seat, "yes", game.seat_of(Station.CHEST))
    for station in (Station.AIRWAY, Station.CART):
        if game.holds(seat, station):
            orders.close_done(game, seat, station, "switch_yes")
    return Refusal.DONE


def open_in_check(game: Game) -> None:
    """A check has freed the chest, or a partner said yes within one: whoever agreed may step in."""
    ring, switch = game.state.check, game.state.switch
    switch.open = switch.partner >= 0 and ring.since_ms >= 0 and ring.hands_off


def may_step_in(game: Game, seat: int) -> bool:
    """True for the partner who said yes, once a check has freed the chest; who has a shock to give gives it first."""
    switch = game.state.switch
    owes_shock = game.state.check.shock_pending and game.holds(seat, Station.DEFIBRILLATOR)
    return switch.open and switch.partner == seat and not owes_shock


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
