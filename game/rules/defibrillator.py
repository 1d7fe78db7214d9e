"""The defibrillator station: pads, energy, charge, clear, shock. The device knows nothing of hands; the rules do."""

from __future__ import annotations

from typing import Final

from game.log import Fact, Plain
from game.rules import check, orders
from game.rules.game import Game, Handler, Test, always, break_task, hands_free, start_task
from game.rules.refusals import Refusal
from game.sim import Shock
from game.stations import Station


def energy_j(game: Game) -> int:
    """The energy that is selected."""
    return game.pack.energies_j[game.state.defibrillator.step]


def follow_the_charge(game: Game) -> None:
    """Charging ends in charged; a charge nobody used is dumped by the device after its time."""
    device = game.state.defibrillator
    if device.charge == "charging" and game.now_ms >= device.since_ms + game.pack.charge_ms:
        _set(game, "charged")
        orders.close_done(game, game.seat_of(Station.DEFIBRILLATOR), Station.DEFIBRILLATOR, "charge")
    elif device.charge == "charged" and game.now_ms >= device.since_ms + game.pack.disarm_ms:
        _set(game, "idle")
    elif device.charge == "blocked" and game.now_ms >= game.state.blocked_until_ms:
        device.charge = "idle"


def block(game: Game) -> None:
    """Somebody called stop: the charge is dumped and none can be taken for a moment."""
    device = game.state.defibrillator
    if device.charge in ("charging", "charged"):
        _set(game, "idle")
    device.charge = "blocked"
    for op in ("charge", "shock"):
        orders.withdraw(game, Station.DEFIBRILLATOR, op)
    game.state.blocked_until_ms = game.now_ms + game.skills.times.stop_blocks_ms


def settle_shocks(game: Game) -> None:
    """At sealing, when every press of that moment is known: was anybody touching? (decisions 2)"""
    sealed = game.now_ms - game.skills.times.sealing_ms
    state = game.state
    while state.shocks_to_settle and state.shocks_to_settle[0] <= sealed:
        shock_ms = state.shocks_to_settle.pop(0)
        touch = next((press for press in state.presses if press[0] <= shock_ms <= press[1]), None)
        if touch is None:
            continue
        near = shock_ms - touch[0] <= game.skills.times.near_miss_ms
        code = "near_miss" if near else "shock_not_clear"
        game.safety(game.seat_of(Station.DEFIBRILLATOR), code, critical=not near, ms=shock_ms)
    state.presses = [press for press in state.presses if press[1] > sealed - game.skills.times.sealing_ms]


def _set(game: Game, charge: str) -> None:
    device = game.state.defibrillator
    device.charge, device.since_ms = charge, game.now_ms
    word = "dumped" if charge == "idle" else charge
    game.emit(Fact.CHARGE, game.seat_of(Station.DEFIBRILLATOR), word, energy_j(game))


def _pads(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    return start_task(game, seat, "pads")


def _may_put_pads(game: Game, seat: int) -> Refusal:
    return Refusal.ALREADY_DONE if game.state.defibrillator.pads else hands_free(game, seat)


def _energy(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    assert isinstance(args[0], int)
    device = game.state.defibrillator
    step = min(max(device.step + args[0], 0), len(game.pack.energies_j) - 1)
    if step == device.step:
        return Refusal.ALREADY_DONE
    if device.charge in ("charging", "charged"):
        _set(game, "idle")
    device.step = step
    return Refusal.DONE


def _may_charge(game: Game, seat: int) -> Refusal:
    device = game.state.defibrillator
    if not device.pads:
        return Refusal.NO_PADS
    refusals = {
        "charging": Refusal.CHARGING,
        "charged": Refusal.ALREADY_DONE,
        "blocked": Refusal.BLOCKED_BY_STOP,
        "idle": Refusal.DONE,
    }
    return refusals[device.charge]


def _charge(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    _set(game, "charging")
    return Refusal.DONE


def _may_dump(game: Game, seat: int) -> Refusal:
    charge = game.state.defibrillator.charge
    return Refusal.DONE if charge in ("charging", "charged") else Refusal.NOT_CHARGED


def _dump(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    _set(game, "idle")
    orders.close_done(game, seat, Station.DEFIBRILLATOR, "dump")
    return Refusal.DONE


def _clear(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    game.state.defibrillator.clear_ms = game.now_ms
    game.emit(Fact.CLEAR, seat)
    orders.close_done(game, seat, Station.DEFIBRILLATOR, "clear")
    return Refusal.DONE


def _may_shock(game: Game, seat: int) -> Refusal:
    """A real device does not know who touches: charged is enough."""
    device = game.state.defibrillator
    if device.charge == "blocked":
        return Refusal.BLOCKED_BY_STOP
    return Refusal.DONE if device.charge == "charged" else Refusal.NOT_CHARGED


def _shock(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    device, energy = game.state.defibrillator, energy_j(game)
    device.charge, device.since_ms = "idle", game.now_ms
    device.shocks += 1
    game.emit(Fact.CHARGE, seat, "delivered", energy)
    # Whoever presses the button has let go of everything else.
    break_task(game, seat)
    check.restart_cycle(game, game.now_ms)
    game.state.check.shock_pending = False
    game.state.shocks_to_settle.append(game.now_ms)
    game.patient.apply(Shock(game.now_ms, energy))
    orders.close_done(game, seat, Station.DEFIBRILLATOR, "shock")
    return Refusal.DONE


HANDLERS: Final[dict[str, tuple[Test, Handler]]] = {
    "pads": (_may_put_pads, _pads),
    "energy": (always, _energy),
    "charge": (_may_charge, _charge),
    "dump": (_may_dump, _dump),
    "clear": (always, _clear),
    "shock": (_may_shock, _shock),
}
