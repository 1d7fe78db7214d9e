"""Stations change hands outside the switch: one seat offers, another takes (experience 4b). Never the chest."""

from __future__ import annotations

from typing import Final

from game.log import Fact, Plain
from game.rules import acts, breathing
from game.rules.commands import COMMANDS
from game.rules.game import Game, Handler, Test, break_task
from game.rules.refusals import Refusal
from game.stations import Station


def _may_offer(game: Game, seat: int) -> Refusal:
    """Somebody else is there, and this seat has a station to spare: nobody is left without one."""
    others = len(game.state.seats) > 1
    spare = game.state.seats[seat].stations.bit_count() > 1
    return Refusal.DONE if others and spare else Refusal.NOT_NOW


def _offer(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    station, to = args
    assert isinstance(station, int)
    assert isinstance(to, int)
    if not game.holds(seat, Station(station)):
        return Refusal.NOT_YOUR_STATION
    if to == seat or to >= len(game.state.seats):
        return Refusal.BAD_ARGUMENTS
    if station == Station.CHEST:
        return Refusal.SWITCH_INSTEAD
    game.state.offers[station] = (seat, to, game.now_ms)
    game.emit(Fact.HANDOVER, seat, "offered", station, to)
    acts.done(game, seat, "hand_over", station, to)
    return Refusal.DONE


def _may_take(game: Game, seat: int) -> Refusal:
    offered = any(to == seat for _, to, _ in game.state.offers.values())
    return Refusal.DONE if offered else Refusal.NOTHING_TO_ANSWER


def _take(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    """The station comes over with all that lies there; what the giver's hands were doing at it is undone."""
    station = args[0]
    assert isinstance(station, int)
    giver, to, _ = game.state.offers.get(station, (-1, -1, -1))
    if to != seat:
        return Refusal.NOTHING_TO_ANSWER
    seats = game.state.seats
    task = seats[giver].task
    if task is not None and COMMANDS[task.op].station & station:
        break_task(game, giver)
    seats[giver].stations &= ~station
    seats[seat].stations |= station
    if station == Station.AIRWAY:
        breathing.let_go(game)
    withdraw(game)
    game.emit(Fact.HANDOVER, seat, "taken", station, seat)
    acts.done(game, seat, "take", station)
    return Refusal.DONE


def withdraw(game: Game) -> None:
    """Offers that nobody took in time, or of a seat that could not spare the station any more, are void."""
    oldest_ms = game.now_ms - game.skills.times.offer_ms
    for station, (giver, _, since_ms) in list(game.state.offers.items()):
        stations = game.state.seats[giver].stations
        if since_ms <= oldest_ms or not stations & station or stations == station:
            del game.state.offers[station]


def offers(game: Game, seat: int) -> tuple[tuple[int, int], ...]:
    """What is offered to this seat: station and giver."""
    return tuple((station, giver) for station, (giver, to, _) in game.state.offers.items() if to == seat)


HANDLERS: Final[dict[str, tuple[Test, Handler]]] = {
    "hand_over": (_may_offer, _offer),
    "take": (_may_take, _take),
}
