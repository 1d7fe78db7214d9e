"""The switch handshake: who asks to change over, who says yes, and when it takes effect."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from game.ui import icons, shapes, text
from game.ui.keyboard import cap
from game.ui.theme import LINE2, OK, TEXT2, WARN, Livery, State
from game.ui.widgets import badge
from game.ui.widgets.button import Label, button
from game.ui.widgets.panel import panel
from game.ui.words import say

if TYPE_CHECKING:
    import pygame


class Side(NamedTuple):
    """One of the two people: who, what they have said, and whether that is a yes."""

    livery: Livery
    who: str
    said: str
    agreed: bool
    open_seat: bool


class Handshake(NamedTuple):
    """The whole card."""

    hint: str
    left: Side
    right: Side
    explain: str
    act: str
    state: State


def act_rect(rect: pygame.Rect) -> pygame.Rect:
    """Where the one button of the card lies."""
    return rect.__class__(rect.x + 16, rect.bottom - 60, rect.w - 32, 48)


def handshake(surface: pygame.Surface, rect: pygame.Rect, shake: Handshake) -> None:
    """The card with two badges, a link and the S button; the sentence shows where the card is high enough."""
    panel(surface, rect, say("switch.title"), shake.hint, opacity=0.94)
    tall = rect.h >= 180
    y = rect.y + (66 if tall else 56)
    _side(surface, rect.x + 38, y, shake.left, 88)
    surface.blit(shapes.dashes(36, LINE2, 6, 5, 3), (rect.x + 128, y - 1))
    _side(surface, rect.x + 182, y, shake.right, rect.w - 214)
    if tall and shake.explain:
        for row, line in enumerate(text.wrap(shake.explain, 14, 500, rect.w - 32)[:2]):
            text.write(surface, rect.x + 16, rect.y + 116 + row * 18, line, 14, 500, TEXT2)
    button(surface, act_rect(rect), Label(shake.act, key=cap("KeyS"), px=15), shake.state)


def _side(surface: pygame.Surface, x: int, y: int, side: Side, room: int) -> None:
    badge.draw(surface, side.livery, (x, y), 36, open_seat=side.open_seat)
    end = text.write(surface, x + 24, y - 4, side.who, 15, 600, room=room)
    colour = OK if side.agreed else WARN if side.open_seat else TEXT2
    end = max(end, text.write(surface, x + 24, y + 14, side.said, 14, 500, colour, room=room))
    if side.agreed:
        icons.draw(surface, "check", (end + 14, y), 18, OK, 2.6)
