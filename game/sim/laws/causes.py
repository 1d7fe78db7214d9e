"""What the causes do to the body, and how they go by themselves: bleeding, air, clots, poisons, heat."""

from __future__ import annotations

from game.sim.body.blood import Blood
from game.sim.body.causes import CLOSED, LEFT, POISONS, RESEALED, RIGHT, Burden, Causes
from game.sim.body.circulation import Circulation
from game.sim.body.drugs import Effects
from game.sim.body.lungs import Lungs
from game.sim.laws.circulation import filling_ml
from game.sim.params.causes import CausesParameters, Toxin
from game.sim.tables import LN_2, clamp, decay, exp, ramp


def begin_causes(causes: Causes, p: CausesParameters) -> None:
    """Give a patient his causes as `p` names them. The blood lost before (`blood_loss_ml`) is the circulation's."""
    causes.bleeding_ml_per_min = p.bleeding_ml_per_min
    side = int(p.tension_side)
    for each in range(2):
        if p.tension_mmhg > 0.0 and side in (each, 2):
            causes.air_mmhg[each] = p.tension_mmhg
            causes.leak_mmhg_per_min[each] = p.tension_growth_mmhg_per_min
    causes.pericardial_ml = p.pericardial_ml
    causes.pericardial_ml_per_min = p.pericardial_growth_ml_per_min
    causes.pulmonary_obstruction = p.pulmonary_obstruction
    causes.coronary_occlusion = p.coronary_occlusion
    causes.airway_obstruction = p.airway_obstruction
    causes.anaphylaxis = p.anaphylaxis
    causes.bronchospasm = p.bronchospasm
    causes.lung_water = p.lung_water
    for i in range(POISONS):
        causes.poison[i] = p.toxins[i].level
        if causes.poison[i] > 0.0:
            causes.poisoned = True
    if p.pregnancy_weeks >= p.pregnancy_from_weeks:
        causes.uterus = ramp(p.pregnancy_weeks, p.pregnancy_zero_weeks, p.pregnancy_full_weeks)
    causes.potassium_gain_mmol_per_min = p.potassium_gain_mmol_per_min
    causes.acid_gain_mmol_per_min = p.acid_gain_mmol_per_min
    causes.glucose_use_mmol_per_min = p.glucose_use_mmol_per_min


def clear_airway(causes: Causes, share: float) -> None:
    """Take `share` (0 to 1) of what blocks the throat away."""
    causes.airway_obstruction *= 1.0 - clamp(share, 0.0, 1.0)


def live_causes(
    causes: Causes,
    p: CausesParameters,
    circulation: Circulation,
    lungs: Lungs,
    blood: Blood,
    effects: Effects,
    minutes: float,
) -> None:
    """Let every cause go on for `minutes`, and say in `causes.burden` what all of them do now."""
    burden = causes.burden
    _unburden(burden)
    if causes.bleeding_ml_per_min > 0.0 or p.wound_ml_per_min > 0.0:
        _bleed(causes, p, circulation, effects)
    if causes.leak_mmhg_per_min[LEFT] > 0.0 or causes.leak_mmhg_per_min[RIGHT] > 0.0:
        _trap_air(causes, p, minutes)
    if causes.pericardial_ml > 0.0 or causes.pericardial_ml_per_min > 0.0:
        _fill_pericardium(causes, p, minutes)
    if causes.pulmonary_obstruction > 0.0 or causes.coronary_occlusion > 0.0:
        _clot(causes, p, effects, minutes)
    if causes.airway_obstruction > 0.0:
        burden.obstruction = causes.airway_obstruction
    if causes.anaphylaxis > 0.0:
        _swell(causes, p, effects, minutes)
    if causes.bronchospasm > 0.0 or causes.lung_water > 0.0:
        _fill_lungs(causes, p, effects, minutes)
    if causes.poisoned:
        _poison(causes, p, lungs, blood, effects, minutes)
    if causes.uterus > 0.0:
        _press_vein(causes, p, minutes)
    if blood.glucose_mmol_l < p.hypoglycaemia_from_mmol_l or blood.magnesium_mmol_l > p.magnesium_high_mmol_l:
        _starve(burden, p, blood, effects)
    _exchange(causes, p, blood)
    burden.stands = _stands(causes, p, circulation, lungs, blood)


