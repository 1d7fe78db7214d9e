"""What differs between patients and nobody sees, drawn once from the seed."""

from __future__ import annotations

from dataclasses import dataclass

from game.sim.chance import Stream, normal, uniform
from game.sim.parameters import Parameters
from game.sim.tables import exp


@dataclass(frozen=True, slots=True)
class Latent:
    """Factors of one patient. `defibrillation_logit` is how readily a shock ends his fibrillation."""

    coronary_factor: float
    energy_decay_factor: float
    defibrillation_logit: float
    left_squeeze_per_ml_mm: float
    squeeze_on_right_atrium: float

    @classmethod
    def draw(cls, parameters: Parameters, seed: int) -> Latent:
        """The patient of this seed. The n-th number of the stream always belongs to the same factor."""
        p, c = parameters.latent, parameters.circulation
        spread = p.latent_spread
        return cls(
            coronary_factor=max(0.0, 1.0 + spread * p.coronary_factor_sd * normal(seed, Stream.LATENT, 0)),
            energy_decay_factor=exp(spread * p.energy_decay_log_sd * normal(seed, Stream.LATENT, 1)),
            defibrillation_logit=p.defibrillation_logit
            + spread * p.defibrillation_logit_sd * normal(seed, Stream.LATENT, 2),
            left_squeeze_per_ml_mm=c.left_squeeze_per_ml_mm
            * exp(spread * p.left_squeeze_log_sd * normal(seed, Stream.LATENT, 3)),
            squeeze_on_right_atrium=c.squeeze_on_right_atrium
            * max(0.0, 1.0 - spread * p.squeeze_on_right_atrium_drop * uniform(seed, Stream.LATENT, 4)),
        )
