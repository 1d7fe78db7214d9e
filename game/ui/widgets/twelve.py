"""Twelve leads on paper: 25 mm/s, 10 mm/mV, four columns of three leads, and lead II right through."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pygame

from game.ui import text
from game.ui.text import Align
from game.ui.traces.leads import LEADS, Marks, sheet
from game.ui.values import measured
from game.ui.words import clock, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.rules.views import SlipView


PAPER: Final = "#FFF8F3"
SMALL: Final = "#F8DDD4"
LARGE: Final = "#EDB3A2"
PEN: Final = "#16181D"
NOTE: Final = "#3B4550"

MM_PER_S: Final = 25
MM_PER_MV: Final = 10
LENGTH_MS: Final = 10_000
EDGE_PX: Final = 12
HEAD_PX: Final = 58
STAMP_MM: Final = 7
"""Room at the left for the mark of 1 mV, which is 5 mm wide."""
ROWS: Final = 4
STEP_MS: Final = 8
SPIKE_STEP_MS: Final = 4
"""A pacemaker's spike is one sample of 4 ms."""
FIGURES: Final = ("rate_per_min", "pr_ms", "qrs_ms", "qt_ms", "qtc_ms")


def newest(slips: Sequence[SlipView]) -> SlipView | None:
    """The 12-lead that came back last; None before the first."""
    return next((slip for slip in reversed(slips) if slip.sheet is not None), None)


@lru_cache(maxsize=2)
def picture(size: tuple[int, int], slip: SlipView) -> pygame.Surface:
    """The sheet of a slip, baked once; the slip has to have come back."""
    wide, high = size
    mm = (wide - 2 * EDGE_PX) / (STAMP_MM + LENGTH_MS / 1000 * MM_PER_S)
    made = pygame.Surface(size)
    made.fill(PAPER)
    _rule(made, mm)
    _head(made, slip)
    row_px = (high - HEAD_PX - EDGE_PX) / ROWS
    left = EDGE_PX + STAMP_MM * mm
    assert slip.sheet is not None
    step_ms = SPIKE_STEP_MS if slip.sheet.rhythm == "paced" or slip.sheet.spike_ms >= 0 else STEP_MS
    end_ms = slip.taken_ms - slip.taken_ms % STEP_MS
    traces = sheet(slip.sheet, Marks.of(slip.values), end_ms, LENGTH_MS, step_ms)
    quarter_px = LENGTH_MS / 4000 * MM_PER_S * mm
    for row, names in enumerate((*LEADS, ("rhythm",))):
        middle = HEAD_PX + row_px * (row + 0.55)
        _stamp(made, middle, mm)
        for column, name in enumerate(names):
            start = left + column * quarter_px
            _line(made, traces[name], (start, middle), mm, step_ms)
            label = say("monitor.lead_ii") if name == "rhythm" else name
            text.write(made, round(start) + 4, round(middle - row_px * 0.36), label, 14, 700, PEN)
            if column:
                pygame.draw.line(made, PEN, (start, middle - mm * 4), (start, middle - mm * 2), 1)
    return made


def _rule(made: pygame.Surface, mm: float) -> None:
    """Squares of 1 mm, and heavier ones of 5."""
    wide, high = made.get_size()
    for place in range(int(wide / mm) + 1):
        x = round(EDGE_PX + place * mm)
        pygame.draw.line(made, SMALL if place % 5 else LARGE, (x, HEAD_PX), (x, high))
    for place in range(int((high - HEAD_PX) / mm) + 1):
        y = round(HEAD_PX + place * mm)
        pygame.draw.line(made, SMALL if place % 5 else LARGE, (0, y), (wide, y))


def _head(made: pygame.Surface, slip: SlipView) -> None:
    """What it is, when it was taken, and what the machine measured; no reading of it."""
    values = dict(slip.values)
    beating = values.get("rate_per_min", 0) > 0
    title = say("monitor.twelve", time=clock(slip.taken_ms))
    text.write(made, EDGE_PX + 4, 24, title, 17, 700, PEN)
    text.write(made, made.get_width() - EDGE_PX - 4, 24, say("monitor.scale"), 14, 500, NOTE, align=Align.END)
    x = EDGE_PX + 4
    for name in FIGURES if beating else FIGURES[:1]:
        if values.get(name, 0) > 0 or name == "rate_per_min":
            words = f"{say(f'value.{name}')} {measured(name, values.get(name, 0))}"
            x = round(text.write(made, x, 46, words, 14, 600, NOTE)) + 22


def _stamp(made: pygame.Surface, middle: float, mm: float) -> None:
    """The mark of 1 mV."""
    left, top, one = EDGE_PX, middle - MM_PER_MV * mm, mm
    path = [(left, middle), (left + one, middle), (left + one, top), (left + 6 * one, top), (left + 6 * one, middle)]
    pygame.draw.aalines(made, PEN, False, path)


def _line(made: pygame.Surface, wave: Sequence[float], origin: tuple[float, float], mm: float, step_ms: int) -> None:
    across, up = step_ms / 1000 * MM_PER_S * mm, MM_PER_MV * mm
    most = 2.6
    points = [
        (origin[0] + place * across, origin[1] - max(-most, min(most, value)) * up) for place, value in enumerate(wave)
    ]
    for down in (0.0, 0.6):
        pygame.draw.aalines(made, PEN, False, [(x, y + down) for x, y in points])
