"""The body's own steering of pressure, alone and together with the circulation it steers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.sim.body.circulation import STEP_MS
from game.sim.body.reflex import Reflex
from game.sim.laws.circulation import (
    begin_beat,
    bleed,
    look_at_circulation,
    run_mechanics,
    set_slack,
    set_vessels,
)
from game.sim.laws.reflex import arterial_tone, live_reflex
from game.sim.params.reader import read_group
from game.sim.params.reflex import ReflexParameters
from tests.sim.laws.pump import LEFT, RIGHT, arrested, parameters

P = read_group(ReflexParameters, "reflex")
LOOK_S = 0.1


def lived(seconds: float, mean_mmhg: float, *, pulse: bool = True, burden: float = 0.0) -> Reflex:
    reflex = Reflex()
    for _ in range(int(seconds / LOOK_S)):
        live_reflex(reflex, P, LOOK_S, mean_mmhg, pulse, burden)
    return reflex


def test_the_set_pressure_asks_for_nothing() -> None:
    assert lived(60, 90.0) == Reflex()


def test_low_pressure_tightens_quickens_and_strengthens() -> None:
    reflex = lived(120, 60.0)
    assert reflex.resistance == pytest.approx(1.3, abs=0.01)
    assert reflex.veins_ml == pytest.approx(-240, abs=2)
    assert reflex.rate_per_min == pytest.approx(18, abs=0.1)
    assert reflex.contractility == pytest.approx(1.18, abs=0.01)


def test_limits_hold_at_no_pressure_and_at_far_too_much() -> None:
    low, high = lived(300, 0.0), lived(300, 220.0)
    assert low.resistance == pytest.approx(1.8, abs=0.01)
    assert low.veins_ml == pytest.approx(-700, abs=1)
    assert high.resistance == pytest.approx(0.7, abs=0.01)
    assert high.veins_ml == pytest.approx(300, abs=1)


def test_rate_answers_in_seconds_vessels_later_veins_last() -> None:
    begun = lived(2, 60.0)
    full = lived(300, 60.0)
    rate = begun.rate_per_min / full.rate_per_min
    resistance = (begun.resistance - 1.0) / (full.resistance - 1.0)
    veins = begun.veins_ml / full.veins_ml
    assert rate == pytest.approx(0.63, abs=0.03)
    assert resistance == pytest.approx(0.22, abs=0.03)
    assert veins == pytest.approx(0.125, abs=0.02)


def test_a_starved_brain_steers_less_and_a_dead_one_not_at_all() -> None:
    fresh, starved, dead = (lived(120, 60.0, burden=burden) for burden in (0.0, 8.0, 40.0))
    assert fresh.rate_per_min > starved.rate_per_min > 0.0
    assert starved.resistance > 1.0
    assert (dead.resistance, dead.veins_ml, dead.rate_per_min) == (1.0, 0.0, 0.0)


def test_without_a_pulse_the_reflex_lets_go_and_time_counts() -> None:
    reflex = lived(60, 60.0)
    for _ in range(1_200):
        live_reflex(reflex, P, LOOK_S, 25.0, False, 0.0)
    assert reflex.resistance == pytest.approx(1.0, abs=0.001)
    assert reflex.veins_ml == pytest.approx(0.0, abs=0.2)
    assert reflex.low_flow_min == pytest.approx(2.0, abs=0.001)


def test_tone_fades_with_low_flow_and_acid() -> None:
    assert arterial_tone(Reflex(), P, 7.4) == 1.0
    assert arterial_tone(Reflex(low_flow_min=45.0), P, 7.4) == pytest.approx(0.368, abs=0.001)
    assert arterial_tone(Reflex(low_flow_min=20.0), P, 7.4) == pytest.approx(0.641, abs=0.001)
    assert arterial_tone(Reflex(), P, 6.9) == pytest.approx(0.9)


@given(minutes=st.floats(0.0, 1_000.0), ph=st.floats(4.0, 8.0))
def test_tone_stays_a_share(minutes: float, ph: float) -> None:
    assert 0.0 <= arterial_tone(Reflex(low_flow_min=minutes), P, ph) <= 1.0


@given(
    courses=st.lists(st.tuples(st.floats(-20.0, 300.0), st.booleans(), st.floats(0.0, 60.0)), max_size=40),
    seconds=st.floats(0.01, 2.0),
)
def test_no_course_of_pressure_drives_the_reflex_out_of_its_limits(
    courses: list[tuple[float, bool, float]], seconds: float
) -> None:
    reflex = Reflex()
    for mean_mmhg, pulse, burden in courses:
        live_reflex(reflex, P, seconds, mean_mmhg, pulse, burden)
        assert 0.7 <= reflex.resistance <= 1.8
        assert -700.0 <= reflex.veins_ml <= 300.0
        assert -0.6 * 210.0 <= reflex.rate_per_min <= 0.6 * 110.0
        assert 0.0 < reflex.contractility < 2.0


def bled_mmhg(lost_ml: float, gain: float) -> float:
    """Mean pressure of a beating heart a minute and a half after a quick loss of blood."""
    p = parameters()
    q = read_group(ReflexParameters, "reflex", {"reflex_gain": gain})
    c, reflex = arrested(p), Reflex()
    c.relaxation = 1.0
    assert bleed(c, p, lost_ml) == lost_ml
    rate_per_min = 80.0
    ms = 0
    while ms < 90_000:
        set_vessels(c, p, reflex.resistance, 1.0, 1.0, LEFT * reflex.contractility, RIGHT * reflex.contractility, 1.0)
        set_slack(c, reflex.veins_ml)
        interval_ms = int(60_000 / rate_per_min) // STEP_MS * STEP_MS
        begin_beat(c, p, ms, interval_ms)
        run_mechanics(c, p, ms // STEP_MS, (ms + interval_ms) // STEP_MS)
        look_at_circulation(c, p, 0.001 * interval_ms)
        live_reflex(reflex, q, 0.001 * interval_ms, c.mean_mmhg, True, 0.0)
        rate_per_min = min(max(80.0 + reflex.rate_per_min, 45.0), 160.0)
        ms += interval_ms
    return c.mean_mmhg


def test_the_reflex_holds_the_pressure_of_a_bleeding_man() -> None:
    assert bled_mmhg(750.0, 1.0) > bled_mmhg(750.0, 0.0) + 10.0
    assert bled_mmhg(0.0, 1.0) == pytest.approx(88, abs=6)
