"""From a press and its release to a compression: depth by hold time, recoil by release time, both by stamina."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from game.rules.skills.params import Skills, on_curve


@dataclass(slots=True)
class Arms:
    """One person's arms: stamina 1.0 fresh to 0.0 spent, and since when their depth has been falling."""

    stamina: float = 1.0
    at_ms: int = 0
    falling_since_ms: int = -1


@dataclass(frozen=True, slots=True)
class Push:
    """A finished press as the chest felt it."""

    start_ms: int
    down_ms: int
    up_ms: int
    depth_um: int
    residual_um: int


def strength(arms: Arms, skills: Skills) -> float:
    """Share of the fresh depth that these arms still reach, 1.0 down to the floor (physiology 1.13)."""
    floor = skills.stamina.floor
    return floor + (1.0 - floor) * sqrt(arms.stamina)


def rest(arms: Arms, to_ms: int, skills: Skills) -> None:
    """Arms off the chest until `to_ms` recover."""
    idle = to_ms - arms.at_ms
    if idle > 0:
        arms.stamina += (1.0 - arms.stamina) * min(1.0, idle / skills.stamina.rest_ms)
        arms.at_ms = to_ms
    if strength(arms, skills) > 1.0 - skills.stamina.felt_loss:
        arms.falling_since_ms = -1


def heavy(arms: Arms, now_ms: int, skills: Skills) -> bool:
    """True once the person would notice: well after depth began to fall."""
    since = arms.falling_since_ms
    return since >= 0 and now_ms - since >= skills.stamina.heavy_after_ms


def press(arms: Arms, start_ms: int, hold_ms: int, released_ms: int, skills: Skills) -> Push:
    """The compression made by a press at `start_ms` held for `hold_ms`, `released_ms` after the press before it.

    Spends stamina. Depths in micrometres.
    """
    gap = start_ms - arms.at_ms
    if gap > 2 * skills.push.hands_linger_ms:
        rest(arms, start_ms, skills)
        gap = skills.push.hands_linger_ms
    reach = strength(arms, skills)
    depth_um = int(on_curve(skills.push.depth_um, hold_ms) * reach)
    _spend(arms, depth_um, gap + hold_ms, start_ms + hold_ms, skills)
    return Push(start_ms, hold_ms, skills.push.rise_ms, depth_um, _residual_um(arms, released_ms, skills))


def _spend(arms: Arms, depth_um: int, lasted_ms: int, to_ms: int, skills: Skills) -> None:
    effort = depth_um / skills.stamina.full_effort_um
    arms.stamina = max(0.0, arms.stamina - effort * effort * lasted_ms / skills.stamina.drain_ms)
    arms.at_ms = to_ms
    if arms.falling_since_ms < 0 and strength(arms, skills) < 1.0 - skills.stamina.felt_loss:
        arms.falling_since_ms = to_ms


def _residual_um(arms: Arms, released_ms: int, skills: Skills) -> int:
    recoil = skills.recoil
    missing = recoil.full_release_ms - max(recoil.shortest_release_ms, released_ms)
    leaning = recoil.leaning_um * max(0, missing) // (recoil.full_release_ms - recoil.shortest_release_ms)
    return leaning + int(recoil.tired_leaning_um * (1.0 - arms.stamina) * (1.0 - arms.stamina))
