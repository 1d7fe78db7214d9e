"""Who this patient is, as far as nobody can see it: drawn from the seed."""

from __future__ import annotations

from game.sim.body.latent import Latent
from game.sim.chance import Stream, normal, uniform
from game.sim.params.latent import LatentParameters
from game.sim.tables import exp


def draw_latent(p: LatentParameters, seed: int) -> Latent:
    """The patient of this seed. The n-th number of the stream always belongs to the same factor: only append."""
    spread = p.latent_spread
    stream = Stream.LATENT
    return Latent(
        coronary=max(0.0, 1.0 + spread * p.coronary_factor_sd * normal(seed, stream, 0)),
        energy_decay=exp(spread * p.energy_decay_log_sd * normal(seed, stream, 1)),
        defibrillation_logit=p.defibrillation_logit + spread * p.defibrillation_logit_sd * normal(seed, stream, 2),
        left_squeeze=exp(spread * p.left_squeeze_log_sd * normal(seed, stream, 3)),
        squeeze_on_right_atrium=max(0.0, 1.0 - spread * p.squeeze_on_right_atrium_drop * uniform(seed, stream, 4)),
        stiffness=exp(spread * p.stiffness_log_sd * normal(seed, stream, 5)),
        haemoglobin_g_per_l=spread * p.haemoglobin_sd_g_per_l * normal(seed, stream, 6),
        lung_volume=max(p.lung_volume_least, 1.0 + spread * p.lung_volume_sd * normal(seed, stream, 7)),
        brain_reserve=spread * p.brain_reserve_sd * normal(seed, stream, 8),
        fixable=uniform(seed, stream, 9) >= spread * p.unfixable_share,
        pacing_threshold_ma=p.pacing_threshold_ma + spread * p.pacing_threshold_sd_ma * normal(seed, stream, 10),
        pacing_fails=uniform(seed, stream, 11) < spread * p.pacing_fails_share,
    )
