"""What goes on without beats: fibrillation, the artefact of compressions, the shock's, and the noise under all.

All but the swelling of the artefact depends on time alone, so that every seat that sees a trace sees the same one.
VF: four oscillators whose phase and height wander (the project's physiology reference, 4.2). Compressions: a base wave
with its harmonics, large enough to hide the rhythm (its clinical reference, 4.4).
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import Final, NamedTuple

from game.ui.traces.sampling import SAMPLE_MS

NOISE_MV: Final = 0.004
_NOISE: Final = tuple(random.Random(20).gauss(0, NOISE_MV) for _ in range(997))  # noqa: S311 - a picture, no secret

BREATH_MS: Final = 4_300
"""How long a swing of the baseline takes."""


def luck(number: int, salt: int) -> float:
    """A share of 0 to 1 that is always the same for this number: chance all seats agree on."""
    mixed = (number * 0x9E3779B1 + salt * 0x85EBCA6B) & 0xFFFFFFFF
    mixed = ((mixed ^ (mixed >> 15)) * 0x2C1B3C6D) & 0xFFFFFFFF
    mixed = ((mixed ^ (mixed >> 12)) * 0x297A2D39) & 0xFFFFFFFF
    return ((mixed ^ (mixed >> 15)) & 0xFFFFFFFF) / 0x100000000


def baseline(at_ms: int, share: float = 1.0) -> float:
    """The baseline's slow swing and noise, mV."""
    swing = 0.02 * share * math.sin(math.tau * at_ms / BREATH_MS) + 0.008 * share * math.sin(math.tau * at_ms / 1730)
    return swing + _NOISE[at_ms // SAMPLE_MS % len(_NOISE)]


class _Grain(NamedTuple):
    """A stretch of oscillation: for each part its turn at the start and how much faster or slower it goes."""

    turns: tuple[float, ...]
    paces: tuple[float, ...]
    heights: tuple[float, ...]


class Grains:
    """A trembling wave of about `frequency_hz`, from stretches that melt into each other.

    A stretch knows only where it stands in time, so a frequency that falls slowly never breaks the wave.
    """

    LENGTH_MS: Final = 1600

    def __init__(self, salt: int, weights: Sequence[float], ratios: Sequence[float], scatter: float) -> None:
        self._salt = salt
        self._weights, self._ratios, self._scatter = tuple(weights), tuple(ratios), scatter
        self._at = -1
        self._pair = (self._grain(0), self._grain(1))

    def value(self, at_ms: int, frequency_hz: float) -> float:
        """The wave at `at_ms`, of about -1 to 1."""
        place, into_ms = divmod(at_ms, self.LENGTH_MS)
        if place != self._at:
            self._at = place
            self._pair = (self._grain(place), self._grain(place + 1))
        share = into_ms / self.LENGTH_MS
        angle = 0.5 * math.pi * share
        older, newer = self._pair
        seconds = into_ms / 1000
        return math.cos(angle) * self._sum(older, seconds + self.LENGTH_MS / 1000, frequency_hz) + math.sin(
            angle
        ) * self._sum(newer, seconds, frequency_hz)

    def _sum(self, grain: _Grain, seconds: float, frequency_hz: float) -> float:
        total = 0.0
        cycles = seconds * frequency_hz
        for turn, pace, height in zip(grain.turns, grain.paces, grain.heights, strict=True):
            total += height * math.sin(math.tau * (cycles * pace + turn))
        return total

    def _grain(self, place: int) -> _Grain:
        parts = range(len(self._weights))
        return _Grain(
            tuple(luck(place, self._salt + 10 * part) for part in parts),
            tuple(
                ratio * (1 + self._scatter * (2 * luck(place, self._salt + 10 * part + 1) - 1))
                for part, ratio in enumerate(self._ratios)
            ),
            tuple(
                weight * (0.62 + 0.76 * luck(place, self._salt + 10 * part + 2))
                for part, weight in enumerate(self._weights)
            ),
        )


VF_PEAK_TO_PEAK: Final = 3.1
"""Peak to peak of the raw wave: what scales it to the wanted amplitude."""


def fibrillation() -> Grains:
    """Ventricular fibrillation."""
    return Grains(300, (1.0, 0.55, 0.4, 0.32), (1.0, 0.72, 1.33, 1.75), 0.16)


def flicker() -> Grains:
    """The baseline of atrial fibrillation."""
    return Grains(700, (0.8, 0.5, 0.3), (1.0, 0.83, 1.21), 0.08)


class Compressions:
    """The artefact of compressions: large enough to hide what the heart does, so that a look needs a pause.

    The trace shows that somebody compresses, not how well.
    """

    RAMP_MS: Final = 160
    PUSH_MS: Final = 540
    """A push of the drawn artefact, 111 a minute, and how far each may come early or late."""
    SCATTER_MS: Final = 46

    def __init__(self) -> None:
        self._share = 0.0
        self._trembling = Grains(900, (0.6, 0.5, 0.4), (1.0, 1.37, 1.81), 0.15)
        self._push = -1
        self._bounds = (0.0, 1.0)
        self._gains = (1.0, 1.0)

    def step(self, at_ms: int, *, compressing: bool) -> float:
        """The next sample in mV, `SAMPLE_MS` after the last."""
        self._share += (SAMPLE_MS / self.RAMP_MS) * (1 if compressing else -1)
        self._share = max(0.0, min(1.0, self._share))
        return self._share * self.full(at_ms) if self._share else 0.0

    def full(self, at_ms: int) -> float:
        """The artefact of hands that push all the time, in mV."""
        share = self._into(at_ms)
        angle = math.tau * share
        gain = self._gains[0] + (self._gains[1] - self._gains[0]) * share
        wave = 0.85 * math.sin(angle) + 0.42 * math.sin(2 * angle + 0.8) + 0.24 * math.sin(3 * angle + 1.9)
        lurch = 0.16 * math.sin(math.tau * at_ms / 2900) + 0.12 * math.sin(math.tau * at_ms / 1270)
        return gain * 0.8 * wave + lurch + 0.16 * self._trembling.value(at_ms, 4.7)

    @property
    def hiding(self) -> float:
        """How much of the rhythm the artefact drowns, 0 to 1."""
        return self._share

    def _into(self, at_ms: int) -> float:
        """How far the push at `at_ms` has gone, 0 to 1."""
        push = at_ms // self.PUSH_MS
        start, end = self._bounds
        if push != self._push or not start <= at_ms < end:
            self._push = push
            if at_ms < self._bound(push):
                push -= 1
            elif at_ms >= self._bound(push + 1):
                push += 1
            self._bounds = start, end = self._bound(push), self._bound(push + 1)
            self._gains = self._gain(push), self._gain(push + 1)
        return (at_ms - start) / (end - start)

    def _bound(self, push: int) -> float:
        return push * self.PUSH_MS + self.SCATTER_MS * (2 * luck(push, 41) - 1)

    def _gain(self, push: int) -> float:
        return 0.85 + 0.3 * luck(push, 42)


CLIP_MS: Final = 300
CLIP_MV: Final = 5.0
BACK_MS: Final = 800
"""After a shock the trace is off the glass for `CLIP_MS`, then comes back with this time constant."""


def shock(since_ms: int) -> float:
    """What a shock adds to the trace `since_ms` after it, mV."""
    if since_ms < 0 or since_ms > CLIP_MS + 6 * BACK_MS:
        return 0.0
    if since_ms < CLIP_MS:
        return CLIP_MV if since_ms < CLIP_MS / 3 else -CLIP_MV
    return -3.2 * math.exp(-(since_ms - CLIP_MS) / BACK_MS)
