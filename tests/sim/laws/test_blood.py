"""The blood turns sour where oxygen lacks, holds together by its own chemistry, and takes what is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from math import isfinite, log10

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.sim.body.blood import Blood
from game.sim.body.causes import Burden
from game.sim.body.drugs import Drugs
from game.sim.body.fluids import Fluids
from game.sim.body.lungs import Lungs
from game.sim.events import FLUIDS
from game.sim.formulary import drug_code, known_drugs, route_code
from game.sim.laws.blood import begin_blood, live_blood
from game.sim.laws.drugs import give_dose, live_drugs, start_infusion
from game.sim.params.blood import BloodParameters
from game.sim.params.drugs import DrugParameters
from game.sim.params.reader import read_group

DRUG_P = read_group(DrugParameters, "drugs")
LOOK_MIN = 0.5 / 60.0
DEMAND = 250.0
NORMAL = 5.0


@dataclass
class Vessel:
    """A patient of blood and drugs only: flow, oxygen, carbon dioxide and burden are what the test says."""

    start: Mapping[str, float] = field(default_factory=dict)
    flow_l_min: float = NORMAL
    uptake_ml_per_min: float = DEMAND
    arterial_mmhg: float = 40.0
    volume_ml: float = 5000.0
    weight_kg: float = 70.0

    def __post_init__(self) -> None:
        self.p = read_group(BloodParameters, "blood", self.start)
        self.blood, self.lungs, self.drugs, self.fluids, self.burden = Blood(), Lungs(), Drugs(), Fluids(), Burden()
        begin_blood(self.blood, self.p, 1.0, self.arterial_mmhg)

    def look(self) -> None:
        self.lungs.demand_ml_per_min = DEMAND
        self.lungs.uptake_ml_per_min = self.uptake_ml_per_min
        self.lungs.arterial_mmhg = self.arterial_mmhg
        live_drugs(self.drugs, DRUG_P, self.blood, self.flow_l_min, self.weight_kg, LOOK_MIN)
        live_blood(
            self.blood, self.p, self.lungs, self.drugs, DRUG_P, self.fluids, self.burden,
            self.flow_l_min, self.volume_ml, self.weight_kg, LOOK_MIN,
        )  # fmt: skip

    def wait(self, minutes: float) -> Vessel:
        for _ in range(round(minutes / LOOK_MIN)):
            self.look()
        return self

    def course(self, reading: str, minutes: float) -> list[float]:
        values = []
        for _ in range(round(minutes / LOOK_MIN)):
            self.look()
            values.append(getattr(self.blood, reading))
        return values

    def arrest(self, minutes: float, arterial_mmhg: float = 50.0) -> Vessel:
        self.flow_l_min, self.uptake_ml_per_min, self.arterial_mmhg = 0.0, 0.0, arterial_mmhg
        return self.wait(minutes)

    def cpr(self, minutes: float, flow_l_min: float, uptake_ml_per_min: float, arterial_mmhg: float) -> Vessel:
        self.flow_l_min, self.uptake_ml_per_min = flow_l_min, uptake_ml_per_min
        self.arterial_mmhg = arterial_mmhg
        return self.wait(minutes)

    def give(self, drug: str, amount: float, route: str = "iv") -> Vessel:
        give_dose(self.drugs, DRUG_P, drug_code(drug), amount, route_code(route), True)
        return self

    def hang(self, kind: str, ml: float) -> Vessel:
        self.fluids.given_ml[FLUIDS.index(kind)] += ml
        return self


@pytest.mark.parametrize("base_excess", [-25.0, -10.0, 0.0, 8.0])
@pytest.mark.parametrize("arterial_mmhg", [20.0, 40.0, 90.0])
@pytest.mark.parametrize("haemoglobin", [60.0, 145.0])
def test_ph_bicarbonate_base_and_carbon_dioxide_hold_together(
    base_excess: float, arterial_mmhg: float, haemoglobin: float
) -> None:
    """The equations of van Slyke and of Henderson and Hasselbalch, both at once."""
    start = {"base_excess": base_excess, "haemoglobin_g_per_l": haemoglobin}
    blood = Vessel(start, arterial_mmhg=arterial_mmhg).wait(0.1).blood
    mmol = haemoglobin / 16.114
    slyke = 24.4 - (2.3 * mmol + 7.7) * (blood.ph - 7.4) + blood.base_excess / (1.0 - 0.023 * mmol)
    assert blood.base_excess == pytest.approx(base_excess)
    assert blood.bicarbonate_mmol_l == pytest.approx(max(slyke, 0.5), abs=1e-6)
    assert blood.ph == pytest.approx(6.1 + log10(blood.bicarbonate_mmol_l / (0.0307 * arterial_mmhg)), abs=1e-6)


def test_a_healthy_gas_is_normal() -> None:
    blood = Vessel().wait(30.0).blood
    assert blood.ph == pytest.approx(7.40, abs=0.01)
    assert blood.bicarbonate_mmol_l == pytest.approx(24.4, abs=0.3)
    assert blood.lactate_mmol_l == pytest.approx(1.0)
    assert blood.potassium_mmol_l == pytest.approx(4.2, abs=0.01)
    assert blood.metabolism == pytest.approx(1.0)


def test_ph_follows_when_carbon_dioxide_leaps() -> None:
    leapt = Vessel(arterial_mmhg=25.0)
    leapt.arterial_mmhg = 110.0
    leapt.wait(2 * LOOK_MIN)
    assert leapt.blood.ph == pytest.approx(Vessel(arterial_mmhg=110.0).blood.ph, abs=1e-4)


def test_lactate_rises_by_the_oxygen_that_lacks() -> None:
    assert Vessel().arrest(10.0).blood.lactate_mmol_l == pytest.approx(7.0, abs=0.1)
    half = Vessel().cpr(10.0, 1.4, 0.5 * DEMAND, 45.0)
    assert half.blood.lactate_mmol_l == pytest.approx(4.0, abs=0.15)


def test_lactate_clears_once_blood_flows() -> None:
    patient = Vessel().arrest(10.0)
    high = patient.blood.lactate_mmol_l
    patient.cpr(60.0, 5.0, DEMAND, 40.0)
    assert 0.35 * high < patient.blood.lactate_mmol_l < 0.75 * high


@pytest.mark.parametrize(
    ("no_flow_min", "cpr_min", "flow", "uptake", "arterial_mmhg", "lactate", "ph"),
    [(8.0, 30.0, 1.3, 160.0, 74.0, 11.6, 6.96), (10.0, 30.0, 1.2, 150.0, 89.5, 13.6, 6.85)],
    ids=["pulse came back", "it did not"],
)
def test_kim_gas_on_arrival(
    no_flow_min: float, cpr_min: float, flow: float, uptake: float, arterial_mmhg: float, lactate: float, ph: float
) -> None:
    """C26, given the published carbon dioxide and a field arrest of usual length."""
    blood = Vessel().arrest(no_flow_min).cpr(cpr_min, flow, uptake, arterial_mmhg).blood
    assert blood.lactate_mmol_l == pytest.approx(lactate, rel=0.25)
    assert blood.ph == pytest.approx(ph, abs=0.05)


def test_potassium_leaks_from_starved_tissue() -> None:
    leaked = Vessel(arterial_mmhg=50.0).arrest(20.0).blood
    by_acid = 0.5 * (7.40 - leaked.ph)
    assert leaked.potassium_mmol_l - 4.2 - by_acid == pytest.approx(1.2, abs=0.08)
    cold = Vessel({"temperature_degc": 27.0}).arrest(20.0).blood
    assert cold.potassium_leaked_mmol_l == pytest.approx(leaked.potassium_leaked_mmol_l / 2.3, rel=0.01)


def test_potassium_goes_back_after_the_arrest() -> None:
    patient = Vessel().arrest(15.0)
    high = patient.blood.potassium_mmol_l
    patient.cpr(40.0, 5.0, DEMAND, 40.0)
    assert patient.blood.potassium_mmol_l < high - 0.5


def test_fifty_millimoles_of_bicarbonate() -> None:
    plain, treated = Vessel(), Vessel().give("bicarbonate", 50e3)
    plain.wait(5.0)
    treated.wait(5.0)
    assert treated.blood.base_excess - plain.blood.base_excess == pytest.approx(2.4, abs=0.25)
    assert treated.blood.ph - plain.blood.ph > 0.025
    assert treated.blood.potassium_mmol_l - plain.blood.potassium_mmol_l == pytest.approx(-0.3, abs=0.06)
    treated.wait(60.0)
    assert treated.blood.base_excess < 1.3


def test_bicarbonate_sets_carbon_dioxide_free_for_some_minutes() -> None:
    freed = [ml * LOOK_MIN for ml in Vessel().give("bicarbonate", 50e3).course("carbon_dioxide_ml_per_min", 15.0)]
    assert sum(freed) == pytest.approx(50.0 * 22.3 * 0.25, rel=0.02)
    assert sum(freed[: round(4.0 / LOOK_MIN)]) > 0.9 * sum(freed)


def test_calcium_leaves_potassium_alone() -> None:
    plain, treated = (Vessel({"potassium_mmol_l": 8.0}) for _ in range(2))
    treated.give("calcium_chloride", 1e6)
    assert treated.wait(10.0).blood.potassium_mmol_l == plain.wait(10.0).blood.potassium_mmol_l
    assert treated.drugs.effects.membrane > 0.6


def test_insulin_with_glucose_lowers_potassium_within_the_hour() -> None:
    patient = Vessel({"potassium_mmol_l": 7.5}).give("insulin", 10e6).give("glucose", 25e6)
    course = patient.course("potassium_mmol_l", 60.0)
    assert course[round(5.0 / LOOK_MIN)] > 7.1
    assert -1.0 <= course[-1] - 7.5 <= -0.6
    assert patient.blood.glucose_mmol_l > 4.5


def test_insulin_alone_empties_the_sugar() -> None:
    fall = 7.5 - Vessel().give("insulin", 10e6).wait(60.0).blood.glucose_mmol_l
    assert 2.0 < fall < 6.0


def test_potassium_pushed_with_a_pulse_floods_the_heart_and_run_in_slowly_does_not() -> None:
    pushed = max(Vessel().give("potassium_chloride", 20e3).course("potassium_mmol_l", 5.0))
    patient = Vessel({"potassium_mmol_l": 2.2})
    start_infusion(patient.drugs, DRUG_P, drug_code("potassium_chloride"), 20e3 / 60.0, route_code("iv"))
    course = patient.course("potassium_mmol_l", 60.0)
    assert pushed > 7.0
    assert max(course) < 3.8
    assert course[-1] > 2.7


def test_potassium_in_a_hypokalaemic_arrest_reaches_the_wanted_level() -> None:
    """20 mmol over 2.5 min and 10 over 2 min, carried by compressions."""
    patient = Vessel({"potassium_mmol_l": 1.8}, flow_l_min=1.3)
    code = drug_code("potassium_chloride")
    for per_min, minutes in ((8e3, 2.5), (5e3, 2.0), (0.0, 6.0)):
        start_infusion(patient.drugs, DRUG_P, code, per_min, route_code("iv"))
        patient.wait(minutes)
    assert 3.0 < patient.blood.potassium_mmol_l < 5.0


def test_calcium_rises_by_what_the_salt_holds() -> None:
    chloride = max(Vessel().give("calcium_chloride", 1e6).course("calcium_mmol_l", 10.0)) - 1.15
    gluconate = max(Vessel().give("calcium_gluconate", 1e6).course("calcium_mmol_l", 10.0)) - 1.15
    assert 0.15 < chloride < 0.5
    assert gluconate == pytest.approx(chloride / 3.0, rel=0.05)


def test_citrate_of_banked_blood_binds_calcium_until_the_liver_has_it() -> None:
    shocked = Vessel({"haemoglobin_g_per_l": 60.0}, flow_l_min=1.5, volume_ml=3500.0).hang("blood", 1200.0).wait(1.0)
    low = shocked.blood.calcium_mmol_l
    assert 0.6 < low < 0.95
    repaired = shocked.give("calcium_chloride", 1e6).wait(6.0).blood.calcium_mmol_l
    assert repaired > low + 0.15
    flowing = Vessel(volume_ml=3500.0).hang("blood", 1200.0).wait(20.0).blood.calcium_mmol_l
    assert flowing > 1.05


def test_magnesium_rises_and_falls() -> None:
    course = Vessel().give("magnesium_sulfate", 2e6).course("magnesium_mmol_l", 90.0)
    assert 1.2 < max(course) < 1.6
    assert course[-1] < 1.15


def test_glucose_comes_up_within_minutes() -> None:
    course = Vessel({"glucose_mmol_l": 1.2}).give("glucose", 25e6).course("glucose_mmol_l", 5.0)
    assert 7.0 < course[-1] < 13.0
    assert course[round(2.0 / LOOK_MIN)] > 5.0


def test_glucagon_frees_sugar() -> None:
    rise = Vessel({"glucose_mmol_l": 2.0}).give("glucagon", 1000.0, "im").wait(20.0).blood.glucose_mmol_l - 2.0
    assert 0.8 < rise < 4.0


def test_burdens_move_sugar_potassium_and_acid() -> None:
    patient = Vessel()
    patient.burden.glucose_mmol_per_min = -1.4
    patient.burden.potassium_mmol_per_min = 0.7
    patient.burden.acid_mmol_per_min = 2.1
    patient.wait(10.0)
    assert patient.blood.glucose_mmol_l == pytest.approx(6.5, abs=0.01)
    assert patient.blood.potassium_pool_mmol_l - Vessel().blood.potassium_pool_mmol_l == pytest.approx(0.5, abs=0.01)
    assert patient.blood.base_excess == pytest.approx(-1.0, abs=0.01)
    patient.burden.potassium_mmol_per_min = -0.7
    patient.wait(10.0)
    assert patient.blood.potassium_mmol_l < 4.3


def test_a_sour_start_is_kept() -> None:
    blood = Vessel({"base_excess": -20.0, "lactate_mmol_l": 6.0}, arterial_mmhg=30.0).wait(1.0).blood
    assert blood.base_excess == pytest.approx(-20.0, abs=0.1)
    assert 6.95 < blood.ph < 7.15


def test_bags_dilute_or_carry() -> None:
    assert Vessel(volume_ml=5000.0).hang("crystalloid", 1000.0).wait(0.1).blood.haemoglobin_g_per_l == pytest.approx(
        116.0
    )
    anaemic = Vessel({"haemoglobin_g_per_l": 60.0}, volume_ml=4000.0).hang("blood", 600.0).wait(0.1)
    assert 75.0 < anaemic.blood.haemoglobin_g_per_l < 85.0
    assert anaemic.fluids.given_ml == [0.0] * len(FLUIDS)


@pytest.mark.parametrize(
    ("kind", "low", "high"), [("cold", -0.8, -0.4), ("crystalloid", -0.5, -0.1), ("warm", 0.0, 0.1)]
)
def test_a_litre_brings_its_own_heat(kind: str, low: float, high: float) -> None:
    change = Vessel().hang(kind, 1000.0).wait(0.1).blood.temperature_degc - 37.0
    assert low < change < high


def test_a_bare_body_cools_and_a_burden_warms() -> None:
    bare = Vessel({"exposed_share": 1.0}).wait(10.0)
    assert bare.blood.temperature_degc == pytest.approx(36.7, abs=0.01)
    warmed = Vessel({"temperature_degc": 27.0})
    assert warmed.blood.metabolism == pytest.approx(1.0 / 2.3, rel=1e-6)
    warmed.burden.warming_degc_per_min = 0.3
    warmed.wait(10.0)
    assert warmed.blood.temperature_degc == pytest.approx(30.0, abs=0.01)
    assert warmed.blood.metabolism == pytest.approx(2.3**-0.7, rel=1e-6)


LOADS = st.tuples(
    st.sampled_from(known_drugs()),
    st.floats(0.0, 1e8),
    st.sampled_from(FLUIDS),
    st.floats(0.0, 3000.0),
    st.floats(0.0, 8.0),
    st.floats(0.0, 400.0),
    st.floats(5.0, 250.0),
    st.floats(-20.0, 20.0),
)


@settings(max_examples=60, deadline=None)
@given(loads=st.lists(LOADS, min_size=1, max_size=12))
def test_readings_stay_within_what_a_body_can_hold(
    loads: list[tuple[str, float, str, float, float, float, float, float]],
) -> None:
    patient = Vessel()
    for drug, amount, kind, ml, flow, uptake, arterial_mmhg, burden in loads:
        patient.give(drug, amount).hang(kind, ml)
        patient.burden.acid_mmol_per_min = burden
        patient.burden.potassium_mmol_per_min = -burden
        patient.burden.glucose_mmol_per_min = burden
        patient.burden.warming_degc_per_min = 0.1 * burden
        patient.cpr(0.2, flow, uptake, arterial_mmhg)
        blood, p = patient.blood, patient.p
        assert all(isfinite(getattr(blood, each.name)) for each in fields(Blood))
        assert p.ph_lowest <= blood.ph <= p.ph_highest
        assert p.bicarbonate_lowest_mmol_l <= blood.bicarbonate_mmol_l < 200.0
        assert p.base_excess_lowest <= blood.base_excess <= p.base_excess_highest
        assert 0.0 <= blood.lactate_mmol_l <= p.lactate_highest_mmol_l
        assert p.potassium_lowest_mmol_l <= blood.potassium_mmol_l <= p.potassium_highest_mmol_l
        assert p.calcium_lowest_mmol_l <= blood.calcium_mmol_l <= p.calcium_highest_mmol_l
        assert p.magnesium_mmol_l <= blood.magnesium_mmol_l <= p.magnesium_highest_mmol_l
        assert p.glucose_lowest_mmol_l <= blood.glucose_mmol_l <= p.glucose_highest_mmol_l
        assert p.haemoglobin_lowest_g_per_l <= blood.haemoglobin_g_per_l <= p.haemoglobin_highest_g_per_l
        assert p.temperature_lowest_degc <= blood.temperature_degc <= p.temperature_highest_degc
        assert 0.1 < blood.metabolism < 2.0
        assert blood.buffering_ml >= 0.0
        assert blood.citrate_mmol >= 0.0
