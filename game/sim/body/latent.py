"""What differs between patients and nobody sees."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Latent:
    """Factors of one patient, drawn once from the seed; neutral as they stand here.

    `coronary` is how much of the coronary pressure of compressions reaches the muscle, `energy_decay` how fast the
    muscle runs down, `defibrillation_logit` how readily a shock ends fibrillation. `left_squeeze` and
    `squeeze_on_right_atrium` mix cardiac and thoracic pump, `stiffness` is that of the chest, `lung_volume` that of the
    lungs at rest: factors.
    `haemoglobin_g_per_l` and `brain_reserve` are added to what is usual (the latter in minutes of burden). In a patient
    who is not `fixable` the muscle hardly recovers whatever is done. Pacing captures from `pacing_threshold_ma` on,
    unless `pacing_fails`.
    """

    coronary: float = 1.0
    energy_decay: float = 1.0
    defibrillation_logit: float = 0.0
    left_squeeze: float = 1.0
    squeeze_on_right_atrium: float = 1.0
    stiffness: float = 1.0
    haemoglobin_g_per_l: float = 0.0
    lung_volume: float = 1.0
    brain_reserve: float = 0.0
    fixable: bool = True
    pacing_threshold_ma: float = 0.0
    pacing_fails: bool = False
