"""What guideline and level ask of a team, as far as the score asks: the one place where it meets pack and level."""

from __future__ import annotations

from dataclasses import dataclass

from game.content import Level, Pack
from game.log import Plain


@dataclass(frozen=True, slots=True)
class RequiredLoop:
    """An order that must be on record; `args` are the arguments it must begin with."""

    station: int
    op: str
    args: tuple[Plain, ...]


@dataclass(frozen=True, slots=True)
class CareTask:
    """An act of the care after the pulse's return, and by when it is due."""

    op: str
    limit_ms: int


@dataclass(frozen=True, slots=True)
class Targets:
    """The figures that measures compare with. Times in milliseconds, depth in millimetres, rates per minute."""

    level: str
    pack: str
    first_rhythm: str
    """The true rhythm at the collapse, which no fact of the log tells; "" if the level does not say."""
    cause: str
    time_limit_ms: int
    cycle_ms: int
    switch_ms: int
    max_pause_ms: int
    rate_per_min: tuple[float, float]
    depth_mm: tuple[float, float]
    full_recoil_mm: float
    compressions_per_set: int
    breaths_per_set: int
    breath_interval_ms: int
    tidal_volume_ml: tuple[float, float]
    epinephrine: tuple[str, ...]
    epinephrine_after_shock: int
    epinephrine_interval_ms: tuple[int, int]
    antiarrhythmics: tuple[str, ...]
    antiarrhythmic_after_shock: tuple[int, ...]
    loops: tuple[RequiredLoop, ...]
    rosc_care: tuple[CareTask, ...] = ()


def targets_of(pack: Pack, level: Level) -> Targets:
    """The targets of a level played by a pack.

    A drug with a shock and a repeat window is the vasopressor; drugs with shocks alone are the antiarrhythmics.
    """
    timed = [drug for drug in pack.drugs.values() if drug.after_shock and drug.repeat_s]
    by_shock = [drug for drug in pack.drugs.values() if drug.after_shock and not drug.repeat_s]
    low_s, high_s = (timed[0].repeat_s if timed else None) or (0.0, 0.0)
    return Targets(
        level=f"{level.name} r{level.revision}",
        pack=pack.label,
        first_rhythm=str(level.patient.get("rhythm", "")),
        cause=level.cause,
        time_limit_ms=level.time_limit_ms,
        cycle_ms=pack.cycle_ms,
        switch_ms=round(pack.switch_s * 1000),
        max_pause_ms=round(pack.max_pause_s * 1000),
        rate_per_min=pack.rate_per_min,
        depth_mm=pack.depth_mm,
        full_recoil_mm=pack.full_recoil_mm,
        compressions_per_set=pack.compressions_per_set,
        breaths_per_set=pack.breaths_per_set,
        breath_interval_ms=round(pack.breath_interval_s * 1000),
        tidal_volume_ml=pack.tidal_volume_ml,
        epinephrine=tuple(drug.name for drug in timed),
        epinephrine_after_shock=timed[0].after_shock[0] if timed else 0,
        epinephrine_interval_ms=(round(low_s * 1000), round(high_s * 1000)),
        antiarrhythmics=tuple(drug.name for drug in by_shock),
        antiarrhythmic_after_shock=by_shock[0].after_shock if by_shock else (),
        loops=tuple(RequiredLoop(int(loop.station), loop.op, loop.args) for loop in level.loops),
    )
