"""Timed tasks come to their end: what they found or changed, and which orders that closes."""

from __future__ import annotations

from game.log import Fact
from game.rules import airway, cart, lead, orders
from game.rules.commands import COMMANDS
from game.rules.game import Game
from game.rules.state import Task
from game.stations import Station


def finish_due(game: Game) -> None:
    """End every task whose time is up."""
    for number, seat in enumerate(game.state.seats):
        task = seat.task
        if task is not None and game.now_ms >= task.end_ms:
            seat.task = None
            _finish(game, number, task)


def _finish(game: Game, seat: int, task: Task) -> None:
    station = COMMANDS[task.op].station
    if station is Station.AIRWAY:
        airway.finish(game, seat, task.op)
    elif station is Station.CART:
        cart.finish(game, seat, task.op, task.args)
    elif station is Station.DEFIBRILLATOR:
        game.state.defibrillator.pads = True
    elif station is Station.LEAD:
        lead.finish(game, seat, task.op, task.args)
    game.emit(Fact.TASK, seat, task.op, "done", *task.args)
    _show_findings(game, seat, task.op)
    if task.op != "give":
        orders.close_done(game, seat, station, task.op, task.args)


def _show_findings(game: Game, seat: int, op: str) -> None:
    for finding in game.level.findings:
        if finding.found_by == op and finding.key not in game.state.shown:
            game.state.shown.append(finding.key)
            game.emit(Fact.SHOWN, seat, finding.key, finding.value)
