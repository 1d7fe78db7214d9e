"""The 37 measures of the clinical reference, 8.4: shown beside the score, they earn no points."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from game.scoring.course import Course
from game.scoring.metrics import flow, quality, team, times, treatment
from game.scoring.metrics.reading import Findings, Reader, Reading
from game.scoring.weights import Register

READERS: Final[Mapping[str, Reader]] = {
    "recognition": times.recognition,
    "first_compression": times.first_compression,
    "first_shock": times.first_shock,
    "epinephrine": times.epinephrine,
    "airway_confirmed": times.airway_confirmed,
    "ccf": flow.ccf,
    "no_flow_fraction": flow.no_flow_fraction,
    "no_flow": flow.no_flow,
    "low_flow": flow.low_flow,
    "long_pauses": flow.long_pauses,
    "longest_pause": flow.longest_pause,
    "pre_shock": flow.pre_shock,
    "post_shock": flow.post_shock,
    "peri_shock": flow.peri_shock,
    "check_pause": flow.check_pause,
    "rate": quality.rate,
    "depth_recoil_duty": quality.depth_recoil_duty,
    "ventilation_rate": quality.ventilation_rate,
    "hyperventilation": quality.hyperventilation,
    "switch_interval": quality.switch_interval,
    "epinephrine_interval": treatment.epinephrine_interval,
    "antiarrhythmic_timing": treatment.antiarrhythmic_timing,
    "shock_appropriateness": treatment.shock_appropriateness,
    "cycle_length": flow.cycle_length,
    "cause_treated": times.cause_treated,
    "etco2": quality.etco2,
    "access": times.access,
    "safety_events": treatment.safety_events,
    "closed_loops": team.closed_loops,
    "order_clarity": team.order_clarity,
    "duplicates": team.duplicates,
    "idle_overlap": team.idle_overlap,
    "pause_bundling": flow.pause_bundling,
    "rosc_lag": times.rosc_lag,
    "rosc_bundle": treatment.rosc_bundle,
}

FROM_FINDINGS: Final[Mapping[str, Callable[[Findings], Reading]]] = {
    "anticipation": team.anticipation,
    "adherence": treatment.adherence,
}
"""Those that sum up what the measures of the score found."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One of the 37. `verdict`: met, near, missed, no_target, not_seen, or not_computable from this log."""

    number: int
    key: str
    name: str
    value: float | None
    unit: str
    target: str
    verdict: str
    source: str
    parts: Mapping[str, float | str | None]


def measured(course: Course, found: Findings) -> tuple[Metric, ...]:
    """All of them, in the order of their numbers."""
    return tuple(_metric(entry, _reading(entry.key, course, found)) for entry in course.weights.register)


def _reading(key: str, course: Course, found: Findings) -> Reading:
    return READERS[key](course) if key in READERS else FROM_FINDINGS[key](found)


def _metric(entry: Register, reading: Reading) -> Metric:
    return Metric(
        number=entry.number,
        key=entry.key,
        name=entry.name,
        value=reading.value,
        unit=entry.unit,
        target=entry.target,
        verdict=_verdict(entry, reading),
        source=entry.source,
        parts=reading.parts,
    )


def _verdict(entry: Register, reading: Reading) -> str:
    if not reading.told:
        return "not_computable"
    if reading.value is None:
        return "not_seen"
    if entry.good is None:
        return "no_target"
    if entry.good[0] <= reading.value <= entry.good[1]:
        return "met"
    near = entry.fair is not None and entry.fair[0] <= reading.value <= entry.fair[1]
    return "near" if near else "missed"
