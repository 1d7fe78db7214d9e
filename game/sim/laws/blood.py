"""How the blood's chemistry and heat change: acid and base, potassium, calcium, glucose, dilution, temperature."""

from __future__ import annotations

from typing import Final

from game.sim.body.blood import Blood
from game.sim.body.causes import Burden
from game.sim.body.drugs import Drugs
from game.sim.body.fluids import FLUID_KINDS, Fluids
from game.sim.body.lungs import Lungs
from game.sim.formulary import Medicine
from game.sim.params.blood import BloodParameters
from game.sim.params.drugs import DrugParameters
from game.sim.tables import LN_10, clamp, exp, log, ramp

BICARBONATE: Final = int(Medicine.BICARBONATE)
CALCIUM_CHLORIDE: Final = int(Medicine.CALCIUM_CHLORIDE)
CALCIUM_GLUCONATE: Final = int(Medicine.CALCIUM_GLUCONATE)
MAGNESIUM_SULFATE: Final = int(Medicine.MAGNESIUM_SULFATE)
POTASSIUM_CHLORIDE: Final = int(Medicine.POTASSIUM_CHLORIDE)
GLUCOSE: Final = int(Medicine.GLUCOSE)

_MMOL_PER_UMOL: Final = 0.001
_L_PER_ML: Final = 0.001
_NEWTON_STEPS: Final = 2
_NEWTON_STEPS_COLD: Final = 20
"""From any first guess."""


def begin_blood(blood: Blood, p: BloodParameters, haemoglobin_factor: float, arterial_mmhg: float) -> None:
    """The blood of a patient at collapse, whose arterial carbon dioxide is at `arterial_mmhg`."""
    blood.haemoglobin_g_per_l = clamp(
        p.haemoglobin_g_per_l * haemoglobin_factor, p.haemoglobin_lowest_g_per_l, p.haemoglobin_highest_g_per_l
    )
    blood.temperature_degc = p.temperature_degc
    blood.lactate_mmol_l = p.lactate_mmol_l
    blood.fixed_base_mmol_l = p.base_excess + _soured(blood, p)
    blood.potassium_mmol_l = p.potassium_mmol_l
    blood.calcium_mmol_l = p.calcium_mmol_l
    blood.magnesium_mmol_l = p.magnesium_mmol_l
    blood.glucose_mmol_l = p.glucose_mmol_l
    blood.ph = p.standard_ph
    blood.base_excess = p.base_excess
    _find_ph(blood, p, arterial_mmhg, _NEWTON_STEPS_COLD)
    blood.potassium_pool_mmol_l = p.potassium_mmol_l - p.potassium_per_ph * (p.standard_ph - blood.ph)
    _burn(blood, p)


def live_blood(
    blood: Blood,
    p: BloodParameters,
    lungs: Lungs,
    drugs: Drugs,
    drug_p: DrugParameters,
    fluids: Fluids,
    burden: Burden,
    flow_l_min: float,
    volume_ml: float,
    weight_kg: float,
    minutes: float,
) -> None:
    """Let everything in the blood change over `minutes`; `volume_ml` is all the blood there is.

    Takes what arrived of drugs in this look and what bags gave since the last one.
    """
    starved = ramp(flow_l_min, p.full_flow_l_min, p.low_flow_l_min)
    for kind in range(FLUID_KINDS):
        if fluids.given_ml[kind] > 0.0:
            _mix_in(blood, p, kind, fluids.given_ml[kind], volume_ml, weight_kg)
            fluids.given_ml[kind] = 0.0
    if drugs.arriving:
        _take_in(blood, p, drugs, drug_p, weight_kg)
    _turn_sour(blood, p, lungs, burden, flow_l_min, weight_kg, minutes)
    _move_salts(blood, p, drugs, drug_p, burden, starved, weight_kg, minutes)
    _use_glucose(blood, p, drugs, burden, starved, weight_kg, minutes)
    _warm(blood, p, burden, minutes)


def _mix_in(blood: Blood, p: BloodParameters, kind: int, given_ml: float, volume_ml: float, weight_kg: float) -> None:
    """A fluid dilutes, brings what it holds, and shares its heat."""
    bag = p.bags[kind]
    share = given_ml / max(volume_ml, given_ml)
    haemoglobin = blood.haemoglobin_g_per_l + share * (bag.haemoglobin_g_per_l - blood.haemoglobin_g_per_l)
    blood.haemoglobin_g_per_l = clamp(haemoglobin, p.haemoglobin_lowest_g_per_l, p.haemoglobin_highest_g_per_l)
    litres = given_ml * _L_PER_ML
    blood.potassium_fresh_mmol += litres * bag.excess_potassium_mmol_per_l
    blood.citrate_mmol += litres * bag.citrate_mmol_per_l
    body_l = p.body_heat_l_per_kg * weight_kg
    blood.temperature_degc += (bag.degc - blood.temperature_degc) * litres / (body_l + litres)


