"""The case's own course: what an act finds, which key actions are done, and which mistakes were made."""

from __future__ import annotations

from typing import Final

from game.log import Fact, Plain
from game.rules.game import Game

VOLUME: Final = "hang"


def follow(game: Game, seat: int, op: str, args: tuple[Plain, ...]) -> None:
    """An act is complete: show what it finds, count it for every key action it does, record every mistake it is."""
    done = (op, *args)
    _show_findings(game, op)
    for action in game.level.actions:
        if any(done[: len(act)] == act for act in action.does):
            game.state.acted[action.key] = game.state.acted.get(action.key, 0) + 1
    if game.state.treated_ms < 0 and _treated(game):
        game.state.treated_ms = game.now_ms
    for mistake in game.level.mistakes:
        if any(done[: len(act)] == act for act in mistake.does):
            code = "fluid_against" if op == VOLUME else "mistake"
            game.safety(seat, code, mistake.key, critical=mistake.critical)


def _show_findings(game: Game, op: str) -> None:
    """A finding is shown to the station that senses it, whoever did the act that found it."""
    for finding in game.level.findings:
        if finding.found_by == op and finding.key not in game.state.shown:
            game.state.shown.append(finding.key)
            game.emit(Fact.SHOWN, game.seat_of(finding.station), finding.key, finding.value)


def untreated(game: Game) -> bool:
    """True for a case whose cause can be treated and where nothing of its treatment was done."""
    treatment = [action for action in game.level.actions if action.treats]
    return bool(treatment) and not any(_times(game, action.key) >= action.times for action in treatment)


def _treated(game: Game) -> bool:
    treatment = [action for action in game.level.actions if action.treats]
    return bool(treatment) and all(_times(game, action.key) >= action.times for action in treatment)


def _times(game: Game, key: str) -> int:
    return game.state.acted.get(key, 0)
