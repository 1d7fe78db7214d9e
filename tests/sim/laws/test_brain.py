"""The brain: what ischaemia costs, what poor care adds, and what the sum means."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.sim.body.brain import Brain
from game.sim.laws.brain import cause_factor, gag, good_outcome_chance, live_brain, survival_chance
from tests.sim.laws.breathing import CPR_L_MIN, NORMAL_L_MIN, Breather


def burden_after(minutes: float, flow: float, beating: float, per_min: float = 10.0, **blood: float) -> float:
    """Burden that some minutes add."""
    breather = Breather()
    for name, value in blood.items():
        setattr(breather.blood, name, value)
    breather.hearts(flow, beating)
    breather.live(minutes, per_min)
    return breather.brain.burden


def test_no_flow_costs_most_of_a_minute_a_minute_good_compressions_little_and_poor_ones_more() -> None:
    no_flow = burden_after(10.0, 0.0, 0.0, 0.0)
    good, poor = burden_after(26.5, CPR_L_MIN, 0.0), burden_after(26.5, 0.5 * CPR_L_MIN, 0.0)
    assert no_flow / 10.0 == pytest.approx(0.87, abs=0.05)
    assert good / 26.5 < 0.1
    assert 0.2 < poor / 26.5 < 0.6


def test_a_beating_heart_and_good_care_add_nothing() -> None:
    breather = Breather(drive=1.0)
    breather.live(10.0)
    assert breather.brain.flow == 1.0
    assert breather.brain.burden < 0.1


def test_cold_slows_the_clock() -> None:
    assert burden_after(5.0, 0.0, 0.0, 0.0, metabolism=0.5) == pytest.approx(
        0.5 * burden_after(5.0, 0.0, 0.0, 0.0), rel=0.1
    )


def test_washing_out_carbon_dioxide_narrows_the_vessels_of_the_brain() -> None:
    flows = []
    for mmhg in (10.0, 25.0, 40.0, 80.0):
        breather = Breather()
        breather.hearts(CPR_L_MIN, 0.0)
        breather.lungs.arterial_mmhg = mmhg
        live_brain(breather.brain, breather.pb, breather.circulation, breather.lungs, breather.blood, breather.effects,
                   False, 0.01)  # fmt: skip
        flows.append(breather.brain.flow / (4.6 / 12.5))
    assert flows == pytest.approx([0.5, (25 / 40) ** 0.7, 1.0, 1.2], rel=1e-6)


def test_leaning_and_epinephrine_take_flow_from_the_brain() -> None:
    def flow(right_atrial_mmhg: float, factor: float) -> float:
        breather = Breather()
        breather.hearts(CPR_L_MIN, 0.0)
        breather.circulation.right_atrial_mmhg = right_atrial_mmhg
        breather.effects.cerebral_flow = factor
        breather.look()
        return breather.brain.flow

    assert flow(13.0, 1.0) < 0.95 * flow(8.8, 1.0)
    assert flow(8.8, 0.89) == pytest.approx(0.89 * flow(8.8, 1.0))


@pytest.mark.parametrize(
    ("what", "counter", "units"),
    [
        ("hypotension", "hypotension_min", 2.0),
        ("hypoxia", "hypoxia_min", 2.0),
        ("hyperoxia", "hyperoxia_min", 1.0),
        ("hypocapnia", "hypocapnia_min", 1.0),
        ("fever", "fever_min", 1.0),
        ("glucose", "glucose_min", 1.0),
    ],
)
def test_what_could_be_avoided_after_return_of_circulation_counts(what: str, counter: str, units: float) -> None:
    breather = Breather()
    args = (breather.circulation, breather.lungs, breather.blood, breather.effects, True, 10.0)
    lungs = breather.lungs
    lungs.saturation, lungs.oxygen_mmhg, lungs.arterial_mmhg = 1.0, 90.0, 40.0
    well, ill = Brain(), Brain()
    live_brain(well, breather.pb, *args)
    if what == "hypotension":
        breather.circulation.mean_mmhg = 55.0
    elif what == "hypoxia":
        lungs.saturation = 0.88
    elif what == "hyperoxia":
        lungs.oxygen_mmhg = 400.0
    elif what == "hypocapnia":
        lungs.arterial_mmhg = 28.0
    elif what == "fever":
        breather.blood.temperature_degc = 38.5
    else:
        breather.blood.glucose_mmol_l = 14.0
    live_brain(ill, breather.pb, *args)
    by_saturation = 0.15 * 0.12 * 10.0 if what == "hypoxia" else 0.0
    assert getattr(ill, counter) == 10.0
    assert getattr(well, counter) == 0.0
    assert ill.burden - well.burden == pytest.approx(units * 0.02 * 10.0 + by_saturation)
    in_arrest = Brain()
    live_brain(in_arrest, breather.pb, *args[:4], False, 10.0)
    assert getattr(in_arrest, counter) == 0.0


def test_a_brain_without_sugar_starves_with_or_without_a_pulse() -> None:
    starved = burden_after(10.0, NORMAL_L_MIN, 1.0, glucose_mmol_l=0.8)
    assert starved - burden_after(10.0, NORMAL_L_MIN, 1.0) > 0.5


def test_the_chances_fall_with_the_burden() -> None:
    pb = Breather().pb
    for burden, survives, good in ((0.0, 0.851, 0.993), (5.0, 0.684, 0.932), (6.5, 0.552, 0.874), (12.0, 0.087, 0.363)):
        brain = Brain(burden=burden)
        assert survival_chance(brain, pb, 0.0, 1.0) == pytest.approx(survives, abs=0.005)
        assert good_outcome_chance(brain, pb, 0.0) == pytest.approx(good, abs=0.006)
    brain = Brain(burden=8.0)
    assert (
        survival_chance(brain, pb, 1.0, 1.0)
        > survival_chance(brain, pb, 0.0, 1.0)
        > survival_chance(brain, pb, -1.0, 1.0)
    )
    assert survival_chance(brain, pb, 0.0, 0.5) == pytest.approx(0.5 * survival_chance(brain, pb, 0.0, 1.0))
    assert cause_factor(pb, True) > cause_factor(pb, False)


def test_breathing_comes_back_later_the_more_the_brain_has_suffered() -> None:
    waits = []
    for arrest_min in (2.0, 5.0, 10.0):
        breather = Breather(drive=1.0)
        breather.hearts(0.0, 0.0)
        breather.live(arrest_min)
        breather.hearts(NORMAL_L_MIN, 1.0)
        start_ms = breather.now_ms
        while breather.airway.own_breaths_per_min < 8 and breather.now_ms < start_ms + 1_200_000:
            breather.live(0.1, 10.0)
        waits.append((breather.now_ms - start_ms) / 60_000)
    assert 0.1 < waits[0] < waits[1] < waits[2] < 10.0
    assert waits[2] > 1.5 * waits[0]


def test_the_throat_is_guarded_by_a_brain_that_works_and_is_not_dulled() -> None:
    breather = Breather()
    assert gag(breather.brain, breather.effects) == 1.0
    breather.effects.sedation = 0.8
    assert gag(breather.brain, breather.effects) == pytest.approx(0.2)
    breather.effects.sedation, breather.effects.opioid, breather.effects.opioid_reversal = 0.0, 0.9, 0.9
    assert gag(breather.brain, breather.effects) == 1.0
    breather.hearts(0.0, 0.0)
    breather.live(2.0)
    assert gag(breather.brain, breather.effects) < 0.05


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(0.0, 20.0), st.floats(0.0, 200.0), st.floats(0.0, 1.0), st.floats(-5.0, 60.0),
            st.floats(0.0, 40.0), st.floats(0.2, 1.5), st.floats(0.0, 180.0), st.booleans(),
        ),
        max_size=30,
    )
)  # fmt: skip
def test_whatever_happens_burden_never_falls_and_shares_stay_shares(course: list[tuple[float, ...]]) -> None:
    breather = Breather()
    brain, before = breather.brain, 0.0
    for cerebral, carbon_dioxide, saturation, atrium, glucose, metabolism, mean, pulse in course:
        breather.circulation.cerebral_ml_s, breather.circulation.right_atrial_mmhg = cerebral, atrium
        breather.circulation.mean_mmhg = mean
        breather.lungs.arterial_mmhg, breather.lungs.saturation = carbon_dioxide, saturation
        breather.blood.glucose_mmol_l, breather.blood.metabolism = glucose, metabolism
        live_brain(brain, breather.pb, breather.circulation, breather.lungs, breather.blood, breather.effects,
                   bool(pulse), 0.5 / 60.0)  # fmt: skip
        assert brain.burden >= before
        before = brain.burden
        assert 0.0 <= brain.flow <= 1.0
        assert 0.0 <= brain.stem <= 1.0
        assert 0.0 <= survival_chance(brain, breather.pb, 0.0, 1.0) <= breather.pb.survival_share
