"""Numbers of the micro-games, read once from params/skills.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

Curve = tuple[tuple[int, int], ...]
"""Points (x, y) of a piecewise linear curve, x rising."""


def on_curve(curve: Curve, x: int) -> int:
    """The curve's value at x, held flat beyond both ends, in whole numbers."""
    if x <= curve[0][0]:
        return curve[0][1]
    for (x0, y0), (x1, y1) in pairwise(curve):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) // (x1 - x0)
    return curve[-1][1]


@dataclass(frozen=True, slots=True)
class Push:
    """Compressions: hold time (ms) to depth (micrometres), and what counts as a press."""

    depth_um: Curve
    shortest_gap_ms: int
    shortest_hold_ms: int
    longest_hold_ms: int
    rise_ms: int
    hands_linger_ms: int


@dataclass(frozen=True, slots=True)
class Recoil:
    """How much the chest is left pressed when the release is short or arms are tired."""

    full_release_ms: int
    shortest_release_ms: int
    leaning_um: int
    tired_leaning_um: int


@dataclass(frozen=True, slots=True)
class Stamina:
    """How arms tire and rest, and when a person notices."""

    full_effort_um: int
    drain_ms: int
    rest_ms: int
    floor: float
    felt_loss: float
    heavy_after_ms: int


@dataclass(frozen=True, slots=True)
class Squeeze:
    """Breaths: hold time (ms) to volume (mL), and what a mask or a moving chest takes away."""

    volume_ml: Curve
    shortest_hold_ms: int
    mask_seal: float
    during_compressions: float


@dataclass(frozen=True, slots=True)
class Times:
    """Time limits of the rules, all in ms."""

    patient_lag_ms: int
    sealing_ms: int
    stamp_ahead_ms: int
    near_miss_ms: int
    heard_ms: int
    lapse_ms: int
    lapse_heard_ms: int
    pulse_certain_ms: int
    stop_blocks_ms: int
    end_confirm_ms: int
    hash_every_ms: int


@dataclass(frozen=True, slots=True)
class Skills:
    """All numbers of the micro-games."""

    push: Push
    recoil: Recoil
    stamina: Stamina
    squeeze: Squeeze
    fio2_pct: Curve
    touch: Curve
    """Systolic pressure (mmHg) to what fingers on the neck feel, 0 to 100."""
    times: Times
    text: str


_FILE: Final = "params/skills.toml"


@cache
def skills() -> Skills:
    """The numbers this version of the game is built with."""
    text = files("game.rules").joinpath(_FILE).read_text(encoding="utf-8")
    data = tomllib.loads(text)
    push, recoil, stamina = data["push"], data["recoil"], data["stamina"]
    squeeze, oxygen, times = data["squeeze"], data["oxygen"], data["times"]
    for table in data.values():
        del table["source"]
    return Skills(
        push=Push(depth_um=_curve(push, "hold_ms", "depth_um"), **push),
        recoil=Recoil(**recoil),
        stamina=Stamina(**stamina),
        squeeze=Squeeze(volume_ml=_curve(squeeze, "hold_ms", "volume_ml"), **squeeze),
        fio2_pct=_curve(oxygen, "flow_l_min", "fio2_pct"),
        touch=_curve(data["touch"], "systolic_mmhg", "strength"),
        times=Times(**times),
        text=text,
    )


def _curve(table: dict[str, list[int]], x: str, y: str) -> Curve:
    return tuple(zip(table.pop(x), table.pop(y), strict=True))
