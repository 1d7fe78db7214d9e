"""Air takes the easier way: what reaches the lungs, what fills the stomach, and where a device really ends."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.sim.body.airway import (
    AIRWAY_CHANGES,
    BRONCHUS,
    CLEAR_FOREIGN_BODY,
    DECOMPRESS_STOMACH,
    MASK,
    NASAL,
    OESOPHAGUS,
    OPEN,
    ORAL,
    OUT,
    PULL_BACK,
    PUT_NASAL,
    PUT_ORAL,
    PUT_SGA,
    PUT_TUBE,
    REMOVE,
    SGA,
    SUCTION,
    TRACHEA,
    TUBE,
)
from game.sim.body.told import AIRWAY, VOMIT
from game.sim.events import AIRWAY_ACTS, DEVICES
from game.sim.laws.airway import change_airway
from tests.sim.laws.breathing import Breather

SURE = {
    "chance_open": 1.0,
    "chance_oral": 1.0,
    "chance_nasal": 1.0,
    "chance_foreign_body": 1.0,
    "chance_sga_first": 1.0,
    "chance_tube_first": 1.0,
    "chance_highest": 1.0,
    "chance_oesophagus": 0.0,
    "chance_bronchus": 0.0,
    "sga_leak_worst": 0.0,
}
"""Every act works and every tube lies well."""


def made(seed: int = 1, **overrides: float) -> Breather:
    """A patient without circulation, on whom every act works unless an override says otherwise."""
    return Breather(seed=seed, overrides={**SURE, **overrides}, flow_l_min=0.0, beating=0.0)


def tubed(place: int) -> Breather:
    """A patient with a tube that ends in `place`."""
    breather = made(chance_oesophagus=float(place == OESOPHAGUS), chance_bronchus=float(place == BRONCHUS))
    breather.act(PUT_TUBE)
    assert breather.airway.place == place
    return breather


def vomit(breather: Breather) -> None:
    """The stomach comes up."""
    change = AIRWAY_CHANGES.index("regurgitation")
    change_airway(breather.airway, breather.pa, breather.seed, breather.now_ms, change, breather.told)


def test_codes_are_the_positions_of_the_events_words() -> None:
    assert (DEVICES.index("mask"), DEVICES.index("sga"), DEVICES.index("tube")) == (MASK, SGA, TUBE)
    codes = {
        "open": OPEN,
        "suction": SUCTION,
        "opa": PUT_ORAL,
        "npa": PUT_NASAL,
        "sga": PUT_SGA,
        "tube": PUT_TUBE,
        "pull_back": PULL_BACK,
        "remove": REMOVE,
        "foreign_body": CLEAR_FOREIGN_BODY,
        "decompress_stomach": DECOMPRESS_STOMACH,
    }
    assert {word: AIRWAY_ACTS.index(word) for word in codes} == codes


def test_a_mask_without_an_adjunct_moves_a_fifth_less() -> None:
    breather = made()
    bare = breather.breath(500, device=MASK)
    for put, adjunct in ((PUT_ORAL, ORAL), (PUT_NASAL, NASAL)):
        helped = made()
        helped.act(put)
        assert helped.airway.adjunct == adjunct
        assert bare == pytest.approx(0.8 * helped.breath(500, device=MASK))
    assert breather.breath(500, device=MASK, seal=50.0) == pytest.approx(0.5 * bare)


def test_a_tube_or_an_extraglottic_airway_that_nobody_was_seen_to_place_sits_well() -> None:
    for device in (TUBE, SGA):
        breather = made()
        assert breather.breath(500, device=device) == pytest.approx(500)
        assert (breather.airway.device, breather.airway.place) == (device, TRACHEA)


def test_the_tongue_of_who_lies_flat_narrows_the_way_until_the_head_is_tilted() -> None:
    breather = made()
    breather.brain.stem = 0.0
    breather.look()
    flat = breather.airway.patency
    breather.act(OPEN)
    breather.look()
    assert flat < 0.5
    assert breather.airway.patency == 1.0


def test_a_foreign_body_lets_nothing_pass_until_it_is_out() -> None:
    breather = made()
    breather.causes.airway_obstruction = breather.burden.obstruction = 1.0
    assert breather.breath(500, device=MASK) == 0.0
    breather.act(CLEAR_FOREIGN_BODY)
    breather.burden.obstruction = breather.causes.airway_obstruction
    assert breather.breath(500, device=MASK) > 350


def test_only_a_forced_breath_through_an_unprotected_airway_fills_the_stomach() -> None:
    calm, forced, tube = made(), made(), made()
    calm.act(PUT_ORAL)
    forced.act(PUT_ORAL)
    calm.breath(500, device=MASK, ms=1000)
    reached = forced.breath(800, device=MASK, ms=400)
    assert tube.breath(800, device=TUBE, ms=400) == pytest.approx(800)
    assert calm.airway.peak_cmh2o < 20
    assert (calm.airway.stomach_ml, tube.airway.stomach_ml) == (0.0, 0.0)
    assert forced.airway.stomach_ml > 50
    assert reached + forced.airway.stomach_ml == pytest.approx(800)
    assert tube.airway.peak_cmh2o > 20


def test_a_full_stomach_takes_a_fifth_of_the_room_and_a_tube_into_it_gives_that_back() -> None:
    empty, full = made(), made(stomach_start_ml=1500)
    for breather in (empty, full):
        breather.breath(500, device=TUBE)
    assert full.airway.peak_cmh2o - 4 == pytest.approx((empty.airway.peak_cmh2o - 4) / 0.8)
    full.act(DECOMPRESS_STOMACH)
    full.breath(500, device=TUBE)
    assert full.airway.peak_cmh2o < empty.airway.peak_cmh2o * 1.05


def test_stiff_lungs_and_narrow_airways_are_hard_to_bag_and_the_hand_has_a_limit() -> None:
    breather = made()
    breather.breath(500, device=TUBE)
    normal = breather.airway.peak_cmh2o
    breather.burden.compliance = 0.3
    breather.breath(500, device=TUBE)
    stiff = breather.airway.peak_cmh2o
    breather.burden.airway_resistance = 6.0
    assert breather.breath(900, device=TUBE) < 600
    assert normal == pytest.approx(14, abs=2)
    assert stiff > 2 * normal
    assert breather.airway.peak_cmh2o == pytest.approx(60)


def test_ten_forced_breaths_make_one_in_twenty_vomit() -> None:
    vomited = 0
    for seed in range(600):
        breather = made(seed)
        for _ in range(10):
            breather.breath(900, device=MASK, ms=300)
        vomited += breather.airway.vomits > 0
    assert 0.03 <= vomited / 600 <= 0.07


def test_vomit_blocks_and_reaches_the_lungs_until_it_is_sucked_away() -> None:
    breather = made(1, stomach_start_ml=600)
    clean = breather.breath(500, device=MASK)
    vomit(breather)
    assert (breather.told.kind[0], breather.told.a[0]) == (VOMIT, 300)
    assert breather.breath(500, device=MASK) < 0.7 * clean
    assert breather.airway.aspirated > 0.03
    breather.act(SUCTION)
    inhaled = breather.airway.aspirated
    assert breather.breath(500, device=MASK) > 0.9 * clean
    assert breather.airway.aspirated - inhaled < 0.2 * inhaled


def test_a_cuff_in_the_trachea_keeps_vomit_out_of_the_lungs() -> None:
    inhaled = []
    for device in (MASK, SGA, TUBE):
        breather = made()
        breather.airway.soiled = 0.8
        for _ in range(5):
            breather.breath(500, device=device)
        inhaled.append(breather.airway.aspirated)
    assert inhaled[0] > 2 * inhaled[1] > 0.0
    assert inhaled[2] == 0.0
    breather = tubed(TRACHEA)


def test_who_guards_his_throat_vomits_when_an_oral_airway_is_put_in_and_coughs_it_free() -> None:
    vomited = []
    for stem in (0.0, 1.0):
        count = 0
        for seed in range(200):
            breather = made(seed)
            breather.brain.stem = stem
            breather.act(PUT_ORAL)
            count += breather.airway.vomits
        vomited.append(count / 200)
    assert vomited[0] == 0.0
    assert 0.4 <= vomited[1] <= 0.6
    awake = Breather(drive=1.0)
    awake.airway.soiled = 0.8
    awake.live(5.0)
    assert awake.airway.soiled < 0.1


def test_tubes_succeed_and_go_astray_as_often_as_published() -> None:
    first, second, places = 0, 0, [0, 0, 0, 0]
    trials = 2000
    for seed in range(trials):
        breather = Breather(seed=seed)
        breather.act(PUT_TUBE)
        assert (breather.told.kind[0], breather.told.a[0]) == (AIRWAY, TUBE)
        if breather.told.b[0]:
            first += 1
            places[breather.airway.place] += 1
        else:
            assert breather.airway.device == MASK
            breather.act(PUT_TUBE)
            second += breather.told.b[1]
    assert first / trials == pytest.approx(0.80, abs=0.03)
    assert second / (trials - first) == pytest.approx(0.75, abs=0.06)
    assert places[OESOPHAGUS] / first == pytest.approx(0.06, abs=0.02)
    assert places[BRONCHUS] / first == pytest.approx(0.05, abs=0.02)


def test_extraglottic_airways_succeed_at_once_in_nearly_nine_of_ten_and_some_leak() -> None:
    leaks = []
    for seed in range(2000):
        breather = Breather(seed=seed)
        breather.act(PUT_SGA)
        if breather.told.b[0]:
            leaks.append(breather.airway.sga_leak)
    assert 0.87 <= len(leaks) / 2000 <= 0.90
    assert min(leaks) < 0.01
    assert 0.25 < max(leaks) <= 0.3


def test_skill_and_a_clean_throat_help_the_tube() -> None:
    def successes(skill_pct: float, soiled: float) -> int:
        count = 0
        for seed in range(400):
            breather = Breather(seed=seed)
            breather.airway.soiled = soiled
            breather.act(PUT_TUBE, skill_pct)
            count += breather.told.b[0]
        return count

    assert successes(60.0, 0.0) < successes(100.0, 0.8) < successes(100.0, 0.0) < successes(120.0, 0.0)


def test_the_nth_attempt_has_the_same_luck_whatever_came_between() -> None:
    for seed in range(50):
        plain, busy = Breather(seed=seed), Breather(seed=seed)
        plain.act(PUT_TUBE)
        for act in (OPEN, PUT_NASAL, PUT_SGA, REMOVE, PUT_TUBE):
            busy.act(act)
        assert (plain.airway.device, plain.airway.place) == (busy.airway.device, busy.airway.place)


def test_a_tube_in_the_oesophagus_blows_up_the_stomach_and_shows_at_most_six_fading_waves() -> None:
    breather = made(chance_oesophagus=1.0, stomach_start_ml=400)
    breather.act(PUT_TUBE)
    waves = []
    for _ in range(9):
        assert breather.breath(500, device=TUBE) == 0.0
        breather.live(0.1)
        waves.append(breather.lungs.exhaled_mmhg)
    assert 5 < waves[0] < 15
    assert all(later < earlier for earlier, later in pairwise(waves[:7]))
    assert waves[6:] == [0.0, 0.0, 0.0]
    assert breather.airway.stomach_ml > 3000
    flat = tubed(OESOPHAGUS)
    flat.breath(500, device=TUBE)
    flat.live(0.1)
    assert flat.lungs.exhaled_mmhg == 0.0


def test_a_tube_too_deep_is_pulled_back_and_one_that_slipped_is_taken_out() -> None:
    deep = tubed(BRONCHUS)
    deep.breath(500, device=TUBE)
    hard = deep.airway.peak_cmh2o
    deep.act(PULL_BACK)
    deep.breath(500, device=TUBE)
    assert (deep.airway.device, deep.airway.place) == (TUBE, TRACHEA)
    assert deep.airway.peak_cmh2o < 0.75 * hard
    slipped = tubed(TRACHEA)
    change = AIRWAY_CHANGES.index("tube_out")
    change_airway(slipped.airway, slipped.pa, slipped.seed, 0, change, slipped.told)
    assert slipped.airway.place == OUT
    assert slipped.breath(500, device=TUBE) == 0.0
    assert slipped.airway.stomach_ml == 0.0
    slipped.act(REMOVE)
    assert slipped.breath(500, device=MASK) > 350


@pytest.mark.parametrize(
    ("change", "place"), [("tube_out", OUT), ("tube_deep", BRONCHUS), ("tube_in_oesophagus", OESOPHAGUS)]
)
def test_an_instructor_moves_a_tube_and_only_a_tube_that_is_there(change: str, place: int) -> None:
    code = AIRWAY_CHANGES.index(change)
    with_tube, without = tubed(TRACHEA), made()
    for breather in (with_tube, without):
        change_airway(breather.airway, breather.pa, breather.seed, 0, code, breather.told)
    assert with_tube.airway.place == place
    assert (without.airway.device, without.airway.place) == (MASK, TRACHEA)


def test_an_instructor_breaks_the_seal_of_an_extraglottic_airway() -> None:
    breather = Breather(overrides={**SURE, "sga_leak_worst": 0.3})
    breather.act(PUT_SGA)
    change_airway(breather.airway, breather.pa, 1, 0, AIRWAY_CHANGES.index("sga_leaks"), breather.told)
    assert breather.breath(500, device=SGA) == pytest.approx(350)


steps = st.one_of(
    st.tuples(st.just("act"), st.integers(0, len(AIRWAY_ACTS) - 1), st.integers(0, 150), st.just(0), st.just(0)),
    st.tuples(st.just("change"), st.integers(0, 4), st.just(0), st.just(0), st.just(0)),
    st.tuples(
        st.just("breath"), st.integers(0, 2), st.integers(0, 2500), st.integers(0, 4000), st.integers(0, 100)
    ),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 2**63),
    st.lists(steps, max_size=40),
    st.floats(0.0, 1.0),
    st.floats(0.1, 1.0),
    st.floats(1.0, 10.0),
    st.floats(0.0, 1.0),
)
def test_whatever_is_done_shares_stay_shares_and_no_gas_is_made(
    seed: int,
    course: list[tuple[str, int, int, int, int]],
    blocked: float,
    compliance: float,
    narrow: float,
    nausea: float,
) -> None:
    breather = Breather(seed=seed, drive=1.0)
    breather.effects.nausea = nausea
    airway = breather.airway
    for what, code, amount, ms, seal in course:
        breather.burden.obstruction, breather.burden.compliance = blocked, compliance
        breather.burden.airway_resistance = narrow
        before_ml = airway.stomach_ml
        if what == "act":
            breather.act(code, amount)
        elif what == "change":
            change_airway(airway, breather.pa, seed, breather.now_ms, code, breather.told)
        else:
            reached = breather.breath(amount, device=code, ms=ms, seal=seal)
            assert 0.0 <= reached <= amount
            assert reached + max(0.0, airway.stomach_ml - before_ml) <= amount + 1e-6
        breather.look()
        for share in (airway.patency, airway.soiled, airway.aspirated, airway.sga_leak):
            assert 0.0 <= share <= 1.0
        assert 0.0 <= airway.stomach_ml <= breather.pa.stomach_most_ml
        assert 0.0 <= airway.peak_cmh2o <= breather.pa.bag_limit_cmh2o + 1e-6
