"""A chest, a pump and a pair of hands without the rest of the patient: drives the mechanics for their tests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import fmean

from game.sim.body.circulation import STEP_MS, Circulation
from game.sim.laws.circulation import (
    begin_beat,
    begin_breath,
    begin_circulation,
    begin_compression,
    breath_swing,
    run_mechanics,
    set_vessels,
    settle_circulation,
)
from game.sim.params.circulation import CirculationParameters
from game.sim.params.reader import read_group

LEFT, RIGHT = 2.2, 0.5
"""Contractility of a healthy heart, mmHg/mL."""


def parameters(**overrides: float) -> CirculationParameters:
    """The published set: without air trapped by breaths that follow each other fast."""
    return read_group(CirculationParameters, "circulation", {"trapped_mmhg": 0.0, **overrides})


@dataclass(frozen=True)
class Care:
    """Steady compressions and breaths; 0 a minute for none of them."""

    rate_per_min: float = 110.0
    depth_mm: float = 50.0
    lean_mm: float = 0.0
    duty: float = 0.45
    breaths_per_min: float = 10.0
    breath_ml: float = 500.0
    pauses_ms: tuple[tuple[int, int], ...] = ()

    def pushes(self, to_ms: int) -> list[int]:
        if not self.rate_per_min:
            return []
        starts = (int(i * 60_000 / self.rate_per_min) for i in range(int(to_ms * self.rate_per_min / 60_000) + 1))
        return [ms for ms in starts if not any(lo <= ms < hi for lo, hi in self.pauses_ms)]

    def breaths(self, to_ms: int) -> list[int]:
        if not self.breaths_per_min:
            return []
        return [int(i * 60_000 / self.breaths_per_min) for i in range(int(to_ms * self.breaths_per_min / 60_000) + 1)]


@dataclass
class Tension:
    """What the vessels are worth: factors, and the heart's own contractility in mmHg/mL."""

    resistance: float = 1.0
    pulmonary: float = 1.0
    venous: float = 1.0
    left: float = 0.0
    right: float = 0.0
    squeeze: float = 1.0


@dataclass
class Look:
    """The mechanics at the end of one step; flow in mL since the look before."""

    ms: int
    ejected_ml: float
    run_off_ml: float
    cpp_mmhg: float
    aorta_mmhg: float
    right_atrium_mmhg: float
    veins_mmhg: float
    depth_mm: float
    systolic_mmhg: float
    diastolic_mmhg: float
    end_diastolic_mmhg: float
    beat_peak_mmhg: float
    lowest_volume_ml: float


@dataclass
class Course:
    looks: list[Look] = field(default_factory=list)

    def between(self, from_ms: int, to_ms: int) -> Course:
        return Course([look for look in self.looks if from_ms < look.ms <= to_ms])

    @property
    def cpp_mmhg(self) -> float:
        return fmean(look.cpp_mmhg for look in self.looks)

    @property
    def flow_l_min(self) -> float:
        return 0.06 * sum(look.ejected_ml for look in self.looks) / (0.001 * STEP_MS * len(self.looks))

    @property
    def end_diastolic_mmhg(self) -> float:
        return fmean(look.end_diastolic_mmhg for look in self.looks)

    @property
    def highest_mmhg(self) -> float:
        return fmean(look.systolic_mmhg for look in self.looks)

    @property
    def lowest_mmhg(self) -> float:
        return fmean(look.diastolic_mmhg for look in self.looks)


def arrested(p: CirculationParameters, tension: Tension | None = None) -> Circulation:
    """A circulation that beat until time 0 and stands still in arrested vessels now."""
    c = Circulation()
    begin_circulation(c, p, 1.0, 1.0)
    settle_circulation(c, p, 80.0, LEFT, RIGHT, 20)
    c.relaxation = 0.0
    tighten(c, p, tension or Tension())
    return c


def tighten(c: Circulation, p: CirculationParameters, t: Tension) -> None:
    set_vessels(c, p, t.resistance, t.pulmonary, t.venous, t.left, t.right, t.squeeze)


