"""Breaths: the squeezed bag, the mask's seal, the ventilator, and oxygen for a patient who breathes by himself."""

from __future__ import annotations

from typing import Final

from game.log import Fact
from game.rules import intubating, orders
from game.rules.commands import SEAL_LEFT_KEY
from game.rules.game import Game, break_task
from game.rules.skills.params import on_curve
from game.rules.skills.seal import dot_at, passes_pct, pct_at
from game.rules.skills.squeeze import fio2_pct, volume_ml
from game.rules.skills.suction import clears
from game.rules.views import SealView
from game.sim import Breath, Oxygen
from game.sim.chance import Stream, uniform
from game.stations import Station

MINUTE_MS: Final = 60_000
LUCK: Final = Stream.ROOM + 1

BREATHES_WELL: Final = ("normal", "fast", "deep")
"""Words of the sign "breathing" for a patient who needs no bag."""


def squeeze_down(game: Game, seat: int, ms: int) -> None:
    """The bag is squeezed from `ms` on, once the last breath is over; whatever else the hands were doing is left.

    Hands that pass a tube do not let go of it, and a bag that a ventilator has replaced is not squeezed.
    """
    airway, task = game.state.airway, game.state.seats[seat].task
    if airway.down_ms >= 0 or (airway.breaths and ms < airway.breaths[-1]):
        return
    if airway.placing or airway.ventilator_per_min or (task is not None and task.op == "tube_pass"):
        return
    free_the_hands(game, seat, ms)
    airway.down_ms = ms
    airway.seal.squeezed_at = dot_at(airway.seal, ms, game.skills)


def free_the_hands(game: Game, seat: int, ms: int) -> None:
    """Hands are wanted at bag or chest: what they were doing is undone, but for a suction that has done its work."""
    task = game.state.seats[seat].task
    if task is not None and task.op == "suction" and clears(task.start_ms, ms, game.skills):
        task.end_ms = game.now_ms
    else:
        break_task(game, seat)
    if game.holds(seat, Station.AIRWAY):
        intubating.give_up(game, seat)


def squeeze_up(game: Game, seat: int, ms: int) -> None:
    """The bag is let go: the breath reaches the patient."""
    airway = game.state.airway
    if airway.down_ms < 0:
        return
    start_ms, hold_ms = airway.down_ms, min(ms - airway.down_ms, game.skills.squeeze.longest_hold_ms)
    airway.down_ms = -1
    if hold_ms < game.skills.squeeze.shortest_hold_ms:
        return
    pressed = game.state.chest.last_down_ms >= start_ms
    seal_pct = _seal_pct(game, ms, moving=pressed or chest_moves(game, start_ms))
    _breathe(game, seat, start_ms, hold_ms, on_curve(game.skills.squeeze.volume_ml, hold_ms), seal_pct)
    airway.last_volume_ml = volume_ml(hold_ms, seal_pct=seal_pct, skills=game.skills)
    orders.close_done(game, seat, Station.AIRWAY, "squeeze")


def seal(game: Game, key: int, down: bool, ms: int) -> None:
    """A hand presses on its side of the mask from `ms` on, or lets go."""
    held = game.state.airway.seal
    _settle(game, ms)
    if key == SEAL_LEFT_KEY:
        held.left = down
    else:
        held.right = down


def let_go(game: Game) -> None:
    """The person at the head is gone or has moved: no hand is on bag, mask or blade any more."""
    airway = game.state.airway
    airway.down_ms = -1
    _settle(game, game.now_ms)
    airway.seal.left = airway.seal.right = False
    intubating.give_up(game, game.seat_of(Station.AIRWAY))


def hands_at_the_head(game: Game) -> bool:
    """True while a hand is on the bag, the mask or the blade."""
    airway = game.state.airway
    masked = airway.device == "mask" and (airway.seal.left or airway.seal.right)
    return airway.down_ms >= 0 or masked or bool(airway.tube.step)


def chest_moves(game: Game, ms: int) -> bool:
    """True while hands press the chest, and between the presses of a set."""
    chest = game.state.chest
    return chest.down_ms >= 0 or (chest.last_up_ms >= 0 and ms - chest.last_up_ms < game.skills.seal.moves_ms)


def window_open(game: Game) -> bool:
    """True while a breath belongs here.

    With a mask that is after a set of compressions, before the first one where the guideline begins with breaths, and
    in a patient with a pulse as often as with an airway in, every few seconds, unless he breathes well by himself.
    """
    airway, chest = game.state.airway, game.state.chest
    rescued = game.state.pulse_said and not chest.hands_on
    if airway.device == "mask" and rescued and game.state.signs.get("breathing") in BREATHES_WELL:
        return False
    if airway.device != "mask" or rescued:
        last = airway.breaths[-1] if airway.breaths else -MINUTE_MS
        return game.now_ms - last >= game.pack.breath_interval_s * 1000
    set_done = chest.count == game.pack.compressions_per_set and not chest_moves(game, game.now_ms)
    return (set_done or not chest.hands_on) and airway.breaths_in_pause < breaths_owed(game)


