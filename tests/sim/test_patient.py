"""The patient as a whole: the same bits however he is run, kept and given back, and safe against anything."""

from __future__ import annotations

from math import isfinite

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.sim import (
    Breath,
    Case,
    Compression,
    Dose,
    Event,
    Fluid,
    Flush,
    Patient,
    PulseChanged,
    Rhythm,
    Shock,
    known_drugs,
    known_routes,
)
from game.sim.plain import Plain
from tests.sim.care import breaths, compressions, early_shock, patient, watch, without

CASE = Case.of()
SHOCK_MS = 14_000
CARE: list[Event] = sorted(
    [
        *without(compressions(1_001, 24_000, lean_mm=3.0), (10_000, 15_000)),
        *breaths(2_003, 24_000, per_min=12),
        Shock(SHOCK_MS, 200),
        Dose(3_333, "epinephrine", 1000, "iv", True),
        Dose(4_444, "amiodarone", 300_000, "io_tibia"),
        Flush(5_555, "io_tibia"),
        Fluid(6_666, 250, 10_000),
    ],
    key=lambda event: event.ms,
)


def treated(seed: int = 7) -> Patient:
    made = Patient.new(CASE, seed)
    for event in CARE:
        made.apply(event)
    return made


ONE_GO = treated()
ONE_GO.advance(24_000)
ONE_GO_HASH = ONE_GO.state_hash()
ONE_GO_HAPPENINGS = ONE_GO.drain()


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 24_000), max_size=40))
def test_any_chopping_gives_the_same_bits(stops: list[int]) -> None:
    made = treated()
    for stop in sorted(stops):
        made.advance(stop)
    made.advance(24_000)
    assert made.state_hash() == ONE_GO_HASH
    assert made.drain() == ONE_GO_HAPPENINGS


@settings(max_examples=10, deadline=None)
@given(st.integers(1, 400), st.integers(0, 500))
def test_events_handed_in_along_the_way_give_the_same_bits(tick_ms: int, ahead_ms: int) -> None:
    made = Patient.new(CASE, 7)
    waiting = list(CARE)
    for now in range(0, 24_000, tick_ms):
        made.advance(now)
        while waiting and waiting[0].ms <= now + tick_ms + ahead_ms:
            made.apply(waiting.pop(0))
    made.advance(24_000)
    assert made.state_hash() == ONE_GO_HASH


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 24_000))
def test_a_patient_restored_from_a_keyframe_goes_on_identically(at_ms: int) -> None:
    made = treated()
    made.advance(at_ms)
    again = Patient.restore(CASE, made.snapshot())
    assert again.state_hash() == made.state_hash()
    again.advance(24_000)
    assert again.state_hash() == ONE_GO_HASH


def characters(plain: Plain) -> int:
    return len(repr(plain))


def test_a_keyframe_is_small_and_plain() -> None:
    made = treated()
    assert characters(made.snapshot()) < 20_000

    def check(plain: Plain) -> None:
        if isinstance(plain, list):
            for item in plain:
                check(item)
        else:
            assert type(plain) in {int, float, str}

    check(made.snapshot())


def test_a_keyframe_survives_tuples() -> None:
    def frozen(plain: Plain) -> object:
        return tuple(frozen(item) for item in plain) if isinstance(plain, list) else plain

    made = treated()
    made.advance(9_000)
    again = Patient.restore(CASE, frozen(made.snapshot()))  # type: ignore[arg-type]
    assert again.state_hash() == made.state_hash()


@pytest.mark.parametrize("junk", [[], ["Body"], 3, "x", ["Body", *range(40)]])
def test_junk_is_no_keyframe(junk: Plain) -> None:
    with pytest.raises(ValueError, match="is no"):
        Patient.restore(CASE, junk)


def test_another_seed_is_another_patient() -> None:
    assert treated(8).state_hash() != treated(9).state_hash()


def test_a_late_compression_enters_at_the_earliest_open_step() -> None:
    on_time, late = patient(1), patient(1)
    on_time.apply(Compression(1_000, 120, 120, 50_000, 0))
    for made in (on_time, late):
        made.advance(1_000)
    late.apply(Compression(400, 120, 120, 50_000, 0))
    for made in (on_time, late):
        made.advance(1_200)
    assert on_time.state_hash() == late.state_hash()


