"""Calling for somebody: what they say at once, and what they bring when they come."""

from __future__ import annotations

from typing import Final

from game.log import Fact, Plain
from game.rules import acts
from game.rules.game import Game, Handler, Test, hands_free, start_task
from game.rules.refusals import Refusal
from game.sim import Treat
from game.stations import Station


def _call(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    if args[0] in game.state.lead.experts:
        return Refusal.ALREADY_DONE
    return start_task(game, seat, "call_expert", args)


def called(game: Game, seat: int, key: str) -> None:
    """The call is made: what they say, and when they will be there (-1 for one who only advises)."""
    expert = game.level.experts[key]
    there_ms = game.now_ms + expert.after_ms if expert.brings else -1
    game.state.lead.experts[key] = (game.now_ms, there_ms)
    game.emit(Fact.SHOWN, seat, f"expert.{key}", expert.answer)
    game.emit(Fact.EXPERT, seat, key, "called")
    acts.done(game, seat, "call_expert", key)


def arrive(game: Game) -> None:
    """Who is due comes, and what they bring is done to the patient."""
    lead = game.state.lead
    for key, (_, there_ms) in lead.experts.items():
        if key not in lead.there and 0 <= there_ms <= game.now_ms:
            lead.there.append(key)
            game.patient.apply(Treat(game.now_ms, game.level.experts[key].brings))
            game.emit(Fact.EXPERT, game.seat_of(Station.LEAD), key, "there")


HANDLERS: Final[dict[str, tuple[Test, Handler]]] = {"call_expert": (hands_free, _call)}
