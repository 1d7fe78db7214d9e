"""Pressures and flows against the published table of the parameter set, and the laws they must obey."""

from __future__ import annotations

import pytest

from game.sim import Fluid, Patient
from tests.sim.care import Course, breaths, compressions, patient, watch

TABLE_PATIENT = {"latent_spread": 0.0, "tone_loss_min": 600.0, "trapped_mmhg": 0.0}
"""The table was made without trapped air, without fading tone and for the average patient."""

CPP_BAND_MMHG = 1.0
FLOW_BAND_L_MIN = 0.06
FAST_FLOW_BAND_L_MIN = 0.10


def cpr(care: dict[str, float] | None = None, **overrides: float) -> Course:
    """Steady compressions and breaths, watched over 24 s: whole numbers of breaths and nearly of compressions."""
    care = dict(care or {})
    per_min = care.pop("per_min", 10.0)
    made = patient(
        1, compressions(0, 80_000, **care), breaths(0, 80_000, per_min=per_min), **{**TABLE_PATIENT, **overrides}
    )
    return watch(made, 52_000, 76_000)


# Coronary perfusion pressure agrees within 0.5 mmHg in every row. Flow does not reach 0.03 L/min: over whole breaths
# this set gives 0.03 to 0.05 L/min less than the table in most rows, 0.09 less at 140 and 160 a minute, 0.06 more at
# 12 breaths. The table seems to hold means over a few seconds with a fraction of a breath in them (its two extra
# breaths a minute cost 0.11 L/min), and its parameters were rounded for print.
ROWS: list[tuple[str, dict[str, float], dict[str, float], float, float]] = [
    ("base", {}, {}, 16.4, 1.39),
    ("depth 20", {"depth_mm": 20}, {}, 0.1, 0.23),
    ("depth 30", {"depth_mm": 30}, {}, 6.8, 0.67),
    ("depth 38", {"depth_mm": 38}, {}, 11.7, 1.02),
    ("depth 60", {"depth_mm": 60}, {}, 18.6, 1.61),
    ("rate 60", {"rate_per_min": 60}, {}, 10.4, 1.18),
    ("rate 80", {"rate_per_min": 80}, {}, 13.7, 1.29),
    ("rate 140", {"rate_per_min": 140}, {}, 17.2, 1.44),
    ("rate 160", {"rate_per_min": 160}, {}, 17.7, 1.44),
    ("lean 8.5", {"lean_mm": 8.5}, {}, 13.2, 1.18),
    ("lean 15", {"lean_mm": 15}, {}, 10.7, 1.01),
    ("12 breaths", {"per_min": 12}, {}, 16.1, 1.28),
    ("20 breaths", {"per_min": 20}, {}, 14.9, 1.29),
    ("30 breaths", {"per_min": 30}, {}, 12.9, 1.26),
    ("tone 1.3", {}, {"arrest_systemic_resistance": 1.6 * 1.3}, 19.3, 1.30),
    ("tone 1.6", {}, {"arrest_systemic_resistance": 1.6 * 1.6}, 21.6, 1.23),
    ("tone 1.9", {}, {"arrest_systemic_resistance": 1.6 * 1.9}, 23.4, 1.18),
    ("tone 0.6", {}, {"arrest_systemic_resistance": 1.6 * 0.6}, 10.6, 1.57),
    ("tone 0.4", {}, {"arrest_systemic_resistance": 1.6 * 0.4}, 6.6, 1.71),
    ("blood -500", {}, {"blood_volume_ml": 4700}, 10.5, 1.06),
    ("blood -1000", {}, {"blood_volume_ml": 4200}, 6.4, 0.84),
    ("blood -1500", {}, {"blood_volume_ml": 3700}, 3.7, 0.71),
    ("lungs 0.6", {}, {"arrest_pulmonary_resistance": 0.6}, 12.9, 1.19),
    ("lungs 1.2", {}, {"arrest_pulmonary_resistance": 1.2}, 8.9, 0.97),
    ("lungs 2.5", {}, {"arrest_pulmonary_resistance": 2.5}, 4.2, 0.71),
    ("duty 0.30", {"duty": 0.30}, {}, 18.3, 1.47),
    ("duty 0.40", {"duty": 0.40}, {}, 17.1, 1.42),
    ("duty 0.60", {"duty": 0.60}, {}, 13.7, 1.25),
]


