"""The rhythm check: hands off, a call, perhaps a pulse, and the first push that ends it (decisions 7).

With a pulse no cycle is owed; a check can still be held at any time, to feel for it.
"""

from __future__ import annotations

from typing import Final

from game.log import Fact, Plain
from game.rules import acts, orders, reports, switch
from game.rules.game import Game, Handler, Test, always
from game.rules.refusals import Refusal
from game.rules.state import Check
from game.stations import Station

SHOCKABLE_CALLS: Final = ("vf", "vt")
PULSELESS_CALLS: Final = ("vf", "flat")
"""Rhythms that carry no pulse, whoever looks."""


def _may_check(game: Game, seat: int) -> Refusal:
    return Refusal.CHECK_OPEN if game.state.check.since_ms >= 0 else Refusal.DONE


def _check(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    last = game.state.check
    game.state.check = Check(since_ms=game.now_ms, last_call=last.last_call, called_ms=last.called_ms)
    game.emit(Fact.CHECK, seat, "stop", "")
    acts.done(game, seat, "check")
    return Refusal.DONE


def _may_call(game: Game, seat: int) -> Refusal:
    return Refusal.DONE if game.state.check.since_ms >= 0 else Refusal.NO_CHECK


def _call(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    ring, call = game.state.check, str(args[0])
    ring.call = ring.last_call = call
    ring.called_ms = game.now_ms
    ring.shock_pending = call in SHOCKABLE_CALLS
    if call in PULSELESS_CALLS:
        _no_pulse_said(game)
    reports.say(game, seat, "rhythm", call)
    game.emit(Fact.CHECK, seat, "call", call)
    acts.done(game, seat, "call", call)
    if ring.shock_pending and game.state.pulse_said:
        end(game, seat, "pulse", game.now_ms)
    elif ring.shock_pending and game.state.defibrillator.charge != "charged":
        end(game, seat, "resume", game.now_ms)
    return Refusal.DONE


def _resume(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    """Compressions go on: cycles are owed again, whatever was said of a pulse; that it was said is not forgotten."""
    game.state.pulse_said = False
    game.state.check.pulse = ""
    if game.state.check.since_ms >= 0:
        end(game, seat, "resume", game.now_ms)
    elif game.state.lead.cycle_ms < 0:
        restart_cycle(game, game.now_ms)
    orders.place(game, seat, Station.CHEST, "push", ())
    acts.done(game, seat, "resume")
    return Refusal.DONE


def answered(game: Game, seat: int, answer: str) -> None:
    """The fingers have said what they feel: from "felt" on the team knows of the pulse, and no cycle is owed."""
    game.state.check.pulse = answer
    if answer == "felt":
        game.state.pulse_said, game.state.pulse_said_ms = True, game.now_ms
        game.state.pushed_with_pulse = False
        end(game, seat, "pulse", game.now_ms)
        game.state.lead.cycle_ms = -1
    elif answer == "none":
        _no_pulse_said(game)


def _no_pulse_said(game: Game) -> None:
    """The team was told that there is none, so that it does not know of one any more."""
    game.state.pulse_said, game.state.pulse_said_ms = False, -1


def hands_came_off(game: Game) -> None:
    """The ring waits for the hands: from then on a push ends it."""
    ring = game.state.check
    if ring.since_ms >= 0 and not ring.hands_off and not game.state.chest.hands_on:
        ring.hands_off = True
        switch.open_in_check(game)


def first_push(game: Game, seat: int, ms: int) -> None:
    """A push after the hands were off ends the check, whoever pushes."""
    ring = game.state.check
    game.state.switch.open = False
    if ring.since_ms >= 0 and ring.hands_off:
        end(game, seat, "resume", ms)


def end(game: Game, seat: int, how: str, ms: int) -> None:
    """The ring closes: compressions go on ("resume") or there is a pulse ("pulse")."""
    ring = game.state.check
    if ring.since_ms >= 0:
        ring.since_ms = -1
        game.emit(Fact.CHECK, seat, how, ring.call, ms=ms)
        restart_cycle(game, ms)


def restart_cycle(game: Game, ms: int) -> None:
    """The two minutes count anew from the last check or shock, once the Leader has started; not with a pulse."""
    if game.state.lead.started and not game.state.pulse_said:
        game.state.lead.cycle_ms = ms


HANDLERS: Final[dict[str, tuple[Test, Handler]]] = {
    "check": (_may_check, _check),
    "call": (_may_call, _call),
    "resume": (always, _resume),
}
