"""Pools of oxygen and carbon dioxide, what passes the lungs unused, own breathing, and the two instruments."""

from __future__ import annotations

from dataclasses import dataclass, field

from game.sim.params.reader import borrowed


@dataclass(frozen=True, slots=True)
class LungParameters:
    """See `lungs.toml`."""

    resting_volume_l: float
    dead_space_ml: float
    air_pressure_mmhg: float
    air_oxygen: float
    alveolar_oxygen: float
    carbon_dioxide_mmhg: float
    uptake_expansion: float
    oxygen_demand_ml_per_min: float
    oxygen_extraction: float
    oxygen_per_haemoglobin: float
    oxygen_dissolved: float
    dissociation_cube: float
    dissociation_line: float
    dissociation_per_ph: float
    dissociation_per_degc: float
    standard_degc: float = field(metadata=borrowed("blood"))
    standard_ph: float = field(metadata=borrowed("blood"))
    arterial_pool_l: float
    venous_pool_l: float
    tissue_pool_l: float
    carbon_dioxide_per_mmhg: float
    gas_mmhg_l_per_ml: float
    respiratory_quotient: float
    buffered_carbon_dioxide: float
    mass_flow_carbon_dioxide_ml: float
    mass_flow_patency: float
    mass_flow_share: float
    mask_stays_ms: float
    shunt_share: float
    shunt_most: float
    shunt_arrest: float
    shunt_arrest_min: float
    shunt_bronchus: float
    shunt_aspiration: float
    dead_arrest: float
    dead_beating: float
    dead_most: float
    dead_pressor: float
    exhaled_mask: float
    exhaled_leak: float
    exhaled_small_ml: float
    slow_expiry_s: float
    trapped_from_resistance: float
    trapped_ml_per_mmhg: float
    own_breaths_per_min: float
    own_breath_ml: float
    own_load: float
    own_seen_per_min: float
    drive_set_mmhg: float
    drive_per_mmhg: float
    drive_per_base: float
    drive_per_saturation: float
    drive_saturation: float
    drive_most: float
    drive_sedation: float
    capnograph_blank_ms: float
    probe_lag_s: float
    probe_slow_flow_l_min: float
    probe_slowest: float
    probe_first_value_s: float
    probe_pulse_mmhg: float
    probe_cold_degc: float
    flow_normal_l_min: float
