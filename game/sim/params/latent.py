"""What differs between patients."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LatentParameters:
    """See `latent.toml`."""

    latent_spread: float
    coronary_factor_sd: float
    left_squeeze_log_sd: float
    squeeze_on_right_atrium_drop: float
    defibrillation_logit: float
    defibrillation_logit_sd: float
    energy_decay_log_sd: float
    stiffness_log_sd: float
    haemoglobin_sd_g_per_l: float
    lung_volume_sd: float
    lung_volume_least: float
    brain_reserve_sd: float
    unfixable_share: float
    pacing_threshold_ma: float
    pacing_threshold_sd_ma: float
    pacing_fails_share: float
