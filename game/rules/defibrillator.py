"""The defibrillator station: pads, energy, charge, clear, shock, sync and pacing.

The device knows nothing of hands, nor of what a shock does; rules and patient do.
"""

from __future__ import annotations

from typing import Final

from game.log import Fact, Plain
from game.rules import acts, check, orders, safety
from game.rules.game import Game, Handler, Test, always, break_task, hands_free, start_task
from game.rules.refusals import Refusal
from game.sim import Captured, ChargeKept, Pace, Shock, Shocked
from game.stations import Station

HELD: Final = ("charging", "charged")


def energy_j(game: Game) -> int:
    """The energy that is selected."""
    return game.pack.energies_j[game.state.defibrillator.step]


def pace_rates(game: Game) -> tuple[int, ...]:
    """The rates of the pacemaker, rising; the pack names the usual one first."""
    return tuple(sorted(game.pack.pacing.rates_per_min))


def follow_the_charge(game: Game) -> None:
    """Charging ends in charged; a charge nobody used is dumped by the device after its time."""
    device = game.state.defibrillator
    if device.charge == "charging" and game.now_ms >= device.since_ms + game.pack.charge_ms:
        _set(game, "charged")
        acts.done(game, game.seat_of(Station.DEFIBRILLATOR), "charge")
    elif device.charge == "charged" and not device.waiting and game.now_ms >= device.since_ms + game.pack.disarm_ms:
        _set(game, "idle")
    elif device.charge == "blocked" and game.now_ms >= game.state.blocked_until_ms:
        device.charge = "idle"


def block(game: Game) -> None:
    """Somebody called stop: the charge is dumped and none can be taken for a moment."""
    device = game.state.defibrillator
    if device.charge in HELD:
        _set(game, "idle")
    device.charge = "blocked"
    for op in ("charge", "shock"):
        orders.withdraw(game, Station.DEFIBRILLATOR, op)
    game.state.blocked_until_ms = game.now_ms + game.skills.times.stop_blocks_ms


def pads_fall_off(game: Game) -> None:
    """No contact any more: no trace, no charge, no pacing."""
    device = game.state.defibrillator
    if device.charge in HELD:
        _set(game, "idle")
    _stop_pacing(game, game.seat_of(Station.DEFIBRILLATOR))
    device.pads = device.sync = False


def discharged(game: Game, shocked: Shocked) -> None:
    """The shock went through the heart; a synchronised one has found its beat only now, and no STOP was in time."""
    game.emit(Fact.SHOCK, -1, shocked.energy_j, str(shocked.result.value), ms=shocked.ms)
    if game.state.defibrillator.waiting:
        game.state.defibrillator.waiting = False
        _delivered(game, game.seat_of(Station.DEFIBRILLATOR), shocked.energy_j, ms=shocked.ms, synchronised=True)


def charge_kept(game: Game, kept: ChargeKept) -> None:
    """No R wave came: the device stays charged, and somebody has to notice."""
    if game.state.defibrillator.waiting:
        game.state.defibrillator.waiting = False
        safety.judge_kept_charge(game, game.seat_of(Station.DEFIBRILLATOR))


def captured(game: Game, change: Captured) -> None:
    """The pacemaker began or ceased to drive the heart."""
    game.state.defibrillator.captured = bool(change.captured)
    _tell_pacing(game, -1)


def finish(game: Game, seat: int, op: str, args: tuple[Plain, ...]) -> None:
    """Pads are on, or moved."""
    device = game.state.defibrillator
    device.pads = True
    if op == "move_pads":
        device.vector = str(args[0])
    game.emit(Fact.PADS, seat, device.vector)
    acts.done(game, seat, op, device.vector)


def _set(game: Game, charge: str) -> None:
    device = game.state.defibrillator
    device.charge, device.since_ms = charge, game.now_ms
    word = "dumped" if charge == "idle" else charge
    game.emit(Fact.CHARGE, game.seat_of(Station.DEFIBRILLATOR), word, energy_j(game))


def _may_put_pads(game: Game, seat: int) -> Refusal:
    return Refusal.ALREADY_DONE if game.state.defibrillator.pads else hands_free(game, seat)


