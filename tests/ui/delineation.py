"""Measures a sampled lead as a reader with callipers would: it knows nothing of how the trace was made."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

STEP_MS = 4
EDGE = 0.05
"""A wave is taken to begin and end where it stands out by this share of its height."""


class Measured(NamedTuple):
    """Medians over all whole beats, in ms; None where there is none."""

    rate_per_min: float
    pr_ms: float | None
    qrs_ms: float
    qt_ms: float | None


def steepest(wave: Sequence[float], share: float = 0.4) -> list[int]:
    """Places of the QRS complexes: peaks of the smoothed slope's energy, 180 ms apart at least."""
    slope = [abs(after - before) for before, after in zip(wave, wave[2:], strict=False)]
    energy = [sum(slope[max(0, at - 8) : at + 9]) for at in range(len(slope))]
    limit = share * sorted(energy)[-max(1, len(energy) // 200)]
    found: list[int] = []
    at = 0
    while at < len(energy):
        if energy[at] < limit:
            at += 1
            continue
        end = at
        while end < len(energy) and energy[end] >= limit:
            end += 1
        found.append(max(range(at, end), key=lambda place: energy[place]) + 1)
        at = max(end, found[-1] + 45)
    return found


def median(values: Sequence[float]) -> float:
    ranked = sorted(values)
    return ranked[len(ranked) // 2]


def outwards(wave: Sequence[float], start: int, step: int, level: float) -> int:
    """From `start` outwards to where the wave is down to `level`, or to the valley before the next one."""
    at = start
    while 0 < at < len(wave) - 1 and abs(wave[at]) > level:
        if abs(wave[at + step]) > abs(wave[at]) + 0.0005 and wave[at + step] * wave[at] > 0:
            break
        at += step
    return at


def complex_of(wave: Sequence[float], at: int, reach: int, share: float) -> tuple[int, int]:
    """Start and end of the QRS around `at`: outwards from its first and last deflection of some height."""
    window = range(max(1, at - reach), min(len(wave) - 1, at + reach))
    peak = max(abs(wave[place]) for place in window)
    tops = [
        place
        for place in window
        if abs(wave[place]) >= share * peak
        and abs(wave[place]) >= abs(wave[place - 1])
        and abs(wave[place]) >= abs(wave[place + 1])
    ]
    return outwards(wave, tops[0], -1, EDGE * peak), outwards(wave, tops[-1], 1, EDGE * peak)


def bump(wave: Sequence[float], start: int, end: int) -> tuple[int, int, int] | None:
    """Start, peak and end of the highest wave in a stretch, at 5 % of its own height; None if nothing stands out."""
    tops = [
        at
        for at in range(start + 1, end - 1)
        if abs(wave[at]) > 0.02 and abs(wave[at]) >= max(abs(wave[at - 1]), abs(wave[at + 1]))
    ]
    if not tops:
        return None
    peak = max(tops, key=lambda place: abs(wave[place]))
    height = abs(wave[peak])
    left, right = outwards(wave, peak, -1, EDGE * height), outwards(wave, peak, 1, EDGE * height)
    return left, peak, right


def intervals_ms(wave: Sequence[float]) -> list[float]:
    return [STEP_MS * (after - before) for before, after in pairwise(steepest(wave))]


def measure(wave: Sequence[float], *, reach_ms: float = 60, share: float = 0.08) -> Measured:
    """Rate, PR, QRS and QT of a lead whose baseline is at zero.

    The complex is looked for within `reach_ms` of its steepest place, in deflections of `share` of the highest.
    """
    found = steepest(wave)
    gaps = [after - before for before, after in pairwise(found)]
    gap = median(gaps)
    reach = round(reach_ms / STEP_MS)
    prs, widths, qts = [], [], []
    for at in found[1:-1]:
        on, off = complex_of(wave, at, reach, share)
        widths.append(STEP_MS * (off - on))
        before = bump(wave, max(0, on - round(min(0.45 * gap, 95))), on - 1)
        if before:
            prs.append(STEP_MS * (on - before[0]))
        after = bump(wave, off + 2, min(len(wave), on + round(0.75 * gap)))
        if after:
            qts.append(STEP_MS * (after[2] - on))
    return Measured(
        60_000 / (STEP_MS * gap), median(prs) if prs else None, median(widths), median(qts) if qts else None
    )


def correlation(one: Sequence[float], other: Sequence[float]) -> float:
    """Pearson's r."""
    mean_one, mean_other = sum(one) / len(one), sum(other) / len(other)
    apart = [(a - mean_one, b - mean_other) for a, b in zip(one, other, strict=True)]
    spread = math.sqrt(sum(a * a for a, _ in apart) * sum(b * b for _, b in apart))
    return sum(a * b for a, b in apart) / spread if spread else 0.0
