"""Air in, carbon dioxide out: alveoli, arterial, venous and tissue pools, the capnograph and the finger probe.

One breath at a time brings fresh gas; blood flow carries oxygen in and carbon dioxide back. Exhaled carbon dioxide
follows flow because flow brings it.
"""

from __future__ import annotations

from dataclasses import dataclass

from game.sim.blood import Blood
from game.sim.circulation import NEVER_MS
from game.sim.events import Breath
from game.sim.parameters import LungParameters


@dataclass(slots=True)
class Lungs:
    """Gas state: oxygen contents in mL per L of blood, carbon dioxide in mmHg; `oxygen` is the alveolar share."""

    oxygen: float
    arterial_oxygen: float
    venous_oxygen: float
    alveolar_mmhg: float
    venous_mmhg: float
    tissue_mmhg: float
    exhaled_mmhg: float = 0.0
    exhaled_ms: int = NEVER_MS
    probe_pct: float = 98.0
    fresh_ml: float = 0.0
    fresh_oxygen_ml: float = 0.0
    breath_start_ms: int = NEVER_MS
    breath_end_ms: int = NEVER_MS
    breath_ml: float = 0.0
    breath_oxygen: float = 0.0
    breath_masked: bool = False
    breath_counted_ms: int = NEVER_MS

    @classmethod
    def new(cls, p: LungParameters, blood: Blood) -> Lungs:
        """The steady state of normal breathing and flow just before collapse."""
        made = cls(p.alveolar_oxygen, 0.0, 0.0, p.carbon_dioxide_mmhg, 0.0, 0.0)
        flow = p.flow_normal_l_min
        extraction = p.oxygen_demand_ml_per_min / flow
        capillary = made._content(p, blood, p.alveolar_oxygen * p.air_pressure_mmhg)
        made.arterial_oxygen = capillary - p.shunt_share * extraction / (1.0 - p.shunt_share)
        made.venous_oxygen = made.arterial_oxygen - extraction
        produced = p.respiratory_quotient * p.oxygen_demand_ml_per_min
        step = produced / (flow * (1.0 - p.shunt_share) * p.carbon_dioxide_per_mmhg)
        made.venous_mmhg = made.tissue_mmhg = p.carbon_dioxide_mmhg + step
        made.probe_pct = made.saturation_pct(p, blood)
        return made

    def breathe(self, p: LungParameters, event: Breath) -> None:
        """Begin a breath."""
        self._count(self.breath_end_ms)
        self.breath_start_ms = self.breath_counted_ms = event.start_ms
        self.breath_end_ms = event.start_ms + max(event.duration_ms, 1)
        self.breath_ml = max(0.0, event.volume_ml - p.dead_space_ml) * (1.0 - p.dead_alveolar_share)
        self.breath_oxygen = event.fio2_pct * 0.01
        self.breath_masked = event.airway == "mask"

    def _count(self, until_ms: int) -> None:
        """Take in the gas of the running breath up to `until_ms`."""
        until_ms = min(until_ms, self.breath_end_ms)
        if until_ms > self.breath_counted_ms:
            share = (until_ms - self.breath_counted_ms) / (self.breath_end_ms - self.breath_start_ms)
            self.fresh_ml += self.breath_ml * share
            self.fresh_oxygen_ml += self.breath_ml * self.breath_oxygen * share
            self.breath_counted_ms = until_ms

    def advance(
        self,
        p: LungParameters,
        blood: Blood,
        now_ms: int,
        *,
        seconds: float,
        flow_l_min: float,
        beating: float,
        metabolism: float,
    ) -> None:
        """Exchange gas for the `seconds` up to `now_ms`; `beating` (0 to 1) is how far the heart pumps by itself."""
        was_breathing = now_ms - int(1000.0 * seconds) < self.breath_end_ms <= now_ms
        self._count(now_ms)
        minutes = seconds / 60.0
        mixed = 1.0 - p.shunt_share
        capillary = self._content(p, blood, self.oxygen * p.air_pressure_mmhg)
        uptake = flow_l_min * mixed * (capillary - self.venous_oxygen)
        demand = p.oxygen_demand_ml_per_min * metabolism
        used = min(demand, p.oxygen_extraction * flow_l_min * self.arterial_oxygen)
        fresh_oxygen_l = 0.001 * (self.fresh_oxygen_ml - self.oxygen * self.fresh_ml)
        self.oxygen += (fresh_oxygen_l - 0.001 * p.uptake_expansion * uptake * minutes) / p.resting_volume_l
        self.oxygen = max(0.0, self.oxygen)
        mix = mixed * capillary + p.shunt_share * self.venous_oxygen
        arterial, venous = self.arterial_oxygen, self.venous_oxygen
        self.arterial_oxygen += (mix - arterial) * flow_l_min / p.arterial_pool_l * minutes
        self.venous_oxygen += (flow_l_min * (arterial - venous) - used) / p.venous_pool_l * minutes
        self.venous_oxygen = max(0.0, self.venous_oxygen)

        produced = p.respiratory_quotient * used + p.buffered_carbon_dioxide * (demand - used)
        k = p.carbon_dioxide_per_mmhg
        carried = flow_l_min * k
        arterial_mmhg = mixed * self.alveolar_mmhg + p.shunt_share * self.venous_mmhg
        given_off = carried * mixed * (self.venous_mmhg - self.alveolar_mmhg) * minutes
        washed_out = self.fresh_ml * self.alveolar_mmhg * 0.001
        to_veins = carried * (self.tissue_mmhg - self.venous_mmhg)
        self.alveolar_mmhg += (given_off * p.gas_mmhg_l_per_ml - washed_out) / p.resting_volume_l
        self.tissue_mmhg += (produced - carried * (self.tissue_mmhg - arterial_mmhg)) / (k * p.tissue_pool_l) * minutes
        self.venous_mmhg += to_veins / (k * p.venous_pool_l) * minutes
        self.fresh_ml = self.fresh_oxygen_ml = 0.0

        if was_breathing:
            dead = p.exhaled_dead_arrest + (p.exhaled_dead_beating - p.exhaled_dead_arrest) * beating
            self.exhaled_mmhg = self.alveolar_mmhg * (1.0 - dead) * (p.exhaled_mask if self.breath_masked else 1.0)
            self.exhaled_ms = self.breath_end_ms
        self.probe_pct += (self.saturation_pct(p, blood) - self.probe_pct) * seconds / p.probe_lag_s

    def saturation_pct(self, p: LungParameters, blood: Blood) -> float:
        """Saturation of arterial blood, from its content."""
        return min(100.0, 100.0 * self.arterial_oxygen / (p.oxygen_per_haemoglobin * blood.haemoglobin_g_per_l))

    @staticmethod
    def _content(p: LungParameters, blood: Blood, pressure_mmhg: float) -> float:
        """Oxygen content of blood in balance with `pressure_mmhg` (Severinghaus 1979)."""
        shifted = max(pressure_mmhg, 0.1) * blood.oxygen_affinity(p)
        line = p.dissociation_line
        saturation = 1.0 / (p.dissociation_cube / (shifted * shifted * shifted + line * shifted) + 1.0)
        return p.oxygen_per_haemoglobin * blood.haemoglobin_g_per_l * saturation + p.oxygen_dissolved * pressure_mmhg
