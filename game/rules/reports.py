"""What is said aloud: the last word on each thing, and how it weighs for each cause on the Leader's board."""

from __future__ import annotations

from collections.abc import Iterator

from game.content.clues import clues
from game.rules.commands import CAUSES
from game.rules.game import Game


def say(game: Game, seat: int, key: str, value: str) -> None:
    """A seat says a value to all; it stands until somebody says another."""
    game.state.lead.reported[key] = (value, game.now_ms, seat)
    weigh(game)


def weigh(game: Game) -> None:
    """Count for each cause what speaks for it, less what speaks against it."""
    tally = dict.fromkeys(CAUSES, 0)
    for suggests, against in _heard(game):
        for cause in suggests:
            tally[cause] += 1
        for cause in against:
            tally[cause] -= 1
    game.state.lead.clues[:] = [max(0, count) for count in tally.values()]


def _heard(game: Game) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """What each report and answer suggests, and what it speaks against."""
    lead, own = game.state.lead, {(finding.key, finding.value): finding for finding in game.level.findings}
    for key, (value, _, _) in lead.reported.items():
        finding = own.get((key, value))
        clue = finding or clues().of(key, value)
        yield clue.suggests, clue.against
    for question in lead.answers:
        yield game.level.questions[question].suggests, game.level.questions[question].against
