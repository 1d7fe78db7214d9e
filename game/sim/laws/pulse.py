"""A pulse comes when the heart's own beats, compressions taken away, hold a pressure for a while, and goes likewise."""

from __future__ import annotations

from game.sim.body.circulation import NEVER_MS
from game.sim.body.pulse import Pulse
from game.sim.body.told import PULSE, Told, tell
from game.sim.params.pulse import PulseParameters


def begin_pulse(pulse: Pulse, present: bool, systolic_mmhg: float) -> None:
    """Begin play with or without a pulse."""
    pulse.present = present
    pulse.systolic_mmhg = systolic_mmhg if present else 0.0
    pulse.since_ms = NEVER_MS if present else 0
    pulse.beat_ms = 0


def judge_pulse(pulse: Pulse, p: PulseParameters, told: Told, now_ms: int, peak_mmhg: float) -> bool:
    """A beat begins: take the peak of the one before; True, and told as PULSE, if the pulse came or went with it.

    A beat before a standstill says nothing about those after it.
    """
    gap_ms = now_ms - pulse.beat_ms
    pulse.beat_ms = now_ms
    if gap_ms > int(1000.0 * p.pulse_lost_s):
        pulse.systolic_mmhg = 0.0
        pulse.strong_since_ms = NEVER_MS
        return False
    share = p.pulse_smoothing if pulse.systolic_mmhg > 0.0 else 1.0
    pulse.systolic_mmhg += share * (peak_mmhg - pulse.systolic_mmhg)
    if pulse.present:
        if pulse.systolic_mmhg >= p.pulse_lost_mmhg:
            pulse.weak_since_ms = NEVER_MS
            return False
        if pulse.weak_since_ms == NEVER_MS:
            pulse.weak_since_ms = now_ms
        if now_ms - pulse.weak_since_ms < int(1000.0 * p.pulse_lost_s):
            return False
    else:
        if pulse.systolic_mmhg < p.pulse_mmhg:
            pulse.strong_since_ms = NEVER_MS
            return False
        if pulse.strong_since_ms == NEVER_MS:
            pulse.strong_since_ms = now_ms
        if now_ms - pulse.strong_since_ms < int(1000.0 * p.pulse_hold_s):
            return False
    _turn(pulse, told, now_ms)
    return True


def miss_beats(pulse: Pulse, p: PulseParameters, told: Told, now_ms: int) -> bool:
    """Lose the pulse, told as PULSE, when no beat has come for as long as weak ones are borne; True if it went."""
    if not pulse.present or now_ms - pulse.beat_ms < int(1000.0 * p.pulse_lost_s):
        return False
    lose_pulse(pulse, told, now_ms)
    return True


def lose_pulse(pulse: Pulse, told: Told, now_ms: int) -> None:
    """No effective beats any more; told as PULSE if there was one."""
    if pulse.present:
        _turn(pulse, told, now_ms)
    pulse.systolic_mmhg = 0.0
    pulse.strong_since_ms = NEVER_MS


def _turn(pulse: Pulse, told: Told, now_ms: int) -> None:
    pulse.present = not pulse.present
    pulse.since_ms = now_ms
    pulse.strong_since_ms = NEVER_MS
    pulse.weak_since_ms = NEVER_MS
    pulse.ever = pulse.ever or pulse.present
    tell(told, now_ms, PULSE, int(pulse.present), 0)