@pytest.mark.parametrize(
    ("care", "overrides", "cpp_mmhg", "flow_l_min"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS]
)
def test_compressions_give_the_published_pressure_and_flow(
    care: dict[str, float], overrides: dict[str, float], cpp_mmhg: float, flow_l_min: float
) -> None:
    course = cpr(care, **overrides)
    band = FAST_FLOW_BAND_L_MIN if care.get("rate_per_min", 0) >= 140 else FLOW_BAND_L_MIN
    assert course.mean_cpp_mmhg == pytest.approx(cpp_mmhg, abs=CPP_BAND_MMHG)
    assert course.mean_flow_l_min == pytest.approx(flow_l_min, abs=band)


# Flow is reached within 6 %: this set gives 5.2 L/min where the table has 5.5.
BEATING_ROWS: list[tuple[str, dict[str, float], int, int, float]] = [
    ("normal", {}, 106, 68, 5.5),
    ("stunned 0.8", {"left_contractility": 0.8}, 91, 59, 4.7),
    ("stunned 0.4", {"left_contractility": 0.4}, 76, 50, 3.9),
    ("stunned 0.2", {"left_contractility": 0.2}, 61, 41, 3.1),
    ("30 beats", {"rate_strong_per_min": 30, "rate_weak_per_min": 30}, 89, 28, 3.0),
    ("160 beats", {"rate_strong_per_min": 160}, 116, 94, 6.5),
    ("lungs 0.7", {"beating_pulmonary_resistance": 0.7}, 68, 45, 3.3),
    ("lungs 1.5", {"beating_pulmonary_resistance": 1.5}, 48, 33, 2.2),
]


@pytest.mark.parametrize(
    ("overrides", "systolic_mmhg", "diastolic_mmhg", "flow_l_min"),
    [r[1:] for r in BEATING_ROWS],
    ids=[r[0] for r in BEATING_ROWS],
)
def test_the_same_equations_give_a_beating_heart(
    overrides: dict[str, float], systolic_mmhg: int, diastolic_mmhg: int, flow_l_min: float
) -> None:
    still = {"reflex_gain": 0.0, "rearrest_vf_other_per_min": 0.0, "rearrest_pea_early_per_min": 0.0}
    made = patient(1, rhythm="sinus", **{**TABLE_PATIENT, **still, "rate_strong_per_min": 80.0, **overrides})
    course = watch(made, 20_000, 35_000)
    assert made.systolic_mmhg == pytest.approx(systolic_mmhg, abs=4)
    assert made.diastolic_mmhg == pytest.approx(diastolic_mmhg, abs=4)
    assert course.mean_flow_l_min == pytest.approx(flow_l_min, rel=0.06)


def pressures_mmhg(made: Patient) -> list[float]:
    """Pressure in each compartment of a chest at rest."""
    circulation = made._body.circulation
    return [ml * stiff for ml, stiff in zip(circulation.filling_ml, circulation.coefficients, strict=False)]


def test_untouched_blood_comes_to_rest_at_one_pressure() -> None:
    """Mean filling pressure is 10.9 mmHg. The blood starts from a beating circulation whose heart stiffens as it stops,
    and leaves the thorax only against the venous valves: it is within 1.2 mmHg of rest at 60 s, not within 0.5."""
    made = patient(1, latent_spread=0.0)
    made.advance(60_000)
    assert all(abs(pressure - 10.9) < 1.2 for pressure in pressures_mmhg(made))
    made.advance(150_000)
    assert all(abs(pressure - 10.9) < 0.3 for pressure in pressures_mmhg(made))


def test_blood_is_neither_made_nor_lost() -> None:
    made = patient(3, compressions(0, 60_000), breaths(0, 60_000))
    before = sum(made.compartments_ml)
    made.advance(60_000)
    assert sum(made.compartments_ml) == pytest.approx(before, rel=1e-6)