def _unburden(burden: Burden) -> None:
    burden.contractility = 1.0
    burden.rate = 1.0
    burden.resistance = 1.0
    burden.pulmonary_resistance = 1.0
    burden.venous_resistance = 1.0
    burden.veins_ml = 0.0
    burden.energy_ceiling = 1.0
    burden.organise_logit = 0.0
    burden.terminate_logit = 0.0
    burden.refibrillation = 1.0
    burden.ectopy = 1.0
    burden.qrs = 1.0
    burden.qt = 1.0
    burden.pericardial_mmhg = 0.0
    burden.pneumothorax_mmhg = 0.0
    burden.shunt_share = 0.0
    burden.dead_share = 0.0
    burden.compliance = 1.0
    burden.airway_resistance = 1.0
    burden.breathing_drive = 1.0
    burden.bleeding_ml_per_min = 0.0
    burden.obstruction = 0.0
    burden.warming_degc_per_min = 0.0
    burden.glucose_mmol_per_min = 0.0
    burden.potassium_mmol_per_min = 0.0
    burden.acid_mmol_per_min = 0.0
    burden.coronary = 0.0


def _bleed(causes: Causes, p: CausesParameters, circulation: Circulation, effects: Effects) -> None:
    """An open vessel bleeds with the pressure in it; a fresh wound opens when the blood cannot clot."""
    pressure = clamp(circulation.mean_mmhg / p.bleeding_reference_mmhg, 0.0, p.bleeding_pressure_cap)
    open_ml = causes.bleeding_ml_per_min * effects.bleeding
    wound_ml = p.wound_ml_per_min * max(0.0, effects.bleeding - 1.0)
    causes.burden.bleeding_ml_per_min = (open_ml + wound_ml) * pressure


def _trap_air(causes: Causes, p: CausesParameters, minutes: float) -> None:
    """Air gathers around a lung until it finds a way out."""
    for side in range(2):
        pressure = causes.air_mmhg[side]
        if causes.vent[side] == CLOSED or causes.vent[side] == RESEALED:
            pressure = min(p.tension_limit_mmhg, pressure + causes.leak_mmhg_per_min[side] * minutes)
        else:
            pressure *= decay(minutes * 60.0 / p.tension_vent_s)
        causes.air_mmhg[side] = pressure
    pressure = max(causes.air_mmhg[LEFT], causes.air_mmhg[RIGHT])
    share = min(1.0, pressure / p.tension_full_mmhg)
    burden = causes.burden
    burden.pneumothorax_mmhg = pressure
    burden.venous_resistance *= 1.0 + share * (p.tension_venous_resistance - 1.0)
    burden.compliance *= 1.0 + share * (p.tension_compliance - 1.0)
    burden.shunt_share += share * p.tension_shunt_share


def _fill_pericardium(causes: Causes, p: CausesParameters, minutes: float) -> None:
    """Fluid gathers around the heart, a needle draws it off, a drain keeps drawing."""
    volume = min(p.pericardial_most_ml, causes.pericardial_ml + causes.pericardial_ml_per_min * minutes)
    drawn = min(causes.pericardial_tap_ml, p.tap_ml_per_min * minutes)
    causes.pericardial_tap_ml -= drawn
    volume = max(0.0, volume - drawn)
    if causes.pericardial_drain and volume > p.pericardial_left_ml:
        volume = max(p.pericardial_left_ml, volume - p.tap_drain_ml_per_min * minutes)
    causes.pericardial_ml = volume
    if volume > 0.0:
        causes.burden.pericardial_mmhg = p.pericardial_curve_mmhg * exp(
            (volume - p.pericardial_mid_ml) / p.pericardial_span_ml
        )


def _clot(causes: Causes, p: CausesParameters, effects: Effects, minutes: float) -> None:
    """Clots go by drugs that dissolve them and by the hands that open the vessel.

    A heart that pumps against a lung shut beyond `pulmonary_strain_from` fails under the strain.
    """
    rate = effects.lysis * p.lysis_clock / p.lysis_min
    if causes.opening:
        rate += 1.0 / p.reperfusion_min
    if rate > 0.0:
        left = decay(rate * minutes)
        causes.pulmonary_obstruction = _gone(causes.pulmonary_obstruction * left, p.clot_gone)
        causes.coronary_occlusion = _gone(causes.coronary_occlusion * left, p.clot_gone)
        if causes.pulmonary_obstruction + causes.coronary_occlusion <= 0.0:
            causes.opening = False
    burden = causes.burden
    blocked = causes.pulmonary_obstruction
    burden.pulmonary_resistance *= 1.0 + blocked * (p.pulmonary_resistance_full - 1.0)
    burden.dead_share += p.pulmonary_dead_share * min(1.0, blocked / p.pulmonary_dead_at)
    strain = ramp(blocked, p.pulmonary_strain_from, 1.0)
    burden.contractility *= 1.0 + strain * (p.pulmonary_strain_contractility - 1.0)
    burden.coronary = causes.coronary_occlusion
    burden.energy_ceiling *= 1.0 - causes.coronary_occlusion * (1.0 - p.coronary_energy_ceiling)


def _gone(share: float, small: float) -> float:
    if share < small:
        return 0.0
    return share


