"""Beats as sums of Gaussians, bent to what the view says of them: PR, QRS and QT, salts, cold, poison and strain.

Shapes: assets/ecg_params.json (the project's clinical reference, 4.2). How the view bends them: its physiology
reference, 4.1. Every beat is baked once into a table of samples.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from game.rules.views import FormView
from game.ui.files import asset
from game.ui.traces.sampling import SAMPLE_MS

EDGE: Final = 2.448
"""A Gaussian has fallen to 5 % at this many widths: what counts as its end."""
SEEN: Final = 0.05

BEFORE_MS: Final = 600
AFTER_MS: Final = 1_200
"""How far around its R wave a beat is baked."""

FAST_PER_MIN: Final = 105


class Wave(NamedTuple):
    """One Gaussian of a beat: its name, centre and width in ms around the R wave, height in mV."""

    name: str
    centre_ms: float
    width_ms: float
    height_mv: float


Shape = tuple[Wave, ...]


@cache
def shapes() -> dict[str, Shape]:
    """Beat shapes by name, lead II."""
    read: dict[str, dict[str, list[tuple[str, float, float, float]]]] = json.loads(
        asset("ecg_params.json").read_text("utf-8")
    )
    return {name: tuple(Wave(*wave) for wave in shape["c"]) for name, shape in read.items()}


SHAPES: Final = {
    "mobitz": "MOBITZ2_wideQRS",
    "complete_block": "CHB_junctional_45",
    "complete_block_wide": "CHB_ventricular_32",
    "junctional": "CHB_junctional_45",
    "af": "NSR_75",
    "flutter": "NSR_75",
    "svt": "SVT_180",
    "idioventricular": "PEA_wide_35",
    "agonal": "AGONAL_12",
    "vt": "MVT_180",
    "paced": "PACED_V_70",
}
"""The shape each rhythm begins from; what is not here and beats comes from the sinus node."""

BEATLESS: Final = frozenset({"", "vf", "asystole", "p_waves", "torsades"})
"""Rhythms that are not drawn by beats."""

QRS: Final = ("Q", "R", "S", "R1", "R2", "S1", "Rp", "J")


def shape_of(rhythm: str, rate_per_min: int) -> str:
    """The name of a rhythm's shape at its rate; "" for rhythms without beats."""
    if rhythm in BEATLESS:
        return ""
    return SHAPES.get(rhythm, "SINUS_TACHY_125" if rate_per_min >= FAST_PER_MIN else "NSR_75")


def gaussians(shape: Sequence[Wave], after_r_ms: float) -> float:
    """A beat `after_r_ms` after its R wave, in mV."""
    total = 0.0
    for wave in shape:
        distance = (after_r_ms - wave.centre_ms) / wave.width_ms
        if -5 < distance < 5:
            total += wave.height_mv * math.exp(-0.5 * distance * distance)
    return total


def extent(shape: Sequence[Wave]) -> tuple[float, float]:
    """From where to where a complex stands out, ms around its R wave: above 5 % of its highest point."""
    if not shape:
        return 0.0, 0.0
    first = round(min(wave.centre_ms - 4 * wave.width_ms for wave in shape))
    last = round(max(wave.centre_ms + 4 * wave.width_ms for wave in shape))
    heights = [abs(gaussians(shape, at_ms)) for at_ms in range(first, last + 1)]
    least = SEEN * max(heights)
    seen = [place for place, height in enumerate(heights) if height >= least]
    return float(first + seen[0]), float(first + seen[-1])


class Bent(NamedTuple):
    """A beat as it is drawn, and where its QRS begins, ms around its R wave."""

    waves: Shape
    qrs_on_ms: float


@lru_cache(maxsize=256)
def bent(name: str, pr_ms: int, form: FormView, t_wave: bool = True) -> Bent:
    """The shape `name` as `form` bends it; `pr_ms` 0: no P wave leads to it."""
    base = shapes()[name]
    qrs = _fit_qrs(tuple(wave for wave in base if wave.name in QRS), form)
    on_ms, off_ms = extent(qrs)
    rest = [wave for wave in base if wave.name == "P" and wave.centre_ms > 0]
    if t_wave:
        rest += _repolarise(base, on_ms, off_ms, form)
    p_wave = _p_wave(name, on_ms - pr_ms, form) if pr_ms > 0 else None
    waves = (*((p_wave,) if p_wave else ()), *qrs, *_after_qrs(off_ms, form), *rest)
    return Bent(waves, on_ms)


def p_wave(form: FormView) -> Shape:
    """A P wave that leads to nothing, from its start on."""
    made = _p_wave("NSR_75", 0.0, form)
    return (made,) if made else ()


def _p_wave(name: str, start_ms: float, form: FormView) -> Wave | None:
    """A P wave that begins at `start_ms`; None where potassium has taken it away."""
    height = 0.12 * form.p_pct / 100 * (1.8 if form.strain else 1.0)
    width = 17.0 if name == "SINUS_TACHY_125" else 20.0
    return Wave("P", start_ms + EDGE * width, width, height) if form.p_pct > 0 else None


