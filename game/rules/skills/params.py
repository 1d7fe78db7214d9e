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
    """Breaths: hold time (ms) to volume (mL)."""

    volume_ml: Curve
    shortest_hold_ms: int
    longest_hold_ms: int
    """An empty bag gives no more, however long it is held."""


@dataclass(frozen=True, slots=True)
class Seal:
    """The mask's seal. Places are thousandths of the ring's radius from its middle, speeds such places a second."""

    passes_pct: Curve
    """Distance from the middle to what of a squeeze passes, percent."""
    moving_pct: int
    """What is left of that while the chest is compressed, percent."""
    moves_ms: int
    """How long after a release the chest counts as compressed."""
    start_least: int
    start_most: int
    """How far from the middle a mask lies that is put on anew."""
    drift_least_per_s: int
    drift_most_per_s: int
    pull_per_s: int
    centre_per_s: int
    furthest: int


@dataclass(frozen=True, slots=True)
class Tube:
    """Intubation. Offsets are thousandths of what blade or tube can be off the middle of what it looks for."""

    skill_pct: Curve
    """Offset to the skill of the attempt, percent of a trained person's."""
    attempt_ms: int
    view_edge: int
    """Up to this offset the blade shows the cords."""
    opening_edge: int
    """Up to this offset the tube lies before the opening."""
    sweep_ms: int
    wobble_ms: int
    wobble: int
    shake_ms: int
    shake: int
    """How far compressions shake it."""


@dataclass(frozen=True, slots=True)
class Suction:
    """From when on a pass of the catheter has done its work."""

    clears_ms: int


@dataclass(frozen=True, slots=True)
class Ventilator:
    """What the machine gives with each breath."""

    volume_ml: int
    breath_ms: int


@dataclass(frozen=True, slots=True)
class Senses:
    """How long what is sensed takes and lasts, ms."""

    look_every_ms: int
    breath_seen_ms: int
    misplaced_ms: int
    wells_up_ms: int


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
    stop_blocks_ms: int
    end_confirm_ms: int
    hash_every_ms: int
    flush_within_ms: int
    pulse_grace_ms: int
    call_before_shock_ms: int
    hush_ms: int
    offer_ms: int
    concern_again_ms: int
    clip_ms: int
    vitals_every_ms: int
    say_numbers_every_ms: int


@dataclass(frozen=True, slots=True)
class Lines:
    """How often a try for a line succeeds, in percent."""

    vein_pct: int
    bone_pct: int


@dataclass(frozen=True, slots=True)
class Skills:
    """All numbers of the micro-games."""

    push: Push
    recoil: Recoil
    stamina: Stamina
    squeeze: Squeeze
    seal: Seal
    tube: Tube
    suction: Suction
    ventilator: Ventilator
    senses: Senses
    fio2_pct: Curve
    touch: Curve
    """Systolic pressure (mmHg) to what fingers on the neck feel, 0 to 100."""
    certain_ms: Curve
    """What the fingers feel to how long they must lie there to be certain."""
    times: Times
    lines: Lines
    text: str


_FILE: Final = "params/skills.toml"


@cache
def skills() -> Skills:
    """The numbers this version of the game is built with."""
    text = files("game.rules").joinpath(_FILE).read_text(encoding="utf-8")
    data = tomllib.loads(text)
    push, recoil, stamina = data["push"], data["recoil"], data["stamina"]
    squeeze, seal, tube = data["squeeze"], data["seal"], data["tube"]
    oxygen, touch = data["oxygen"], data["touch"]
    for table in data.values():
        del table["source"]
    return Skills(
        push=Push(depth_um=_curve(push, "hold_ms", "depth_um"), **push),
        recoil=Recoil(**recoil),
        stamina=Stamina(**stamina),
        squeeze=Squeeze(volume_ml=_curve(squeeze, "hold_ms", "volume_ml"), **squeeze),
        seal=Seal(passes_pct=_curve(seal, "offset", "passes_pct"), **seal),
        tube=Tube(skill_pct=_curve(tube, "offset", "skill_pct"), **tube),
        suction=Suction(**data["suction"]),
        ventilator=Ventilator(**data["ventilator"]),
        senses=Senses(**data["senses"]),
        fio2_pct=_curve(oxygen, "flow_l_min", "fio2_pct"),
        touch=_curve(touch, "systolic_mmhg", "strength"),
        certain_ms=_curve(touch, "felt", "certain_ms"),
        times=Times(**data["times"]),
        lines=Lines(**data["lines"]),
        text=text,
    )


def _curve(table: dict[str, list[int]], x: str, y: str) -> Curve:
    return tuple(zip(table.pop(x), table.pop(y), strict=True))
