"""The referee: may this seat do this now? Dispatches every command of the table to its station's handler."""

from __future__ import annotations

from functools import cache
from typing import Final

from game.log import Fact, Plain
from game.rules import airway, cart, check, chest, defibrillator, lead, orders, switch, talk
from game.rules.commands import COMMANDS, Feel, arguments, commands_of, fits
from game.rules.game import Game, Handler, Test, always
from game.rules.refusals import Refusal
from game.rules.state import Order
from game.stations import Station


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
        orders.close_done(game, seat, Station(order.station), order.op, order.args)
    return refusal


def _is_already_so(game: Game, seat: int, order: Order) -> bool:
    if order.op == "oxygen":
        return order.args == (game.state.airway.flow_l_min,)
    return order.op in HANDLERS and HANDLERS[order.op][0](game, seat) is Refusal.ALREADY_DONE


@cache
def _tests(stations: int) -> tuple[Test | None, ...]:
    """The test behind each row of `commands_of(stations)`; None where a control always works."""
    return tuple(None if row.feel is Feel.EDGES else HANDLERS[row.op][0] for row in commands_of(stations))


def ready(game: Game, seat: int) -> tuple[int, ...]:
    """For each row of `commands_of(stations)`: 0 where the control works now, else the reason."""
    tests = _tests(game.state.seats[seat].stations)
    if game.state.ended:
        return (int(Refusal.RUN_OVER),) * len(tests)
    return tuple([0 if test is None else int(test(game, seat)) for test in tests])


HANDLERS: Final[dict[str, tuple[Test, Handler]]] = {"hear": (always, _hear)} | {
    op: handler
    for room in (orders, talk, switch, chest, airway, cart, defibrillator, check, lead)
    for op, handler in room.HANDLERS.items()
}
