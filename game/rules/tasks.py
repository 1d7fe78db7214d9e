"""Timed tasks come to their end: each station knows what that changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from game.log import Fact, Plain
from game.rules import airway, cart, chest, defibrillator, lead
from game.rules.commands import COMMANDS
from game.rules.game import Game
from game.rules.state import Task
from game.stations import Station

FINISH: Final[dict[Station, Callable[[Game, int, str, tuple[Plain, ...]], None]]] = {
    Station.CHEST: chest.finish,
    Station.AIRWAY: airway.finish,
    Station.CART: cart.finish,
    Station.DEFIBRILLATOR: defibrillator.finish,
    Station.LEAD: lead.finish,
}
"""What the end of a task changes, by the station it belongs to."""


def finish_due(game: Game) -> None:
    """End every task whose time is up."""
    for number, seat in enumerate(game.state.seats):
        task = seat.task
        if task is not None and game.now_ms >= task.end_ms:
            seat.task = None
            _finish(game, number, task)


def _finish(game: Game, seat: int, task: Task) -> None:
    game.emit(Fact.TASK, seat, task.op, "done", *task.args)
    FINISH[COMMANDS[task.op].station](game, seat, task.op, task.args)