def _take_in(blood: Blood, p: BloodParameters, drugs: Drugs, drug_p: DrugParameters, weight_kg: float) -> None:
    """What came in with drugs: base, potassium, glucose."""
    base_mmol = drugs.arrived_ug[BICARBONATE] * _MMOL_PER_UMOL
    blood.given_base_mmol_l += base_mmol / (p.base_space_l_per_kg * weight_kg)
    blood.buffering_ml += base_mmol * p.buffered_share * p.buffered_ml_per_mmol
    blood.potassium_fresh_mmol += drugs.arrived_ug[POTASSIUM_CHLORIDE] * _MMOL_PER_UMOL
    glucose_mmol = drugs.arrived_ug[GLUCOSE] * drug_p.drugs[GLUCOSE].umol_per_ug * _MMOL_PER_UMOL
    blood.glucose_mmol_l += glucose_mmol / (p.extracellular_l_per_kg * weight_kg)


def _turn_sour(
    blood: Blood,
    p: BloodParameters,
    lungs: Lungs,
    burden: Burden,
    flow_l_min: float,
    weight_kg: float,
    minutes: float,
) -> None:
    """Lactate from the oxygen that tissue lacks; base excess; carbon dioxide from bicarbonate; pH."""
    lactate = blood.lactate_mmol_l
    demand = lungs.demand_ml_per_min
    lacking = clamp(1.0 - lungs.uptake_ml_per_min / demand, 0.0, 1.0) if demand > 0.0 else 0.0
    working = min(1.0, flow_l_min / p.lactate_cleared_flow_l_min)
    made = p.lactate_per_min * lacking * blood.metabolism
    cleared = (lactate - p.lactate_rest_mmol_l) * p.lactate_cleared_per_min * working * blood.metabolism
    blood.lactate_mmol_l = clamp(lactate + minutes * (made - cleared), 0.0, p.lactate_highest_mmol_l)

    blood.given_base_mmol_l -= blood.given_base_mmol_l * p.given_base_fades_per_min * minutes
    blood.fixed_base_mmol_l -= burden.acid_mmol_per_min * minutes / (p.base_space_l_per_kg * weight_kg)
    blood.fixed_base_mmol_l = clamp(blood.fixed_base_mmol_l, p.base_excess_lowest, p.base_excess_highest)
    base = blood.fixed_base_mmol_l + blood.given_base_mmol_l - _soured(blood, p)
    blood.base_excess = clamp(base, p.base_excess_lowest, p.base_excess_highest)
    blood.carbon_dioxide_ml_per_min = blood.buffering_ml * p.buffered_per_min
    blood.buffering_ml -= blood.carbon_dioxide_ml_per_min * minutes
    _find_ph(blood, p, lungs.arterial_mmhg, _NEWTON_STEPS)


def _soured(blood: Blood, p: BloodParameters) -> float:
    """The base (mmol/L) that lactate and the acids beside it have used up."""
    return (blood.lactate_mmol_l - p.lactate_rest_mmol_l) * (1.0 + p.acid_beside_lactate)


def _find_ph(blood: Blood, p: BloodParameters, arterial_mmhg: float, steps: int) -> None:
    """The pH at which the buffer line of this base excess meets the carbon dioxide, by Newton steps from the last."""
    haemoglobin = blood.haemoglobin_g_per_l / p.haemoglobin_g_per_mmol
    slope = p.buffer_per_haemoglobin * haemoglobin + p.buffer_constant
    base = p.bicarbonate_standard_mmol_l + blood.base_excess / (1.0 - p.base_per_haemoglobin * haemoglobin)
    dissolved = p.carbon_dioxide_solubility * max(arterial_mmhg, 1.0)
    ph = blood.ph
    for _ in range(steps):
        bicarbonate = max(p.bicarbonate_lowest_mmol_l, base - slope * (ph - p.standard_ph))
        off = p.dissociation_ph + log(bicarbonate / dissolved) / LN_10 - ph
        ph += off / (1.0 + slope / (bicarbonate * LN_10))
        ph = clamp(ph, p.ph_lowest, p.ph_highest)
    blood.ph = ph
    blood.bicarbonate_mmol_l = max(p.bicarbonate_lowest_mmol_l, base - slope * (ph - p.standard_ph))


