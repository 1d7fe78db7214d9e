"""Burden of the brain, what adds to it after return of circulation, and what it means for outcome."""

from __future__ import annotations

from dataclasses import dataclass, field

from game.sim.params.reader import borrowed


@dataclass(frozen=True, slots=True)
class BrainParameters:
    """See `brain.toml`."""

    brain_burden: float
    stem: float
    cerebral_normal_ml_s: float
    cerebral_enough: float
    burden_no_flow: float
    burden_no_oxygen: float
    carbon_dioxide_normal_mmhg: float
    carbon_dioxide_power: float
    carbon_dioxide_least: float
    carbon_dioxide_most: float
    congestion_from_mmhg: float
    congestion_per_mmhg: float
    congestion_least: float
    penalty_per_min: float
    penalty_hypotension: float
    penalty_hypoxia: float
    hypoxia_saturation: float
    hyperoxia_mmhg: float
    hypotension_mmhg: float
    hypocapnia_mmhg: float
    fever_degc: float
    glucose_low_mmol_l: float
    glucose_harms_mmol_l: float
    hypoglycaemia_from_mmol_l: float = field(metadata=borrowed("causes"))
    starving_per_min: float
    stem_flow_none: float
    stem_flow_full: float
    stem_saturation_none: float
    stem_saturation_full: float
    stem_fails_s: float
    stem_returns_min: float
    stem_returns_per_burden: float
    survival_burden: float
    survival_width: float
    survival_share: float
    survival_cause_cardiac: float
    survival_cause_other: float
    good_burden: float
    good_width: float
    good_logit: float