def _swell(causes: Causes, p: CausesParameters, effects: Effects, minutes: float) -> None:
    """Allergy opens the vessels and closes the airways; epinephrine ends it, time does so slowly."""
    rate = effects.epinephrine / p.anaphylaxis_epinephrine_min + LN_2 / p.anaphylaxis_half_life_min
    level = causes.anaphylaxis * decay(rate * minutes)
    causes.anaphylaxis = level
    burden = causes.burden
    burden.resistance *= 1.0 + level * (p.anaphylaxis_resistance - 1.0)
    burden.veins_ml += level * p.anaphylaxis_veins_ml
    spasm = level * (1.0 - p.bronchodilation_share * effects.bronchodilation)
    burden.airway_resistance *= 1.0 + spasm * (p.anaphylaxis_airway_resistance - 1.0)
    burden.obstruction = max(burden.obstruction, level * p.anaphylaxis_obstruction)


def _fill_lungs(causes: Causes, p: CausesParameters, effects: Effects, minutes: float) -> None:
    """Narrow airways and wet lungs."""
    burden = causes.burden
    spasm = causes.bronchospasm * (1.0 - p.bronchodilation_share * effects.bronchodilation)
    burden.airway_resistance *= 1.0 + spasm * (p.bronchospasm_airway_resistance - 1.0)
    burden.shunt_share += spasm * p.bronchospasm_shunt_share
    burden.dead_share += spasm * p.bronchospasm_dead_share
    water = causes.lung_water
    if water > 0.0:
        water *= decay(LN_2 * minutes / p.lung_water_half_life_min)
        causes.lung_water = water
        burden.shunt_share += water * p.lung_water_shunt_share
        burden.compliance *= 1.0 + water * (p.lung_water_compliance - 1.0)


def _poison(
    causes: Causes,
    p: CausesParameters,
    lungs: Lungs,
    blood: Blood,
    effects: Effects,
    minutes: float,
) -> None:
    """Poisons fade and work, as far as their antidotes let them."""
    burden = causes.burden
    oxygen = ramp(lungs.fio2, p.air_oxygen, 1.0)
    alkali = ramp(blood.ph, p.alkali_from_ph, p.alkali_full_ph)
    for i in range(POISONS):
        level = causes.poison[i]
        if level > 0.0:
            toxin = p.toxins[i]
            rate = LN_2 / toxin.half_life_min
            if toxin.half_life_oxygen_min > 0.0:
                rate += oxygen * (LN_2 / toxin.half_life_oxygen_min - rate)
            level *= decay(rate * minutes)
            causes.poison[i] = level
            _work(burden, toxin, level * (1.0 - _opposed(toxin, effects, alkali)))


def _opposed(toxin: Toxin, effects: Effects, alkali: float) -> float:
    """The share of a poison's effect that antidotes take away."""
    share = (
        toxin.by_opioid_reversal * effects.opioid_reversal
        + toxin.by_sodium_load * effects.sodium_load
        + toxin.by_alkali * alkali
        + toxin.by_lipid * effects.lipid
        + toxin.by_beta_block_reversal * effects.beta_block_reversal
        + toxin.by_membrane * effects.membrane
        + toxin.by_vagolysis * effects.vagolysis
        + toxin.by_digoxin_bound * effects.digoxin_bound
        + toxin.by_cyanide_bound * effects.cyanide_bound
        + toxin.by_cholinesterase * effects.cholinesterase
        + toxin.by_sedation * effects.sedation
    )
    return clamp(share, 0.0, 1.0)


def _work(burden: Burden, toxin: Toxin, level: float) -> None:
    """What `level` of a poison does."""
    burden.contractility *= 1.0 + level * (toxin.contractility - 1.0)
    burden.rate *= 1.0 + level * (toxin.rate - 1.0)
    burden.resistance *= 1.0 + level * (toxin.resistance - 1.0)
    burden.energy_ceiling *= 1.0 + level * (toxin.energy_ceiling - 1.0)
    burden.qrs *= 1.0 + level * (toxin.qrs - 1.0)
    burden.qt *= 1.0 + level * (toxin.qt - 1.0)
    burden.refibrillation *= 1.0 + level * (toxin.refibrillation - 1.0)
    burden.ectopy *= 1.0 + level * (toxin.ectopy - 1.0)
    burden.organise_logit += level * toxin.organise_logit
    burden.terminate_logit += level * toxin.terminate_logit
    burden.breathing_drive *= 1.0 + level * (toxin.breathing_drive - 1.0)
    burden.airway_resistance *= 1.0 + level * (toxin.airway_resistance - 1.0)
    burden.shunt_share += level * toxin.shunt_share
    burden.acid_mmol_per_min += level * toxin.acid_mmol_per_min
    burden.potassium_mmol_per_min += level * toxin.potassium_mmol_per_min
    burden.glucose_mmol_per_min += level * toxin.glucose_mmol_per_min
    burden.warming_degc_per_min += level * toxin.warming_degc_per_min