def pump(
    c: Circulation,
    p: CirculationParameters,
    to_ms: int,
    care: Care,
    *,
    beats_per_min: float = 0.0,
    from_ms: int = 0,
    every_steps: int = 1,
) -> Course:
    """Run with care and beats, looking every few steps."""
    pushes, breaths = _from(care.pushes(to_ms), from_ms), _from(care.breaths(to_ms), from_ms)
    interval_ms = int(60_000 / beats_per_min) if beats_per_min else 0
    beats = _from(range(0, to_ms, interval_ms), from_ms) if interval_ms else []
    stroke_ms = int(60_000 / care.rate_per_min * care.duty) if care.rate_per_min else 0
    course = Course()
    ejected, run_off = c.ejected_ml, c.run_off_ml
    step, last = from_ms // STEP_MS, to_ms // STEP_MS
    while step < last:
        ms = step * STEP_MS
        while pushes and pushes[0] <= ms:
            begin_compression(
                c, p, pushes.pop(0), stroke_ms // 2, stroke_ms - stroke_ms // 2, care.depth_mm, care.lean_mm
            )
        while breaths and breaths[0] <= ms:
            begin_breath(c, p, breaths.pop(0), 1000, breath_swing(p, care.breath_ml, 1.0))
        while beats and beats[0] <= ms:
            begin_beat(c, p, beats.pop(0), interval_ms)
        waiting = [-(-starts[0] // STEP_MS) for starts in (pushes, breaths, beats) if starts]
        end = min([last, step - step % every_steps + every_steps, *waiting])
        run_mechanics(c, p, step, end)
        step = end
        if step % every_steps == 0:
            course.looks.append(look_at(c, p, step * STEP_MS, c.ejected_ml - ejected, c.run_off_ml - run_off))
            ejected, run_off = c.ejected_ml, c.run_off_ml
    return course


def look_at(c: Circulation, p: CirculationParameters, ms: int, ejected_ml: float, run_off_ml: float) -> Look:
    return Look(
        ms,
        ejected_ml,
        run_off_ml,
        c.last_cpp_mmhg,
        c.aorta_mmhg,
        c.aorta_mmhg - c.perfusion_mmhg,
        c.veins_ml * c.vessels.veins_stiff,
        c.depth_mm,
        c.systolic_mmhg,
        c.diastolic_mmhg,
        c.right_atrial_mmhg,
        c.beat_peak_mmhg,
        min(compartments_ml(c, p)),
    )


def compartments_ml(c: Circulation, p: CirculationParameters) -> list[float]:
    """All the blood in each compartment."""
    u = p.unstressed
    return [
        c.aorta_ml + u.aorta_ml,
        c.arteries_ml + u.arteries_ml,
        c.veins_ml + u.veins_ml + c.slack_ml,
        c.right_atrium_ml + u.right_atrium_ml,
        c.right_ventricle_ml + u.right_ventricle_ml,
        c.pulmonary_arteries_ml + u.pulmonary_arteries_ml,
        c.pulmonary_veins_ml + u.pulmonary_veins_ml,
        c.left_ventricle_ml + u.left_ventricle_ml,
    ]


def pressures_mmhg(c: Circulation) -> list[float]:
    """Pressure in each compartment of a chest at rest."""
    v = c.vessels
    return [
        c.aorta_ml * v.aorta_stiff,
        c.arteries_ml * v.arteries_stiff,
        c.veins_ml * v.veins_stiff,
        c.right_atrium_ml * v.right_atrium_stiff,
        c.right_ventricle_ml * v.right_ventricle_stiff,
        c.pulmonary_arteries_ml * v.pulmonary_arteries_stiff,
        c.pulmonary_veins_ml * v.pulmonary_veins_stiff,
        c.left_ventricle_ml * v.left_ventricle_stiff,
    ]


def _from(starts: Iterable[int], from_ms: int) -> list[int]:
    return [ms for ms in starts if ms >= from_ms]
