"""Rhythms, shocks and pacing."""

from __future__ import annotations

from dataclasses import dataclass, field

from game.sim.params.reader import named


@dataclass(frozen=True, slots=True)
class Kind:
    """One rhythm: how fast, how wide, how far from P wave to beat (0: no P leads), and what else its beats are.

    `scatter` is how uneven the intervals are, `drive` how far nerves and drugs reach its pacemaker, `strength` the
    share of contraction its spread leaves, `cardiovert_j` the energy that ends it in every second patient (0: none).
    """

    rate_per_min: float = 0.0
    atrial_per_min: float = 0.0
    qrs_ms: float = 0.0
    pr_ms: float = 0.0
    scatter: float = 0.0
    drive: float = 0.0
    strength: float = 1.0
    cardiovert_j: float = 0.0


@dataclass(frozen=True, slots=True)
class RhythmParameters:
    """See `rhythm.toml`. `kinds` stand in the order of the codes of `game.sim.rhythm`."""

    kinds: tuple[Kind, ...] = field(
        metadata=named(
            "vf",
            "vt",
            "torsades",
            "asystole",
            "p_waves",
            "sinus",
            "first_degree",
            "wenckebach",
            "mobitz",
            "complete_block",
            "complete_block_wide",
            "af",
            "flutter",
            "svt",
            "junctional",
            "idioventricular",
            "agonal",
        )
    )
    amsa_mv_hz: float
    amsa_log_sd: float
    vf_amplitude_floor_uv: float
    vf_amplitude_span_uv: float
    vf_flat_uv: float
    vf_fine_uv: float
    vf_coarse_energy: float
    vf_frequency_floor_mhz: float
    vf_frequency_span_mhz: float
    terminate_per_amsa: float
    terminate_amsa_mid: float
    terminate_per_log_energy: float
    terminate_reference_j: float
    terminate_other_vector: float
    terminate_double: float
    terminate_poor_contact: float
    terminate_contact_poor_pct: float
    terminate_vt: float
    terminate_cold_degc: float
    terminate_cold_per_degc: float
    terminate_cold_most: float
    organise_per_amsa: float
    organise_amsa_mid: float
    organise_pause_per_s: float
    organise_vt: float
    organise_potassium: float
    cardiovert_steepness: float
    shock_on_beats_vf: float
    synchronised_wait_ms: float
    pulse_energy_mean: float
    pulse_energy_width: float
    rearrest_pea_energy_step: float
    grip_min: float
    wide_below_energy: float
    first_beat_ms: float
    rate_normal_per_min: float
    rate_weak_per_min: float
    rate_strong_per_min: float
    rate_weak_energy: float
    rate_strong_energy: float
    rate_lowest_per_min: float
    rate_highest_per_min: float
    rate_reflex_lo_per_min: float
    rate_reflex_hi_per_min: float
    rate_cold_degc: float
    rate_cold_per_degc: float
    rate_potassium_per_mmol_l: float
    rate_potassium_floor: float
    rate_oxygen_ml_per_l: float
    rate_oxygen_floor: float
    rate_vagolysis_per_min: float
    wenckebach_least: float
    wenckebach_most: float
    wenckebach_step_ms: float
    wenckebach_step_falls: float
    mobitz_two_to_one: float
    flutter_two_to_one: float
    flutter_three_to_one: float
    pause_least_ms: float
    svt_pause_ms: float
    paced_strength: float
    paced_qrs_ms: float
    pacing_energy: float
    pacing_potassium_mmol_l: float
    pacing_shift_ma: float
    pacing_obese_kg: float
    pacing_pericardial_mmhg: float
    paced_protects: float
    qt_ms: float
    qt_cold_per_degc: float
    qt_potassium_per_mmol_l: float
    qt_magnesium_per_mmol_l: float
    qt_calcium_per_mmol_l: float
    potassium_lack_from_mmol_l: float
    magnesium_lack_from_mmol_l: float
    calcium_lack_from_mmol_l: float
    membrane_guards: float
    potassium_t_mmol_l: float
    potassium_t_per_mmol_l: float
    potassium_p_per_mmol_l: float
    pr_conduction_least: float
    potassium_pr_per_mmol_l: float
    potassium_qrs_mmol_l: float
    potassium_qrs_per_mmol_l: float
    potassium_sine_mmol_l: float
    u_uv_per_mmol_l: float
    t_low_per_mmol_l: float
    j_degc: float
    j_uv: float
    j_uv_per_degc: float
    st_uv: float
    tamponade_qrs_share: float
    vf_fades_per_min: float
    vf_fades_energy: float
    pvt_degenerates_per_min: float
    vt_degenerates_per_min: float
    vt_begins_per_min: float
    vt_ends_per_min: float
    torsades_begins_per_min: float
    torsades_begins_ms: float
    torsades_fast_per_min: float
    torsades_fast_width_per_min: float
    torsades_ends_per_min: float
    torsades_degenerates_per_min: float
    torsades_guard: float
    pea_stops_per_min: float
    pea_stops_energy: float
    agonal_stops: float
    pea_fibrillates_per_min: float
    asystole_organises_per_min: float
    asystole_recovers: float
    asystole_recovers_energy: float
    asystole_fibrillates_per_min: float
    p_waves_fade_per_min: float
    shock_wakes_per_min: float
    shock_wakes_energy: float
    shock_wakes_s: float
    refibrillation_per_min: float
    refibrillation_energy: float
    refibrillation_s: float
    refibrillation_floor_per_min: float
    refibrillation_compressed: float
    refibrillation_low_potassium: float
    refibrillation_high_potassium: float
    potassium_low_mmol_l: float
    potassium_low_width_mmol_l: float
    rearrest_early_min: float
    rearrest_vf_early_per_min: float
    rearrest_vf_late_per_min: float
    rearrest_vf_other_per_min: float
    rearrest_pea_early_per_min: float
    rearrest_pea_late_per_min: float
    rearrest_low_mmhg: float
    rearrest_low_pressure: float
    rearrest_low_saturation: float
    rearrest_hypoxic: float
    rearrest_potassium: float
    rearrest_potassium_lo_mmol_l: float
    rearrest_potassium_hi_mmol_l: float
    ectopy_fibrillates_per_min: float
    ectopy_low_potassium: float
    cold_fibrillates_degc: float
    cold_fibrillates_per_min: float
    cold_stops_degc: float
    cold_stops_per_min: float
    potassium_kills_mmol_l: float
    potassium_fibrillates_per_min: float
    potassium_stops_per_min: float
    escape_widens_per_min: float
    escape_recovers_per_min: float
    agonal_below_energy: float
    block_stops_narrow_per_min: float
    block_stops_wide_per_min: float
    block_fibrillates_wide_per_min: float
    block_worsens_per_min: float
    block_eases_per_min: float
    block_eases_complete_per_min: float
    svt_ends_per_min: float
