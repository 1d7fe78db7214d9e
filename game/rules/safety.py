"""What must not happen around shocks and pulses, put on record with who, when and why; nobody is told in play.

Codes: shock_not_clear, near_miss, shock_without_call, shock_flat, sync_on_vf, unsynchronised_with_pulse,
oxygen_near_shock, compressions_with_pulse. Those of drugs are in `doses`, of acts in `course`, of the end in `ending`.
"""

from __future__ import annotations

from typing import Final

from game.rules.breathing import hands_at_the_head
from game.rules.game import Game
from game.sim import Rhythm
from game.sim.rhythm import TRAITS
from game.stations import Station

MASK: Final = "mask"


def judge_shock(game: Game, seat: int, *, synchronised: bool) -> None:
    """A shock goes through the chest now: into which rhythm, after which call, and what is near it."""
    rhythm = game.patient.rhythm
    traits = TRAITS[rhythm]
    if not synchronised and not traits.shockable:
        if game.state.pulse:
            critical = game.known_pulse
            game.safety(seat, "unsynchronised_with_pulse", rhythm.value, critical=critical)
        else:
            game.safety(seat, "shock_flat", rhythm.value)
    ring, called_ms = game.state.check, game.state.check.called_ms
    late = called_ms < 0 or game.now_ms - called_ms > game.skills.times.call_before_shock_ms
    if not synchronised and not game.known_pulse and late:
        game.safety(seat, "shock_without_call", ring.last_call)
    _oxygen(game)


def judge_kept_charge(game: Game, seat: int) -> None:
    """A synchronised shock found no beat to fall on."""
    if game.patient.rhythm in (Rhythm.VF, Rhythm.TORSADES):
        game.safety(seat, "sync_on_vf")


def settle_shocks(game: Game) -> None:
    """At sealing, when every press of that moment is known: was anybody touching? (decisions 2)"""
    times, state = game.skills.times, game.state
    sealed = game.now_ms - times.sealing_ms
    while state.shocks_to_settle and state.shocks_to_settle[0] <= sealed:
        shock_ms = state.shocks_to_settle.pop(0)
        began_ms = next((on for on, off in _touches(game) if on - times.near_miss_ms <= shock_ms <= off), None)
        if began_ms is None:
            continue
        near = abs(shock_ms - began_ms) <= times.near_miss_ms
        code = "near_miss" if near else "shock_not_clear"
        game.safety(game.seat_of(Station.DEFIBRILLATOR), code, critical=not near, ms=shock_ms)
    if state.presses and state.presses[0][1] <= sealed - times.sealing_ms:
        del state.presses[0]


def _touches(game: Game) -> list[tuple[int, int]]:
    """When hands were on the chest: from the first press of a row to the release of its last, or to now if none came.

    Hands that go on pushing do not leave the chest between two presses, so a shock there finds them on it.
    """
    chest, touches = game.state.chest, list[tuple[int, int]]()
    held = [(chest.down_ms, game.now_ms)] if chest.down_ms >= 0 else []
    for on, off in game.state.presses + held:
        if touches and on - touches[-1][1] <= game.skills.push.hands_linger_ms:
            touches[-1] = (touches[-1][0], off)
        else:
            touches.append((on, off))
    return touches


def watch_the_hands(game: Game) -> None:
    """Hands that still push a while after the team was told of the pulse; once for each time it was told."""
    state = game.state
    if state.pushed_with_pulse or not game.known_pulse:
        return
    if state.chest.last_down_ms > state.pulse_said_ms + game.skills.times.pulse_grace_ms:
        state.pushed_with_pulse = True
        game.safety(game.seat_of(Station.CHEST), "compressions_with_pulse")


def _oxygen(game: Game) -> None:
    """Oxygen that flows out of a mask at the head burns: a mask that hands hold there, or that of one who breathes.

    Hands that leave the bag lay its mask away (decisions 7).
    """
    airway = game.state.airway
    breathes = game.state.pulse and game.patient.own_breaths_per_min > 0
    at_the_head = hands_at_the_head(game) or breathes
    if airway.device == MASK and airway.flow_l_min > 0 and at_the_head:
        game.safety(game.seat_of(Station.AIRWAY), "oxygen_near_shock", airway.flow_l_min)
