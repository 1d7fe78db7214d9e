"""Gases: exhaled carbon dioxide follows flow, saturation follows breath, and the probe waits for a pulse."""

from __future__ import annotations

import pytest

from game.sim import Rhythm, Shock
from tests.sim.care import breaths, compressions, early_shock, patient, watch

QUIET = {
    "rhythm": "sinus",
    "latent_spread": 0.0,
    "rearrest_vf_other_per_min": 0.0,
    "rearrest_pea_early_per_min": 0.0,
}


STEADY = {
    "latent_spread": 0.0,
    "defibrillation_logit": 8.0,
    "organise_amsa_mid": 0.0,
    "refibrillation_per_min": 0.0,
    "rearrest_vf_early_per_min": 0.0,
}
"""A patient whom one shock brings back for good."""


def etco2_in_cpr(*, volume_ml: int = 450, per_min: float = 10.0, depth_mm: float = 50.0, airway: str = "tube") -> int:
    """Exhaled carbon dioxide after two minutes of compressions that began at minute 4."""
    made = patient(
        1,
        compressions(240_000, 360_000, depth_mm=depth_mm),
        breaths(240_000, 360_000, per_min=per_min, volume_ml=volume_ml, airway=airway),
        latent_spread=0.0,
        vf_fades_per_min=0.0,
    )
    made.advance(358_000)
    assert made.etco2_mmhg is not None
    return made.etco2_mmhg


@pytest.mark.parametrize(
    ("care", "mmhg"),
    [({}, 20), ({"depth_mm": 60}, 22), ({"depth_mm": 38}, 17), ({"per_min": 20}, 13)],
    ids=["base", "deeper", "shallower", "more breaths"],
)
def test_exhaled_carbon_dioxide_in_compressions_is_as_published(care: dict[str, float], mmhg: int) -> None:
    assert etco2_in_cpr(**care) == pytest.approx(mmhg, abs=2)  # type: ignore[arg-type]


def test_a_mask_shows_less_than_a_tube() -> None:
    assert etco2_in_cpr(airway="mask") < etco2_in_cpr()


def test_without_breaths_the_capnograph_is_blank() -> None:
    made = patient(1, compressions(0, 60_000), breaths(0, 20_000))
    made.advance(18_000)
    assert made.etco2_mmhg is not None
    made.advance(45_000)
    assert made.etco2_mmhg is None


def test_a_returning_pulse_lifts_carbon_dioxide_by_more_than_ten_within_thirty_seconds() -> None:
    seen = 0
    for seed in range(30):
        made = early_shock(seed, refibrillation_per_min=0.0, rearrest_vf_early_per_min=0.0)
        made.advance(29_900)
        before = made.etco2_mmhg
        rosc_ms = watch(made, 30_000, 50_000, every_ms=1_000).rosc_ms
        if rosc_ms is None:
            continue
        made.advance(rosc_ms + 30_000)
        assert before is not None
        assert made.etco2_mmhg is not None
        assert made.etco2_mmhg - before > 10
        seen += 1
    assert seen >= 10


def minutes_to_desaturate(made_ms: int, **overrides: object) -> float:
    """Minutes of no breath, after oxygen up to `made_ms`, until true saturation is under 90 %."""
    made = patient(1, breaths(0, made_ms, per_min=12), **{**QUIET, **overrides})
    for second in range(900):
        made.advance(made_ms + second * 1_000)
        if made.saturation_pct < 90.0:
            return second / 60.0
    return 15.0


def test_a_body_without_breath_desaturates_as_published() -> None:
    assert minutes_to_desaturate(0) == pytest.approx(0.64, abs=0.16)
    assert minutes_to_desaturate(180_000) == pytest.approx(6.4, rel=0.25)
    assert minutes_to_desaturate(180_000, resting_volume_l=1.3, oxygen_demand_ml_per_min=400.0) == pytest.approx(
        2.2, rel=0.25
    )


def test_the_probe_reads_nothing_in_arrest_and_half_a_minute_after_rosc_begins_to() -> None:
    made = patient(3, [Shock(30_000, 200)], compressions(0, 26_000), breaths(0, 120_000), **STEADY)
    made.advance(29_000)
    readings = [made.spo2_pct]
    rosc_ms = watch(made, 30_000, 50_000, every_ms=500).rosc_ms
    assert rosc_ms is not None
    for after_ms in (29_000, 60_000):
        made.advance(rosc_ms + after_ms)
        readings.append(made.spo2_pct)
    assert readings[:2] == [None, None]
    assert readings[2] is not None
    assert readings[2] > 85


def test_a_ventilated_patient_with_a_pulse_is_stable() -> None:
    made = patient(1, breaths(0, 300_000, per_min=10), **QUIET)
    for minute in range(1, 6):
        made.advance(minute * 60_000)
        assert made.rhythm is Rhythm.SINUS
        assert 95 <= made.systolic_mmhg <= 125
        assert 60 <= made.diastolic_mmhg <= 85
        assert made.etco2_mmhg is not None
        assert 30 <= made.etco2_mmhg <= 45
        assert made.spo2_pct is not None
        assert made.spo2_pct >= 97


def test_the_reflex_holds_pressure_when_blood_is_lost() -> None:
    bled = {"blood_volume_ml": 4_600.0}
    with_reflex = patient(1, breaths(0, 90_000), **QUIET, **bled)
    without_reflex = patient(1, breaths(0, 90_000), **QUIET, **bled, reflex_gain=0.0)
    with_reflex.advance(90_000)
    without_reflex.advance(90_000)
    assert with_reflex.mean_mmhg > without_reflex.mean_mmhg + 5
    assert with_reflex.heart_rate_per_min > without_reflex.heart_rate_per_min
