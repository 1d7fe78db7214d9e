"""Force and depth of a push, the chest that softens under many, and what breaks below six centimetres."""

from __future__ import annotations

from math import sqrt

from game.sim.body.chest import Chest
from game.sim.body.told import INJURY, Told, tell
from game.sim.chance import Stream, threshold, uniform
from game.sim.params.chest import ChestParameters
from game.sim.tables import decay

RIB = 0
"""Kind of an injury: a rib or the sternum."""
LIVER = 1
"""Kind of an injury: the liver."""

_MM_PER_CM = 10.0


def begin_chest(chest: Chest, seed: int, stiffness: float) -> None:
    """Give a patient a chest this much stiffer than the average (factor)."""
    chest.stiffness = stiffness
    chest.threshold = threshold(seed, Stream.CHEST_BREAKS, 0)


def depth_for_force(chest: Chest, p: ChestParameters, newton: float) -> float:
    """Depth (mm) that this force reaches now."""
    felt = max(newton, 0.0) / (chest.stiffness * chest.softening)
    line = p.chest_newton_per_cm
    square = p.chest_newton_per_cm2
    return _MM_PER_CM * (sqrt(line * line + 4.0 * square * felt) - line) / (2.0 * square)


def force_for_depth(chest: Chest, p: ChestParameters, depth_mm: float) -> float:
    """Force (N) that this depth needs now."""
    depth_cm = max(depth_mm, 0.0) / _MM_PER_CM
    felt = p.chest_newton_per_cm * depth_cm + p.chest_newton_per_cm2 * depth_cm * depth_cm
    return felt * chest.stiffness * chest.softening


def push_chest(chest: Chest, p: ChestParameters, seed: int, told: Told, now_ms: int, depth_mm: float) -> None:
    """A push of this depth: the chest softens, and one that is too deep may break it (told as INJURY)."""
    chest.pushes += 1
    left = p.chest_stiffness_left
    chest.softening = left + (1.0 - left) * decay(chest.pushes / p.chest_softening_pushes)
    excess_mm = depth_mm - p.injury_from_mm
    if excess_mm <= 0.0:
        return
    chest.hazard += p.injury_per_push * excess_mm / p.injury_reference_mm
    if chest.hazard >= chest.threshold:
        _break(chest, p, seed, told, now_ms)


def _break(chest: Chest, p: ChestParameters, seed: int, told: Told, now_ms: int) -> None:
    n = chest.injuries
    chest.injuries = n + 1
    chest.hazard = 0.0
    chest.threshold = threshold(seed, Stream.CHEST_BREAKS, n + 1)
    chest.squeeze *= p.injury_squeeze
    liver = uniform(seed, Stream.LIVER_TEARS, n) < p.injury_liver_share
    if liver:
        lo, hi = p.liver_bleeding_lo_ml_per_min, p.liver_bleeding_hi_ml_per_min
        chest.bleeding_ml_per_min += lo + (hi - lo) * uniform(seed, Stream.LIVER_BLEEDS, n)
    tell(told, now_ms, INJURY, LIVER if liver else RIB, 0)