def test_a_late_shock_is_stamped_when_it_really_came() -> None:
    made = patient(1)
    made.advance(5_002)
    made.apply(Shock(3_000, 200))
    made.advance(6_000)
    assert made.drain()[0].ms == 5_000


def test_events_of_the_same_millisecond_act_in_the_order_given() -> None:
    first = patient(1, [Dose(1_000, "epinephrine", 1000, "iv"), Flush(1_000, "iv")])
    second = patient(1, [Flush(1_000, "iv"), Dose(1_000, "epinephrine", 1000, "iv")])
    first.advance(1_500)
    second.advance(1_500)
    assert first._body.drugs.transits[0].flushed
    assert not second._body.drugs.transits[0].flushed


def any_event() -> st.SearchStrategy[Event]:
    ms = st.integers(-1_000, 20_000)
    span = st.integers(-10, 3_000)
    return st.one_of(
        st.builds(Compression, ms, span, span, st.integers(-5_000, 200_000), st.integers(-5_000, 200_000)),
        st.builds(
            Breath, ms, span, st.integers(-100, 3_000), st.integers(0, 100), st.sampled_from(["mask", "tube", ""])
        ),
        st.builds(Shock, ms, st.integers(-5, 1_000)),
        st.builds(
            Dose,
            ms,
            st.sampled_from([*known_drugs(), "water"]),
            st.integers(-5, 10_000_000),
            st.sampled_from(known_routes()),
            st.booleans(),
        ),
        st.builds(Flush, ms, st.sampled_from(known_routes())),
        st.builds(Fluid, ms, st.integers(-10, 2_000), span),
    )


@settings(max_examples=40, deadline=None)
@given(
    st.lists(any_event(), max_size=60),
    st.sampled_from([rhythm.value for rhythm in Rhythm]),
    st.integers(0, 2**63),
    st.integers(100, 3_000),
)
def test_nothing_that_is_done_breaks_the_body(events: list[Event], rhythm: str, seed: int, tick_ms: int) -> None:
    made = Patient.new(Case.of(rhythm), seed)
    given_ml = sum(max(0, event.volume_ml) for event in events if isinstance(event, Fluid))
    before_ml = sum(made.compartments_ml)
    for number, event in enumerate(events):
        made.apply(event)
        made.advance(number * tick_ms // 4)
    made.advance(30_000)
    assert all(isfinite(ml) and ml >= 0.0 for ml in made.compartments_ml)
    assert before_ml * (1 - 1e-9) <= sum(made.compartments_ml) <= (before_ml + given_ml) * (1 + 1e-9)
    assert 0.0 <= made.energy <= 1.0
    assert 0.0 <= made._body.circulation.depth_mm <= 80.0
    assert 0.0 <= made.saturation_pct <= 100.0
    assert isfinite(made.cpp_mmhg)
    assert isfinite(made.cardiac_output_l_min)
    assert made.has_pulse == (made.rhythm is Rhythm.SINUS)


def test_care_moves_the_heart_through_the_pulse_and_back_in_order() -> None:
    changes = [
        h.pulse
        for seed in range(15)
        for h in watch(early_shock(seed), 1_000, 90_000, every_ms=5_000).happenings
        if isinstance(h, PulseChanged)
    ]
    assert 1 in changes
    assert 0 in changes


def test_a_pulse_must_hold_for_ten_seconds() -> None:
    for seed in range(20):
        course = watch(early_shock(seed), 1_000, 60_000, every_ms=1_000)
        if course.rosc_ms is not None:
            assert course.rosc_ms >= course.first_shock.ms + 10_000


def test_a_patient_nobody_touches_never_has_a_pulse_again() -> None:
    for seed, rhythm in enumerate(["vf", "pvt", "asystole", "pea"] * 2):
        made = patient(seed, rhythm=rhythm)
        course = watch(made, 1_000, 240_000, every_ms=10_000)
        assert course.rosc_ms is None
        assert not made.has_pulse
        assert made.systolic_mmhg < 60