def breaths_owed(game: Game) -> int:
    """Breaths that belong into this pause with a mask."""
    return game.pack.breaths_per_set if game.state.chest.pushes else game.pack.first_breaths


def seal_view(game: Game) -> SealView | None:
    """The mask's seal; None with an airway in."""
    held = game.state.airway.seal
    if game.state.airway.device != "mask":
        return None
    moving = chest_moves(game, game.now_ms)
    pct = pct_at(held, game.now_ms, moving=moving, skills=game.skills)
    return SealView(held.dot, held.drift_per_s, held.left, held.right, held.at_ms, pct, moving)


def pass_time(game: Game) -> None:
    """What breathing does by itself: old breaths are forgotten, a mask drifts, a ventilator breathes, oxygen flows."""
    airway = game.state.airway
    while airway.breaths and airway.breaths[0] <= game.now_ms - MINUTE_MS:
        del airway.breaths[0]
    if game.state.chest.hands_on:
        airway.breaths_in_pause = 0
    _open_window(game)
    _ventilate(game)
    _supply(game)


def begin(game: Game) -> None:
    """A patient who comes with an airway in is breathed for: that breath seats it where it should be."""
    airway = game.state.airway
    if airway.ventilator_per_min:
        airway.next_breath_ms = game.now_ms
    elif airway.device != "mask":
        machine = game.skills.ventilator
        _squeeze_in(game, game.now_ms, machine.breath_ms, machine.volume_ml, 100)


def _breathe(game: Game, seat: int, start_ms: int, lasts_ms: int, squeezed_ml: int, seal_pct: int) -> None:
    airway, chest = game.state.airway, game.state.chest
    airway.breaths.append(start_ms + lasts_ms)
    airway.breaths_in_pause += not chest.hands_on
    if airway.breaths_in_pause and not chest.hands_on:
        chest.count = 0
    _squeeze_in(game, start_ms, lasts_ms, squeezed_ml, seal_pct)
    passed_ml = squeezed_ml * seal_pct // 100
    game.emit(Fact.BREATH, seat, start_ms, lasts_ms, passed_ml, airway.device, seal_pct, ms=start_ms)


def _squeeze_in(game: Game, start_ms: int, lasts_ms: int, squeezed_ml: int, seal_pct: int) -> None:
    airway = game.state.airway
    oxygen_pct = fio2_pct(airway.flow_l_min, game.skills)
    game.patient.apply(Breath(start_ms, lasts_ms, squeezed_ml, oxygen_pct, airway.device, seal_pct))


def _seal_pct(game: Game, end_ms: int, *, moving: bool) -> int:
    """What passed the seal in a squeeze: as it was at its start and at its end, in the mean."""
    held, skills = game.state.airway.seal, game.skills
    if game.state.airway.device != "mask":
        return 100
    dots = (held.squeezed_at, dot_at(held, end_ms, skills))
    return sum(passes_pct(dot, moving=moving, skills=skills) for dot in dots) // len(dots)


def _settle(game: Game, ms: int) -> None:
    """The dot is where it has come to by `ms`: what moves it may change now."""
    held = game.state.airway.seal
    held.dot = dot_at(held, ms, game.skills)
    held.at_ms = max(held.at_ms, ms)


def _open_window(game: Game) -> None:
    """A mask that is put on anew lies a little off, and slips further; between breaths it rests."""
    held, numbers = game.state.airway.seal, game.skills.seal
    opens = game.state.airway.device == "mask" and window_open(game)
    if opens == held.window:
        return
    _settle(game, game.now_ms)
    held.window = opens
    held.drift_per_s = 0
    if opens:
        held.windows += 1
        side, off, drift = (uniform(game.patient.body.seed, LUCK, 3 * held.windows + n) for n in range(3))
        outwards = 1 if side < 0.5 else -1
        held.dot = outwards * _between(off, numbers.start_least, numbers.start_most)
        held.drift_per_s = outwards * _between(drift, numbers.drift_least_per_s, numbers.drift_most_per_s)


def _between(share: float, low: int, high: int) -> int:
    return low + int(share * (high - low))


def _ventilate(game: Game) -> None:
    airway, machine = game.state.airway, game.skills.ventilator
    if not airway.ventilator_per_min or airway.device == "mask":
        airway.ventilator_per_min = 0
        return
    if game.now_ms >= airway.next_breath_ms:
        start_ms = max(airway.next_breath_ms, 0)
        airway.next_breath_ms = start_ms + MINUTE_MS // airway.ventilator_per_min
        airway.last_volume_ml = machine.volume_ml
        _breathe(game, game.seat_of(Station.AIRWAY), start_ms, machine.breath_ms, machine.volume_ml, 100)


def _supply(game: Game) -> None:
    """Who breathes by himself has the mask on his face; off the face it gives nothing (decisions 7)."""
    airway = game.state.airway
    reaches = airway.device != "mask" or game.patient.own_breaths_per_min > 0
    pct = fio2_pct(airway.flow_l_min if reaches else 0, game.skills)
    if pct != airway.supply_pct:
        airway.supply_pct = pct
        game.patient.apply(Oxygen(game.now_ms, pct))
