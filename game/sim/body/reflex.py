"""What the body itself does about its pressure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Reflex:
    """Factors on resistance and contractility, mL of slack in the veins, beats per minute to add.

    `low_flow_min` counts the minutes without a pulse; arterial tone fades with them.
    """

    resistance: float = 1.0
    contractility: float = 1.0
    veins_ml: float = 0.0
    rate_per_min: float = 0.0
    low_flow_min: float = 0.0
