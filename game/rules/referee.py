"""The referee: may this seat do this now? Dispatches every command of the table to its station's handler."""

from __future__ import annotations

from functools import cache
from typing import Final

from game.log import Fact, Plain
from game.rules import (
    airway,
    cart,
    check,
    chest,
    defibrillator,
    ending,
    experts,
    handover,
    lead,
    orders,
    switch,
    talk,
)
from game.rules.commands import COMMANDS, Feel, arguments, commands_of, fits
from game.rules.game import Game, Handler, Test, always
from game.rules.refusals import Refusal
from game.rules.state import Order


def judge(game: Game, seat: int, op: str, args: tuple[Plain, ...]) -> Refusal:
    """Do the command or say why not; a refusal is a fact of the log."""
    refusal = _judge(game, seat, op, args)
    if refusal is not Refusal.DONE:
        game.emit(Fact.REFUSED, seat, op, int(refusal))
    return refusal


def _judge(game: Game, seat: int, op: str, args: tuple[Plain, ...]) -> Refusal:
    if game.state.ended:
        return Refusal.RUN_OVER
    row = COMMANDS.get(op)
    if row is None or row.feel is Feel.EDGES:
        return Refusal.UNKNOWN_COMMAND
    if not game.holds(seat, row.station):
        return Refusal.NOT_YOUR_STATION
    if not fits(arguments(op, args), args, game.level, game.pack):
        return Refusal.BAD_ARGUMENTS
    test, act = HANDLERS[op]
    refusal = test(game, seat)
    return act(game, seat, args) if refusal is Refusal.DONE else refusal


def _hear(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    """Heard; and where what was ordered is already so, hearing is all there is to do about it."""
    refusal = orders.hear(game, seat, args)
    order = orders.find(game, args[0])
    if refusal is Refusal.DONE and order is not None and _is_already_so(game, seat, order):
        orders.close(game, seat, order)
    return refusal


def _is_already_so(game: Game, seat: int, order: Order) -> bool:
    airway, device = game.state.airway, game.state.defibrillator
    settings = {
        "oxygen": airway.flow_l_min,
        "ventilator": airway.ventilator_per_min,
        "move_pads": device.vector,
        "sync": int(device.sync),
        "pace": int(device.pacing),
    }
    if order.op in settings:
        return orders.asked(order) == (settings[order.op],)
    return order.op in HANDLERS and HANDLERS[order.op][0](game, seat) is Refusal.ALREADY_DONE


@cache
def _tests(stations: int) -> tuple[tuple[Test, ...], tuple[int, ...]]:
    """The different tests behind the rows of `commands_of(stations)`, and which of them each row asks.

    Row by row a place among the tests, counted from 1; 0 stands for a control that always works.
    """
    asked = [always if row.feel is Feel.EDGES else HANDLERS[row.op][0] for row in commands_of(stations)]
    tests = tuple(dict.fromkeys(test for test in asked if test is not always))
    return tests, tuple(0 if test is always else tests.index(test) + 1 for test in asked)


def ready(game: Game, seat: int) -> tuple[int, ...]:
    """For each row of `commands_of(stations)`: 0 where the control works now, else the reason."""
    tests, places = _tests(game.state.seats[seat].stations)
    if game.state.ended:
        return (int(Refusal.RUN_OVER),) * len(places)
    answers = [0, *[int(test(game, seat)) for test in tests]]
    return tuple([answers[place] for place in places])


HANDLERS: Final[dict[str, tuple[Test, Handler]]] = {"hear": (always, _hear)} | {
    op: handler
    for room in (
        orders, talk, handover, switch, chest, airway, cart, defibrillator, check, lead, experts, ending,
    )
    for op, handler in room.HANDLERS.items()
}  # fmt: skip
