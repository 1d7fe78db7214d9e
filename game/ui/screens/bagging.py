"""The panels of gas and bag: oxygen, and the squeeze with what the hand feels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from game.rules.commands import COMMANDS
from game.ui import shapes, text
from game.ui.keyboard import cap
from game.ui.screen import Control, Intent
from game.ui.text import Align
from game.ui.theme import AIR, LINE2, MON, OK, S2, TEXT, TEXT2, TEXT3, WARN, State
from game.ui.widgets.button import Label, button, keycap, keycap_width
from game.ui.widgets.panel import panel
from game.ui.words import say

if TYPE_CHECKING:
    from game.rules.views import AirwayView
    from game.ui.screen import Model


OXYGEN: Final = pygame.Rect(16, 480, 224, 96)
LESS: Final = pygame.Rect(28, 516, 46, 48)
MORE: Final = pygame.Rect(78, 516, 46, 48)
AWAY: Final = pygame.Rect(130, 516, 98, 48)

SQUEEZE: Final = pygame.Rect(948, 324, 316, 124)
VOLUME: Final = pygame.Rect(964, 362, 284, 26)

FULL_ML: Final = 900
STEP_ML: Final = 20
"""The squeeze is painted in steps of this much: enough for the eye, few enough to be cheap."""


def flows_of(model: Model, view: AirwayView) -> tuple[int, int, int]:
    """The flows that less, more and away set."""
    flows = model.pack.oxygen_flows_l_min
    less = max((flow for flow in flows if flow < view.flow_l_min), default=view.flow_l_min)
    more = min((flow for flow in flows if flow > view.flow_l_min), default=view.flow_l_min)
    return less, more, 0


def controls(model: Model, view: AirwayView) -> list[Control]:
    """Less, more and away."""
    flows = zip((LESS, MORE, AWAY), flows_of(model, view), strict=True)
    return [Control(rect, Intent("oxygen", (flow,))) for rect, flow in flows]


def paint_oxygen(surface: pygame.Surface, flow: int) -> None:
    """Flow with its two steps, and the way to take it off the bed before a shock."""
    panel(surface, OXYGEN, opacity=0.95)
    text.write(surface, 32, 504, say("airway.oxygen"), 15, 600, TEXT2)
    words = say("unit.flow", flow=flow)
    text.write(surface, 228, 504, words, 17, 700, TEXT if flow else WARN, align=Align.END)
    for rect, sign, key in ((LESS, "-", "Comma"), (MORE, "+", "Period")):
        surface.blit(shapes.box(rect.size, 10, S2, LINE2, 1.5), rect.topleft)
        text.middle(surface, rect.x + 13, rect.centery, sign, 20, 700, align=Align.MIDDLE)
        keycap(surface, rect.x + 19, rect.centery, cap(key))
    label = Label(say("airway.away_1"), say("airway.away_2"), cap("Slash"), px=14, tone=TEXT)
    button(surface, AWAY, label, State.IDLE if flow else State.OK)


def paint_squeeze(
    surface: pygame.Surface, squeezed: int, last: int, band: tuple[float, float], bag: str, took_ms: int
) -> None:
    """The squeeze as it grows, then the last one: volume in its band, what the hand felt, how long it took."""
    panel(surface, SQUEEZE, say("airway.squeeze"), opacity=0.97)
    key = cap(COMMANDS["squeeze"].key)
    wide = keycap_width(key)
    keycap(surface, SQUEEZE.right - 16 - wide, SQUEEZE.y + 18, key)
    x = SQUEEZE.right - 24 - wide
    text.middle(surface, x, SQUEEZE.y + 18, say("airway.hold"), 14, 500, TEXT3, align=Align.END)
    _paint_volume(surface, squeezed, last, band)
    words = say("airway.feel_now") if squeezed else say(feel_key(last, band), cap=key)
    stiff = bool(bag) and bag != "easy" and not squeezed
    if stiff:
        words = say("airway.bag", feel=say(f"sign.bag.{bag}"))
    text.write(surface, VOLUME.x, VOLUME.y + 76, words, 15, 600, WARN if stiff else TEXT)
    if took_ms > 0:
        took = say("airway.took", seconds=f"{took_ms / 1000:.1f}")
        text.write(surface, VOLUME.right, VOLUME.y + 76, took, 15, 500, TEXT2, align=Align.END)


def _paint_volume(surface: pygame.Surface, squeezed: int, last: int, band: tuple[float, float]) -> None:
    surface.blit(shapes.box(VOLUME.size, 6, MON), VOLUME.topleft)
    low, high = (VOLUME.x + edge / FULL_ML * VOLUME.w for edge in band)
    surface.blit(shapes.box((round(high - low), VOLUME.h), 0, OK, opacity=0.25), (round(low), VOLUME.y))
    shown = squeezed or last
    filled = round(VOLUME.w * min(1.0, shown / FULL_ML))
    if filled > 6:
        fill = shapes.box((VOLUME.w, 20), 4, AIR, opacity=1.0 if squeezed else 0.55)
        surface.blit(fill, (VOLUME.x, VOLUME.y + 3), (0, 0, filled, 20))
    for edge in (low, high):
        surface.fill(OK, (round(edge) - 1, VOLUME.y - 4, 2, 34))
    if shown:
        text.number(surface, min(VOLUME.x + filled + 8, VOLUME.right - 40), VOLUME.y + 19, str(shown), 16)
    text.number(surface, low, VOLUME.y + 47, f"{band[0]:g}", 14, 400, TEXT2, align=Align.MIDDLE)
    top = say("airway.volume_mark", volume=f"{band[1]:g}")
    text.write(surface, high, VOLUME.y + 47, top, 14, 500, TEXT2, align=Align.MIDDLE)


def feel_key(volume: int, band: tuple[float, float]) -> str:
    """The words for a volume."""
    if volume <= 0:
        return "airway.feel_none"
    if volume < band[0]:
        return "airway.feel_small"
    return "airway.feel_good" if volume <= band[1] else "airway.feel_large"
