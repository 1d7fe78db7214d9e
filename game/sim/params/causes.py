"""The numbers of the causes: how severe each is in this patient, what it does, and how its treatment undoes it."""

from __future__ import annotations

from dataclasses import dataclass, field

from game.sim.body.causes import TOXINS
from game.sim.params.reader import borrowed, named


@dataclass(frozen=True, slots=True)
class Toxin:
    """One poison: how much of it (`level`), how it goes, and what it does at level 1.

    `half_life_min` is that in air, `half_life_oxygen_min` that in pure oxygen. The effects are factors, logits,
    shares and rates of the burden's fields of the same name; `by_...` is the share of them that an antidote at its
    full effect takes away.
    """

    level: float
    half_life_min: float
    half_life_oxygen_min: float = 0.0
    contractility: float = 1.0
    rate: float = 1.0
    resistance: float = 1.0
    energy_ceiling: float = 1.0
    qrs: float = 1.0
    qt: float = 1.0
    refibrillation: float = 1.0
    ectopy: float = 1.0
    organise_logit: float = 0.0
    terminate_logit: float = 0.0
    breathing_drive: float = 1.0
    airway_resistance: float = 1.0
    shunt_share: float = 0.0
    acid_mmol_per_min: float = 0.0
    potassium_mmol_per_min: float = 0.0
    glucose_mmol_per_min: float = 0.0
    warming_degc_per_min: float = 0.0
    by_opioid_reversal: float = 0.0
    by_sodium_load: float = 0.0
    by_alkali: float = 0.0
    by_lipid: float = 0.0
    by_beta_block_reversal: float = 0.0
    by_membrane: float = 0.0
    by_vagolysis: float = 0.0
    by_digoxin_bound: float = 0.0
    by_cyanide_bound: float = 0.0
    by_cholinesterase: float = 0.0
    by_sedation: float = 0.0


@dataclass(frozen=True, slots=True)
class CausesParameters:
    """See `causes.toml`."""

    blood_loss_ml: float
    bleeding_ml_per_min: float
    bleeding_site: float
    bleeding_reference_mmhg: float
    bleeding_pressure_cap: float
    wound_ml_per_min: float
    stop_bleeding_chance: float
    stop_bleeding_share: float

    tension_mmhg: float
    tension_side: float
    tension_growth_mmhg_per_min: float
    tension_limit_mmhg: float
    tension_full_mmhg: float
    tension_venous_resistance: float
    tension_compliance: float
    tension_shunt_share: float
    tension_vent_s: float
    tension_found_mmhg: float
    needle_fails_chance: float
    needle_pneumothorax_chance: float
    needle_leak_mmhg_per_min: float

    pericardial_ml: float
    pericardial_growth_ml_per_min: float
    pericardial_clotted: float
    pericardial_curve_mmhg: float
    pericardial_mid_ml: float
    pericardial_span_ml: float
    pericardial_most_ml: float
    pericardial_found_ml: float
    pericardial_left_ml: float
    tap_ml: float
    tap_ml_per_min: float
    tap_drain_ml_per_min: float
    tap_fails_chance: float
    tap_clotted_fails_chance: float
    tap_puncture_chance: float
    tap_puncture_ml_per_min: float

    pulmonary_obstruction: float
    pulmonary_resistance_full: float
    pulmonary_dead_share: float
    pulmonary_dead_at: float
    pulmonary_strain_from: float
    pulmonary_strain_contractility: float
    coronary_occlusion: float
    coronary_territory: float
    coronary_energy_ceiling: float
    lysis_min: float
    lysis_clock: float
    reperfusion_chance: float
    reperfusion_min: float
    clot_gone: float

    airway_obstruction: float
    anaphylaxis: float
    anaphylaxis_resistance: float
    anaphylaxis_veins_ml: float
    anaphylaxis_airway_resistance: float
    anaphylaxis_obstruction: float
    anaphylaxis_epinephrine_min: float
    anaphylaxis_half_life_min: float
    bronchospasm: float
    bronchospasm_airway_resistance: float
    bronchospasm_shunt_share: float
    bronchospasm_dead_share: float
    bronchodilation_share: float
    lung_water: float
    lung_water_shunt_share: float
    lung_water_compliance: float
    lung_water_half_life_min: float

    pregnancy_weeks: float
    pregnancy_from_weeks: float
    pregnancy_zero_weeks: float
    pregnancy_full_weeks: float
    caval_venous_resistance: float
    caval_veins_ml: float
    caval_compliance: float
    caval_displaced_share: float
    caval_release_min: float
    trauma: float

    hypoglycaemia_from_mmol_l: float
    hypoglycaemia_full_mmol_l: float
    glucose_contractility: float
    glucose_rate: float
    glucose_resistance: float
    glucose_energy_ceiling: float
    glucose_qt: float
    glucose_breathing_drive: float
    glucose_use_mmol_per_min: float
    magnesium_high_mmol_l: float
    magnesium_full_mmol_l: float
    magnesium_contractility: float
    magnesium_rate: float
    magnesium_resistance: float
    magnesium_qrs: float
    magnesium_breathing_drive: float

    potassium_gain_mmol_per_min: float
    acid_gain_mmol_per_min: float
    dialysis_potassium_mmol_per_min: float
    dialysis_acid_mmol_per_min: float

    heat_clock: float
    rewarm_external_degc_per_min: float
    rewarm_internal_degc_per_min: float
    rewarm_ecmo_degc_per_min: float
    rewarm_until_degc: float
    cool_degc_per_min: float
    cool_until_degc: float

    alkali_from_ph: float
    alkali_full_ph: float
    air_oxygen: float = field(metadata=borrowed("lungs"))

    stands_share: float
    stands_filling_ml: float
    stands_potassium_low_mmol_l: float
    stands_potassium_high_mmol_l: float
    stands_base_excess: float
    stands_temperature_degc: float
    stands_saturation: float

    toxins: tuple[Toxin, ...] = field(metadata=named(*TOXINS))
