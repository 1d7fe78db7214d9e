"""The case's own course: which of the level's key actions are done, and which of its mistakes were made."""

from __future__ import annotations

from typing import Final

from game.log import Plain
from game.rules.game import Game

VOLUME: Final = "hang"


def follow(game: Game, seat: int, op: str, args: tuple[Plain, ...]) -> None:
    """An act is complete: count it for every key action it does, and put every mistake it is on record."""
    done = (op, *args)
    for action in game.level.actions:
        if any(done[: len(act)] == act for act in action.does):
            game.state.acted[action.key] = game.state.acted.get(action.key, 0) + 1
    if game.state.treated_ms < 0 and _treated(game):
        game.state.treated_ms = game.now_ms
    for mistake in game.level.mistakes:
        if any(done[: len(act)] == act for act in mistake.does):
            code = "fluid_against" if op == VOLUME else "mistake"
            game.safety(seat, code, mistake.key, critical=mistake.critical)


def untreated(game: Game) -> bool:
    """True for a case whose cause can be treated and where nothing of its treatment was done."""
    treatment = [action for action in game.level.actions if action.treats]
    return bool(treatment) and not any(_times(game, action.key) >= action.times for action in treatment)


def _treated(game: Game) -> bool:
    treatment = [action for action in game.level.actions if action.treats]
    return bool(treatment) and all(_times(game, action.key) >= action.times for action in treatment)


def _times(game: Game, key: str) -> int:
    return game.state.acted.get(key, 0)
