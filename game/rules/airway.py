"""The airway station: oxygen, devices, breaths."""

from __future__ import annotations

from typing import Final

from game.log import Fact, Plain
from game.rules import orders
from game.rules.game import Game, Handler, Test, always, break_task, hands_free, start_task
from game.rules.refusals import Refusal
from game.rules.skills.squeeze import fio2_pct, volume_ml
from game.sim import Breath
from game.stations import Station

MINUTE_MS: Final = 60_000


def squeeze_down(game: Game, seat: int, ms: int) -> None:
    """The bag is squeezed from `ms` on, once the last breath is over; whatever else the hands were doing is left."""
    airway = game.state.airway
    if airway.down_ms < 0 and (not airway.breaths or ms >= airway.breaths[-1]):
        break_task(game, seat)
        airway.down_ms = ms


def squeeze_up(game: Game, seat: int, ms: int) -> None:
    """The bag is let go: the breath reaches the patient."""
    airway, chest = game.state.airway, game.state.chest
    if airway.down_ms < 0:
        return
    start_ms, hold_ms = airway.down_ms, ms - airway.down_ms
    airway.down_ms = -1
    if hold_ms < game.skills.squeeze.shortest_hold_ms:
        return
    volume = volume_ml(hold_ms, mask=airway.device == "mask", chest_moving=chest.hands_on, skills=game.skills)
    airway.last_volume_ml = volume
    airway.breaths.append(ms)
    airway.breaths_in_pause += not chest.hands_on
    if airway.breaths_in_pause and not chest.hands_on:
        chest.count = 0
    oxygen = fio2_pct(airway.flow_l_min, game.skills)
    game.patient.apply(Breath(start_ms, hold_ms, volume, oxygen, airway.device))
    game.emit(Fact.BREATH, seat, start_ms, hold_ms, volume, airway.device, ms=start_ms)
    orders.close_done(game, seat, Station.AIRWAY, "squeeze")


def forget_old_breaths(game: Game) -> None:
    """The rate counts the last minute; breaths of a pause are forgotten when the hands go on again."""
    airway = game.state.airway
    while airway.breaths and airway.breaths[0] <= game.now_ms - MINUTE_MS:
        del airway.breaths[0]
    if game.state.chest.hands_on:
        airway.breaths_in_pause = 0


def window_open(game: Game) -> bool:
    """True while a breath belongs here: hands off after a set with a mask, or six seconds after the last breath."""
    airway, chest = game.state.airway, game.state.chest
    if airway.device != "mask":
        last = airway.breaths[-1] if airway.breaths else -MINUTE_MS
        return game.now_ms - last >= game.pack.breath_interval_s * 1000
    return not chest.hands_on and chest.pushes > 0 and airway.breaths_in_pause < game.pack.breaths_per_set


def finish(game: Game, seat: int, op: str) -> None:
    """A timed task of this station is done."""
    airway = game.state.airway
    if op == "oral":
        airway.oral = True
    elif op in ("sga", "tube"):
        airway.device = op
    elif op == "co2":
        airway.co2 = True


def _oxygen(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    assert isinstance(args[0], int)
    game.state.airway.flow_l_min = args[0]
    game.emit(Fact.TASK, seat, "oxygen", "done", args[0])
    orders.close_done(game, seat, Station.AIRWAY, "oxygen", args)
    return Refusal.DONE


def _device(op: str) -> tuple[Test, Handler]:
    def test(game: Game, seat: int) -> Refusal:
        return Refusal.ALREADY_DONE if game.state.airway.device == op else hands_free(game, seat)

    def act(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
        return start_task(game, seat, op)

    return test, act


def _once(op: str, flag: str) -> tuple[Test, Handler]:
    def test(game: Game, seat: int) -> Refusal:
        return Refusal.ALREADY_DONE if getattr(game.state.airway, flag) else hands_free(game, seat)

    def act(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
        return start_task(game, seat, op)

    return test, act


def _task(op: str) -> tuple[Test, Handler]:
    def act(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
        return start_task(game, seat, op)

    return hands_free, act


HANDLERS: Final[dict[str, tuple[Test, Handler]]] = {
    "oxygen": (always, _oxygen),
    "oral": _once("oral", "oral"),
    "co2": _once("co2", "co2"),
    "sga": _device("sga"),
    "tube": _device("tube"),
    "suction": _task("suction"),
    "listen": _task("listen"),
    "glucose": _task("glucose"),
    "temperature": _task("temperature"),
}
