"""The sweep: a kept surface on which each frame erases ahead, dims what has aged, and draws new points only."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

import pygame

from game.ui import shapes
from game.ui.theme import ECG
from game.ui.traces.sampling import SAMPLE_MS
from game.ui.traces.styles import STYLES, Kind, trace_colour

if TYPE_CHECKING:
    from collections.abc import Sequence


class Source(Protocol):
    """What a sweep draws: samples in rising time."""

    def step(self, at_ms: int) -> float:
        """The value at `at_ms`, a sample's time after the last."""


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
    dash: tuple[int, int] = (0, 0)
    fill: float = 0.0
    sample_ms: int = SAMPLE_MS


def glass(kind: Kind, rect: pygame.Rect, window_s: float, low: float, high: float, palette: str = "crew") -> Glass:
    """The glass of a trace in its own style."""
    style = STYLES[kind]
    return Glass(rect, window_s, low, high, trace_colour(kind, palette), style.stroke, dash=style.dash, fill=style.fill)


GAP: Final = 0.022
"""Share of the width erased ahead of the writing point."""

FADE_AT: Final = (0.3, 0.5, 0.7)
"""Ages, in shares of the window, at which a column is dimmed a step: the old trace ends at about 55 %."""
FADE_ALPHA: Final = 46

MOST_SAMPLES: Final = 160
"""A glass that begins, or was away, catches up over some frames: no frame draws more samples."""

Point = tuple[float, float]


class Sweep:
    """A trace on its glass."""

    def __init__(self, glass: Glass, source: Source) -> None:
        self._glass = glass
        self.source = source
        self._ground = ground(glass.rect.size, glass.ground, glass.ruling, glass.grid)
        self._veil = self._ground.copy()
        self._veil.set_alpha(FADE_ALPHA)
        self._kept = self._ground.copy()
        self._at_ms = -1
        self._last: Point | None = None
        self._walked = 0.0
        self._head = shapes.disc(glass.dot, "#FFFFFF")
        self._shifts = _shifts(glass.stroke)
        self._tint = _tint(glass)

    def draw(self, surface: pygame.Surface, now_ms: int) -> None:
        """Draws what is new up to `now_ms` and blits the glass with its bright head."""
        window_ms = round(self._glass.window_s * 1000)
        if self._at_ms < 0 or now_ms < self._at_ms or now_ms - self._at_ms > window_ms:
            start_ms = max(0, now_ms - window_ms)
            self._at_ms = start_ms - start_ms % self._glass.sample_ms
            self._last = None
            # What an earlier run or another minute has left on the glass is no trace of this one.
            self._kept.blit(self._ground, (0, 0))
        self._extend(now_ms, window_ms)
        surface.blit(self._kept, self._glass.rect)
        if self._last:
            left, top = self._glass.rect.topleft
            shapes.put(surface, self._head, (left + self._last[0], top + self._last[1]))

    def _extend(self, now_ms: int, window_ms: int) -> None:
        """Takes the new samples, and draws them in runs from edge to edge."""
        glass, step_ms, step = self._glass, self._glass.sample_ms, self.source.step
        wide, high = glass.rect.size
        scale, at_ms = high / (glass.high - glass.low), self._at_ms
        run: list[Point] = [self._last] if self._last else []
        until_ms = min(now_ms, at_ms + MOST_SAMPLES * step_ms)
        while at_ms + step_ms <= until_ms:
            at_ms += step_ms
            x = at_ms % window_ms / window_ms * wide
            y = min(high - 1.0, max(1.0, high - (step(at_ms) - glass.low) * scale))
            if run and x < run[-1][0]:
                self._write(run)
                self._cover(self._ground, 0, wide * GAP)
                run = []
            run.append((x, y))
        self._at_ms = at_ms
        if run:
            self._write(run)
            self._last = run[-1]

    def _write(self, run: Sequence[Point]) -> None:
        """Clears the columns that enter the gap, dims those that reach an age, and draws the line."""
        if len(run) < 2:
            return
        wide, first, last = self._glass.rect.w, run[0][0], run[-1][0]
        ahead = wide * GAP
        self._cover(self._ground, first + ahead, last + ahead)
        for age in FADE_AT:
            start = (first - age * wide) % wide
            self._cover(self._veil, start, start + last - first)
        if self._glass.fill:
            self._fill(run)
        for piece in self._pieces(run):
            for across, down in self._shifts:
                pygame.draw.aalines(self._kept, self._glass.colour, False, [(x + across, y + down) for x, y in piece])

    def _pieces(self, run: Sequence[Point]) -> list[Sequence[Point]]:
        """The run as it is, or cut into dashes along its way."""
        on, off = self._glass.dash
        if not off:
            return [run]
        pieces: list[Sequence[Point]] = []
        piece: list[Point] = []
        for before, point in pairwise(run):
            if self._walked % (on + off) < on:
                piece = piece or [before]
                piece.append(point)
            elif piece:
                pieces.append(piece)
                piece = []
            self._walked += math.dist(before, point)
        return [*pieces, piece] if piece else pieces

    def _fill(self, run: Sequence[Point]) -> None:
        """Tints each new column from the line down to the baseline."""
        foot = self._glass.rect.h * (1 - (0 - self._glass.low) / (self._glass.high - self._glass.low))
        for before, point in pairwise(run):
            for x in range(math.floor(before[0]) + 1, math.floor(point[0]) + 1):
                top = round(point[1])
                self._kept.fill(self._tint, (x, top, 1, max(0, round(foot) - top)))

    def _cover(self, picture: pygame.Surface, start: float, end: float) -> None:
        left, right = math.floor(start), math.floor(end)
        if right > left:
            strip = pygame.Rect(left, 0, right - left, self._glass.rect.h)
            self._kept.blit(picture, strip.topleft, strip)


def _shifts(stroke: float) -> tuple[Point, ...]:
    """How often, and how far from its way, a line of about `stroke` px is drawn."""
    extra = stroke - 1
    if extra <= 0.3:
        return ((0.0, 0.0),)
    steps = max(1, math.ceil(extra / 1.1))
    half = extra / 2
    offsets = [extra * step / steps - half for step in range(steps + 1)]
    flat = [(0.0, offset) for offset in offsets]
    upright = [(offset, 0.0) for offset in offsets if abs(offset) > 0.2]
    return tuple(flat + upright)


def _tint(glass: Glass) -> pygame.Color:
    return pygame.Color(glass.ground).lerp(pygame.Color(glass.colour), glass.fill)


@lru_cache(maxsize=16)
def ground(size: tuple[int, int], colour: str, ruling: str, grid: int) -> pygame.Surface:
    """Monitor glass with its faint ruling."""
    made = pygame.Surface(size)
    made.fill(colour)
    for x in range(0, size[0], grid):
        pygame.draw.line(made, ruling, (x, 0), (x, size[1]))
    for y in range(0, size[1], grid):
        pygame.draw.line(made, ruling, (0, y), (size[0], y))
    return made
