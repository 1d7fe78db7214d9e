"""The body's own steering of pressure: the baroreflex with a pulse, and tone that fades without one."""

from __future__ import annotations

from game.sim.body.reflex import Reflex
from game.sim.params.reflex import ReflexParameters
from game.sim.tables import clamp, decay


def live_reflex(
    reflex: Reflex, p: ReflexParameters, seconds: float, mean_mmhg: float, pulse: bool, brain_burden: float
) -> None:
    """Follow the mean arterial pressure as far as the brain still works; without a pulse the reflex lets go."""
    error = 0.0
    if pulse:
        awake = clamp(1.0 - brain_burden / p.reflex_brain_burden, 0.0, 1.0)
        error = p.reflex_gain * awake * (mean_mmhg - p.reflex_map_mmhg)
    else:
        reflex.low_flow_min += seconds / 60.0
    resistance = clamp(1.0 - p.reflex_resistance_per_mmhg * error, p.reflex_resistance_lo, p.reflex_resistance_hi)
    veins_ml = clamp(p.reflex_veins_ml_per_mmhg * error, p.reflex_veins_lo_ml, p.reflex_veins_hi_ml)
    contractility = 1.0 - p.reflex_contractility_per_mmhg * error
    share = seconds / p.reflex_resistance_s
    reflex.resistance += (resistance - reflex.resistance) * share
    reflex.contractility += (contractility - reflex.contractility) * share
    reflex.veins_ml += (veins_ml - reflex.veins_ml) * seconds / p.reflex_veins_s
    reflex.rate_per_min += (-p.reflex_rate_per_mmhg * error - reflex.rate_per_min) * seconds / p.reflex_rate_s


def arterial_tone(reflex: Reflex, p: ReflexParameters, ph: float) -> float:
    """Share of arterial tone left after the low-flow time so far and in this acidosis."""
    acid = clamp(p.tone_acid_slope * (p.tone_acid_ph - ph), 0.0, 1.0)
    return decay(reflex.low_flow_min / p.tone_loss_min) * (1.0 - acid)
