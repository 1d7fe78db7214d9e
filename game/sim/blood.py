"""The blood's chemistry: what heart, lungs and drugs ask of it. It stays what the case makes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from game.sim.parameters import LungParameters
from game.sim.tables import LN_2, exp, log

_LN_10: Final = 3.0 * LN_2 + log(1.25)


@dataclass(slots=True)
class Blood:
    """Haemoglobin in g/L, temperature in degrees Celsius, arterial pH."""

    haemoglobin_g_per_l: float
    temperature_degc: float
    ph: float

    @classmethod
    def new(cls, p: LungParameters) -> Blood:
        """As the case has it."""
        return cls(p.haemoglobin_g_per_l, p.temperature_degc, p.ph)

    def oxygen_affinity(self, p: LungParameters) -> float:
        """Factor on oxygen pressure before it enters the dissociation curve: 1 at normal pH and temperature."""
        by_ph = p.dissociation_per_ph * (self.ph - p.standard_ph)
        by_heat = p.dissociation_per_degc * (self.temperature_degc - p.standard_degc)
        return exp((by_ph - by_heat) * _LN_10)

    def metabolic_factor(self, p: LungParameters) -> float:
        """How fast tissue burns, 1 at normal temperature."""
        return exp(log(p.metabolic_q10) * (self.temperature_degc - p.standard_degc) / 10.0)
