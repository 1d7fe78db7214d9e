"""What the two guidelines ask for, and that nothing in them is beyond what an adult is ever given."""

from __future__ import annotations

import pytest

from game.content import Pack, load_pack
from game.content.limits import limits
from game.sim.formulary import known_drugs

MINUTE = 60


@pytest.fixture
def american(aha: str) -> Pack:
    return load_pack(aha, "aha2025.toml")


@pytest.fixture
def european(erc: str) -> Pack:
    return load_pack(erc, "erc2025.toml")


def test_epinephrine_waits_for_the_second_shock_there_and_the_third_here(american: Pack, european: Pack) -> None:
    assert american.drugs["epinephrine"].after_shock == (2,)
    assert european.drugs["epinephrine"].after_shock == (3,)
    for pack in (american, european):
        drug = pack.drugs["epinephrine"]
        assert drug.at_once
        assert drug.doses_ug == (1000,)
        assert drug.repeat_s == (3 * MINUTE, 5 * MINUTE)


def test_the_first_shock_and_the_steps_above_it(american: Pack, european: Pack) -> None:
    assert american.energies_j[american.first_step :] == (200, 300, 360)
    assert european.energies_j[european.first_step :] == (150, 200, 360)
    assert (american.vector_change_after, european.vector_change_after) == (0, 3)


def test_each_energy_of_cardioversion_is_on_the_device(american: Pack, european: Pack) -> None:
    assert (american.cardioversion.af_j, american.cardioversion.wide_j) == (200, 100)
    assert (european.cardioversion.af_j, european.cardioversion.wide_j) == (360, 120)
    for pack in (american, european):
        wanted = {getattr(pack.cardioversion, kind) for kind in ("af_j", "flutter_j", "narrow_j", "wide_j")}
        assert wanted <= set(pack.energies_j)


def test_atropine_pauses_and_oxygen_differ(american: Pack, european: Pack) -> None:
    assert american.drugs["atropine"].doses_ug == (1000,)
    assert european.drugs["atropine"].doses_ug == (500,)
    assert (american.max_pause_s, european.max_pause_s) == (10, 5)
    assert [pack.rosc.spo2_pct for pack in (american, european)] == [(90, 98), (94, 98)]


def test_antiarrhythmics_belong_to_rhythms_that_a_shock_may_end(american: Pack, european: Pack) -> None:
    for pack in (american, european):
        assert pack.drugs["amiodarone"].doses_ug == (300_000, 150_000)
        for name in ("amiodarone", "lidocaine"):
            assert pack.drugs[name].after_shock == (3, 5)
            assert "nonshockable" not in pack.drugs[name].rhythms


def test_potassium_is_pushed_in_one_guideline_and_never_with_a_pulse(american: Pack, european: Pack) -> None:
    assert american.drugs["potassium_chloride"].causes == ()
    assert european.drugs["potassium_chloride"].causes == ("hypokalemia",)
    for pack in (american, european):
        drug = pack.drugs["potassium_chloride"]
        assert drug.danger_with_pulse_ug is not None
        assert drug.danger_with_pulse_ug <= min(drug.doses_ug)


def test_calcium_and_bicarbonate_spoil_each_other(american: Pack, european: Pack) -> None:
    for pack in (american, european):
        for one, other in (("calcium_chloride", "bicarbonate"), ("bicarbonate", "calcium_chloride")):
            assert other in pack.drugs[one].clashes


def test_task_times_are_those_of_the_clinical_reference(american: Pack, european: Pack) -> None:
    wanted = {"access_iv": 60, "access_io": 35, "sga": 20, "pump": 90, "ask": 6, "oral": 5}
    for pack in (american, european):
        assert {key: pack.tasks_ms[key] for key in wanted} == {key: s * 1000 for key, s in wanted.items()}
        assert 25_000 <= pack.tasks_ms["tube"] + pack.tasks_ms["tube_pass"] <= 45_000
        assert pack.drugs["epinephrine"].draw_ms == 5000


def test_every_drug_the_patient_knows_has_a_limit() -> None:
    assert set(limits()) == set(known_drugs())
    for name, limit in limits().items():
        assert limit.dose_ug or limit.rate_ug_per_min, name


def test_care_after_the_pulse_is_back_is_the_same_in_both(american: Pack, european: Pack) -> None:
    assert {care.key for care in american.care} == {care.key for care in european.care}
    assert {"nibp", "spo2", "ventilation", "ecg12", "glucose", "gas", "temperature"} <= {
        care.key for care in american.care
    }
