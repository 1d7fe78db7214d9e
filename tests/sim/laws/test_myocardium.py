"""The heart muscle: how energy runs down and comes back, what it costs, and how hard the muscle contracts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.sim.body.latent import Latent
from game.sim.laws.myocardium import live_muscle, set_contractility, stun_by_shock
from game.sim.rhythm import ASYSTOLE, SINUS, VF, VT
from tests.sim.laws.heartlab import HEART, Heartlab, rhythm_parameters

LASTING = rhythm_parameters(
    vf_fades_per_min=0.0,
    pvt_degenerates_per_min=0.0,
    asystole_organises_per_min=0.0,
    asystole_fibrillates_per_min=0.0,
    rearrest_vf_other_per_min=0.0,
    rearrest_pea_early_per_min=0.0,
    rearrest_pea_late_per_min=0.0,
)
"""Rhythms that do not change by themselves."""


def after(minutes: float, rhythm: int = VF, **surroundings: float) -> Heartlab:
    """A heart after some minutes in this rhythm; without compressions unless there is a coronary pressure."""
    lab = Heartlab(rhythm, p=LASTING, energy=surroundings.pop("energy", 1.0), cpp_mmhg=surroundings.pop("cpp", 0.0))
    lab.lungs.arterial_oxygen = surroundings.pop("oxygen", 160.0)
    lab.blood.metabolism = surroundings.pop("metabolism", 1.0)
    assert not surroundings
    return lab.run(60.0 * minutes)


@pytest.mark.parametrize(("minutes", "energy"), [(2, 0.79), (4, 0.63), (8, 0.39), (10, 0.31), (15, 0.17)])
def test_untreated_fibrillation_runs_the_muscle_down(minutes: int, energy: float) -> None:
    assert after(minutes).muscle.energy == pytest.approx(energy, abs=0.01)


@pytest.mark.parametrize(("cpp", "energy"), [(25.0, 0.74), (15.0, 0.66), (10.0, 0.59), (5.0, 0.41)])
def test_compressions_hold_the_energy_their_pressure_can_pay_for(cpp: float, energy: float) -> None:
    assert after(25, energy=energy, cpp=cpp).muscle.energy == pytest.approx(energy, abs=0.06)


def test_more_coronary_pressure_holds_more_energy() -> None:
    held = [after(15, energy=0.5, cpp=cpp).muscle.energy for cpp in (5.0, 10.0, 15.0, 20.0, 25.0, 40.0)]
    assert all(low < high for low, high in pairwise(held))


def test_a_still_heart_spends_less_than_a_fibrillating_one() -> None:
    assert after(8, ASYSTOLE).muscle.energy > after(8, VF).muscle.energy + 0.1
    assert after(8, VT).muscle.energy == pytest.approx(after(8, VF).muscle.energy, abs=0.1)


def test_blood_without_oxygen_pays_for_nothing() -> None:
    assert after(10, cpp=25.0, oxygen=0.0).muscle.energy == pytest.approx(after(10).muscle.energy)


def test_cold_slows_the_loss() -> None:
    assert after(10, metabolism=0.4).muscle.energy > 0.6


def test_long_exhaustion_leaves_damage_that_lowers_what_can_come_back() -> None:
    assert after(3).muscle.damage == 0.0
    spent = after(20)
    assert 0.1 < spent.muscle.damage < 0.6
    spent.circulation.cpp_mmhg, spent.circulation.push_end_ms = 60.0, 10**9
    assert spent.run(1200.0).muscle.energy < 0.9 * (1.0 - spent.muscle.damage) + 0.01


def test_some_muscles_do_not_recover_whatever_is_done() -> None:
    lab = Heartlab(p=LASTING, energy=0.3, cpp_mmhg=25.0, latent=Latent(fixable=False))
    assert lab.run(1200.0).muscle.energy < 0.5 < after(20, energy=0.3, cpp=25.0).muscle.energy


def test_a_pulse_at_rest_costs_nothing_but_a_racing_one_does() -> None:
    quiet = Heartlab(SINUS, pulse=True, energy=0.7, cpp_mmhg=60.0, p=LASTING).run(300.0)
    racing = Heartlab(VT, pulse=True, energy=0.7, cpp_mmhg=12.0, p=rhythm_parameters(vt_degenerates_per_min=0.0))
    racing.burden.coronary = 0.5
    racing.burden.energy_ceiling = 0.7
    assert quiet.muscle.energy > 0.85
    assert racing.run(300.0).muscle.energy < 0.67


def test_a_shock_stuns_and_the_muscle_recovers() -> None:
    lab = Heartlab(SINUS, pulse=True, cpp_mmhg=60.0, p=LASTING).run(1.0)
    full = lab.muscle.contractility
    stun_by_shock(lab.muscle, HEART, 200)
    lab.run(0.1)
    assert lab.muscle.contractility == pytest.approx(0.98 * full, rel=1e-3)
    lab.run(600.0)
    assert lab.muscle.stun == pytest.approx(0.02 / 2.718, rel=0.02)


def test_ischaemia_shows_as_stunning_some_minutes_after_the_pulse_is_back() -> None:
    """Pressure is to fall by 20 to 30 % three to ten minutes after the return of a pulse."""
    lab = after(8, cpp=15.0)
    lab.e.rhythm = SINUS
    lab.e.beating = True
    lab.beat.present = True
    lab.circulation.cpp_mmhg = 55.0
    lab.e.rate_per_min = 90.0
    stuns = []
    for _ in range(6):
        stuns.append(lab.muscle.stun)
        for _ in range(1200):
            live_muscle(
                lab.muscle, HEART, 0.1 / 60.0, 0, lab.e, lab.beat, lab.circulation, lab.lungs, lab.blood, lab.effects,
                lab.burden, lab.latent,
            )  # fmt: skip
    assert stuns[0] == 0.0
    assert stuns[1] < stuns[2] < stuns[3]
    assert 0.2 < stuns[4] < 0.5


def contractility(**changes: float) -> float:
    """Share of full contractility of a rested heart in surroundings changed by `part_field=value`."""
    lab = Heartlab(SINUS, pulse=True)
    lab.e.pulse_energy = 0.42
    for name, value in changes.items():
        part, attribute = name.split("_", 1)
        setattr(getattr(lab, part), attribute, value)
    set_contractility(lab.muscle, HEART, lab.e, lab.lungs, lab.blood, lab.effects, lab.burden)
    return lab.muscle.contractility


@pytest.mark.parametrize(
    ("changes", "share"),
    [
        ({}, 1.0),
        ({"muscle_energy": 0.42}, 0.11 / 0.45),
        ({"muscle_energy": 0.29}, 0.0),
        ({"muscle_stun": 0.25}, 0.75),
        ({"blood_ph": 7.0}, 1.0 - 1.2 * 0.2),
        ({"blood_ph": 6.5}, 0.4),
        ({"lungs_arterial_oxygen": 40.0}, 0.4),
        ({"blood_potassium_mmol_l": 8.0}, 1.0 - 0.12 * 2.5),
        ({"blood_potassium_mmol_l": 8.0, "effects_membrane": 1.0}, 0.9),
        ({"blood_potassium_mmol_l": 5.0, "effects_membrane": 1.0}, 1.0),
        ({"blood_calcium_mmol_l": 0.6}, 0.8),
        ({"blood_temperature_degc": 27.0}, 0.7),
        ({"burden_contractility": 0.3}, 0.3),
        ({"e_strength": 0.55}, 0.55),
        ({"e_beating": False}, 0.0),
    ],
)
def test_contraction_is_the_product_of_what_weakens_it(changes: dict[str, float], share: float) -> None:
    assert contractility(**changes) == pytest.approx(share)


@settings(max_examples=60, deadline=None)
@given(
    energy=st.floats(0.0, 1.0),
    cpp=st.floats(-40.0, 150.0),
    oxygen=st.floats(0.0, 260.0),
    demand=st.floats(0.5, 4.0),
    rhythm=st.sampled_from([VF, VT, ASYSTOLE, SINUS]),
    pulse=st.booleans(),
    ph=st.floats(6.3, 7.8),
    potassium=st.floats(1.0, 12.0),
    temperature=st.floats(15.0, 43.0),
)
def test_nothing_leaves_its_bounds(
    energy: float,
    cpp: float,
    oxygen: float,
    demand: float,
    rhythm: int,
    pulse: bool,
    ph: float,
    potassium: float,
    temperature: float,
) -> None:
    lab = Heartlab(rhythm, pulse=pulse and rhythm == SINUS, energy=energy, cpp_mmhg=cpp)
    lab.lungs.arterial_oxygen, lab.effects.demand = oxygen, demand
    lab.blood.ph, lab.blood.potassium_mmol_l, lab.blood.temperature_degc = ph, potassium, temperature
    lab.run(20.0)
    muscle = lab.muscle
    assert 0.0 <= muscle.energy <= 1.0
    assert 0.0 <= muscle.damage <= 1.0
    assert 0.0 <= muscle.stun <= 1.0
    assert 0.0 <= muscle.ischaemia <= 1.0
    assert 0.0 <= muscle.perfusion <= 1.1
    assert 0.0 <= muscle.contractility <= 1.0
