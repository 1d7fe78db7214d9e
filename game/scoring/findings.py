"""What every measure of every block finds in a course."""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum
from typing import Final

from game.scoring import compression, coordination, flow, safety, therapy, ventilation
from game.scoring.course import Course
from game.scoring.measure import NOTHING_SEEN, Finding, Measure
from game.scoring.weights import BLOCKS, MeasureWeight

MEASURES: Final[Mapping[str, Mapping[str, Measure]]] = {
    "flow": flow.MEASURES,
    "coordination": coordination.MEASURES,
    "therapy": therapy.MEASURES,
    "compression": compression.MEASURES,
    "ventilation": ventilation.MEASURES,
    "safety": safety.MEASURES,
}


def block_findings(course: Course, block: str) -> dict[str, Finding]:
    """The measures of one block; a drill is judged only by what its stations are there for."""
    focus = course.targets.focus
    judged = frozenset().union(*(course.weights.focus[station] for station in focus))
    return {
        key: MEASURES[block][key](course) if not focus or f"{block}.{key}" in judged else NOTHING_SEEN
        for key in BLOCKS[block]
    }


def mean_value(found: Mapping[str, Finding], weights: Mapping[str, MeasureWeight]) -> float | None:
    """A block's value over the measures that had an opportunity; None if none had."""
    seen = [(weights[key].points, finding.value) for key, finding in found.items() if finding.value is not None]
    return fsum(points * value for points, value in seen) / fsum(points for points, _ in seen) if seen else None
