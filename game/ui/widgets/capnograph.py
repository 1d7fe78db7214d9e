"""The capnograph's glass, and the strip of the finger probe: what the airway station alone sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from game.ui.theme import MON
from game.ui.traces import Capnogram, Kind, Pleth, Sweep, glass

if TYPE_CHECKING:
    from game.rules.views import AirwayView


CO2_TOPS: Final = (40, 80)
"""Scales of the capnograph, mmHg: the higher one while the patient's CO2 goes beyond the lower."""
RULING: Final = "#141A20"
SAMPLE_MS: Final = 8
"""Half as many samples as lead II has: nothing here is as steep."""
PLETH_WINDOW_S: Final = 3.0


def top_of(view: AirwayView) -> int:
    """The scale of the capnograph for the CO2 of now."""
    return CO2_TOPS[view.etco2_mmhg > CO2_TOPS[0]]


class Capnograph:
    """Expired CO2 on its glass, and the pleth in `strip` if there is room for one."""

    def __init__(self, rect: pygame.Rect, window_s: float, grid: int, strip: pygame.Rect | None = None) -> None:
        self._rect, self._window_s, self._grid, self._strip = rect, window_s, grid, strip
        self._capnogram, self._pleth = Capnogram(), Pleth()
        self._sweeps: dict[int, Sweep] = {}
        self._probe: Sweep | None = None

    def draw(self, surface: pygame.Surface, view: AirwayView, now_ms: int, palette: str) -> None:
        """Draws what is connected."""
        self._capnogram.note(view)
        self._pleth.note(view)
        if view.co2_connected:
            self._sweep(top_of(view), palette).draw(surface, now_ms)
        if view.spo2_connected and self._strip is not None:
            if self._probe is None:
                shown = glass(Kind.PLETH, self._strip, PLETH_WINDOW_S, -0.15, 1.15, palette)
                self._probe = Sweep(shown._replace(ground=MON, ruling=MON, dot=1.6, sample_ms=SAMPLE_MS), self._pleth)
            self._probe.draw(surface, now_ms)

    def _sweep(self, top: int, palette: str) -> Sweep:
        if top not in self._sweeps:
            shown = glass(Kind.CO2, self._rect, self._window_s, -top / 20, top * 1.05, palette)
            shown = shown._replace(grid=self._grid, ground=MON, ruling=RULING, sample_ms=SAMPLE_MS)
            self._sweeps[top] = Sweep(shown, self._capnogram)
        return self._sweeps[top]
