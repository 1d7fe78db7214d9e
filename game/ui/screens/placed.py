"""The tag of an airway that is in: nobody is told where it went, only where that can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from game.rules.commands import COMMANDS
from game.ui import icons, shapes, text
from game.ui.keyboard import cap
from game.ui.theme import CAPTION, LINE2, TEXT, WARN, WARN_TEXT
from game.ui.widgets.button import keycap, keycap_width
from game.ui.words import say

if TYPE_CHECKING:
    from game.rules.views import AirwayView
    from game.ui.board import Board
    from game.ui.screen import Model


TAG: Final = pygame.Rect(392, 520, 300, 46)


def declare(board: Board, model: Model, view: AirwayView) -> None:
    """Declares the tag while a tube or a supraglottic airway is in."""
    if view.device == "mask" or model.tiles:
        return
    key = (view.device, view.co2_connected)
    board.part("placed", TAG, key, lambda surface: _paint(surface, view.device, line=view.co2_connected))


def _paint(surface: pygame.Surface, device: str, *, line: bool) -> None:
    border, ink = (LINE2, TEXT) if line else (WARN, WARN_TEXT)
    surface.blit(shapes.box(TAG.size, 23, CAPTION, border, 1.5, 0.94), TAG.topleft)
    icons.draw(
        surface, "tube" if device == "tube" else "lung", (TAG.x + 28, TAG.centery), 22, border if not line else TEXT
    )
    room = TAG.w - 64
    if not line:
        key = cap(COMMANDS["co2"].key)
        room -= keycap_width(key) + 8
        keycap(surface, TAG.right - 18 - keycap_width(key), TAG.centery, key)
    words = say(f"airway.{device}_in" if line else f"airway.{device}_no_line")
    px = text.largest(words, (17, 16, 15, 14), 700, room)
    text.middle(surface, TAG.x + 48, TAG.centery, text.fit(words, px, 700, room), px, 700, ink)
