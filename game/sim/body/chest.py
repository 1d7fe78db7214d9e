"""The chest wall under the hands: how stiff it is, and what has broken."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Chest:
    """`stiffness` is a factor on that of an average chest, `softening` what pushes have left of it.

    `squeeze` is a factor on the squeeze behind the sternum; each of the `injuries` takes a share of it. Injuries come
    when `hazard` passes `threshold`. `bleeding_ml_per_min` comes from a torn liver.
    """

    pushes: int = 0
    stiffness: float = 1.0
    softening: float = 1.0
    hazard: float = 0.0
    threshold: float = 0.0
    injuries: int = 0
    squeeze: float = 1.0
    bleeding_ml_per_min: float = 0.0
