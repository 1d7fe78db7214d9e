"""What points to which cause names real signs, real values and real tiles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.content.clues import NO_CLUE, Band, Clue, clues
from game.rules.commands import CAUSES
from game.sim import Case, Patient
from game.sim.events import SAMPLES
from game.sim.findings import sample
from game.sim.params.findings import senses

ON_SCREENS = {"etco2", "spo2", "breaths"}


def every_clue() -> list[tuple[str, Clue]]:
    words = [(f"{sign}.{word}", clue) for sign, table in clues().signs.items() for word, clue in table.items()]
    bands = [(key, clue) for key, band in clues().bands.items() for clue in (band.low, band.high, band.within)]
    return words + bands


def test_every_sign_and_word_is_one_of_the_patient() -> None:
    for sign, words in clues().signs.items():
        assert sign in senses()
        assert set(words) <= set(senses()[sign].words)


def test_every_value_is_one_of_a_sample_and_none_is_missing() -> None:
    case = Case.of()
    patient = Patient.new(case, 1)
    told = {f"{kind}.{name}" for kind in SAMPLES for name, _ in sample(kind, patient.body, case.parameters)}
    assert set(clues().bands) == told | ON_SCREENS


def test_every_cause_is_a_tile_of_the_board() -> None:
    for key, clue in every_clue():
        assert set(clue.suggests) | set(clue.against) <= set(CAUSES), key
        assert not set(clue.suggests) & set(clue.against), key


def test_every_tile_of_the_board_has_evidence() -> None:
    assert {cause for _, clue in every_clue() for cause in clue.suggests} == set(CAUSES)


@pytest.mark.parametrize(
    ("key", "value", "cause"),
    [
        ("neck_veins", "flat", "hypovolemia"),
        ("breath_left", "absent", "tension_pneumothorax"),
        ("legs", "left_swollen", "thrombosis_pulmonary"),
        ("pupils", "pin", "toxins"),
        ("trace_t", "tall", "hyperkalemia"),
        ("gas.potassium_tenth_mmol_l", "84", "hyperkalemia"),
        ("labs.potassium_tenth_mmol_l", "19", "hypokalemia"),
        ("glucose.glucose_tenth_mmol_l", "12", "low_glucose"),
        ("temperature.core_tenth_degc", "270", "hypothermia"),
        ("gas.ph_thousandth", "6720", "acidosis"),
        ("gas.haemoglobin_g_l", "48", "hypovolemia"),
        ("ultrasound.effusion_mm", "12", "tamponade"),
        ("ultrasound.sliding_left", "0", "tension_pneumothorax"),
        ("ecg12.st_tenth_mm", "30", "thrombosis_coronary"),
        ("etco2", "60", "hypoxia"),
    ],
)
def test_the_textbook_clues_point_where_they_should(key: str, value: str, cause: str) -> None:
    assert cause in clues().of(key, value).suggests


def test_a_normal_value_speaks_against_its_cause() -> None:
    assert "low_glucose" in clues().of("glucose.glucose_tenth_mmol_l", "56").against
    assert "tamponade" in clues().of("ultrasound.effusion_mm", "0").against


def test_what_is_no_number_and_what_is_unknown_point_nowhere() -> None:
    assert clues().of("nibp.mean_mmhg", "---") is NO_CLUE
    assert clues().of("weather", "rain") is NO_CLUE
    assert not clues().of("neck_veins", "normal")


@given(st.sampled_from(sorted(clues().bands)), st.integers(-500, 10_000))
def test_a_normal_value_suggests_nothing_and_a_clue_is_never_normal(key: str, value: int) -> None:
    band: Band = clues().bands[key]
    clue = clues().of(key, str(value))
    if clues().is_normal(key, value):
        assert clue == band.within
        assert not clue.suggests
    else:
        assert not clue.against
