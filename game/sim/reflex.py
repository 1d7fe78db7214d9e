"""The body's own steering of pressure: the baroreflex with a pulse, and tone that fades without one."""

from __future__ import annotations

from dataclasses import dataclass

from game.sim.parameters import HeartParameters
from game.sim.tables import decay


def _clamp(x: float, lo: float, hi: float) -> float:
    return lo if x < lo else hi if x > hi else x


@dataclass(slots=True)
class Reflex:
    """What the reflex adds now: factors on resistance and contractility, mL on the veins, beats per minute."""

    resistance: float = 1.0
    contractility: float = 1.0
    veins_ml: float = 0.0
    rate_per_min: float = 0.0
    low_flow_min: float = 0.0

    def advance(self, p: HeartParameters, seconds: float, mean_mmhg: float, pulse: bool) -> None:
        """Follow the mean arterial pressure; without a pulse the reflex lets go."""
        error = p.reflex_gain * (mean_mmhg - p.reflex_map_mmhg) if pulse else 0.0
        resistance = _clamp(1.0 - p.reflex_resistance_per_mmhg * error, p.reflex_resistance_lo, p.reflex_resistance_hi)
        veins_ml = _clamp(p.reflex_veins_ml_per_mmhg * error, p.reflex_veins_lo_ml, p.reflex_veins_hi_ml)
        contractility = 1.0 - p.reflex_contractility_per_mmhg * error
        self.resistance += (resistance - self.resistance) * seconds / p.reflex_resistance_s
        self.veins_ml += (veins_ml - self.veins_ml) * seconds / p.reflex_veins_s
        self.contractility += (contractility - self.contractility) * seconds / p.reflex_resistance_s
        self.rate_per_min += (-p.reflex_rate_per_mmhg * error - self.rate_per_min) * seconds / p.reflex_rate_s
        if not pulse:
            self.low_flow_min += seconds / 60.0

    def tone(self, p: HeartParameters, ph: float) -> float:
        """Share of arterial tone left after the low-flow time so far and in this acidosis."""
        return decay(self.low_flow_min / p.tone_loss_min) * (1.0 - p.tone_acid_slope * max(0.0, p.tone_acid_ph - ph))
