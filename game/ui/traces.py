"""Waveforms from their parameters: beats, VF, the artefact of compressions, and the sweep that draws them.

Formulas: beats as sums of Gaussians and VF as four wandering oscillators (the project's physiology reference, 4.1 and
4.2); compressions as half-sines with harmonics that hide the rhythm (its clinical reference, 4.4). These are pictures,
not state: any function may be used.
"""

from __future__ import annotations

import json
import math
import random
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

import pygame

from game.ui import shapes
from game.ui.files import asset
from game.ui.theme import ECG

if TYPE_CHECKING:
    from game.rules.views import EcgView


SAMPLE_MS: Final = 4
"""250 samples a second."""

CPR_HZ: Final = 1.85
"""Rate of the drawn artefact: the trace shows that somebody compresses, not how fast."""


class Wave(NamedTuple):
    """One Gaussian of a beat: centre and width in ms around the R wave, height in mV."""

    centre_ms: float
    width_ms: float
    height_mv: float


@cache
def beats() -> dict[str, tuple[Wave, ...]]:
    """Beat shapes by name, lead II (assets/ecg_params.json)."""
    read: dict[str, dict[str, list[list[float]]]] = json.loads(asset("ecg_params.json").read_text("utf-8"))
    return {name: tuple(Wave(*wave[1:]) for wave in shape["c"]) for name, shape in read.items()}


def shape_of(rhythm: str, rate_per_min: int) -> str:
    """The beat shape of a rhythm at its rate; "" for rhythms without beats."""
    sinus = ((50, "SINUS_BRADY_42"), (110, "NSR_75"), (999, "SINUS_TACHY_125"))
    wide = ((20, "AGONAL_12"), (999, "PEA_wide_35"))
    by_rate: dict[str, tuple[tuple[int, str], ...]] = {
        "sinus": sinus,
        "organised_narrow": sinus,
        "first_degree": ((999, "AVB1_65"),),
        "wenckebach": ((999, "MOBITZ1_last_beat"),),
        "mobitz": ((999, "MOBITZ2_wideQRS"),),
        "complete_block": ((999, "CHB_junctional_45"),),
        "complete_block_wide": ((999, "CHB_ventricular_32"),),
        "af": ((999, "CHB_junctional_45"),),
        "flutter": ((999, "SVT_180"),),
        "svt": ((999, "SVT_180"),),
        "junctional": ((999, "CHB_junctional_45"),),
        "organised_wide": wide,
        "idioventricular": wide,
        "agonal": ((999, "AGONAL_12"),),
        "vt": ((999, "MVT_180"),),
        "torsades": ((999, "MVT_180"),),
        "paced": ((999, "PACED_V_70"),),
    }
    return next((shape for limit, shape in by_rate.get(rhythm, ()) if rate_per_min < limit), "")