def _fit_qrs(qrs: Shape, form: FormView) -> Shape:
    """The complex drawn out to the width of the form: what is slow for its kind has a deeper S and a lower R."""
    if not form.qrs_ms or not qrs:
        return _scaled(qrs, 1.0, form)
    on_ms, off_ms = extent(qrs)
    wide = form.qrs_ms / (off_ms - on_ms)
    fitted = _scaled(qrs, wide, form)
    for _ in range(3):
        on_ms, off_ms = extent(fitted)
        wide *= form.qrs_ms / (off_ms - on_ms)
        fitted = _scaled(qrs, wide, form)
    return fitted


def _scaled(qrs: Shape, wide: float, form: FormView) -> Shape:
    slow = max(0.0, wide - 1.0)
    heights = {
        "R": max(0.65, 1 - 0.25 * slow) * (0.75 if form.strain else 1.0),
        "S": (1 + 1.2 * slow) * (2.0 if form.strain else 1.0) * (1 + form.late_uv / 400),
    }
    tall = form.qrs_pct / 100
    return tuple(
        Wave(
            wave.name, wave.centre_ms * wide, wave.width_ms * wide, wave.height_mv * heights.get(wave.name, 1.0) * tall
        )
        for wave in qrs
    )


def _after_qrs(off_ms: float, form: FormView) -> list[Wave]:
    """What salts, cold, poison and a closed artery set on the end of the complex."""
    found = []
    if form.j_uv:
        found.append(Wave("J", off_ms + 9, 13, form.j_uv / 1000))
    if form.late_uv:
        found.append(Wave("Rp", off_ms - 10, 9, 0.4 * form.late_uv / 1000))
    if form.st_uv:
        found.append(Wave("ST", off_ms + 61, 42, form.st_uv / 1000))
    return found


def _repolarise(base: Shape, on_ms: float, off_ms: float, form: FormView) -> list[Wave]:
    """T and U waves; the T wave ends QT after the complex began."""
    t_wave = next((wave for wave in base if wave.name == "T"), None)
    if t_wave is None:
        return []
    end_ms = form.qt_ms + on_ms if form.qt_ms else t_wave.centre_ms + EDGE * t_wave.width_ms
    stretch = end_ms / (t_wave.centre_ms + EDGE * t_wave.width_ms)
    peaked = min(1.0, max(0.0, form.t_pct - 100) / 40)
    width = min(t_wave.width_ms * stretch * (1 - 0.3 * peaked), max(18.0, (end_ms - off_ms) / (2 * EDGE)))
    height = t_wave.height_mv * form.t_pct / 100 + 0.45 * form.st_uv / 1000
    if form.strain:
        height = -0.4 * abs(height)
    found = [Wave("T", end_ms - EDGE * width, width, height * (0.5 + 0.5 * form.qrs_pct / 100))]
    if form.u_uv:
        found.append(Wave("U", end_ms + 67, 45, form.u_uv / 1000))
    return found


Table = tuple[float, ...]


@lru_cache(maxsize=128)
def table(shape: Shape) -> Table:
    """Samples of a beat from `BEFORE_MS` before its R wave on."""
    made = [0.0] * ((BEFORE_MS + AFTER_MS) // SAMPLE_MS)
    for wave in shape:
        first = max(0, math.ceil((wave.centre_ms - 4.5 * wave.width_ms + BEFORE_MS) / SAMPLE_MS))
        last = min(len(made) - 1, math.floor((wave.centre_ms + 4.5 * wave.width_ms + BEFORE_MS) / SAMPLE_MS))
        for place in range(first, last + 1):
            distance = (place * SAMPLE_MS - BEFORE_MS - wave.centre_ms) / wave.width_ms
            made[place] += wave.height_mv * math.exp(-0.5 * distance * distance)
    return tuple(made)


QRS_STEP_MS: Final = 4
QT_STEP_MS: Final = 8
SHARE_STEP_PCT: Final = 4
HEIGHT_STEP_UV: Final = 10


def coarse(form: FormView) -> FormView:
    """The form in steps that no eye sees, so that few beats have to be baked."""

    def step(value: int, size: int) -> int:
        return round(value / size) * size

    return FormView(
        qrs_ms=step(form.qrs_ms, QRS_STEP_MS),
        qt_ms=step(form.qt_ms, QT_STEP_MS),
        p_pct=step(form.p_pct, SHARE_STEP_PCT),
        qrs_pct=step(form.qrs_pct, SHARE_STEP_PCT),
        t_pct=step(form.t_pct, SHARE_STEP_PCT),
        st_uv=step(form.st_uv, HEIGHT_STEP_UV),
        j_uv=step(form.j_uv, HEIGHT_STEP_UV),
        u_uv=step(form.u_uv, HEIGHT_STEP_UV),
        late_uv=step(form.late_uv, HEIGHT_STEP_UV),
        strain=form.strain,
    )
