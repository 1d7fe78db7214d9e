"""Gases: carbon dioxide comes back as flow brings it, oxygen runs out by minutes, and instruments lag behind."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.sim.body.airway import AIRWAY_CHANGES, MASK, OESOPHAGUS, ORAL, PUT_TUBE, TUBE
from game.sim.body.circulation import NEVER_MS
from game.sim.laws.airway import change_airway
from game.sim.laws.lungs import capnograph_reading, give_oxygen, let_air_out, probe_reading
from tests.sim.laws.breathing import CPR_L_MIN, LOOK_MS, NORMAL_L_MIN, Breather, normal_blood

DEEPER_L_MIN = 1.61
SHALLOWER_L_MIN = 1.02
BEHIND_A_CLOT_L_MIN = 0.84
"""Flow of compressions of 60 and 38 mm, and of 50 mm with 1.2 to 2.5 mmHg s/mL in the lungs (brief, table of 1.2)."""


def arrested(minutes: float = 4.0, drive: float = 0.0, **overrides: float) -> Breather:
    """Somebody without flow for some minutes who is given compressions from now on."""
    breather = Breather(overrides=overrides, drive=drive)
    breather.hearts(0.0, 0.0)
    breather.live(minutes)
    breather.hearts(CPR_L_MIN, 0.0)
    return breather


def exhaled(
    flow: float = CPR_L_MIN, per_min: float = 10.0, minutes: float = 2.0, dead_share: float = 0.0, **breath: float
) -> float:
    """End-tidal carbon dioxide (mmHg) after some minutes of compressions and breaths that began at minute 4."""
    breather = arrested()
    breather.burden.dead_share = dead_share
    breather.hearts(flow, 0.0)
    breather.live(minutes, per_min, **{"volume_ml": 550.0, **breath})
    return breather.lungs.exhaled_mmhg


def minutes_to(saturation: float, preoxygenated: bool, given_pct: float = 21.0, **overrides: float) -> float:
    """Minutes from the last breath to a true saturation, mask off, throat open."""
    breather = Breather(overrides=overrides)
    if preoxygenated:
        breather.live(3.0, 12.0, device=MASK, volume_ml=800.0)
    breather.airway.opened = True
    give_oxygen(breather.lungs, given_pct)
    start_ms = breather.now_ms
    while breather.lungs.saturation >= saturation and breather.now_ms < start_ms + 3_600_000:
        breather.look()
    return (breather.now_ms - start_ms) / 60_000


def test_exhaled_carbon_dioxide_in_compressions_is_about_twenty() -> None:
    for volume_ml in (500.0, 550.0, 600.0):
        assert exhaled(volume_ml=volume_ml) == pytest.approx(20, abs=2.5)


def test_exhaled_carbon_dioxide_follows_depth_and_rate_as_sheak_found() -> None:
    base = exhaled()
    assert exhaled(DEEPER_L_MIN) - base == pytest.approx(1.4, rel=0.3)
    assert exhaled(SHALLOWER_L_MIN) - base == pytest.approx(-2.4, abs=0.8)
    with_smaller_breaths = 550.0 * 0.5**0.35
    assert exhaled(per_min=20.0, volume_ml=with_smaller_breaths) - base == pytest.approx(-3.0, rel=0.5)
    assert -6.0 < exhaled(per_min=20.0) - base < -3.0


def test_exhaled_carbon_dioxide_falls_with_flow_as_the_prototype_did() -> None:
    for flow, mmhg in ((0.8, 15.0), (0.3, 8.0)):
        assert exhaled(flow) == pytest.approx(mmhg, abs=2.5)


def test_after_twenty_minutes_ten_mmhg_part_those_with_from_those_without_circulation() -> None:
    dying = arrested()
    dying.hearts(0.15, 0.0)
    dying.live(20.0, 10.0, volume_ml=550.0)
    living = arrested()
    living.live(8.0, 10.0, volume_ml=550.0)
    living.hearts(4.0, 1.0)
    living.live(12.0, 12.0, volume_ml=550.0)
    assert dying.lungs.exhaled_mmhg < 7.3
    assert living.lungs.exhaled_mmhg == pytest.approx(32.8, abs=7.4)


def test_behind_a_clot_in_the_lungs_less_than_thirteen_comes_back_however_well_the_chest_is_pushed() -> None:
    assert exhaled(dead_share=0.3) < 0.75 * exhaled()
    assert exhaled(BEHIND_A_CLOT_L_MIN, dead_share=0.3) < 13


def test_a_mask_and_a_leak_damp_the_capnograph_and_a_tiny_breath_shows_less() -> None:
    tube, mask = Breather(), Breather()
    mask.airway.adjunct = ORAL
    for breather, device in ((tube, TUBE), (mask, MASK)):
        breather.live(0.5, 12.0, device=device)
    sealed = mask.lungs.exhaled_mmhg
    assert sealed == pytest.approx(0.85 * tube.lungs.exhaled_mmhg)
    mask.live(0.1, 12.0, device=MASK, seal=60.0)
    assert mask.lungs.exhaled_mmhg < 0.9 * sealed
    tube.live(0.1, 12.0, volume_ml=180.0)
    assert tube.lungs.exhaled_mmhg < 0.5 * tube.lungs.alveolar_mmhg


def test_a_returning_heart_lifts_carbon_dioxide_from_twenty_to_thirty_five_in_fifteen_seconds() -> None:
    breather = arrested()
    breather.live(6.0, 10.0)
    before = breather.lungs.exhaled_mmhg
    course = []
    for second in range(0, 90, 5):
        back = min(1.0, (second + 5) / 12.0)
        breather.hearts(CPR_L_MIN + (NORMAL_L_MIN - CPR_L_MIN) * back, back)
        breather.live(5 / 60, 12.0)
        course.append(breather.lungs.exhaled_mmhg)
    assert before == pytest.approx(20, abs=2.5)
    assert course[2] == pytest.approx(35, abs=3)
    assert course[5] - before > 10
    assert course[-1] == pytest.approx(38, abs=2)


def test_bicarbonate_lifts_exhaled_carbon_dioxide_for_some_minutes() -> None:
    plain, given = arrested(), arrested()
    courses = []
    for breather in (plain, given):
        breather.live(2.0, 10.0)
        breather.blood.carbon_dioxide_ml_per_min = 240.0 if breather is given else 0.0
        breather.live(0.5, 10.0)
        breather.blood.carbon_dioxide_ml_per_min = 0.0
        early = breather.lungs.exhaled_mmhg
        breather.live(5.0, 10.0)
        courses.append((early, breather.lungs.exhaled_mmhg))
    assert courses[1][0] - courses[0][0] > 1.0
    assert courses[1][1] - courses[0][1] < 1.0


def test_the_capnograph_is_blank_when_no_breath_comes_back() -> None:
    breather = Breather()
    assert capnograph_reading(breather.lungs, breather.pl, breather.now_ms) == -1
    breather.live(0.5, 10.0)
    assert capnograph_reading(breather.lungs, breather.pl, breather.now_ms) > 30
    breather.live(0.5)
    assert capnograph_reading(breather.lungs, breather.pl, breather.now_ms) == -1


def test_a_body_without_breath_desaturates_as_published() -> None:
    assert minutes_to(0.9, preoxygenated=False) == pytest.approx(0.64, rel=0.25)
    assert minutes_to(0.8, preoxygenated=False) == pytest.approx(0.94, rel=0.25)
    obese = {"resting_volume_l": 1.3, "oxygen_demand_ml_per_min": 400.0}
    assert 6.4 <= minutes_to(0.85, preoxygenated=True) <= 8.7 * 1.1
    assert 2.2 <= minutes_to(0.85, preoxygenated=True, **obese) <= 3.1 * 1.1
    ill = {"resting_volume_l": 1.8, "oxygen_demand_ml_per_min": 275.0, "shunt_share": 0.1}
    assert minutes_to(0.85, preoxygenated=True, **ill) == pytest.approx(5.5, rel=0.25)


def test_oxygen_at_the_nose_lengthens_an_apnoea_unless_the_throat_is_blocked() -> None:
    without = minutes_to(0.9, preoxygenated=True)
    assert 1.3 * without < minutes_to(0.9, preoxygenated=True, given_pct=100.0) < 3.0 * without
    blocked = Breather()
    blocked.burden.obstruction = 1.0
    blocked.live(0.75)
    open_throat = Breather()
    open_throat.live(0.75)
    assert blocked.lungs.saturation < open_throat.lungs.saturation - 0.01


def test_compressions_alone_carry_oxygen_for_some_minutes() -> None:
    breather = Breather(drive=1.0)
    breather.hearts(CPR_L_MIN, 0.0)
    for published in (0.95, 0.90, 0.75, 0.59, 0.49):
        breather.live(1.0)
        assert breather.lungs.saturation == pytest.approx(published, abs=0.05)


def test_compressions_with_oxygen_keep_blood_red_at_a_modest_oxygen_pressure() -> None:
    breather = arrested()
    breather.live(10.0, 10.0)
    assert breather.lungs.saturation > 0.93
    assert 60 <= breather.lungs.oxygen_mmhg <= 200
    assert 35 <= breather.lungs.arterial_mmhg <= 50


def test_twenty_minutes_of_thirty_to_two_leave_the_carbon_dioxide_of_those_who_reached_hospital() -> None:
    kept = []
    for flow in (CPR_L_MIN, SHALLOWER_L_MIN):
        breather = Breather()
        breather.hearts(flow, 0.0)
        for _ in range(60):
            for _ in range(2):
                breather.breath(500.0, device=MASK, seal=85.0)
                breather.live(2.0 / 60.0)
            breather.live(20.0 / 60.0)
        kept.append(breather.lungs.arterial_mmhg)
    assert kept[0] == pytest.approx(74.0, rel=0.25)


def test_too_many_breaths_wash_carbon_dioxide_out_after_return_of_circulation() -> None:
    pressures = []
    for per_min in (6.0, 12.0, 30.0):
        breather = Breather()
        breather.live(15.0, per_min)
        pressures.append(breather.lungs.arterial_mmhg)
    assert pressures[0] > 55
    assert 35 < pressures[1] < 45
    assert pressures[2] < 28


def test_one_lung_alone_plateaus_near_ninety_percent() -> None:
    breather = Breather(overrides={"chance_tube_first": 1.0, "chance_highest": 1.0, "chance_bronchus": 1.0,
                                   "chance_oesophagus": 0.0})  # fmt: skip
    breather.act(PUT_TUBE)
    breather.live(8.0, 10.0)
    assert 0.86 <= breather.lungs.saturation <= 0.93
    assert breather.lungs.exhaled_mmhg > 30


def test_an_oesophageal_tube_is_as_bad_as_no_breath() -> None:
    saturations = []
    for per_min in (0.0, 10.0):
        breather = arrested(minutes=0.0)
        breather.airway.device, breather.airway.place = TUBE, OESOPHAGUS
        breather.live(4.0, per_min, device=TUBE)
        saturations.append(breather.lungs.saturation)
    assert saturations[1] == pytest.approx(saturations[0], abs=0.01)
    assert saturations[1] < 0.6


def test_vomit_in_the_lungs_costs_oxygen() -> None:
    breather = Breather()
    breather.live(5.0, 10.0)
    clean = breather.lungs.oxygen_mmhg
    breather.airway.aspirated = 0.8
    breather.live(5.0, 10.0)
    assert breather.lungs.oxygen_mmhg < 0.5 * clean


def test_ventilation_brings_a_blue_patient_with_a_pulse_back_within_a_minute() -> None:
    breather = Breather(overrides={"alveolar_oxygen": 0.045, "carbon_dioxide_mmhg": 88.0})
    assert breather.lungs.saturation == pytest.approx(0.54, abs=0.08)
    breather.live(0.1, 10.0, device=MASK)
    assert breather.lungs.exhaled_mmhg > 55
    breather.live(0.9, 10.0, device=MASK)
    assert breather.lungs.saturation > 0.9


def test_who_breathes_by_himself_holds_normal_gases() -> None:
    breather = Breather(drive=1.0)
    breather.live(10.0)
    lungs = breather.lungs
    assert breather.airway.own_breaths_per_min == pytest.approx(12, abs=1)
    assert lungs.arterial_mmhg == pytest.approx(40, abs=1.5)
    assert lungs.saturation > 0.95
    assert lungs.alveolar_oxygen == pytest.approx(0.14, abs=0.01)
    assert capnograph_reading(lungs, breather.pl, breather.now_ms) == pytest.approx(30, abs=3)


def test_acid_blood_and_lack_of_oxygen_drive_breathing() -> None:
    rates = []
    for base_excess, oxygen in ((0.0, 0.14), (-15.0, 0.14), (0.0, 0.06)):
        breather = Breather(overrides={"alveolar_oxygen": oxygen}, drive=1.0)
        breather.blood.base_excess = base_excess
        breather.live(0.1)
        rates.append(breather.airway.own_breaths_per_min)
    assert rates[1] > 1.8 * rates[0]
    assert rates[2] > 1.2 * rates[0]
    sour = Breather(drive=1.0)
    sour.blood.base_excess = -20.0
    sour.live(15.0)
    assert sour.lungs.arterial_mmhg < 28


def test_opioid_stops_breathing_and_its_reversal_starts_it() -> None:
    breather = Breather(drive=1.0)
    breather.effects.opioid = 1.0
    breather.live(2.0)
    assert breather.airway.own_breaths_per_min == 0.0
    assert breather.lungs.saturation < 0.8
    breather.effects.opioid_reversal = 0.9
    breather.look()
    assert breather.airway.own_breaths_per_min > 10


def test_paralysis_and_sedation_take_breath_away() -> None:
    def rate(sedation: float, paralysis: float) -> float:
        breather = Breather(drive=1.0)
        breather.effects.sedation, breather.effects.paralysis = sedation, paralysis
        breather.look()
        return breather.airway.own_breaths_per_min

    assert rate(0.0, 0.0) > 1.5 * rate(0.7, 0.0) > 0.0
    assert rate(0.0, 1.0) == 0.0


def test_the_first_minutes_after_collapse_end_own_breathing() -> None:
    breather = Breather(drive=1.0)
    breather.hearts(0.0, 0.0)
    breather.look()
    assert breather.airway.own_breaths_per_min > 8
    breather.live(1.5)
    assert breather.airway.own_breaths_per_min < 0.5


def test_oxygen_washes_in_breath_by_breath() -> None:
    breather = Breather()
    shares = []
    for _ in range(4):
        breather.live(0.5, 10.0)
        shares.append(breather.lungs.alveolar_oxygen)
    assert 0.14 < shares[0] < shares[1] < shares[2] < shares[3] < 0.95
    assert shares[0] < 0.7
    assert shares[3] > 0.8
    give_oxygen(breather.lungs, 30.0)
    assert breather.lungs.fio2 == pytest.approx(0.3)


def test_narrow_airways_trap_air_when_breaths_come_fast_and_let_it_go_when_they_stop() -> None:
    trapped = []
    breather = Breather()
    for per_min, narrow in ((10.0, 1.0), (30.0, 1.0), (8.0, 6.0), (24.0, 6.0)):
        breather = Breather()
        for _ in range(20):
            breather.burden.airway_resistance = narrow
            breather.live(1.0 / per_min, per_min)
        trapped.append(breather.lungs.trapped_mmhg)
    assert trapped[:2] == [0.0, 0.0]
    assert trapped[2] < 1.5
    assert trapped[3] > 4.0
    waiting = breather.lungs.trapped_mmhg
    breather.live(0.2)
    assert breather.lungs.trapped_mmhg < 0.2 * waiting
    breather.lungs.held_ml = breather.lungs.trapped_mmhg = 9.0
    let_air_out(breather.lungs)
    assert (breather.lungs.held_ml, breather.lungs.trapped_mmhg) == (0.0, 0.0)


def test_the_finger_probe_lags_and_shows_nothing_without_a_pulse_it_trusts() -> None:
    breather = arrested()
    breather.live(3.0, 10.0)

    def reading(pulse: bool, since_ms: int) -> int:
        return probe_reading(breather.lungs, breather.pl, breather.circulation, breather.blood, pulse, since_ms,
                             breather.now_ms)  # fmt: skip

    assert reading(False, 0) == -1
    breather.hearts(NORMAL_L_MIN, 1.0)
    rosc_ms = breather.now_ms
    first_ms = NEVER_MS
    while first_ms == NEVER_MS and breather.now_ms < rosc_ms + 120_000:
        breather.live(LOOK_MS / 60_000, 0.0)
        if reading(True, rosc_ms) >= 0:
            first_ms = breather.now_ms
    assert 30_000 <= first_ms - rosc_ms <= 60_000
    breather.circulation.diastolic_mmhg = breather.circulation.systolic_mmhg - 10
    assert reading(True, rosc_ms) == -1
    breather.hearts(NORMAL_L_MIN, 1.0)
    breather.blood.temperature_degc = 27.0
    assert reading(True, rosc_ms) == -1


def test_the_finger_probe_follows_in_fifteen_seconds_and_slower_when_the_hand_is_cold_of_blood() -> None:
    lags = []
    for flow in (NORMAL_L_MIN, 1.2):
        breather = Breather()
        breather.live(1.0, 12.0)
        breather.hearts(flow, 1.0)
        breather.lungs.probe_pct = 60.0
        looks = 0
        while breather.lungs.probe_pct < 60.0 + 0.632 * (100.0 * breather.lungs.saturation - 60.0):
            breather.look()
            looks += 1
        lags.append(looks * LOOK_MS / 1000)
    assert lags[0] == pytest.approx(15, abs=1.5)
    assert lags[1] > 1.8 * lags[0]


def test_read_oxygen_pressure_and_saturation_belong_to_the_content() -> None:
    breather = Breather()
    for _ in range(12):
        breather.live(0.25, 10.0)
        lungs, p = breather.lungs, breather.pl
        cube = lungs.oxygen_mmhg**3 + 150 * lungs.oxygen_mmhg
        assert lungs.saturation == pytest.approx(cube / (cube + 23400), abs=0.003)
        content = 1.34 * 145 * lungs.saturation + 0.03 * lungs.oxygen_mmhg
        assert content == pytest.approx(lungs.arterial_oxygen, abs=0.05)
        assert p.air_pressure_mmhg == 713


def stored_ml(breather: Breather) -> float:
    """All oxygen of the model, mL at standard conditions."""
    lungs, p = breather.lungs, breather.pl
    alveolar = 1000 * lungs.alveolar_oxygen * lungs.volume_l / p.uptake_expansion
    return alveolar + lungs.arterial_oxygen * p.arterial_pool_l + lungs.venous_oxygen * p.venous_pool_l


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.floats(0.0, 8.0), st.floats(0.0, 1.0)), min_size=1, max_size=6), st.floats(0.0, 0.5))
def test_no_oxygen_comes_from_nowhere(courses: list[tuple[float, float]], shunt: float) -> None:
    breather = Breather(overrides={"shunt_share": shunt})
    breather.burden.obstruction = 1.0
    before = stored_ml(breather)
    burned = 0.0
    for flow, beating in courses:
        breather.hearts(flow, beating)
        for _ in range(20):
            breather.look()
            burned += breather.lungs.uptake_ml_per_min * LOOK_MS / 60_000
    assert stored_ml(breather) == pytest.approx(before - burned, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(0.0, 10.0),
            st.floats(0.0, 1.0),
            st.sampled_from([MASK, TUBE]),
            st.integers(0, 2000),
            st.integers(0, 100),
            st.integers(0, 3000),
            st.integers(0, 30),
        ),
        max_size=12,
    ),
    st.fixed_dictionaries(
        {
            "shunt_share": st.floats(0.0, 0.7),
            "dead_share": st.floats(0.0, 0.8),
            "compliance": st.floats(0.1, 1.0),
            "airway_resistance": st.floats(1.0, 10.0),
            "obstruction": st.floats(0.0, 1.0),
        }
    ),
    st.floats(30.0, 200.0),
    st.floats(6.5, 7.8),
    st.floats(20.0, 42.0),
    st.floats(0.8, 4.0),
)
def test_whatever_flows_and_is_breathed_gases_stay_in_their_bounds(
    course: list[tuple[float, float, int, int, int, int, int]],
    burden: dict[str, float],
    haemoglobin: float,
    ph: float,
    degc: float,
    volume_l: float,
) -> None:
    blood = normal_blood()
    blood.haemoglobin_g_per_l, blood.ph, blood.temperature_degc = haemoglobin, ph, degc
    breather = Breather(overrides={"resting_volume_l": volume_l}, drive=1.0, blood=blood)
    for name, value in burden.items():
        setattr(breather.burden, name, value)
    for flow, beating, device, volume_ml, fio2, ms, looks in course:
        breather.hearts(flow, beating)
        breather.breath(volume_ml, fio2, device, ms)
        for _ in range(looks):
            breather.look()
        lungs = breather.lungs
        for share in (lungs.alveolar_oxygen, lungs.saturation, lungs.shunt_share, lungs.dead_share, lungs.collapsed):
            assert 0.0 <= share <= 1.0
        ceiling = 1.34 * haemoglobin + 0.03 * 713
        assert 0.0 <= lungs.venous_oxygen <= ceiling
        assert 0.0 <= lungs.arterial_oxygen <= ceiling
        for mmhg in (lungs.alveolar_mmhg, lungs.arterial_mmhg, lungs.venous_mmhg, lungs.exhaled_mmhg):
            assert 0.0 <= mmhg < 400.0
        assert 0.0 < lungs.oxygen_mmhg <= 713
        assert 0.0 <= lungs.trapped_mmhg < 100.0
        assert 0.0 <= lungs.probe_pct <= 100.0


def test_a_tube_that_slips_out_is_seen_at_the_next_breath() -> None:
    breather = Breather()
    breather.live(1.0, 12.0)
    change = AIRWAY_CHANGES.index("tube_out")
    change_airway(breather.airway, breather.pa, 1, breather.now_ms, change, breather.told)
    breather.live(0.1, 12.0)
    assert capnograph_reading(breather.lungs, breather.pl, breather.now_ms) == 0
