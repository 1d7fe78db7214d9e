"""The lead station: start, orders, questions, clocks, the board of causes, the summary, quiet."""

from __future__ import annotations

from typing import Final

from game.log import Fact, Plain
from game.rules import acts, experts, orders, reports
from game.rules.commands import CAUSE_STATES, CAUSES, orders_to
from game.rules.game import Game, Handler, Test, always, hands_free, start_task
from game.rules.refusals import Refusal
from game.stations import Station


def count_dose(game: Game, *, told: bool) -> None:
    """A dose of the drug that is repeated by the clock went in; the Leader's clock starts only if he was told."""
    game.state.lead.epinephrine_doses += 1
    if told:
        game.state.lead.last_epinephrine_ms = game.now_ms


def finish(game: Game, seat: int, op: str, args: tuple[Plain, ...]) -> None:
    """A timed task of this station is done: a question was answered, or a call was made."""
    key = str(args[0])
    if op == "call_expert":
        experts.called(game, seat, key)
        return
    if key not in game.state.lead.answers:
        game.state.lead.answers.append(key)
    reports.weigh(game)
    game.emit(Fact.SHOWN, seat, f"question.{key}", game.level.questions[key].answer)
    acts.done(game, seat, "ask", key)


def _may_start(game: Game, seat: int) -> Refusal:
    return Refusal.ALREADY_DONE if game.state.lead.started else Refusal.DONE


def _start(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    """The clock starts, and hands are ordered to the chest; with a pulse there is neither cycle nor order."""
    game.state.lead.started = True
    if not game.state.pulse_said:
        game.state.lead.cycle_ms = game.now_ms
        orders.place(game, seat, Station.CHEST, "push", ())
    acts.done(game, seat, "start")
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
    acts.done(game, seat, "restart_cycle")
    return Refusal.DONE


def _cause(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    cause, state = str(args[0]), str(args[1])
    causes, new = game.state.lead.causes, CAUSE_STATES.index(state)
    if state == "working":
        possible = CAUSE_STATES.index("possible")
        causes[:] = [possible if old == new else old for old in causes]
    causes[CAUSES.index(cause)] = new
    game.emit(Fact.CAUSE, seat, cause, state)
    acts.done(game, seat, "cause", *args)
    return Refusal.DONE


def _summary(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    """Three chips: the rhythm last called, shocks given, doses of epinephrine given."""
    rhythm, shocks, given = args
    epinephrine = game.state.lead.epinephrine_doses
    true = (rhythm == game.state.check.last_call) + (shocks == game.state.defibrillator.shocks) + (given == epinephrine)
    game.emit(Fact.SUMMARY, seat, true)
    acts.done(game, seat, "summary")
    return Refusal.DONE


def _may_hush(game: Game, seat: int) -> Refusal:
    return Refusal.ALREADY_DONE if game.now_ms < game.state.hush_until_ms else Refusal.DONE


def _hush(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    """A moment of quiet is asked for; STOP and concern can always be said."""
    game.state.hush_until_ms = game.now_ms + game.skills.times.hush_ms
    game.emit(Fact.HUSH, seat)
    acts.done(game, seat, "hush")
    return Refusal.DONE


HANDLERS: Final[dict[str, tuple[Test, Handler]]] = {
    "start": (_may_start, _start),
    "order": (always, _order),
    "ask": (hands_free, _ask),
    "restart_cycle": (always, _restart_cycle),
    "cause": (always, _cause),
    "summary": (always, _summary),
    "hush": (_may_hush, _hush),
}
