"""The two fixed bars at the foot of every station: captions and the dock."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pygame

from game.ui import shapes, text
from game.ui.keyboard import cap
from game.ui.text import Part
from game.ui.theme import BAR, CAPTION, LINE, TEXT, Livery, State
from game.ui.widgets import badge
from game.ui.widgets.button import Label, button, keycap, stop

if TYPE_CHECKING:
    from collections.abc import Sequence


CAPTION_RECT = pygame.Rect(16, 588, 1248, 44)
DOCK_RECT = pygame.Rect(0, 638, 1280, 82)
SLOTS = tuple(pygame.Rect(16 + 152 * place, 650, 144, 56) for place in range(6))
WHEEL_RECT = pygame.Rect(928, 650, 112, 56)
STOP_RECT = pygame.Rect(1056, 650, 208, 56)


def caption_bar(surface: pygame.Surface, livery: Livery, speaker: str, words: str) -> None:
    """The latest call-out at 18 px; its history opens on K."""
    rect = CAPTION_RECT
    surface.blit(shapes.box(rect.size, 10, CAPTION, LINE, 1, 0.9), rect.topleft)
    keycap(surface, rect.right - 36, rect.centery, cap("KeyK"))
    if not words:
        return
    badge.draw(surface, livery, (rect.x + 26, rect.centery), 26)
    colour = livery.colour if livery.shape != "circle" or livery.art else TEXT
    lead_in = f"{speaker}: "
    room = round(rect.w - 110 - text.width(lead_in, 18, 700))
    said = text.fit(words, 18, 500, room)
    text.rich(surface, rect.x + 50, rect.y + 28, (Part(lead_in, 700, colour), Part(said, 500, TEXT)), 18)


class Slot(NamedTuple):
    """One of the six dock buttons; an empty label leaves its place free."""

    label: Label
    state: State = State.IDLE


def dock(surface: pygame.Surface, slots: Sequence[Slot], wheel: Slot, stop_words: tuple[str, str]) -> None:
    """Six buttons, the wheel and STOP."""
    surface.fill(BAR, DOCK_RECT)
    surface.fill(LINE, (0, DOCK_RECT.y, DOCK_RECT.w, 1))
    for rect, slot in zip(SLOTS, slots, strict=False):
        if slot.label.words:
            button(surface, rect, slot.label, slot.state)
    button(surface, WHEEL_RECT, wheel.label, wheel.state)
    stop(surface, STOP_RECT, *stop_words)