def _move_salts(
    blood: Blood,
    p: BloodParameters,
    drugs: Drugs,
    drug_p: DrugParameters,
    burden: Burden,
    starved: float,
    weight_kg: float,
    minutes: float,
) -> None:
    fluid_l = p.extracellular_l_per_kg * weight_kg
    leaked = blood.potassium_leaked_mmol_l
    leak = p.potassium_leak_per_min * starved * blood.metabolism
    blood.potassium_leaked_mmol_l = leaked + minutes * (leak - leaked * p.potassium_return_per_min * (1.0 - starved))
    blood.potassium_pool_mmol_l += minutes * burden.potassium_mmol_per_min / fluid_l
    fresh = blood.potassium_fresh_mmol
    given = blood.potassium_given_mmol_l
    mixed = minutes * fresh * p.potassium_mixes_per_min
    blood.potassium_fresh_mmol = fresh - mixed
    blood.potassium_given_mmol_l = given + mixed / fluid_l - minutes * given * p.potassium_enters_cells_per_min
    potassium = (
        blood.potassium_pool_mmol_l
        + blood.potassium_leaked_mmol_l
        + blood.potassium_given_mmol_l
        + blood.potassium_fresh_mmol / (p.potassium_plasma_l_per_kg * weight_kg)
        + p.potassium_per_ph * (p.standard_ph - blood.ph)
        - p.potassium_per_given_base * blood.given_base_mmol_l
        + drugs.effects.potassium_shift_mmol_l
    )
    blood.potassium_mmol_l = clamp(potassium, p.potassium_lowest_mmol_l, p.potassium_highest_mmol_l)

    cleared = p.citrate_cleared_per_min * (1.0 - starved) * blood.metabolism
    blood.citrate_mmol -= blood.citrate_mmol * cleared * minutes
    calcium_mmol = _MMOL_PER_UMOL * (
        drugs.central_ug[CALCIUM_CHLORIDE] * drug_p.drugs[CALCIUM_CHLORIDE].umol_per_ug
        + drugs.central_ug[CALCIUM_GLUCONATE] * drug_p.drugs[CALCIUM_GLUCONATE].umol_per_ug
    )
    free_mmol = p.calcium_ionised_share * calcium_mmol - p.citrate_binds_share * blood.citrate_mmol
    calcium = p.calcium_mmol_l + free_mmol / fluid_l
    blood.calcium_mmol_l = clamp(calcium, p.calcium_lowest_mmol_l, p.calcium_highest_mmol_l)
    magnesium_umol = drugs.central_ug[MAGNESIUM_SULFATE] * drug_p.drugs[MAGNESIUM_SULFATE].umol_per_ug
    magnesium = p.magnesium_mmol_l + magnesium_umol * _MMOL_PER_UMOL / fluid_l
    blood.magnesium_mmol_l = min(magnesium, p.magnesium_highest_mmol_l)


def _use_glucose(
    blood: Blood,
    p: BloodParameters,
    drugs: Drugs,
    burden: Burden,
    starved: float,
    weight_kg: float,
    minutes: float,
) -> None:
    glucose = blood.glucose_mmol_l
    made = burden.glucose_mmol_per_min + drugs.effects.glucose_mmol_per_min
    used = p.glucose_by_insulin_per_min * drugs.effects.insulin * glucose / (glucose + p.glucose_half_mmol_l)
    if glucose > p.glucose_high_mmol_l:
        used += (glucose - p.glucose_high_mmol_l) * p.glucose_cleared_per_min * (1.0 - starved)
    glucose += minutes * (made / (p.extracellular_l_per_kg * weight_kg) - used)
    blood.glucose_mmol_l = clamp(glucose, p.glucose_lowest_mmol_l, p.glucose_highest_mmol_l)


def _warm(blood: Blood, p: BloodParameters, burden: Burden, minutes: float) -> None:
    bare = p.exposed_share * p.exposure_degc_per_min
    if bare != 0.0:
        bare *= (blood.temperature_degc - p.ambient_degc) / (p.standard_degc - p.ambient_degc)
    degc = blood.temperature_degc + minutes * (burden.warming_degc_per_min + bare)
    blood.temperature_degc = clamp(degc, p.temperature_lowest_degc, p.temperature_highest_degc)
    if blood.temperature_degc != blood.heat_degc:
        _burn(blood, p)


def _burn(blood: Blood, p: BloodParameters) -> None:
    """How fast tissue burns at this temperature."""
    tens = (blood.temperature_degc - p.standard_degc) / 10.0
    blood.metabolism = exp(log(p.metabolic_q10) * tens)
    blood.heat_degc = blood.temperature_degc
