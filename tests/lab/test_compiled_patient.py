"""The compiled patient is the patient: the same bits after the same care, however it is cut, from either's snapshot."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.sim import (
    AirwayAct,
    Breath,
    Case,
    Compression,
    Dose,
    Event,
    Fluid,
    Happening,
    Infuse,
    Inject,
    Pace,
    Patient,
    Rhythm,
    Sample,
    Shock,
    Treat,
    known_drugs,
    known_routes,
)
from game.sim.body.whole import Body
from game.sim.events import AIRWAY_ACTS, CHANGES, DEVICES, FLUIDS, SIDES, TREATMENTS
from game.sim.plain import to_plain
from lab.compiled.patient import CompiledPatient
from tests.sim import course_script

SEED = course_script.SEED
TO_MS = 120_000


@cache
def pure_course() -> list[str]:
    return course_script.hashes(Patient.new(course_script.case(), SEED))


def test_a_course_of_every_kind_of_care_has_the_same_hashes_and_happenings() -> None:
    assert course_script.hashes(CompiledPatient.new(course_script.case(), SEED)) == pure_course()


def treated(kind: type[Patient]) -> Patient:
    patient = kind.new(course_script.case(), SEED)
    for event in course_script.care():
        patient.apply(event)
    return patient


@given(st.lists(st.integers(1, 20_000), min_size=1, max_size=30))
@settings(max_examples=10, deadline=None)
def test_how_time_is_cut_changes_nothing(pieces_ms: list[int]) -> None:
    cut, whole = treated(CompiledPatient), treated(CompiledPatient)
    heard: list[Happening] = []
    to_ms = 0
    for piece_ms in pieces_ms:
        to_ms += piece_ms
        cut.advance(to_ms)
        heard += cut.drain()
    whole.advance(to_ms)
    assert cut.state_hash() == whole.state_hash()
    assert heard == whole.drain()


@pytest.mark.parametrize(("kind", "other"), [(Patient, CompiledPatient), (CompiledPatient, Patient)])
def test_a_snapshot_of_one_is_continued_by_the_other(kind: type[Patient], other: type[Patient]) -> None:
    first = treated(kind)
    first.advance(TO_MS)
    second = other.restore(first.case, first.snapshot())
    assert second.state_hash() == first.state_hash()
    for patient in (first, second):
        patient.drain()
        patient.advance(TO_MS + 30_000)
    assert second.state_hash() == first.state_hash()
    assert second.drain() == first.drain()


def test_its_monitors_show_pythons_own_numbers_and_the_same_ones() -> None:
    pure, compiled = treated(Patient), treated(CompiledPatient)
    for to_ms in (20_000, 65_000, TO_MS):
        pure.advance(to_ms)
        compiled.advance(to_ms)
        seen = {name: getattr(pure, name) for name in dir(Patient) if isinstance(getattr(Patient, name), property)}
        assert to_plain(compiled.body, Body) == to_plain(seen.pop("body"))
        seen.pop("trace")
        same = {name: getattr(compiled, name) for name in seen}
        assert same == seen
        assert {name: type(value) for name, value in same.items()} == {
            name: type(value) for name, value in seen.items()
        }


def test_an_event_that_comes_late_and_a_sample_behind_it_enter_in_order() -> None:
    ends = set()
    for kind in (Patient, CompiledPatient):
        patient = kind.new(Case.of(), SEED)
        patient.advance(10_000)
        for event in late():
            patient.apply(event)
        patient.advance(90_000)
        ends.add((patient.state_hash(), repr(patient.drain())))
    assert len(ends) == 1


def late() -> list[Event]:
    return [
        Compression(3_000, 120, 120, 50_000, 0),
        Sample(4_000, "gas"),
        Breath(5_000, 1_000, 500, 100, "mask"),
        Dose(6_000, "epinephrine", 1_000, "iv"),
        Sample(10_004, "glucose"),
        Shock(10_004, 200),
    ]


def whatever_is_done() -> st.SearchStrategy[Event]:
    ms = st.integers(0, 40_000)
    return st.one_of(
        st.builds(
            Compression, ms, st.integers(1, 400), st.integers(1, 400), st.integers(0, 90_000), st.integers(0, 9_000)
        ),
        st.builds(
            Breath, ms, st.integers(1, 3_000), st.integers(0, 1_200), st.integers(21, 100), st.sampled_from(DEVICES)
        ),
        st.builds(Shock, ms, st.integers(0, 360), st.booleans()),
        st.builds(Pace, ms, st.integers(0, 120), st.integers(0, 200)),
        st.builds(Dose, ms, st.sampled_from(known_drugs()), st.integers(0, 10**7), st.sampled_from(known_routes())),
        st.builds(Infuse, ms, st.sampled_from(known_drugs()), st.integers(0, 10**4), st.just("iv")),
        st.builds(Fluid, ms, st.integers(0, 2_000), st.integers(0, 60_000), st.sampled_from(FLUIDS)),
        st.builds(AirwayAct, ms, st.sampled_from(AIRWAY_ACTS)),
        st.builds(Treat, ms, st.sampled_from(TREATMENTS), st.sampled_from(SIDES)),
        st.builds(Inject, ms, st.sampled_from(CHANGES), st.integers(0, 5_000)),
    )


@given(
    st.integers(0, 2**40),
    st.sampled_from([rhythm for rhythm in Rhythm if rhythm is not Rhythm.PACED]),
    st.lists(whatever_is_done(), max_size=25),
)
@settings(max_examples=40, deadline=None)
def test_whatever_is_done_to_whomever_both_end_alike(seed: int, rhythm: Rhythm, events: list[Event]) -> None:
    case = Case.of(rhythm, temperature_degc=31.0, potassium_mmol_l=6.5, pulmonary_obstruction=0.5)
    ends = set()
    for kind in (Patient, CompiledPatient):
        patient = kind.new(case, seed)
        for event in events:
            patient.apply(event)
        patient.advance(45_000)
        ends.add((patient.state_hash(), repr(patient.drain())))
    assert len(ends) == 1
