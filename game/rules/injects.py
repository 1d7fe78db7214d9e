"""An instructor's surprise from the level's list: it changes causes, airway or equipment, never an outcome."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from game.log import Fact
from game.rules import cart, defibrillator
from game.rules.game import Game
from game.rules.refusals import Refusal
from game.sim import Inject


def inject(game: Game, key: str) -> Refusal:
    """The surprise takes hold now."""
    surprise = game.level.injects.get(key)
    if surprise is None:
        return Refusal.BAD_ARGUMENTS
    if game.state.ended:
        return Refusal.RUN_OVER
    if surprise.change in EQUIPMENT:
        EQUIPMENT[surprise.change](game)
    else:
        game.patient.apply(Inject(game.now_ms, surprise.change, surprise.amount_milli))
    game.emit(Fact.INJECTED, -1, key)
    return Refusal.DONE


def _co2_off(game: Game) -> None:
    game.state.airway.co2 = False


def _oxygen_off(game: Game) -> None:
    game.state.airway.flow_l_min = 0


EQUIPMENT: Final[dict[str, Callable[[Game], None]]] = {
    "pads_off": defibrillator.pads_fall_off,
    "co2_off": _co2_off,
    "oxygen_off": _oxygen_off,
    "line_blown": cart.lose_a_line,
}
"""Changes of the equipment; all other changes are the patient's (game.sim.events.CHANGES)."""