def test_fluid_and_bleeding_change_the_blood_by_their_volume() -> None:
    made = patient(1, [Fluid(1_000, 500, 60_000)], bleeding_ml_per_min=100.0)
    before = sum(made.compartments_ml)
    made.advance(90_000)
    assert sum(made.compartments_ml) == pytest.approx(before + 500.0 - 150.0, abs=1.0)


@pytest.mark.parametrize(
    "better_to_worse",
    [
        [({"depth_mm": float(depth)}, {}) for depth in (60, 50, 40, 30, 22)],
        [({"lean_mm": float(lean)}, {}) for lean in (0, 5, 10, 15)],
        [({"per_min": float(breaths)}, {}) for breaths in (12, 20, 30)],
        [({}, {"arrest_systemic_resistance": 1.6 * factor}) for factor in (1.9, 1.3, 1.0, 0.6)],
        [({}, {"blood_volume_ml": float(volume)}) for volume in (5200, 4700, 4200, 3700)],
    ],
    ids=["shallower", "leaning", "more breaths", "less tone", "less blood"],
)
def test_worse_care_or_a_worse_patient_has_less_coronary_pressure(
    better_to_worse: list[tuple[dict[str, float], dict[str, float]]],
) -> None:
    pressures = [cpr(care, **overrides).mean_cpp_mmhg for care, overrides in better_to_worse]
    assert pressures == sorted(pressures, reverse=True)


def test_trapped_air_makes_fast_breaths_worse_still() -> None:
    assert cpr({"per_min": 30}, trapped_mmhg=3.0).mean_cpp_mmhg < cpr({"per_min": 30}).mean_cpp_mmhg - 1.0


def test_a_pause_loses_most_of_the_coronary_pressure_within_two_and_a_half_seconds() -> None:
    made = patient(1, compressions(0, 40_000), latent_spread=0.0)
    made.advance(40_000)
    plateau = made.cpp_mmhg
    last_push_ms = made._body.push_end_ms
    made.advance(last_push_ms + 2_500)
    assert made.cpp_mmhg < 0.4 * plateau
    made.advance(last_push_ms + 10_000)
    assert 2.0 < made.cpp_mmhg < 0.3 * plateau


def test_coronary_pressure_comes_back_only_push_by_push_after_a_pause() -> None:
    made = patient(1, compressions(0, 40_000), compressions(50_000, 70_000), latent_spread=0.0)
    made.advance(39_000)
    plateau = made.cpp_mmhg
    cycle_ms = 60_000 / 110.0
    shares = []
    for push in range(1, 16):
        made.advance(50_000 + int(push * cycle_ms) + 8)
        shares.append(made.cpp_mmhg / plateau)
    needed = next(i for i, share in enumerate(shares, start=1) if share >= 0.9)
    assert needed >= 6
    assert shares == sorted(shares)
    assert shares[0] == pytest.approx(0.65, abs=0.1)
    assert shares[-1] > 0.95


def lowest_depth_mm(rate_per_min: float) -> float:
    """How far the sternum comes up between steady pushes."""
    made = patient(1, compressions(0, 20_000, rate_per_min=rate_per_min), latent_spread=0.0)
    depths = []
    for ms in range(10_000, 12_000, 4):
        made.advance(ms)
        depths.append(made._body.circulation.depth_mm)
    return min(depths)


def test_fast_pushes_leave_the_chest_no_time_to_come_up() -> None:
    assert lowest_depth_mm(100) < 3.0
    assert lowest_depth_mm(160) > 2.0 * lowest_depth_mm(100)


def test_a_stiff_heart_takes_half_steps() -> None:
    made = patient(1, rhythm="sinus", latent_spread=0.0, left_contractility=3.4, reflex_contractility_per_mmhg=0.0)
    made.advance(200)
    assert made._body.circulation.substeps == 2
    made.advance(30_000)
    assert min(made.compartments_ml) > 0.0
