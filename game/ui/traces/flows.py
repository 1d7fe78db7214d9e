"""Pressure, pleth and expired carbon dioxide, from the beats and breaths that the views tell of.

Shapes: the project's physiology reference, 4.4 to 4.6; what they mean: its clinical reference, 0.3 and 3.2.
"""

from __future__ import annotations

import math
from collections import deque
from typing import TYPE_CHECKING, Final

from game.ui.traces.sampling import DELAY_MS
from game.ui.traces.wander import Compressions, luck

if TYPE_CHECKING:
    from game.rules.views import AirwayView

STARTED_MS: Final = 2_500


class Pulses:
    """Beats that reach a vessel: the latest, the next, and those before."""

    def __init__(self) -> None:
        self._beats: deque[int] = deque(maxlen=32)
        self._gap_ms = 0.0

    def note(self, latest_ms: int, next_ms: int, per_min: int) -> None:
        """Takes in what a view says; `per_min` 0 while nothing arrives."""
        while self._beats and self._beats[-1] > latest_ms:
            self._beats.pop()
        self._gap_ms = 60_000 / per_min if per_min > 0 else 0.0
        if per_min <= 0 or latest_ms < 0:
            return
        for beat in (latest_ms, next_ms):
            if not self._beats or beat > self._beats[-1]:
                self._beats.append(beat)

    def last(self, at_ms: int) -> tuple[int, float]:
        """How long ago the beat before `at_ms` was (-1 if there was none), and how long it lasts until the next."""
        if self._gap_ms and self._beats and at_ms > self._beats[-1] + self._gap_ms:
            missed = int((at_ms - self._beats[-1]) / self._gap_ms)
            self._beats.append(self._beats[-1] + round(missed * self._gap_ms))
        after: int | None = None
        for beat in reversed(self._beats):
            if beat <= at_ms:
                return at_ms - beat, float(after - beat) if after else (self._gap_ms or STARTED_MS)
            after = beat
        return -1, 0.0


def pressure_wave(since_ms: float, gap_ms: float) -> float:
    """An arterial wave, 0 (diastolic) to 1 (systolic): a steep rise, a fall with its notch, and the run-off."""
    rise_ms, ejected_ms = 90.0, min(320.0, 0.42 * gap_ms)
    if since_ms < rise_ms:
        return math.sin(0.5 * math.pi * since_ms / rise_ms) ** 2
    fall = math.exp(-(since_ms - rise_ms) / 420)
    notch = -0.16 * math.exp(-0.5 * ((since_ms - ejected_ms) / 16) ** 2)
    bump = 0.1 * math.exp(-0.5 * ((since_ms - ejected_ms - 60) / 34) ** 2)
    end = math.exp(-(gap_ms - rise_ms) / 420)
    return max(0.0, (fall - end) / (1 - end) if gap_ms > rise_ms + 50 else fall) + notch + bump


class Pleth:
    """The wave of the finger probe, about 0 to 1: beats that reach the finger, and what compressions shake."""

    TRANSIT_MS: Final = 200
    SHAKEN: Final = 0.28

    def __init__(self) -> None:
        self._pulses = Pulses()
        self._artefact = Compressions()
        self._height = 0.0
        self._wanted = 0.0
        self._compressing = False

    def note(self, view: AirwayView) -> None:
        """Takes in what the probe feels."""
        self._pulses.note(view.pulse_ms, view.next_pulse_ms, view.pulse_per_min)
        self._wanted = view.pleth_pct / 100
        self._compressing = view.compressing

    def step(self, at_ms: int) -> float:
        """The wave at `at_ms`."""
        at_ms -= DELAY_MS
        self._height += 0.01 * (self._wanted - self._height)
        since_ms, gap_ms = self._pulses.last(at_ms - self.TRANSIT_MS)
        beat = self._height * soft_wave(since_ms, gap_ms) if since_ms >= 0 and self._height > 0.02 else 0.0
        tremor = 0.02 * (luck(at_ms // 40, 8) - 0.5)
        return 0.08 + 0.84 * beat + self.SHAKEN * self._artefact.step(at_ms, compressing=self._compressing) + tremor


def soft_wave(since_ms: float, gap_ms: float) -> float:
    """A pleth wave, 0 to 1: rounder than the pressure it comes from."""
    share = since_ms / max(gap_ms, 300.0)
    if share >= 1:
        return 0.0
    main = math.exp(-0.5 * ((share - 0.22) / 0.1) ** 2) if share < 0.22 else math.exp(-(share - 0.22) / 0.26)
    bump = 0.14 * math.exp(-0.5 * ((share - 0.52) / 0.07) ** 2)
    return main * (1 - share**4) + bump


class Arterial:
    """Invasive pressure, mmHg: own beats, compressions, or the level to which a still circulation falls."""

    STILL_MMHG: Final = 16.0
    FALL_S: Final = 2.2

    def __init__(self) -> None:
        self._pulses = Pulses()
        self._artefact = Compressions()
        self._level = self.STILL_MMHG
        self.systolic_mmhg, self.diastolic_mmhg = 0, 0
        self.compressing = False

    def note(self, latest_ms: int, next_ms: int, per_min: int, systolic_mmhg: int, diastolic_mmhg: int) -> None:
        """Takes in beats and pressures; `per_min` 0 without a pulse."""
        self._pulses.note(latest_ms, next_ms, per_min)
        self.systolic_mmhg, self.diastolic_mmhg = systolic_mmhg, diastolic_mmhg

    def step(self, at_ms: int) -> float:
        """The pressure at `at_ms`, mmHg."""
        at_ms -= DELAY_MS
        pushed = self._artefact.step(at_ms, compressing=self.compressing)
        since_ms, gap_ms = self._pulses.last(at_ms)
        swing = self.systolic_mmhg - self.diastolic_mmhg
        if since_ms >= 0 and since_ms < gap_ms + 100:
            wanted = self.diastolic_mmhg + swing * pressure_wave(since_ms, gap_ms)
            self._level = wanted
        elif self.compressing:
            wanted = self.diastolic_mmhg + swing * max(0.0, min(1.0, 0.5 + 0.45 * pushed))
            self._level += 0.2 * (wanted - self._level)
        else:
            self._level += 0.004 / self.FALL_S * (self.STILL_MMHG - self._level)
        return self._level
