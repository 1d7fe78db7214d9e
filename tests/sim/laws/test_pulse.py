"""When the heart's own beats become a pulse, and when they cease to be one."""

from __future__ import annotations

from game.sim.body.circulation import NEVER_MS
from game.sim.body.pulse import Pulse
from game.sim.body.told import PULSE, Told
from game.sim.laws.pulse import begin_pulse, judge_pulse, lose_pulse, miss_beats
from game.sim.params.pulse import PulseParameters
from game.sim.params.reader import read_group

P = read_group(PulseParameters, "pulse")
INTERVAL_MS = 600


def beat(pulse: Pulse, told: Told, from_ms: int, to_ms: int, peak_mmhg: float) -> list[int]:
    """Times at which the judgement turned."""
    return [ms for ms in range(from_ms, to_ms, INTERVAL_MS) if judge_pulse(pulse, P, told, ms, peak_mmhg)]


def reports(told: Told) -> list[tuple[int, int, int]]:
    return [(told.ms[i], told.kind[i], told.a[i]) for i in range(told.count)]


def pulseless() -> Pulse:
    pulse = Pulse()
    begin_pulse(pulse, False, 0.0)
    return pulse


def test_sixty_held_for_ten_seconds_is_a_pulse() -> None:
    pulse, told = pulseless(), Told()
    turned = beat(pulse, told, 60_000, 90_000, 62.0)
    assert turned == [60_000 + 18 * INTERVAL_MS]
    assert pulse.present
    assert pulse.ever
    assert pulse.since_ms == turned[0]
    assert reports(told) == [(turned[0], PULSE, 1)]


def test_beats_before_a_standstill_do_not_count_for_those_after_it() -> None:
    pulse, told = Pulse(), Told()
    begin_pulse(pulse, True, 110.0)
    beat(pulse, told, 0, 3_000, 110.0)
    lose_pulse(pulse, told, 3_000)
    assert not judge_pulse(pulse, P, told, 200_000, 110.0)
    assert pulse.systolic_mmhg == 0.0
    judge_pulse(pulse, P, told, 200_600, 40.0)
    assert pulse.systolic_mmhg == 40.0


def test_nine_seconds_or_fifty_nine_are_none() -> None:
    pulse, told = pulseless(), Told()
    beat(pulse, told, 0, 9_000, 62.0)
    beat(pulse, told, 9_000, 12_000, 20.0)
    beat(pulse, told, 12_000, 20_000, 62.0)
    assert not pulse.present
    pulse = pulseless()
    beat(pulse, told, 0, 120_000, 59.0)
    assert not pulse.present
    assert not pulse.ever
    assert told.count == 0


def test_a_pulse_goes_when_beats_stay_weak_for_five_seconds() -> None:
    pulse, told = Pulse(), Told()
    begin_pulse(pulse, True, 100.0)
    assert beat(pulse, told, 0, 30_000, 55.0) == []
    turned = beat(pulse, told, 30_000, 60_000, 30.0)
    assert len(turned) == 1
    assert 35_000 <= turned[0] <= 38_000
    assert reports(told) == [(turned[0], PULSE, 0)]
    assert not pulse.ever


def test_one_weak_beat_loses_nothing() -> None:
    pulse, told = Pulse(), Told()
    begin_pulse(pulse, True, 100.0)
    for ms in range(0, 60_000, INTERVAL_MS):
        judge_pulse(pulse, P, told, ms, 20.0 if ms % (5 * INTERVAL_MS) == 0 else 90.0)
    assert pulse.present


def test_a_heart_that_stands_still_has_no_pulse_after_five_seconds() -> None:
    pulse, told = Pulse(), Told()
    begin_pulse(pulse, True, 100.0)
    beat(pulse, told, 0, 10_000, 90.0)
    last_ms = pulse.beat_ms
    assert not miss_beats(pulse, P, told, last_ms + 4_900)
    assert miss_beats(pulse, P, told, last_ms + 5_000)
    assert not miss_beats(pulse, P, told, last_ms + 5_100)
    assert reports(told) == [(last_ms + 5_000, PULSE, 0)]


def test_fibrillation_takes_the_pulse_at_once_and_tells_it_once() -> None:
    pulse, told = Pulse(), Told()
    begin_pulse(pulse, True, 100.0)
    lose_pulse(pulse, told, 5_000)
    lose_pulse(pulse, told, 6_000)
    assert not pulse.present
    assert pulse.systolic_mmhg == 0.0
    assert pulse.since_ms == 5_000
    assert reports(told) == [(5_000, PULSE, 0)]


def test_a_pulse_can_come_back_twice() -> None:
    pulse, told = pulseless(), Told()
    beat(pulse, told, 0, 20_000, 80.0)
    lose_pulse(pulse, told, 30_000)
    again = beat(pulse, told, 40_000, 60_000, 80.0)[0]
    assert pulse.ever
    assert pulse.since_ms == again
    assert pulse.weak_since_ms == pulse.strong_since_ms == NEVER_MS
    assert [report[2] for report in reports(told)] == [1, 0, 1]
