"""Readings and accounts of a whole patient that no other test asks for."""

from __future__ import annotations

from game.sim import Breath, Case, Patient
from game.sim.findings import sample
from game.sim.laws.circulation import volume_ml
from game.sim.monitors import BRAIN_HARMS


def test_fibrillation_is_called_by_its_grain_and_other_rhythms_are_not() -> None:
    grains = [Patient.new(Case.of("vf", energy=energy), 1).vf_grain for energy in (0.9, 0.3, 0.05)]
    assert grains == ["coarse", "medium", "fine"]
    assert not Patient.new(Case.of("sinus"), 1).vf_grain


def test_the_bag_shows_the_last_breath() -> None:
    patient = Patient.new(Case.of("asystole"), 1)
    assert (patient.breath_ml, patient.bag_cmh2o) == (0, 0)
    patient.apply(Breath(1_000, 1_000, 500, 100, "tube"))
    patient.advance(2_000)
    assert patient.breath_ml == 500
    easy = patient.bag_cmh2o
    patient.apply(Breath(6_000, 500, 700, 100, "tube"))
    patient.advance(7_000)
    assert patient.breath_ml == 700
    assert patient.bag_cmh2o > easy > 5


def test_what_hurts_the_brain_is_counted_in_minutes_with_a_pulse() -> None:
    hot = Patient.new(Case.of("sinus", temperature_degc=39.5, glucose_mmol_l=20), 1)
    cold = Patient.new(Case.of("asystole", temperature_degc=39.5, glucose_mmol_l=20), 1)
    for patient in (hot, cold):
        patient.advance(60_000)
    harm = dict(hot.brain_harm_min)
    assert tuple(harm) == BRAIN_HARMS
    assert 0.95 < harm["fever"] <= 1.02
    assert 0.95 < harm["glucose"] <= 1.02
    assert harm["hyperoxia"] == 0.0
    assert set(dict(cold.brain_harm_min).values()) == {0.0}


def test_who_begins_full_of_carbon_dioxide_breathes_hard_to_be_rid_of_it() -> None:
    full, usual = (Patient.new(Case.of("sinus", carbon_dioxide_mmhg=mmhg), 1) for mmhg in (70, 40))
    for patient in (full, usual):
        patient.advance(2_000)
    assert full.own_breaths_per_min > 1.8 * usual.own_breaths_per_min > 15


def test_what_is_counted_as_bled_has_left_the_vessels() -> None:
    """Also when the veins are nearly empty and give less than the wound would take."""
    patient = Patient.new(Case.of("sinus", bleeding_ml_per_min=500, veins_least_ml=2000), 1)
    before_ml = volume_ml(patient.body.circulation, patient.case.parameters.circulation)
    patient.advance(600_000)
    lost_ml = before_ml - volume_ml(patient.body.circulation, patient.case.parameters.circulation)
    assert 500.0 < lost_ml < 3600.0
    assert abs(patient.body.causes.bled_ml - lost_ml) < 0.01


def test_a_torn_liver_does_not_count_as_the_wound_of_the_case() -> None:
    patient = Patient.new(Case.of("sinus"), 1)
    patient.body.chest.bleeding_ml_per_min = 30.0
    patient.advance(60_000)
    assert patient.body.causes.bled_ml == 0.0


def test_where_potassium_has_taken_the_p_waves_there_is_no_pr_interval() -> None:
    for potassium_mmol_l, has_p_waves in ((4.2, True), (9.0, False)):
        patient = Patient.new(Case.of("sinus", potassium_mmol_l=potassium_mmol_l), 1)
        patient.advance(5_000)
        values = dict(sample("ecg12", patient.body, patient.case.parameters))
        assert values["rate_per_min"] > 0
        assert (values["pr_ms"] > 100) == has_p_waves
