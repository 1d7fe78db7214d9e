"""Throat, devices, stomach: chances, pressures and volumes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AirwayParameters:
    """See `airway.toml`."""

    lung_compliance_ml_per_cmh2o: float
    breath_resistance_cmh2o_s_per_l: float
    bag_limit_cmh2o: float
    stomach_opens_cmh2o: float
    sga_seal_cmh2o: float
    stomach_share_mask: float
    stomach_share_sga: float
    stomach_start_ml: float
    stomach_full_ml: float
    stomach_most_ml: float
    stomach_stiffens: float
    stomach_left_after_tube: float
    regurgitation_per_breath: float
    regurgitation_gag: float
    regurgitation_nausea_per_min: float
    cough_per_min: float
    vomit_share: float
    vomit_soils: float
    soiled_blocks: float
    soiled_after_suction: float
    aspiration_per_breath: float
    aspiration_past_sga: float
    bare_patency: float
    tongue_patency: float
    tube_past_obstruction: float
    bronchus_compliance: float
    chance_open: float
    chance_oral: float
    chance_nasal: float
    chance_foreign_body: float
    chance_sga_first: float
    chance_sga_later: float
    chance_tube_first: float
    chance_tube_second: float
    chance_tube_later: float
    chance_highest: float
    chance_tube_soiled: float
    chance_oesophagus: float
    chance_bronchus: float
    chance_slips_out: float
    sga_leak_worst: float
    false_waves: float
    false_wave_mmhg: float
    false_wave_stomach_ml: float
