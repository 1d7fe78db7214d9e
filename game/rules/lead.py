"""The lead station: start, orders, questions, clocks, the board of causes, the summary, the end."""

from __future__ import annotations

from typing import Final

from game.log import Fact, Plain
from game.rules import orders
from game.rules.commands import CAUSE_STATES, CAUSES, orders_to
from game.rules.game import Game, Handler, Test, always, hands_free, start_task
from game.rules.refusals import Refusal
from game.stations import Station


def count_dose(game: Game, *, told: bool) -> None:
    """A dose of the drug that is repeated by the clock went in; the Leader's clock starts only if he was told."""
    game.state.lead.epinephrine_doses += 1
    if told:
        game.state.lead.last_epinephrine_ms = game.now_ms


def _may_start(game: Game, seat: int) -> Refusal:
    return Refusal.ALREADY_DONE if game.state.lead.started else Refusal.DONE


def _start(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    game.state.lead.started = True
    game.state.lead.cycle_ms = game.now_ms
    orders.place(game, seat, Station.CHEST, "push", ())
    return Refusal.DONE


def _order(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    station, op, *said = args
    assert isinstance(station, int)
    if op not in orders_to(Station(station)):
        return Refusal.BAD_ARGUMENTS
    return orders.place(game, seat, Station(station), str(op), tuple(said))


def _ask(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    return start_task(game, seat, "ask", args)


def _restart_cycle(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    game.state.lead.cycle_ms = game.now_ms
    return Refusal.DONE


def _cause(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    cause, state = str(args[0]), str(args[1])
    causes, new = game.state.lead.causes, CAUSE_STATES.index(state)
    if state == "working":
        possible = CAUSE_STATES.index("possible")
        causes[:] = [possible if old == new else old for old in causes]
    causes[CAUSES.index(cause)] = new
    game.emit(Fact.CAUSE, seat, cause, state)
    return Refusal.DONE


def _summary(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    """Three chips: the rhythm last called, shocks given, doses of epinephrine given."""
    rhythm, shocks, doses = args
    epinephrine = game.state.lead.epinephrine_doses
    true = (rhythm == game.state.check.call) + (shocks == game.state.defibrillator.shocks) + (doses == epinephrine)
    game.emit(Fact.SUMMARY, seat, true)
    return Refusal.DONE


def _end(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    """The first time asks the room, the second time, ten seconds later or more, ends the attempt (clinical 1.8)."""
    lead = game.state.lead
    if lead.end_ms < 0:
        lead.end_ms = game.now_ms
        game.emit(Fact.CALLOUT, seat, "end_proposed", int(Station.LEAD))
        return Refusal.DONE
    if game.now_ms - lead.end_ms < game.skills.times.end_confirm_ms:
        return Refusal.NOT_NOW
    game.state.ended = "stopped"
    return Refusal.DONE


def finish(game: Game, seat: int, op: str, args: tuple[Plain, ...]) -> None:
    """A timed task of this station is done: the question was answered."""
    question = str(args[0])
    game.emit(Fact.SHOWN, seat, f"question.{question}", game.level.questions[question].answer)


HANDLERS: Final[dict[str, tuple[Test, Handler]]] = {
    "start": (_may_start, _start),
    "order": (always, _order),
    "ask": (hands_free, _ask),
    "restart_cycle": (always, _restart_cycle),
    "cause": (always, _cause),
    "summary": (always, _summary),
    "end": (always, _end),
}
