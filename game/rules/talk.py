"""What seats say to the whole team: findings, call-outs, and STOP; and what a device says of its seat."""

from __future__ import annotations

from typing import Final

from game.log import Fact, Plain
from game.rules import defibrillator, ending, reports
from game.rules.game import Game, Handler, Test, always
from game.rules.refusals import Refusal
from game.rules.senses import sensed

CONCERN: Final = "concern"
AGAIN: Final = "concern_again"


def _report(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    """Say a finding: only what this seat senses now can be said, and it is said as it is."""
    finding = next((found for found in sensed(game, seat) if found.key == args[0]), None)
    if finding is None:
        return Refusal.NOT_SENSED
    reports.say(game, seat, finding.key, finding.value)
    game.emit(Fact.REPORT, seat, finding.key, finding.value)
    return Refusal.DONE


def _callout(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    """A call-out, to all or to a station; a concern said again soon, by anybody, is louder and holds up the end."""
    state, code = game.state, str(args[0])
    if code == CONCERN:
        soon = state.concern_ms >= 0 and game.now_ms - state.concern_ms <= game.skills.times.concern_again_ms
        code = AGAIN if soon else CONCERN
        state.concern_ms = game.now_ms
        ending.object_to_end(game)
    game.emit(Fact.CALLOUT, seat, code, args[1] if len(args) > 1 else 0)
    return Refusal.DONE


def _stop(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    """Dumps and blocks the charge and tells all seats; it never stops compressions (decisions 7)."""
    defibrillator.block(game)
    game.emit(Fact.STOP, seat)
    return Refusal.DONE


def _assisted(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    """The device of this seat makes its rhythm: the score must know, and nobody else need."""
    game.emit(Fact.ASSISTED, seat, args[0])
    return Refusal.DONE


HANDLERS: Final[dict[str, tuple[Test, Handler]]] = {
    "report": (always, _report),
    "callout": (always, _callout),
    "call_to": (always, _callout),
    "stop": (always, _stop),
    "assisted": (always, _assisted),
}
