"""The rhythm check: hands off, a call, perhaps a pulse, and the first push that ends it (decisions 7)."""

from __future__ import annotations

from typing import Final

from game.log import Fact, Plain
from game.rules import orders
from game.rules.game import Game, Handler, Test, always
from game.rules.refusals import Refusal
from game.rules.state import Check
from game.stations import Station

SHOCKABLE_CALLS: Final = ("vf", "vt")


def _may_check(game: Game, seat: int) -> Refusal:
    return Refusal.CHECK_OPEN if game.state.check.since_ms >= 0 else Refusal.DONE


def _check(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    game.state.check = Check(since_ms=game.now_ms)
    game.emit(Fact.CHECK, seat, "stop", "")
    return Refusal.DONE


def _may_call(game: Game, seat: int) -> Refusal:
    return Refusal.DONE if game.state.check.since_ms >= 0 else Refusal.NO_CHECK


def _call(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    ring, call = game.state.check, str(args[0])
    ring.call = call
    ring.shock_pending = call in SHOCKABLE_CALLS
    game.state.lead.reported["rhythm"] = (call, game.now_ms, seat)
    game.emit(Fact.CHECK, seat, "call", call)
    if ring.shock_pending and game.state.defibrillator.charge != "charged":
        end(game, seat, "resume", game.now_ms)
    return Refusal.DONE


def _resume(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    end(game, seat, "resume", game.now_ms)
    game.state.check.pulse = ""
    orders.place(game, seat, Station.CHEST, "push", ())
    return Refusal.DONE


def hands_came_off(game: Game) -> None:
    """The ring waits for the hands: from then on a push ends it."""
    ring = game.state.check
    if ring.since_ms >= 0 and not ring.hands_off and not game.state.chest.hands_on:
        ring.hands_off = True
        game.state.switch.open = game.state.switch.partner >= 0


def first_push(game: Game, seat: int, ms: int) -> None:
    """A push after the hands were off ends the check, whoever pushes."""
    ring = game.state.check
    game.state.switch.open = False
    if ring.since_ms >= 0 and ring.hands_off:
        end(game, seat, "resume", ms)


def end(game: Game, seat: int, how: str, ms: int) -> None:
    """The ring closes: compressions go on ("resume") or a pulse was felt ("pulse")."""
    ring = game.state.check
    if ring.since_ms >= 0:
        ring.since_ms = -1
        game.emit(Fact.CHECK, seat, how, ring.call, ms=ms)
        restart_cycle(game, ms)


def restart_cycle(game: Game, ms: int) -> None:
    """The two minutes count anew from the last check or shock, once the Leader has started the clock."""
    if game.state.lead.cycle_ms >= 0:
        game.state.lead.cycle_ms = ms


HANDLERS: Final[dict[str, tuple[Test, Handler]]] = {
    "check": (_may_check, _check),
    "call": (_may_call, _call),
    "resume": (always, _resume),
}
