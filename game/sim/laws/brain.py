"""How ischaemia, poor oxygen and poor care after return of circulation add up, and what the sum means for outcome."""

from __future__ import annotations

from game.sim.body.blood import Blood
from game.sim.body.brain import Brain
from game.sim.body.circulation import Circulation
from game.sim.body.drugs import Effects
from game.sim.body.lungs import Lungs
from game.sim.params.brain import BrainParameters
from game.sim.tables import clamp, exp, log, logistic, ramp


def begin_brain(brain: Brain, p: BrainParameters) -> None:
    """The brain as the case has it."""
    brain.burden = p.brain_burden
    brain.stem = p.stem


def live_brain(
    brain: Brain,
    p: BrainParameters,
    circulation: Circulation,
    lungs: Lungs,
    blood: Blood,
    effects: Effects,
    pulse: bool,
    minutes: float,
) -> None:
    """Let the brain live for `minutes`; `pulse` is whether the heart holds a pressure of its own."""
    share = circulation.cerebral_ml_s / p.cerebral_normal_ml_s * effects.cerebral_flow
    share *= _carbon_dioxide(p, lungs.arterial_mmhg) * _congestion(p, circulation.right_atrial_mmhg)
    share = clamp(share, 0.0, 1.0)
    brain.flow = share
    fed = min(1.0, share / p.cerebral_enough)
    harm = p.burden_no_flow * (1.0 - fed) + p.burden_no_oxygen * (1.0 - lungs.saturation)
    if blood.glucose_mmol_l < p.hypoglycaemia_from_mmol_l:
        harm += p.starving_per_min * (1.0 - blood.glucose_mmol_l / p.hypoglycaemia_from_mmol_l)
    if pulse:
        harm += p.penalty_per_min * _avoidable(brain, p, circulation, lungs, blood, minutes)
    brain.burden += blood.metabolism * harm * minutes
    _live_stem(brain, p, lungs.saturation, minutes)


def survival_chance(brain: Brain, p: BrainParameters, reserve: float, cause: float) -> float:
    """Chance to be alive after 30 days if the pulse holds.

    `reserve` (min) is what this brain bears more than usual, `cause` that of `cause_factor`.
    """
    sparing = logistic((p.survival_burden + reserve - brain.burden) / p.survival_width)
    return sparing * p.survival_share * cause


def cause_factor(p: BrainParameters, shockable_origin: bool) -> float:
    """How far the cause of the arrest lets the patient live on, by the kind of rhythm it began with."""
    return p.survival_cause_cardiac if shockable_origin else p.survival_cause_other


def good_outcome_chance(brain: Brain, p: BrainParameters, reserve: float) -> float:
    """Chance that a survivor has a brain that lets him live independently."""
    return logistic((p.good_burden + reserve - brain.burden) / p.good_width + p.good_logit)


def gag(brain: Brain, effects: Effects) -> float:
    """How well the patient guards his throat, 0 to 1."""
    dulled = max(0.0, effects.opioid - effects.opioid_reversal)
    awake = (1.0 - min(1.0, dulled)) * (1.0 - min(1.0, effects.sedation)) * (1.0 - min(1.0, effects.paralysis))
    return brain.stem * awake


def _carbon_dioxide(p: BrainParameters, mmhg: float) -> float:
    """Vessels of the brain narrow when carbon dioxide is low and widen when it is high."""
    factor = exp(p.carbon_dioxide_power * log(max(mmhg, 1.0) / p.carbon_dioxide_normal_mmhg))
    return clamp(factor, p.carbon_dioxide_least, p.carbon_dioxide_most)


def _congestion(p: BrainParameters, right_atrial_mmhg: float) -> float:
    """Pressure in the chest (leaning, too many breaths) dams blood up into the head."""
    above = max(0.0, right_atrial_mmhg - p.congestion_from_mmhg)
    return max(p.congestion_least, 1.0 - p.congestion_per_mmhg * above)


def _avoidable(
    brain: Brain, p: BrainParameters, circulation: Circulation, lungs: Lungs, blood: Blood, minutes: float
) -> float:
    """Sum of what hurts a brain whose circulation is back, in units of the penalty."""
    units = 0.0
    if lungs.saturation < p.hypoxia_saturation:
        brain.hypoxia_min += minutes
        units += p.penalty_hypoxia
    if lungs.oxygen_mmhg > p.hyperoxia_mmhg:
        brain.hyperoxia_min += minutes
        units += 1.0
    if circulation.mean_mmhg < p.hypotension_mmhg:
        brain.hypotension_min += minutes
        units += p.penalty_hypotension
    if lungs.arterial_mmhg < p.hypocapnia_mmhg:
        brain.hypocapnia_min += minutes
        units += 1.0
    if blood.temperature_degc > p.fever_degc:
        brain.fever_min += minutes
        units += 1.0
    if blood.glucose_mmol_l < p.glucose_low_mmol_l or blood.glucose_mmol_l > p.glucose_harms_mmol_l:
        brain.glucose_min += minutes
        units += 1.0
    return units


def _live_stem(brain: Brain, p: BrainParameters, saturation: float, minutes: float) -> None:
    """Fails within seconds without blood or oxygen, returns the later the more it has suffered."""
    wanted = ramp(brain.flow, p.stem_flow_none, p.stem_flow_full)
    wanted *= ramp(saturation, p.stem_saturation_none, p.stem_saturation_full)
    if wanted < brain.stem:
        pace_min = p.stem_fails_s / 60.0
    else:
        pace_min = p.stem_returns_min + p.stem_returns_per_burden * brain.burden
    brain.stem += (wanted - brain.stem) * min(1.0, minutes / pace_min)
