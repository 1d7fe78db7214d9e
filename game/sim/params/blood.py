"""The blood's chemistry and heat, and what bags bring into them."""

from __future__ import annotations

from dataclasses import dataclass, field

from game.sim.params.reader import named


@dataclass(frozen=True, slots=True)
class Bag:
    """A kind of fluid: its temperature, and what a litre of it brings (potassium above that of plasma)."""

    degc: float
    excess_potassium_mmol_per_l: float
    haemoglobin_g_per_l: float = 0.0
    citrate_mmol_per_l: float = 0.0


@dataclass(frozen=True, slots=True)
class BloodParameters:
    """See `blood.toml`."""

    haemoglobin_g_per_l: float
    temperature_degc: float
    base_excess: float
    lactate_mmol_l: float
    potassium_mmol_l: float
    calcium_mmol_l: float
    magnesium_mmol_l: float
    glucose_mmol_l: float

    standard_ph: float
    standard_degc: float
    metabolic_q10: float
    low_flow_l_min: float
    full_flow_l_min: float
    extracellular_l_per_kg: float
    base_space_l_per_kg: float

    lactate_per_min: float
    lactate_rest_mmol_l: float
    lactate_cleared_per_min: float
    lactate_cleared_flow_l_min: float
    acid_beside_lactate: float
    bicarbonate_standard_mmol_l: float
    buffer_per_haemoglobin: float
    buffer_constant: float
    base_per_haemoglobin: float
    haemoglobin_g_per_mmol: float
    dissociation_ph: float
    carbon_dioxide_solubility: float
    given_base_fades_per_min: float
    buffered_ml_per_mmol: float
    buffered_share: float
    buffered_per_min: float

    potassium_leak_per_min: float
    potassium_return_per_min: float
    potassium_per_ph: float
    potassium_per_given_base: float
    potassium_plasma_l_per_kg: float
    potassium_mixes_per_min: float
    potassium_enters_cells_per_min: float
    calcium_ionised_share: float
    citrate_binds_share: float
    citrate_cleared_per_min: float

    glucose_by_insulin_per_min: float
    glucose_half_mmol_l: float
    glucose_high_mmol_l: float
    glucose_cleared_per_min: float

    exposed_share: float
    exposure_degc_per_min: float
    ambient_degc: float
    body_heat_l_per_kg: float

    bags: tuple[Bag, ...] = field(metadata=named("bag_crystalloid", "bag_warm", "bag_cold", "bag_blood"))

    ph_lowest: float
    ph_highest: float
    bicarbonate_lowest_mmol_l: float
    base_excess_lowest: float
    base_excess_highest: float
    lactate_highest_mmol_l: float
    potassium_lowest_mmol_l: float
    potassium_highest_mmol_l: float
    calcium_lowest_mmol_l: float
    calcium_highest_mmol_l: float
    magnesium_highest_mmol_l: float
    glucose_lowest_mmol_l: float
    glucose_highest_mmol_l: float
    haemoglobin_lowest_g_per_l: float
    haemoglobin_highest_g_per_l: float
    temperature_lowest_degc: float
    temperature_highest_degc: float