class Vf:
    """Ventricular fibrillation: four oscillators with wandering phase and amplitude, asked for in rising time."""

    AMPLITUDES: Final = (1.0, 0.55, 0.35, 0.25)
    RATIOS: Final = (1.0, 0.72, 1.33, 1.75)
    WANDER: Final = 1.1
    """Radians of random walk in each phase a square root of a second."""
    DEPTH: Final = 0.45
    PEAK_TO_PEAK: Final = 3.4
    """Peak to peak of the raw sum: what scales it to the wanted amplitude."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - a picture, not a secret
        self._phases = [self._chance.uniform(0, math.tau) for _ in self.AMPLITUDES]
        self._swings = [(self._chance.uniform(0.25, 0.8), self._chance.uniform(0, math.tau)) for _ in self.AMPLITUDES]

    def step(self, at_s: float, frequency_hz: float, amplitude_mv: float) -> float:
        """The next sample in mV, `SAMPLE_MS` after the last."""
        seconds = SAMPLE_MS / 1000
        wander = self.WANDER * math.sqrt(seconds)
        total = 0.0
        for index, (weight, ratio) in enumerate(zip(self.AMPLITUDES, self.RATIOS, strict=True)):
            self._phases[index] += math.tau * frequency_hz * ratio * seconds + wander * self._chance.gauss(0, 1)
            swing_hz, offset = self._swings[index]
            swing = 1 + self.DEPTH * math.sin(math.tau * swing_hz * at_s + offset)
            total += weight * swing * math.sin(self._phases[index])
        return total * amplitude_mv / self.PEAK_TO_PEAK


class Compressions:
    """The artefact of compressions: large enough to hide what the heart does, so that a look needs a pause."""

    RAMP_MS: Final = 160

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - a picture, not a secret
        self._phase = 0.0
        self._gain = 1.0
        self._share = 0.0

    def step(self, *, compressing: bool) -> float:
        """The next sample in mV."""
        self._share += (SAMPLE_MS / self.RAMP_MS) * (1 if compressing else -1)
        self._share = max(0.0, min(1.0, self._share))
        if not self._share:
            return 0.0
        self._phase += CPR_HZ * SAMPLE_MS / 1000
        if self._phase >= 1:
            self._phase -= 1
            self._gain = self._chance.uniform(0.85, 1.15)
        angle = math.tau * self._phase
        wave = 0.85 * math.sin(angle) + 0.42 * math.sin(2 * angle + 0.8) + 0.24 * math.sin(3 * angle + 1.9)
        return self._share * self._gain * wave

    @property
    def hiding(self) -> float:
        """How much of the rhythm the artefact drowns, 0 to 1."""
        return self._share


class Source(Protocol):
    """What a sweep draws: samples in rising time."""

    def step(self, at_ms: int) -> float:
        """The value at `at_ms`, `SAMPLE_MS` after the last."""


class Ecg:
    """Lead II as the view describes it; `view` is replaced whenever a newer one comes."""

    def __init__(self, view: EcgView, seed: int = 3) -> None:
        self.view = view
        self._vf = Vf(seed)
        self._artefact = Compressions(seed + 1)
        self._noise = random.Random(seed + 2)  # noqa: S311 - a picture, not a secret

    def step(self, at_ms: int) -> float:
        """The next sample in mV."""
        view = self.view
        artefact = self._artefact.step(compressing=view.compressing)
        heart = self._heart(at_ms, view) * (1 - 0.45 * self._artefact.hiding)
        return heart + artefact

    def _heart(self, at_ms: int, view: EcgView) -> float:
        if view.rhythm == "vf":
            return self._vf.step(at_ms / 1000, view.frequency_mhz / 1000, view.amplitude_uv / 1000)
        wander = 0.02 * math.sin(math.tau * 0.2 * at_ms / 1000) + 0.004 * self._noise.gauss(0, 1)
        shape = beats().get(shape_of(view.rhythm, view.rate_per_min))
        if not shape or view.rate_per_min <= 0:
            return wander
        interval = 60_000 / view.rate_per_min
        phase = (at_ms - max(0, view.beat_ms)) % interval
        scale = view.amplitude_uv / 1000 if view.amplitude_uv > 0 else 1.0
        return wander + scale * sum(gaussians(shape, phase + shift * interval) for shift in (-1, 0, 1))


def gaussians(shape: tuple[Wave, ...], after_r_ms: float) -> float:
    """A beat `after_r_ms` after its R wave, in mV."""
    total = 0.0
    for wave in shape:
        distance = (after_r_ms - wave.centre_ms) / wave.width_ms
        if -5 < distance < 5:
            total += wave.height_mv * math.exp(-0.5 * distance * distance)
    return total


class Glass(NamedTuple):
    """Where and how a sweep is drawn."""

    rect: pygame.Rect
    window_s: float
    low: float
    high: float
    colour: str = ECG
    stroke: float = 2.2
    grid: int = 22
    ground: str = "#04080C"
    ruling: str = "#0B1712"
    dot: float = 3.2


GAP: Final = 0.022
"""Share of the width erased ahead of the writing point."""

FADE_AT: Final = (0.3, 0.5, 0.7)
"""Ages, in shares of the window, at which a column is dimmed a step: the old trace ends at about 55 %."""
FADE_ALPHA: Final = 46


class Sweep:
    """A trace on a kept surface: each frame erases a little ahead, dims what has aged, and draws new points only."""

    def __init__(self, glass: Glass, source: Source) -> None:
        self._glass = glass
        self.source = source
        self._ground = ground(glass)
        self._veil = self._ground.copy()
        self._veil.set_alpha(FADE_ALPHA)
        self._kept = self._ground.copy()
        self._at_ms = -1
        self._last: tuple[float, float] | None = None
        self._head = shapes.disc(glass.dot, "#FFFFFF")

    def draw(self, surface: pygame.Surface, now_ms: int) -> None:
        """Draws everything up to `now_ms` and blits the glass with its bright head."""
        window_ms = round(self._glass.window_s * 1000)
        if self._at_ms < 0 or now_ms < self._at_ms or now_ms - self._at_ms > window_ms:
            self._at_ms = max(0, now_ms - window_ms)
            self._last = None
        while self._at_ms + SAMPLE_MS <= now_ms:
            self._at_ms += SAMPLE_MS
            self._extend(window_ms)
        surface.blit(self._kept, self._glass.rect)
        if self._last:
            left, top = self._glass.rect.topleft
            shapes.put(surface, self._head, (left + self._last[0], top + self._last[1]))

    def _extend(self, window_ms: int) -> None:
        glass = self._glass
        x = (self._at_ms % window_ms) / window_ms * glass.rect.w
        share = (self.source.step(self._at_ms) - glass.low) / (glass.high - glass.low)
        y = glass.rect.h * (1 - max(0.0, min(1.0, share)))
        if self._last is None or x < self._last[0]:
            self._cover(self._ground, 0, glass.rect.w * GAP)
        else:
            self._make_room(self._last[0], x)
            shapes.stroke(self._kept, glass.colour, self._last, (x, y), glass.stroke)
        self._last = (x, y)

    def _make_room(self, last_x: float, x: float) -> None:
        """Clears the columns that enter the gap, and dims those that reach an age."""
        wide = self._glass.rect.w
        ahead = wide * GAP
        self._cover(self._ground, last_x + ahead, x + ahead)
        for age in FADE_AT:
            start = (last_x - age * wide) % wide
            self._cover(self._veil, start, start + x - last_x)

    def _cover(self, picture: pygame.Surface, start: float, end: float) -> None:
        left, right = math.floor(start), math.floor(end)
        if right > left:
            strip = pygame.Rect(left, 0, right - left, self._glass.rect.h)
            self._kept.blit(picture, strip.topleft, strip)


def ground(glass: Glass) -> pygame.Surface:
    """Monitor glass with its faint ruling."""
    made = pygame.Surface(glass.rect.size)
    made.fill(glass.ground)
    for x in range(0, glass.rect.w, glass.grid):
        pygame.draw.line(made, glass.ruling, (x, 0), (x, glass.rect.h))
    for y in range(0, glass.rect.h, glass.grid):
        pygame.draw.line(made, glass.ruling, (0, y), (glass.rect.w, y))
    return made
