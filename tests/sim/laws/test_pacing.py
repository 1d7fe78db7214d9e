"""Pacing through the chest: who is captured at which current, when the pacemaker holds back, and what beats then."""

from __future__ import annotations

from statistics import fmean, median

import pytest

from game.sim.body.latent import Latent
from game.sim.body.told import CAPTURE
from game.sim.latent import draw_latent
from game.sim.laws.pacing import capture_threshold_ma
from game.sim.params.latent import LatentParameters
from game.sim.params.reader import read_group
from game.sim.rhythm import ASYSTOLE, COMPLETE_BLOCK_WIDE, P_WAVES, SINUS, VF
from tests.sim.laws.heartlab import Heartlab, rhythm_parameters

STILL = rhythm_parameters(
    block_stops_wide_per_min=0.0,
    block_fibrillates_wide_per_min=0.0,
    pea_stops_per_min=0.0,
    pea_fibrillates_per_min=0.0,
    asystole_organises_per_min=0.0,
    asystole_fibrillates_per_min=0.0,
    p_waves_fade_per_min=0.0,
)


def blocked(rhythm: int = COMPLETE_BLOCK_WIDE, **more: object) -> Heartlab:
    return Heartlab(rhythm, pulse=rhythm >= SINUS, energy=0.8, p=STILL, **more)  # type: ignore[arg-type]


def test_below_the_threshold_there_are_spikes_and_nothing_else() -> None:
    lab = blocked().run(5.0)
    lab.pace(70.0, 60.0)
    lab.run(20.0)
    assert not lab.e.pacing.capturing
    assert not lab.e.paced
    assert lab.e.rate_per_min == pytest.approx(32.0)


def test_above_the_threshold_every_spike_makes_a_wide_beat() -> None:
    lab = blocked().run(5.0)
    lab.pace(70.0, 70.0)
    lab.run(1.0)
    lab.beats_ms.clear()
    lab.run(30.0)
    assert lab.reports(CAPTURE) == [(5000, 1, 0)]
    assert lab.e.paced
    assert lab.e.rate_per_min == 70.0
    assert median(lab.intervals_ms()) == pytest.approx(60_000 / 70, abs=2)
    assert lab.e.trace.qrs_ms >= 140.0


def test_capture_ends_with_the_current_and_the_old_rhythm_is_back() -> None:
    lab = blocked()
    lab.pace(70.0, 90.0)
    lab.run(10.0)
    lab.pace(0.0, 0.0)
    lab.run(10.0)
    assert [captured for _, captured, _ in lab.reports(CAPTURE)] == [1, 0]
    assert not lab.e.paced
    assert lab.e.rate_per_min == pytest.approx(32.0)


def test_a_heart_that_beats_by_itself_is_left_alone() -> None:
    lab = Heartlab(SINUS, pulse=True, p=STILL)
    lab.pace(60.0, 100.0)
    lab.run(20.0)
    assert lab.e.pacing.capturing
    assert not lab.e.paced
    assert lab.e.rate_per_min > 80.0


@pytest.mark.parametrize("flat", [ASYSTOLE, P_WAVES])
def test_a_flat_line_is_paced_while_the_muscle_has_energy(flat: int) -> None:
    fresh, spent = blocked(flat), blocked(flat)
    spent.muscle.energy = 0.02
    for lab in (fresh, spent):
        lab.pace(70.0, 100.0)
        lab.run(10.0)
    assert fresh.e.beating
    assert 9 <= len(fresh.beats_ms) <= 12
    assert fresh.muscle.contractility > 0.0
    assert not spent.e.beating
    assert spent.beats_ms == []


def test_fibrillation_is_not_paced_and_ends_capture() -> None:
    lab = Heartlab(VF)
    lab.pace(70.0, 140.0)
    lab.run(10.0)
    assert lab.beats_ms == []
    assert not lab.e.pacing.capturing


def test_thresholds_are_those_of_people() -> None:
    p = read_group(LatentParameters, "latent")
    people = [draw_latent(p, seed) for seed in range(2000)]
    captured = [
        not one.pacing_fails and capture_threshold_ma(STILL, 75.0, blocked().blood, blocked().burden, one) <= 80.0
        for one in people
    ]
    assert fmean(captured) == pytest.approx(0.93 * 0.894, abs=0.03)


def test_potassium_weight_and_tamponade_raise_the_threshold() -> None:
    lab = blocked(latent=Latent(pacing_threshold_ma=65.0))

    def threshold_ma(weight_kg: float = 75.0) -> float:
        return capture_threshold_ma(STILL, weight_kg, lab.blood, lab.burden, lab.latent)

    assert threshold_ma() == 65.0
    assert threshold_ma(130.0) == 90.0
    lab.blood.potassium_mmol_l = 7.5
    assert threshold_ma() == 90.0
    lab.burden.pericardial_mmhg = 10.0
    assert threshold_ma() == 115.0


def test_some_are_never_captured() -> None:
    lab = blocked(latent=Latent(pacing_threshold_ma=40.0, pacing_fails=True))
    lab.pace(70.0, 200.0)
    assert not lab.run(5.0).e.pacing.capturing


def test_pacing_keeps_a_block_from_stopping() -> None:
    stopped = []
    for current_ma in (0.0, 100.0):
        labs = [Heartlab(COMPLETE_BLOCK_WIDE, seed=seed, pulse=True, energy=0.8, cpp_mmhg=50.0) for seed in range(30)]
        for lab in labs:
            lab.pace(70.0, current_ma)
        stopped.append(sum(lab.until({P_WAVES, VF}, 6.0) is not None for lab in labs))
    assert stopped[0] >= 12
    assert stopped[1] <= 6
