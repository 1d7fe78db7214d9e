"""The energy of the heart muscle: how it runs down, and what perfusion gives back."""

from __future__ import annotations

import pytest

from game.sim import Case
from game.sim.myocardium import Myocardium
from tests.sim.care import breaths, compressions, patient


def after(
    minutes: float, *, energy: float = 1.0, driving_mmhg: float = 0.0, oxygen: float = 160.0, **overrides: object
) -> Myocardium:
    """A fibrillating muscle after some minutes at one coronary pressure."""
    p = Case.of(**overrides).parameters.heart
    muscle = Myocardium(energy)
    for _ in range(int(minutes * 600)):
        muscle.advance(
            p,
            0.1 / 60.0,
            driving_mmhg=driving_mmhg,
            oxygen_ml_per_l=oxygen,
            fibrillating=True,
            pulse=False,
            demand=1.0,
        )
    return muscle


@pytest.mark.parametrize(("minutes", "energy"), [(2, 0.79), (4, 0.63), (8, 0.39), (10, 0.31), (15, 0.17)])
def test_untreated_fibrillation_runs_the_muscle_down(minutes: int, energy: float) -> None:
    assert after(minutes).energy == pytest.approx(energy, abs=0.04)


@pytest.mark.parametrize(("driving_mmhg", "energy"), [(25.0, 0.7), (15.0, 0.55), (10.0, 0.3), (5.0, 0.1)])
def test_compressions_hold_the_energy_their_pressure_can_pay_for(driving_mmhg: float, energy: float) -> None:
    muscle = after(30, energy=energy, driving_mmhg=driving_mmhg, damage_per_min=0.0)
    assert muscle.energy == pytest.approx(energy, abs=0.06)


def test_blood_without_oxygen_pays_for_nothing() -> None:
    assert after(10, driving_mmhg=25.0, oxygen=0.0).energy < 0.35


def test_long_exhaustion_leaves_damage() -> None:
    assert after(3).damage == 0.0
    assert after(20).damage > 0.1


def test_pauses_cost_energy() -> None:
    steady = patient(1, compressions(0, 300_000), breaths(0, 300_000), latent_spread=0.0, vf_fades_per_min=0.0)
    halves = [push for push in compressions(0, 300_000) if push.ms % 60_000 < 30_000]
    halting = patient(1, halves, breaths(0, 300_000), latent_spread=0.0, vf_fades_per_min=0.0)
    steady.advance(300_000)
    halting.advance(300_000)
    assert halting.energy < steady.energy - 0.05


def test_a_shock_stuns_and_the_muscle_recovers() -> None:
    p = Case.of().parameters.heart
    muscle = Myocardium(0.9)
    muscle.shocked(p, 200)
    stunned = muscle.contractility(p, 0.4, 190.0, 7.35)
    for _ in range(6000):
        muscle.advance(
            p, 0.1 / 60.0, driving_mmhg=60.0, oxygen_ml_per_l=190.0, fibrillating=False, pulse=True, demand=1.0
        )
    assert stunned == pytest.approx(0.98)
    assert muscle.contractility(p, 0.4, 190.0, 7.35) > 0.99