def _pads(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    return start_task(game, seat, "pads")


def _may_move_pads(game: Game, seat: int) -> Refusal:
    return hands_free(game, seat) if game.state.defibrillator.pads else Refusal.NO_PADS


def _move_pads(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    if args[0] == game.state.defibrillator.vector:
        return Refusal.ALREADY_DONE
    return start_task(game, seat, "move_pads", args)


def _energy(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    assert isinstance(args[0], int)
    device = game.state.defibrillator
    step = min(max(device.step + args[0], 0), len(game.pack.energies_j) - 1)
    if step == device.step:
        return Refusal.ALREADY_DONE
    if device.charge in HELD:
        _set(game, "idle")
    device.step = step
    acts.done(game, seat, "energy", *args)
    return Refusal.DONE


def _with_pads(game: Game, seat: int) -> Refusal:
    return Refusal.DONE if game.state.defibrillator.pads else Refusal.NO_PADS


def _may_charge(game: Game, seat: int) -> Refusal:
    device = game.state.defibrillator
    if not device.pads:
        return Refusal.NO_PADS
    if device.pacing:
        return Refusal.PACING
    if device.waiting:
        return Refusal.BUSY
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
    return Refusal.DONE if charge in HELD else Refusal.NOT_CHARGED


def _dump(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    _set(game, "idle")
    acts.done(game, seat, "dump")
    return Refusal.DONE


def _clear(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    game.state.defibrillator.clear_ms = game.now_ms
    game.emit(Fact.CLEAR, seat)
    acts.done(game, seat, "clear")
    return Refusal.DONE


def _may_shock(game: Game, seat: int) -> Refusal:
    """A real device does not know who touches: charged is enough."""
    device = game.state.defibrillator
    if device.charge == "blocked":
        return Refusal.BLOCKED_BY_STOP
    if device.waiting:
        return Refusal.BUSY
    return Refusal.DONE if device.charge == "charged" else Refusal.NOT_CHARGED


def _shock(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    device, energy = game.state.defibrillator, energy_j(game)
    # Whoever presses the button has let go of everything else.
    break_task(game, seat)
    game.patient.apply(Shock(game.now_ms, energy, device.sync, device.vector))
    if device.sync:
        device.waiting = True
    else:
        _delivered(game, seat, energy, ms=game.now_ms, synchronised=False)
    return Refusal.DONE


def _delivered(game: Game, seat: int, energy: int, *, ms: int, synchronised: bool) -> None:
    """The charge is gone: clocks begin anew, and sync is off as after every shock."""
    device = game.state.defibrillator
    safety.judge_shock(game, seat, synchronised=synchronised)
    if device.charge != "blocked":
        device.charge, device.since_ms = "idle", game.now_ms
    device.shocks += 1
    device.shock_ms = ms
    _set_sync(game, seat, on=False)
    game.emit(Fact.CHARGE, seat, "delivered", energy, ms=ms)
    check.restart_cycle(game, game.now_ms)
    game.state.check.shock_pending = False
    game.state.shocks_to_settle.append(ms)
    acts.done(game, seat, "shock", energy, int(synchronised), ms=ms)


def _sync(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    """Synchronised shocks on or off; on, the pacemaker is off."""
    device = game.state.defibrillator
    if device.waiting:
        return Refusal.BUSY
    _set_sync(game, seat, on=not device.sync)
    if device.sync:
        _stop_pacing(game, seat)
    acts.done(game, seat, "sync", int(device.sync))
    return Refusal.DONE


def _set_sync(game: Game, seat: int, *, on: bool) -> None:
    device = game.state.defibrillator
    if device.sync != on:
        device.sync = on
        game.emit(Fact.SYNC, seat, int(on))


def _pace(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    """The pacemaker on or off; on, sync and any charge are off."""
    device = game.state.defibrillator
    if device.waiting:
        return Refusal.BUSY
    if device.pacing:
        _stop_pacing(game, seat)
    else:
        if device.charge in HELD:
            _set(game, "idle")
        _set_sync(game, seat, on=False)
        device.pacing = True
        _set_pacing(game, seat)
    acts.done(game, seat, "pace", int(device.pacing))
    return Refusal.DONE


def _pace_rate(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    assert isinstance(args[0], int)
    device, rates = game.state.defibrillator, pace_rates(game)
    at = rates.index(device.pace_rate_per_min) + args[0]
    if not 0 <= at < len(rates):
        return Refusal.ALREADY_DONE
    device.pace_rate_per_min = rates[at]
    _set_pacing(game, seat)
    acts.done(game, seat, "pace_rate", *args)
    return Refusal.DONE


def _pace_current(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    assert isinstance(args[0], int)
    device, pacing = game.state.defibrillator, game.pack.pacing
    current_ma = min(max(device.pace_ma + args[0] * pacing.step_ma, 0), pacing.most_ma)
    if current_ma == device.pace_ma:
        return Refusal.ALREADY_DONE
    device.pace_ma = current_ma
    _set_pacing(game, seat)
    acts.done(game, seat, "pace_current", *args)
    return Refusal.DONE


def _set_pacing(game: Game, seat: int) -> None:
    """While the pacemaker is on, every change of its settings reaches the patient at once."""
    device = game.state.defibrillator
    if device.pacing:
        game.patient.apply(Pace(game.now_ms, device.pace_rate_per_min, device.pace_ma))
        _tell_pacing(game, seat)


def _stop_pacing(game: Game, seat: int) -> None:
    device = game.state.defibrillator
    if device.pacing:
        device.pacing = False
        game.patient.apply(Pace(game.now_ms, device.pace_rate_per_min, 0))
        _tell_pacing(game, seat)


def _tell_pacing(game: Game, seat: int) -> None:
    device = game.state.defibrillator
    current_ma = device.pace_ma if device.pacing else 0
    game.emit(Fact.PACE, seat, device.pace_rate_per_min, current_ma, int(device.captured))


HANDLERS: Final[dict[str, tuple[Test, Handler]]] = {
    "pads": (_may_put_pads, _pads),
    "move_pads": (_may_move_pads, _move_pads),
    "energy": (always, _energy),
    "charge": (_may_charge, _charge),
    "dump": (_may_dump, _dump),
    "clear": (always, _clear),
    "shock": (_may_shock, _shock),
    "sync": (_with_pads, _sync),
    "pace": (_with_pads, _pace),
    "pace_rate": (_with_pads, _pace_rate),
    "pace_current": (_with_pads, _pace_current),
}
