"""An act is complete: it goes on record once, and every order that asked for it is closed."""

from __future__ import annotations

from game.log import Fact, Plain
from game.rules import course, orders
from game.rules.commands import COMMANDS
from game.rules.game import Game
from game.stations import Station


def done(game: Game, seat: int, op: str, *args: Plain, ms: int | None = None) -> bool:
    """`seat` has done the row `op` with `args`, now or at `ms`. True if an order had asked for it."""
    game.emit(Fact.DONE, seat, op, *args, ms=ms)
    closed = [orders.close_done(game, seat, station, op, args) for station in Station if station & COMMANDS[op].station]
    course.follow(game, seat, op, args)
    return any(closed)
