"""Compression quality: rate inside runs, depth, recoil, gathered in short windows of pulseless time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Final

from game.scoring.course import Course
from game.scoring.measure import Chance, Finding, Measure, outside
from game.scoring.record import Press
from game.scoring.spans import Span, at, total_ms

_Sample = tuple[int, float, float]
"""When, what one compression is worth there, and its figure."""


@dataclass(frozen=True, slots=True)
class CompressionFigures:
    """What was pressed, as a manikin shows it. Shares are 0 to 1; rate is inside runs, delivered counts pauses."""

    presses: int
    rate_per_min: float
    delivered_per_min: float
    depth_mm: float
    residual_mm: float
    rate_in_band: float
    depth_in_band: float
    full_recoil: float


def rates(course: Course) -> list[tuple[int, float]]:
    """When, and the rate a minute of each interval between two compressions of one run."""
    found: list[tuple[int, float]] = []
    before: Press | None = None
    runs, index = course.runs, 0
    for press in course.owed:
        while index < len(runs) and runs[index].end_ms < press.ms:
            index, before = index + 1, None
        if index < len(runs) and runs[index].start_ms <= press.ms:
            if before is not None and press.ms > before.ms and press.seat not in course.record.assisted:
                found.append((press.ms, 60_000 / (press.ms - before.ms)))
            before = press
    return found


def _windows(course: Course) -> list[Span]:
    """Pulseless time in windows, without the seconds that are free at its start."""
    free_ms, length_ms = course.weights.pauses.start_allowance_ms, course.weights.presses.window_ms
    return [
        Span(start, min(start + length_ms, interval.end_ms))
        for interval in course.pulseless
        for start in range(interval.start_ms + free_ms, interval.end_ms, length_ms)
    ]


def _gathered(course: Course, samples: Sequence[_Sample], band: tuple[float, float]) -> Finding:
    """One chance a window: the mean of its compressions through the window curve; a window without any is worth 0.

    What a device made for its player is not judged: its windows are no chances.
    """
    curve = course.weights.curves.press_window
    made = [press.ms for press in course.owed if press.seat in course.record.assisted]
    chances: list[Chance] = []
    index = 0
    for window in _windows(course):
        while index < len(samples) and samples[index][0] < window.start_ms:
            index += 1
        first = index
        while index < len(samples) and samples[index][0] < window.end_ms:
            index += 1
        weight = float(window.length_ms)
        if index == first and any(window.start_ms <= ms < window.end_ms for ms in made):
            continue
        if index == first:
            chances.append(Chance(window.start_ms, 0.0, weight, why="none"))
            continue
        held, count = samples[first:index], index - first
        value = curve(fsum(worth for _, worth, _ in held) / count)
        mean = round(fsum(figure for _, _, figure in held) / count, 1)
        figures = {"mean": mean, "low": band[0], "high": band[1]}
        chances.append(Chance(window.start_ms, value, weight, why="off", figures=figures))
    return Finding(tuple(chances))


def rate(course: Course) -> Finding:
    """Each interval by how far its rate lies outside the pack's band."""
    curve, band = course.weights.curves.press_rate, course.targets.rate_per_min
    samples = [(ms, curve(outside(figure, band)), figure) for ms, figure in rates(course)]
    return _gathered(course, samples, band)


def effective(course: Course) -> list[Press]:
    """The compressions in runs that hands have made: token presses are no compressions that could be good."""
    found: list[Press] = []
    runs, index = course.runs, 0
    for press in course.owed:
        while index < len(runs) and runs[index].end_ms < press.ms:
            index += 1
        if index < len(runs) and runs[index].start_ms <= press.ms and press.seat not in course.record.assisted:
            found.append(press)
    return found


def depth(course: Course) -> Finding:
    """Each compression by how far its depth lies outside the pack's band."""
    curve, band = course.weights.curves.press_depth, course.targets.depth_mm
    samples = [
        (press.ms, curve(outside(press.depth_um / 1000, band)), press.depth_um / 1000) for press in effective(course)
    ]
    return _gathered(course, samples, band)


def recoil(course: Course) -> Finding:
    """Each compression by what remained after its release, over what the pack calls full recoil."""
    curve, most_mm = course.weights.curves.press_residual, course.targets.full_recoil_mm
    samples = [
        (press.ms, curve(press.residual_um / 1000 - most_mm), press.residual_um / 1000) for press in effective(course)
    ]
    return _gathered(course, samples, (0.0, most_mm))


def figures(course: Course) -> CompressionFigures:
    """The raw figures beside the score; zeros where nobody pressed."""
    presses = course.owed
    intervals = sorted(figure for _, figure in rates(course))
    count = len(presses) or 1
    low, high = course.targets.rate_per_min
    shallow, deep = course.targets.depth_mm
    minutes = total_ms(course.pulseless) / 60_000
    return CompressionFigures(
        presses=len(presses),
        rate_per_min=round(intervals[len(intervals) // 2], 1) if intervals else 0.0,
        delivered_per_min=round(len(presses) / minutes, 1) if minutes else 0.0,
        depth_mm=round(sum(press.depth_um for press in presses) / 1000 / count, 1),
        residual_mm=round(sum(press.residual_um for press in presses) / 1000 / count, 1),
        rate_in_band=round(sum(low <= figure <= high for figure in intervals) / (len(intervals) or 1), 4),
        depth_in_band=round(sum(shallow <= press.depth_um / 1000 <= deep for press in presses) / count, 4),
        full_recoil=round(
            sum(press.residual_um / 1000 <= course.targets.full_recoil_mm for press in presses) / count, 4
        ),
    )


def hands_on_seconds(course: Course) -> tuple[int, ...]:
    """One number a second of the run: 1 where hands were on for at least half of it."""
    return _seconds(course.runs, course.end_ms)


def pulse_seconds(course: Course) -> tuple[int, ...]:
    """One number a second of the run: 1 where the patient had a pulse at its start."""
    return tuple(int(at(course.pulseless, ms) is None) for ms in range(0, course.end_ms, 1000))


def _seconds(spans: Sequence[Span], end_ms: int) -> tuple[int, ...]:
    covered = [0] * -(-end_ms // 1000)
    for span in spans:
        for second in range(max(0, span.start_ms // 1000), min(len(covered), -(-span.end_ms // 1000))):
            covered[second] += min(span.end_ms, (second + 1) * 1000) - max(span.start_ms, second * 1000)
    return tuple(int(ms >= 500) for ms in covered)


MEASURES: Final[Mapping[str, Measure]] = {
    "rate": rate,
    "depth": depth,
    "recoil": recoil,
}
