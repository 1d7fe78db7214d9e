"""Bags that run: what goes into the veins, and what has gone in lately."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

BAGS: Final = 6
"""Bags that can run at once; one more joins the last."""

FLUID_KINDS: Final = 4
"""Kinds of fluid: positions in `game.sim.events.FLUIDS`."""


@dataclass(slots=True)
class Fluids:
    """Running bags (`count` of them): from when to when (ms), how much (mL), and what.

    `given_ml` sums each kind since the blood last looked.
    """

    count: int = 0
    start_ms: list[int] = field(default_factory=lambda: [0] * BAGS)
    end_ms: list[int] = field(default_factory=lambda: [0] * BAGS)
    volume_ml: list[float] = field(default_factory=lambda: [0.0] * BAGS)
    kind: list[int] = field(default_factory=lambda: [0] * BAGS)
    given_ml: list[float] = field(default_factory=lambda: [0.0] * FLUID_KINDS)
