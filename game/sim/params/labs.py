"""The numbers of what is measured and read at the bedside; not a patient's own, so no level overrides them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from game.sim.params.reader import read_group


@dataclass(frozen=True, slots=True)
class LabParameters:
    """See `labs.toml`."""

    gas_s: float
    glucose_s: float
    labs_s: float
    ecg12_s: float
    nibp_s: float
    temperature_s: float
    ultrasound_s: float
    pale_haemoglobin_g_per_l: float
    blue_saturation: float
    sign_share: float
    stiff_degc: float
    cold_degc: float
    hot_degc: float
    cool_flow_l_min: float
    veins_flat_mmhg: float
    veins_full_mmhg: float
    trachea_mmhg: float
    blocked_patency: float
    small_patency: float
    small_compliance: float
    stiff_compliance: float
    hard_compliance: float
    wheeze_resistance: float
    silent_resistance: float
    hard_resistance: float
    capnogram_flat_mmhg: float
    capnogram_low_mmhg: float
    capnogram_high_mmhg: float
    chest_blood_ml: float
    low_glucose_mmol_l: float
    throat_share: float
    blocked_obstruction: float
    fruity_glucose_mmol_l: float
    acid_base_excess: float
    wide_flow_ml_s: float
    slow_breaths_per_min: float
    fast_breaths_per_min: float
    gasp_breaths_per_min: float
    strong_mmhg: float
    slow_per_min: float
    fast_per_min: float
    paradox_mmhg: float
    muffled_ml: float
    oozing_ml_per_min: float
    running_ml_per_min: float
    distended_blood_ml: float
    distended_stomach_ml: float
    broken_ribs: float
    navel_weeks: float
    weak_potassium_mmol_l: float
    wide_ms: float
    tall_t_share: float
    t_height_tenth_mm: float
    u_seen_uv: float
    low_qrs_share: float
    st_seen_tenth_mm: float
    st_early_min: float
    st_false_chance: float
    st_false_tenth_mm: float
    avr_tenth_mm: float
    strain_share: float
    rv_lv_pct: float
    rv_arrest_pct: float
    rv_embolism_pct: float
    effusion_ml_per_mm: float
    ivc_mm_per_mmhg: float
    ivc_most_mm: float
    filling_normal_ml: float
    filling_empty_ml: float
    motion_mmhg: float
    free_fluid_ml: float
    nibp_least_mmhg: float
    strip_least_mmol_l: float
    strip_most_mmol_l: float


@cache
def lab_parameters() -> LabParameters:
    """The numbers of `labs.toml`. ValueError if they do not match."""
    return read_group(LabParameters, "labs")
