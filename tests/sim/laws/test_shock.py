"""What a shock does: three draws, each with its own reasons, and the same luck whatever else changes."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise
from math import exp
from statistics import fmean, quantiles

import pytest

from game.sim.body.latent import Latent
from game.sim.body.told import CHARGE_KEPT, SHOCKED
from game.sim.latent import draw_latent
from game.sim.laws.electrical import enter_anew
from game.sim.laws.shock import arm_synchronised
from game.sim.params.latent import LatentParameters
from game.sim.params.reader import read_group
from game.sim.rhythm import AF, ASYSTOLE, FLUTTER, P_WAVES, SINUS, SVT, TORSADES, VF, VT, ShockResult
from tests.sim.laws.heartlab import HEART, Heartlab, rhythm_parameters

LATENT = read_group(LatentParameters, "latent")
MANY = 1200
ORDER = [ShockResult.FAILED, ShockResult.ASYSTOLE, ShockResult.ORGANISED]


@cache
def latent(seed: int) -> Latent:
    return draw_latent(LATENT, seed)


def fibrillating(seed: int, energy: float, rhythm: int = VF) -> Heartlab:
    """A heart of the population, its energy held."""
    return Heartlab(rhythm, seed=seed, energy=energy, latent=latent(seed), held_energy=True)


def outcomes(energy: float, *, seeds: int = MANY, pause_s: float = 4.0, energy_j: int = 200) -> list[ShockResult]:
    """Results of first shocks over many patients."""
    return [fibrillating(seed, energy).shock(energy_j, pause_s=pause_s) for seed in range(seeds)]


def untreated(minutes: float) -> float:
    """The energy left in the average heart after so long in VF."""
    return 0.9 * exp(-minutes / HEART.energy_decay_vf_min)


def share(results: list[ShockResult], *wanted: ShockResult) -> float:
    return sum(result in wanted for result in results) / len(results)


def pulse_share(energy: float) -> float:
    """Share of first shocks that leave beats strong enough to be felt at this energy."""
    labs = [fibrillating(seed, energy) for seed in range(MANY)]
    return sum(is_felt(lab, lab.shock()) for lab in labs) / MANY


def is_felt(lab: Heartlab, result: ShockResult) -> bool:
    return result is ShockResult.ORGANISED and lab.muscle.energy >= lab.e.pulse_energy


def lasting_pulse_share(energy: float, pause_s: float, seeds: int = 400) -> float:
    """Share of first shocks whose beats can be felt and do not fibrillate within a minute."""
    labs = [fibrillating(seed, energy) for seed in range(seeds)]
    kept = [is_felt(lab, lab.shock(pause_s=pause_s)) and lab.until({VF}, 1.0) is None for lab in labs]
    return sum(kept) / seeds


def test_an_early_first_shock_ends_most_fibrillations() -> None:
    """85 to 95 % of first biphasic shocks (C36 allows 98)."""
    assert 0.85 <= 1.0 - share(outcomes(0.88, seeds=3000), ShockResult.FAILED) <= 0.95


def test_a_fresher_muscle_is_never_worse_luck() -> None:
    series = [outcomes(energy, seeds=500) for energy in (0.15, 0.3, 0.45, 0.6, 0.75, 0.9)]
    for weak, strong in pairwise(series):
        assert all(ORDER.index(a) <= ORDER.index(b) for a, b in zip(weak, strong, strict=True))
        assert share(weak, ShockResult.ORGANISED) < share(strong, ShockResult.ORGANISED)


def test_organised_rhythm_and_pulse_rise_strictly_with_energy() -> None:
    pulses = [pulse_share(energy) for energy in (0.2, 0.35, 0.5, 0.65, 0.8)]
    assert all(low < high for low, high in pairwise(pulses))


def test_after_twelve_minutes_untreated_a_shock_rarely_gives_a_pulse() -> None:
    """Section 6, test 6: under 8 % from 12 min on."""
    assert pulse_share(untreated(12.0)) < 0.08


def test_one_early_shock_in_four_gives_a_pulse_that_lasts_a_minute() -> None:
    """C14: 28 % when shocked before 5 min, 3 % from 12 min on; hands were off for 12 s before these shocks."""
    early = [lasting_pulse_share(untreated(minutes), 12.0) for minutes in (2.0, 3.5, 5.0)]
    assert fmean(early) == pytest.approx(0.28, abs=0.1)
    assert lasting_pulse_share(untreated(12.0), 12.0) < 0.08


def test_a_shorter_pause_is_never_worse_for_the_same_patient_with_the_same_luck() -> None:
    courses = [outcomes(0.7, pause_s=pause, seeds=500) for pause in (30.0, 15.0, 5.0, 2.0)]
    for long, short in pairwise(courses):
        assert all(ORDER.index(a) <= ORDER.index(b) for a, b in zip(long, short, strict=True))
    assert share(courses[0], ShockResult.ORGANISED) < share(courses[-1], ShockResult.ORGANISED) - 0.1


def test_luck_belongs_to_the_number_of_the_shock() -> None:
    """Whatever came before, the third shock meets the same numbers."""
    for seed in range(60):
        courses = []
        for joules in ((120, 120, 200), (360, 360, 200)):
            lab = fibrillating(seed, 0.6)
            for energy_j in joules:
                lab.e.rhythm = VF
                lab.e.vigour = 1.0
                courses.append(lab.shock(energy_j))
        assert courses[2] is courses[5]


def test_the_pause_does_not_change_whether_fibrillation_ends() -> None:
    assert share(outcomes(0.7, pause_s=2.0), ShockResult.FAILED) == share(
        outcomes(0.7, pause_s=40.0), ShockResult.FAILED
    )


def test_twenty_seconds_of_hands_off_cost_a_good_heart_much_and_a_bad_one_little() -> None:
    """C21: a predicted return of 40 to 100 % falls steeply over 20 s, one of 0 to 25 % hardly."""
    good = [share(outcomes(0.75, pause_s=pause), ShockResult.ORGANISED) for pause in (0.0, 20.0)]
    bad = [share(outcomes(0.15, pause_s=pause), ShockResult.ORGANISED) for pause in (0.0, 20.0)]
    assert good[1] < 0.75 * good[0]
    assert bad[0] < 0.25
    assert bad[0] - bad[1] < 0.5 * (good[0] - good[1])


def test_more_joules_end_more_fibrillations() -> None:
    failed = [share(outcomes(0.6, energy_j=joules), ShockResult.FAILED) for joules in (120, 200, 300, 360)]
    assert all(low > high for low, high in pairwise(failed))


def test_successful_shocks_fall_on_a_higher_amsa() -> None:
    """C20: 13 against 6.8 mV Hz; here over energies as they are met in the field."""
    good: list[float] = []
    bad: list[float] = []
    for seed in range(2000):
        lab = fibrillating(seed, 0.1 + 0.7 * (seed % 100) / 100.0).run(0.1)
        amsa = lab.e.amsa_mv_hz
        (good if lab.shock() is ShockResult.ORGANISED else bad).append(amsa)
    assert fmean(good) == pytest.approx(13.0, abs=2.5)
    assert fmean(bad) == pytest.approx(6.8, abs=2.5)


def test_a_failed_shock_tells_of_a_hard_heart() -> None:
    second = []
    for seed in range(2500):
        lab = fibrillating(seed, 0.7)
        if lab.shock() is ShockResult.FAILED:
            second.append(lab.shock())
    assert share(second, ShockResult.FAILED) > 2.0 * share(outcomes(0.7), ShockResult.FAILED)


def test_marburg_three_of_four_shocks_end_fibrillation() -> None:
    """C25: 74 % of 185 shocks (95 % interval 68 to 80 %), repeated shocks of hard hearts among them."""
    results: list[ShockResult] = []
    for seed in range(400):
        lab = fibrillating(seed, 0.35)
        for _ in range(4):
            results.append(lab.shock())
            lab.e.rhythm = VF
    assert 0.68 <= 1.0 - share(results, ShockResult.FAILED) <= 0.81


def refibrillation_s(seed: int, energy: float) -> float | None:
    """When a heart fibrillates again within six minutes after a shock."""
    lab = fibrillating(seed, energy)
    enter_anew(lab.e, lab.p, seed, 0, ASYSTOLE, lab.told)
    lab.e.terminated_ms = 0
    return lab.until({VF}, 6.0)


def test_marburg_four_of_five_fibrillate_again_within_half_a_minute_or_so() -> None:
    """C25: recurrence in 81 %, median 27 s (quartiles 13.5 and 80 s); less in a fresh heart (61 %, Rochester).

    This heart is emptier than most of that series, so VF is back a little sooner: each median lies between the other's
    quartiles.
    """
    times = sorted(t for seed in range(300) if (t := refibrillation_s(seed, 0.25)) is not None)
    assert len(times) / 300 == pytest.approx(0.81, abs=0.1)
    early, middle, late = quantiles(times, n=4)
    assert 13.5 < middle < 80.5
    assert early < 27.0 < late
    fresh = [refibrillation_s(seed, 0.85) for seed in range(100)]
    assert sum(t is not None for t in fresh) / 100 == pytest.approx(0.61, abs=0.13)


def failed_share(**changes: float) -> float:
    """Share of failed first shocks with the surroundings or the shock changed."""
    results = []
    for seed in range(MANY):
        lab = fibrillating(seed, 0.6)
        lab.blood.temperature_degc = changes.get("temperature", 37.0)
        lab.effects.terminate_logit = changes.get("drugs", 0.0)
        lab.e.first_vector = int(changes.get("first_vector", -1))
        results.append(lab.shock(vector=int(changes.get("vector", 0)), contact_pct=changes.get("contact", 100.0)))
    return share(results, ShockResult.FAILED)


def test_pads_drugs_and_cold_move_what_a_shock_can_do() -> None:
    plain = failed_share()
    assert failed_share(drugs=0.3) < plain
    assert failed_share(vector=1) == failed_share(vector=1, first_vector=1) == plain
    assert failed_share(vector=1, first_vector=0) < plain
    assert failed_share(vector=2) < failed_share(vector=1, first_vector=0)
    assert failed_share(contact=50.0) > plain
    assert failed_share(temperature=31.0) == plain
    assert 1.0 - failed_share(temperature=27.5) < 0.5 * (1.0 - plain)


def test_high_potassium_lets_no_organised_rhythm_follow() -> None:
    organised = []
    for potassium in (4.5, 8.5):
        labs = [fibrillating(seed, 0.7) for seed in range(400)]
        for lab in labs:
            lab.blood.potassium_mmol_l = potassium
        organised.append(share([lab.shock() for lab in labs], ShockResult.ORGANISED))
    assert organised[1] < 0.45 * organised[0]


def test_pulseless_tachycardia_is_easier_to_end_than_fibrillation() -> None:
    vt = [fibrillating(seed, 0.5, VT).shock() for seed in range(MANY)]
    assert share(vt, ShockResult.FAILED) < share(outcomes(0.5), ShockResult.FAILED)
    assert share(vt, ShockResult.ORGANISED) > share(outcomes(0.5), ShockResult.ORGANISED)
    assert fibrillating(1, 0.8, TORSADES).shock() in ORDER


@pytest.mark.parametrize("flat", [ASYSTOLE, P_WAVES])
def test_a_shock_to_a_flat_line_only_stuns(flat: int) -> None:
    lab = Heartlab(flat, energy=0.6)
    assert lab.shock() is ShockResult.ASYSTOLE
    assert lab.e.rhythm == flat
    assert lab.muscle.stun == pytest.approx(0.02)


def test_a_shock_on_beats_can_make_them_fibrillate() -> None:
    """5 to 10 % when it is not synchronised."""
    labs = [Heartlab(SINUS, seed=seed, pulse=True) for seed in range(2000)]
    results = [lab.shock() for lab in labs]
    assert 0.05 <= share(results, ShockResult.FAILED) <= 0.10
    assert {lab.e.rhythm for lab in labs} == {VF, SINUS}


def synchronised(rhythm: int, energy_j: int, seeds: int = 600, **overrides: float) -> list[Heartlab]:
    """Hearts with a pulse one second after a synchronised shock was asked for."""
    labs = []
    for seed in range(seeds):
        lab = Heartlab(rhythm, seed=seed, pulse=True, p=rhythm_parameters(**overrides)).run(2.0)
        arm_synchronised(lab.e, lab.now_ms, energy_j, 0, 100.0)
        labs.append(lab.run(1.0))
    return labs


@pytest.mark.parametrize(
    ("rhythm", "energy_j", "lowest", "highest"),
    [(VT, 100, 0.63, 0.77), (AF, 200, 0.78, 0.92), (FLUTTER, 100, 0.84, 0.96), (SVT, 100, 0.78, 0.92)],
)
def test_synchronised_shocks_end_tachycardias(rhythm: int, energy_j: int, lowest: float, highest: float) -> None:
    ended = fmean(lab.e.rhythm == SINUS for lab in synchronised(rhythm, energy_j, 300))
    assert lowest <= ended <= highest
    assert fmean(lab.e.rhythm == SINUS for lab in synchronised(rhythm, 2 * energy_j, 300)) > ended


def test_a_synchronised_shock_waits_for_a_beat_and_never_makes_one_fibrillate() -> None:
    for lab in synchronised(SINUS, 100, 100, shock_on_beats_vf=1.0):
        assert lab.e.rhythm == SINUS
        ((ms, joules, _),) = lab.reports(SHOCKED)
        assert joules == 100
        assert ms in lab.beats_ms
        assert ms >= 2000


def test_a_synchronised_shock_finds_no_beat_in_fibrillation() -> None:
    lab = Heartlab(VF).run(1.0)
    arm_synchronised(lab.e, lab.now_ms, 200, 0, 100.0)
    lab.run(6.0)
    assert lab.reports(SHOCKED) == []
    assert lab.reports(CHARGE_KEPT) == [(4000, 200, 0)]
    assert lab.e.shocks == 0
    assert lab.run(10.0).reports(CHARGE_KEPT) == [(4000, 200, 0)]


def test_a_hard_heart_yields_to_more_energy_with_the_same_luck() -> None:
    """Escalation is energy, not a rule."""
    turned = 0
    for seed in range(400):
        hard = replace(latent(seed), defibrillation_logit=0.0)
        low, high = (Heartlab(VF, seed=seed, energy=0.6, latent=hard).shock(joules) for joules in (150, 360))
        assert ORDER.index(low) <= ORDER.index(high)
        turned += low is ShockResult.FAILED and high is not ShockResult.FAILED
    assert turned > 20
