"""Vessels, valves, and how pushes and breaths press on them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unstressed:
    """Volumes (mL) at which the compartments hold no pressure."""

    aorta_ml: float
    arteries_ml: float
    veins_ml: float
    right_atrium_ml: float
    right_ventricle_ml: float
    pulmonary_arteries_ml: float
    pulmonary_veins_ml: float
    left_ventricle_ml: float


@dataclass(frozen=True, slots=True)
class VesselParameters:
    """Compliances (mL/mmHg) and resistances (mmHg s/mL) of one state of the heart."""

    aorta_ml_per_mmhg: float
    arteries_ml_per_mmhg: float
    veins_ml_per_mmhg: float
    right_atrium_ml_per_mmhg: float
    right_ventricle_ml_per_mmhg: float
    pulmonary_arteries_ml_per_mmhg: float
    pulmonary_veins_ml_per_mmhg: float
    left_ventricle_ml_per_mmhg: float
    aortic_resistance: float
    systemic_resistance: float
    cerebral_resistance: float
    coronary_resistance: float
    venous_resistance: float
    tricuspid_resistance: float
    tricuspid_leak: float
    pulmonary_valve_resistance: float
    pulmonary_resistance: float
    mitral_resistance: float
    aortic_valve_resistance: float


@dataclass(frozen=True, slots=True)
class CirculationParameters:
    """See `circulation.toml`."""

    blood_volume_ml: float
    thorax_mmhg_per_mm: float
    squeeze_mmhg_per_mm: float
    dead_zone_mm: float
    left_squeeze_per_ml_mm: float
    right_squeeze_per_ml_mm: float
    squeeze_on_right_atrium: float
    squeeze_on_aorta: float
    squeeze_on_pulmonary_vessels: float
    coronary_share_squeezed: float
    recoil_s: float
    deepest_mm: float
    lean_lasts_ms: float
    priming_floor: float
    priming_span: float
    priming_rise_s: float
    priming_fall_s: float
    priming_window_ms: float
    breath_pleural_mmhg: float
    breath_reference_ml: float
    trapped_mmhg: float
    expiry_s: float
    systole_s: float
    stiff_from_mmhg_per_ml: float
    resistance_least: float
    relaxing_s: float
    relaxed_from: float
    readout_s: float
    wave_gap_ms: float
    vein_collapse_ml: float
    veins_least_ml: float
    aorta_collapse_ml: float
    ventricle_least_ml: float
    unstressed: Unstressed
    arrest: VesselParameters
    beating: VesselParameters
