"""The baroreflex, and the loss of arterial tone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReflexParameters:
    """See `reflex.toml`."""

    reflex_map_mmhg: float
    reflex_gain: float
    reflex_brain_burden: float
    reflex_resistance_per_mmhg: float
    reflex_resistance_lo: float
    reflex_resistance_hi: float
    reflex_resistance_s: float
    reflex_veins_ml_per_mmhg: float
    reflex_veins_lo_ml: float
    reflex_veins_hi_ml: float
    reflex_veins_s: float
    reflex_rate_per_mmhg: float
    reflex_rate_s: float
    reflex_contractility_per_mmhg: float
    tone_loss_min: float
    tone_acid_ph: float
    tone_acid_slope: float