def _press_vein(causes: Causes, p: CausesParameters, minutes: float) -> None:
    """A womb lies on the great vein of the belly: less comes back to the heart, until it is moved or emptied."""
    if causes.delivered:
        causes.uterus = _gone(causes.uterus * decay(minutes / p.caval_release_min), p.clot_gone)
    weight = causes.uterus
    burden = causes.burden
    burden.compliance *= 1.0 + weight * (p.caval_compliance - 1.0)
    if causes.uterus_displaced:
        weight *= 1.0 - p.caval_displaced_share
    burden.venous_resistance *= 1.0 + weight * (p.caval_venous_resistance - 1.0)
    burden.veins_ml += weight * p.caval_veins_ml


def _starve(burden: Burden, p: CausesParameters, blood: Blood, effects: Effects) -> None:
    """What a heart and a brain without glucose, or full of magnesium, can still do."""
    lack = ramp(blood.glucose_mmol_l, p.hypoglycaemia_from_mmol_l, p.hypoglycaemia_full_mmol_l)
    if lack > 0.0:
        burden.contractility *= 1.0 + lack * (p.glucose_contractility - 1.0)
        burden.rate *= 1.0 + lack * (p.glucose_rate - 1.0)
        burden.resistance *= 1.0 + lack * (p.glucose_resistance - 1.0)
        burden.energy_ceiling *= 1.0 + lack * (p.glucose_energy_ceiling - 1.0)
        burden.qt *= 1.0 + lack * (p.glucose_qt - 1.0)
        burden.breathing_drive *= 1.0 + lack * (p.glucose_breathing_drive - 1.0)
    excess = ramp(blood.magnesium_mmol_l, p.magnesium_high_mmol_l, p.magnesium_full_mmol_l)
    excess *= 1.0 - min(1.0, effects.membrane)
    if excess > 0.0:
        burden.contractility *= 1.0 + excess * (p.magnesium_contractility - 1.0)
        burden.rate *= 1.0 + excess * (p.magnesium_rate - 1.0)
        burden.resistance *= 1.0 + excess * (p.magnesium_resistance - 1.0)
        burden.qrs *= 1.0 + excess * (p.magnesium_qrs - 1.0)
        burden.breathing_drive *= 1.0 + excess * (p.magnesium_breathing_drive - 1.0)


def _exchange(causes: Causes, p: CausesParameters, blood: Blood) -> None:
    """Heat, potassium, acid and glucose that go in and out for longer than a moment."""
    burden = causes.burden
    burden.potassium_mmol_per_min += causes.potassium_gain_mmol_per_min
    burden.acid_mmol_per_min += causes.acid_gain_mmol_per_min
    burden.glucose_mmol_per_min -= causes.glucose_use_mmol_per_min
    if causes.dialysis:
        burden.potassium_mmol_per_min -= p.dialysis_potassium_mmol_per_min
        burden.acid_mmol_per_min -= p.dialysis_acid_mmol_per_min
    warming = 0.0
    if blood.temperature_degc < p.rewarm_until_degc:
        if causes.ecmo:
            warming += p.rewarm_ecmo_degc_per_min
        if causes.rewarm_internal:
            warming += p.rewarm_internal_degc_per_min
        if causes.rewarm_external:
            warming += p.rewarm_external_degc_per_min
    if causes.cooling and blood.temperature_degc > p.cool_until_degc:
        warming -= p.cool_degc_per_min
    burden.warming_degc_per_min += warming * p.heat_clock


def _stands(causes: Causes, p: CausesParameters, circulation: Circulation, lungs: Lungs, blood: Blood) -> bool:
    """Whether a cause other than a coronary one is uncorrected."""
    burden = causes.burden
    share = max(causes.pulmonary_obstruction, causes.anaphylaxis, causes.bronchospasm)
    if share > p.stands_share or causes.uterus > p.stands_share or burden.pneumothorax_mmhg > p.tension_found_mmhg:
        return True
    if burden.contractility < 1.0 - p.stands_share or burden.breathing_drive < p.stands_share:
        return True
    if burden.pericardial_mmhg > p.tension_found_mmhg or burden.energy_ceiling < p.coronary_energy_ceiling:
        return True
    if blood.potassium_mmol_l > p.stands_potassium_high_mmol_l:
        return True
    if blood.potassium_mmol_l < p.stands_potassium_low_mmol_l or blood.base_excess < p.stands_base_excess:
        return True
    if blood.temperature_degc < p.stands_temperature_degc or lungs.saturation < p.stands_saturation:
        return True
    return filling_ml(circulation) < p.stands_filling_ml
