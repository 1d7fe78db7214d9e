"""Panels, pills and tags: the quiet ground that words stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.ui import icons, shapes, text
from game.ui.text import Align
from game.ui.theme import INFO, INK, LINE, S1, S2, TEXT, TEXT2, TEXT3

if TYPE_CHECKING:
    import pygame


def panel(
    surface: pygame.Surface,
    rect: pygame.Rect,
    title: str = "",
    hint: str = "",
    *,
    opacity: float = 1.0,
    fill: str = S1,
    border: str = LINE,
    stroke: float = 1,
    radius: int = 12,
) -> None:
    """A card with its title at the left and a hint at the right."""
    surface.blit(shapes.box(rect.size, radius, fill, border, stroke, opacity), rect.topleft)
    end: float = rect.x + 16
    if title:
        end = text.write(surface, rect.x + 16, rect.y + 26, title, 15, 600, TEXT2, room=rect.w - 32)
    if hint:
        room = max(1, rect.right - 16 - end - (12 if title else 0))
        text.write(surface, rect.right - 16, rect.y + 26, hint, 14, 500, TEXT3, align=Align.END, room=room)


def pill(
    surface: pygame.Surface,
    rect: pygame.Rect,
    words: str,
    *,
    fill: str = S2,
    border: str = "",
    colour: str = TEXT,
    icon: str = "",
    icon_colour: str = "",
    opacity: float = 1.0,
    px: int = 14,
    weight: int = 600,
) -> None:
    """A chip as round as it is high."""
    half = rect.h / 2
    surface.blit(shapes.box(rect.size, half, fill, border, 1.5 if border else 0, opacity), rect.topleft)
    if icon:
        icons.draw(surface, icon, (rect.x + rect.h * 0.55, rect.centery), rect.h * 0.5, icon_colour or colour)
        room = rect.w - rect.h * 1.05 - 8
        text.middle(surface, rect.x + rect.h * 1.05, rect.centery, words, px, weight, colour, room=room)
    else:
        room = rect.w - 12
        text.middle(surface, rect.centerx, rect.centery, words, px, weight, colour, align=Align.MIDDLE, room=room)


def assist_tag(surface: pygame.Surface, rect: pygame.Rect, words: str) -> None:
    """The tag that every assist on the canvas carries."""
    pill(surface, rect, words, fill=INK, border=INFO, colour=INFO, opacity=0.9)
