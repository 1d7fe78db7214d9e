"""How a run ends: a pulse that holds, the Leader's stop (clinical 1.8), or the clock."""

from __future__ import annotations

from typing import Final

from game.log import Fact, Plain
from game.rules import acts, course, vitals
from game.rules.game import Game, Handler, Test, break_task
from game.rules.refusals import Refusal
from game.stations import Station

HOPEFUL_ETCO2_MMHG: Final = 20
"""Above it nobody stops (clinical 1.8)."""


def _may_end(game: Game, seat: int) -> Refusal:
    """Nobody ends the attempt on a patient whose pulse the team knows of."""
    return Refusal.NOT_NOW if game.state.pulse_said else Refusal.DONE


def _end(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    """The first time asks the room; again after ten seconds in which nobody was concerned, it ends the attempt."""
    lead, times = game.state.lead, game.skills.times
    if lead.end_ms < 0 or game.now_ms - lead.end_ms > times.lapse_ms:
        lead.end_ms = game.now_ms
        game.emit(Fact.CALLOUT, seat, "end_proposed", int(Station.LEAD))
        return Refusal.DONE
    if game.now_ms - lead.end_ms < times.end_confirm_ms:
        return Refusal.NOT_NOW
    game.state.ended = "stopped"
    acts.done(game, seat, "end")
    _judge_the_stop(game, seat)
    return Refusal.DONE


def object_to_end(game: Game) -> None:
    """Somebody is concerned: the ten seconds before the attempt may end count anew."""
    if game.state.lead.end_ms >= 0:
        game.state.lead.end_ms = game.now_ms


def _judge_the_stop(game: Game, seat: int) -> None:
    if game.state.pulse:
        game.safety(seat, "stopped_with_pulse", critical=True)
    if course.untreated(game):
        game.safety(seat, "stopped_with_cause", game.level.cause, critical=True)
    etco2 = game.patient.etco2_mmhg
    if etco2 is not None and etco2 > HOPEFUL_ETCO2_MMHG:
        game.safety(seat, "stopped_with_etco2", etco2, critical=True)


def end_when_due(game: Game) -> None:
    """The run is over once the pulse has held for as long as the level asks, or at the time limit."""
    state, level = game.state, game.level
    if not state.ended:
        if _held_ms(game) >= level.hold_ms:
            state.ended = "held"
        elif game.now_ms >= level.time_limit_ms:
            state.ended = "time"
    if state.ended:
        for seat in range(len(state.seats)):
            break_task(game, seat)
        vitals.foretell(game)
        game.emit(Fact.ENDED, -1, state.ended, "pulse_held" if state.pulse else "no_pulse")


def _held_ms(game: Game) -> int:
    """How long the pulse has held: one that was never lost counts from the treatment; a drill's never counts."""
    state = game.state
    if not state.pulse or game.level.kind == "drill":
        return -1
    if state.pulse_lost_ms >= 0:
        return game.now_ms - state.pulse_since_ms
    return game.now_ms - state.treated_ms if state.treated_ms >= 0 else -1


HANDLERS: Final[dict[str, tuple[Test, Handler]]] = {"end": (_may_end, _end)}
