"""Intubation in three steps: the blade goes in, the cords are found, the tube is passed (experience 4d).

The skill of the second and third is the moment the hand chooses; whether and where the tube then sits, the patient
decides, and nobody is told.
"""

from __future__ import annotations

from typing import Final

from game.log import Fact, Plain
from game.rules.game import Game, start_task
from game.rules.refusals import Refusal
from game.rules.skills import intubation
from game.rules.state import Tube
from game.rules.views import TubeView
from game.sim import AirwayAct
from game.sim.chance import Stream, uniform

LUCK: Final = Stream.ROOM + 2
SEEDS: Final = 1 << 48


def view(game: Game) -> TubeView | None:
    """The attempt that is under way, as the hand on the blade sees it; None outside the steps of the skill."""
    tube = game.state.airway.tube
    if not tube.step:
        return None
    return TubeView(tube.step, tube.since_ms, tube.seed, game.state.chest.hands_on, tube.attempts)


def take_the_blade(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    """The attempt begins; its time runs from now."""
    game.state.airway.tube = Tube(began_ms=game.now_ms, attempts=game.state.airway.tube.attempts)
    return start_task(game, seat, "tube")


def blade_is_in(game: Game) -> None:
    """Look for the cords."""
    tube = game.state.airway.tube
    tube.attempts += 1
    tube.seed = int(SEEDS * uniform(game.patient.body.seed, LUCK, tube.attempts))
    _step(game, intubation.VIEW)


def may_aim(game: Game, seat: int) -> Refusal:
    """The cords can be held in view while they are seen."""
    return _may(game, intubation.VIEW)


def aim(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    """The cords are in view: now the tube."""
    game.state.airway.tube.skill_pct = _skill_pct(game)
    _step(game, intubation.CORDS)
    return Refusal.DONE


def may_pass(game: Game, seat: int) -> Refusal:
    """The tube can be passed while it lies before the opening."""
    return _may(game, intubation.CORDS)


def pass_the_tube(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    """The tube goes through: from here on there is no way back."""
    tube = game.state.airway.tube
    tube.skill_pct = tube.skill_pct * _skill_pct(game) // 100
    tube.step = ""
    return start_task(game, seat, "tube_pass")


def tube_is_in(game: Game) -> None:
    """The patient decides where it went."""
    airway = game.state.airway
    airway.placing = "tube"
    game.patient.apply(AirwayAct(game.now_ms, "tube", airway.tube.skill_pct))


def give_up(game: Game, seat: int) -> None:
    """The blade, if it is in, comes out without a tube passed."""
    tube = game.state.airway.tube
    if tube.step:
        tube.step = ""
        game.emit(Fact.TASK, seat, "tube", "broken")


def watch_the_clock(game: Game, seat: int) -> None:
    """An attempt that lasts too long is over (clinical 3.1)."""
    tube = game.state.airway.tube
    if tube.step and game.now_ms - tube.began_ms >= game.skills.tube.attempt_ms:
        give_up(game, seat)


def _step(game: Game, step: str) -> None:
    game.state.airway.tube.step = step
    game.state.airway.tube.since_ms = game.now_ms


def _may(game: Game, step: str) -> Refusal:
    attempt = view(game)
    if attempt is None or attempt.step != step:
        return Refusal.NOT_NOW
    return Refusal.DONE if intubation.in_view(attempt, game.now_ms, game.skills) else Refusal.NOT_SENSED


def _skill_pct(game: Game) -> int:
    attempt = view(game)
    assert attempt is not None
    return intubation.skill_pct(intubation.offset(attempt, game.now_ms, game.skills), game.skills)
