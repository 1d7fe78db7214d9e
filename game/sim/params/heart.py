"""The heart muscle."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HeartParameters:
    """See `heart.toml`."""

    energy_ceiling: float
    energy_unfixable: float
    energy_decay_vf_min: float
    energy_decay_quiet_min: float
    energy_overwork_min: float
    energy_recovery_per_min: float
    perfusion_mid_mmhg: float
    perfusion_width_mmhg: float
    oxygen_content_enough: float
    oxygen_content_works: float
    oxygen_factor_cap: float
    coronary_reserve: float
    coronary_reserve_occluded: float
    work_reference_per_min: float
    work_unmet_cap: float
    damage_per_min: float
    damage_below_energy: float
    idle_sample_ms: float
    compressing_window_ms: float
    left_contractility: float
    right_contractility: float
    contractility_span: float
    pulse_energy_reserve: float
    stun_per_shock: float
    stun_reference_j: float
    stun_recovery_min: float
    ischaemia_min: float
    ischaemia_fades_min: float
    stun_ischaemic: float
    stun_ischaemic_most: float
    stun_ischaemic_min: float
    acid_contractility_ph: float
    acid_contractility_slope: float
    acid_contractility_floor: float
    potassium_high_mmol_l: float
    potassium_contractility_slope: float
    potassium_contractility_membrane: float
    potassium_contractility_floor: float
    calcium_low_mmol_l: float
    calcium_contractility_slope: float
    calcium_contractility_floor: float
    cold_contractility_degc: float
    cold_contractility_slope: float
    cold_contractility_floor: float
