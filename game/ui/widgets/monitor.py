"""The ECG panel: glass, label, what is being done to the trace, and "no trace" without pads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from game.ui import shapes, text
from game.ui.text import Align, Part
from game.ui.theme import COMP, ECG, MON, TEXT2, TEXT3, WARN, WARN_BG, WARN_TEXT
from game.ui.traces import DELAY_MS, Ecg, Kind, Rate, Sweep, glass, trace_colour
from game.ui.words import say

if TYPE_CHECKING:
    from game.rules.views import EcgView


SPEED_PX: Final = 400
"""From this width on the panel has room for the paper speed."""
RULING: Final = "#0B1712"
EDGE: Final = "#1D3226"
LOW_MV: Final = -1.9
HIGH_MV: Final = 1.9


class Monitor:
    """Lead II in a panel; 25 mm/s. `rate` is what it counts, as words: its panel is painted anew when they change."""

    def __init__(self, panel: pygame.Rect, trace: pygame.Rect, window_s: float) -> None:
        self.panel, self.trace = panel, trace
        self.rate = ""
        self._window_s = window_s
        self._sweep: Sweep | None = None
        self._ecg: Ecg | None = None
        self._counted = Rate()

    def paint(self, surface: pygame.Surface, view: EcgView, why: tuple[str, str], palette: str = "crew") -> None:
        """The still part of the panel; `why` there is no trace is said where there is none."""
        rect, own = self.panel, trace_colour(Kind.ECG, palette)
        surface.blit(shapes.box(rect.size, 12, MON, EDGE, 1, 0.98), rect.topleft)
        for x in range(rect.x + 2, rect.right - 2, 22):
            surface.fill(RULING, (x, rect.y + 3, 1, rect.h - 6))
        for y in range(rect.y + 2, rect.bottom - 2, 22):
            surface.fill(RULING, (rect.x + 3, y, rect.w - 6, 1))
        end = text.rich(surface, rect.x + 16, rect.y + 24, (Part(say("lead.ecg"), 700, own),), 16)
        if rect.w >= SPEED_PX:
            text.write(surface, end + 11, rect.y + 24, say("lead.speed"), 14, 500, TEXT3)
        words, colour = self._told(view, own)
        text.write(surface, rect.right - 16, rect.y + 24, words, 14, 600, colour, align=Align.END)
        if not view.connected:
            self._paint_off(surface, *why)

    def _told(self, view: EcgView, own: str) -> tuple[str, str]:
        """What stands at the upper right: no leads, compressions, or the rate that is counted."""
        if not view.connected:
            return say("lead.not_connected"), WARN
        if view.compressing:
            return say("lead.compressions_on"), COMP
        if self.rate and self.rate != say("monitor.none"):
            return say("monitor.rate", rate=self.rate), own
        return say("lead.compressions_off"), TEXT2

    def _paint_off(self, surface: pygame.Surface, title: str, second: str) -> None:
        rect = self.panel
        surface.blit(shapes.dashes(rect.w - 32, ECG, 3, 9), (rect.x + 16, rect.y + 89))
        note = pygame.Rect(rect.centerx - 110, rect.y + 62, 220, 56)
        surface.blit(shapes.box(note.size, 10, WARN_BG, WARN, 1.5, dashed=True), note.topleft)
        text.middle(surface, note.centerx, note.y + 19, title, 18, 700, WARN_TEXT, align=Align.MIDDLE)
        text.middle(surface, note.centerx, note.y + 41, second, 15, 500, TEXT2, align=Align.MIDDLE)

    def draw(self, surface: pygame.Surface, view: EcgView, now_ms: int, palette: str = "crew") -> None:
        """The running trace; nothing without pads."""
        if not view.connected:
            self._sweep, self.rate = None, ""
            return
        if self._sweep is None or self._ecg is None:
            self._ecg = Ecg(view)
            shown = glass(Kind.ECG, self.trace, self._window_s, LOW_MV, HIGH_MV, palette)
            self._sweep = Sweep(shown._replace(ruling=RULING), self._ecg)
        self._ecg.view = view
        self._sweep.draw(surface, now_ms)
        self.rate = self._counted.shown(view, self._ecg.train, now_ms - DELAY_MS)
