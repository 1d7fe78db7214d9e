"""How hard the chest is to push, and what too deep a push breaks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChestParameters:
    """See `chest.toml`."""

    chest_newton_per_cm: float
    chest_newton_per_cm2: float
    chest_stiffness_left: float
    chest_softening_pushes: float
    injury_from_mm: float
    injury_per_push: float
    injury_reference_mm: float
    injury_squeeze: float
    injury_liver_share: float
    liver_bleeding_lo_ml_per_min: float
    liver_bleeding_hi_ml_per_min: float
