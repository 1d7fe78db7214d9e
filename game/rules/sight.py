"""The Open view: whatever a station newly senses is said to all at once (experience 4c)."""

from __future__ import annotations

from typing import Final

from game.log import Fact
from game.rules import reports
from game.rules.game import Game
from game.rules.senses import SCREENS, sensed
from game.rules.setup import Sight

LOOK_EVERY_MS: Final = 500


def tell_all(game: Game) -> None:
    """In the Open view every seat says what is new to it; numbers on screens are said again after a while."""
    if game.state.sight != Sight.OPEN or game.now_ms % LOOK_EVERY_MS:
        return
    for seat in range(len(game.state.seats)):
        for finding in sensed(game, seat):
            if _new(game, finding.key, finding.value):
                reports.say(game, seat, finding.key, finding.value)
                game.emit(Fact.REPORT, seat, finding.key, finding.value)


def _new(game: Game, key: str, value: str) -> bool:
    said = game.state.lead.reported.get(key)
    if said is None:
        return True
    if key in SCREENS:
        return game.now_ms - said[1] >= game.skills.times.say_numbers_every_ms
    return said[0] != value
