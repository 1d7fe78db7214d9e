"""What seats say to the whole team: findings, call-outs, and STOP."""

from __future__ import annotations

from typing import Final

from game.log import Fact, Plain
from game.rules import defibrillator
from game.rules.game import Game, Handler, Test, always
from game.rules.refusals import Refusal
from game.rules.senses import sensed


def _report(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    """Say a finding: only what this seat senses now can be said, and it is said as it is."""
    finding = next((found for found in sensed(game, seat) if found.key == args[0]), None)
    if finding is None:
        return Refusal.NOT_SENSED
    game.state.lead.reported[finding.key] = (finding.value, game.now_ms, seat)
    game.emit(Fact.REPORT, seat, finding.key, finding.value)
    return Refusal.DONE


def _callout(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    game.emit(Fact.CALLOUT, seat, args[0], 0)
    return Refusal.DONE


def _stop(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    """Dumps and blocks the charge and tells all seats; it never stops compressions (decisions 7)."""
    defibrillator.block(game)
    game.emit(Fact.STOP, seat)
    return Refusal.DONE


HANDLERS: Final[dict[str, tuple[Test, Handler]]] = {
    "report": (always, _report),
    "callout": (always, _callout),
    "stop": (always, _stop),
}
