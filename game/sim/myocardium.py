"""The heart muscle: its energy, its damage, and how hard it can contract.

Energy (0 to 0.9) is readiness to work. It runs down, faster while the ventricles fibrillate, and is refilled by
coronary perfusion; it decides how fibrillation looks, what a shock leaves, and whether beats make a pulse.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from game.sim.parameters import HeartParameters
from game.sim.tables import logistic


def _clamp(x: float, lo: float, hi: float) -> float:
    return lo if x < lo else hi if x > hi else x


@dataclass(slots=True)
class Myocardium:
    """State of the muscle. `samples_mmhg` are the last three coronary perfusion pressures, newest last.

    `perfusion` is how far the muscle's needs are met, 0 to 1.1.
    """

    energy: float
    damage: float = 0.0
    stun: float = 0.0
    perfusion: float = 0.0
    samples_mmhg: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])

    def sample(self, perfusion_mmhg: float) -> None:
        """Take the pressure at the end of a release or of a diastole."""
        self.samples_mmhg = [*self.samples_mmhg[1:], perfusion_mmhg]

    @property
    def sampled_mmhg(self) -> float:
        """Mean of the last three samples."""
        first, second, third = self.samples_mmhg
        return (first + second + third) / 3.0

    def advance(
        self,
        p: HeartParameters,
        minutes: float,
        *,
        driving_mmhg: float,
        oxygen_ml_per_l: float,
        fibrillating: bool,
        pulse: bool,
        demand: float,
    ) -> None:
        """Live for `minutes` at a coronary pressure of `driving_mmhg`; `demand` scales what is burnt."""
        oxygen = _clamp(oxygen_ml_per_l / p.oxygen_content_enough, 0.0, p.oxygen_factor_cap)
        self.perfusion = oxygen * logistic((driving_mmhg - p.perfusion_mid_mmhg) / p.perfusion_width_mmhg)
        decay_min = p.energy_decay_vf_min if fibrillating else p.energy_decay_quiet_min
        unmet = max(0.0, 1.0 - self.perfusion) if pulse else 1.0
        wanted = max(0.0, p.energy_ceiling * (1.0 - self.damage) - self.energy)
        gain = p.energy_recovery_per_min * self.perfusion * wanted
        loss = demand * unmet * self.energy / decay_min
        injury = p.damage_per_min * max(0.0, p.damage_below_energy - self.energy) / p.damage_below_energy
        self.energy = _clamp(self.energy + minutes * (gain - loss), 0.0, 1.0)
        self.damage = min(1.0, self.damage + minutes * injury)
        self.stun -= self.stun * minutes / p.stun_recovery_min

    def shocked(self, p: HeartParameters, energy_j: int) -> None:
        """A shock stuns the muscle a little."""
        self.stun = min(1.0, self.stun + p.stun_per_shock * energy_j / p.stun_reference_j)

    def contractility(self, p: HeartParameters, pulse_energy: float, oxygen_ml_per_l: float, ph: float) -> float:
        """Share of full contractility. At an energy of `pulse_energy` beats are just strong enough to be felt."""
        ready = (self.energy - pulse_energy + p.pulse_energy_reserve) / p.contractility_span
        acid = 1.0 - p.acid_contractility_slope * (p.acid_contractility_ph - ph)
        return (
            _clamp(ready, 0.0, 1.0)
            * _clamp(acid, p.acid_contractility_floor, 1.0)
            * _clamp(oxygen_ml_per_l / p.oxygen_content_enough, 0.0, 1.0)
            * (1.0 - self.stun)
        )
