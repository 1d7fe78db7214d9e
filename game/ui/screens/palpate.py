"""Fingers on the neck: the beat they feel, and how sure they are by now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from game.ui import shapes, text
from game.ui.keyboard import cap
from game.ui.keymap import DIGITS
from game.ui.screens.checking.fingers import SURE_MARK, certainty
from game.ui.text import Align
from game.ui.theme import AIR, INK, OK, S3, TEXT, TEXT2, State
from game.ui.traces import DELAY_MS
from game.ui.widgets.button import Label, button, keycap
from game.ui.words import say

if TYPE_CHECKING:
    from game.rules.views import ChestView
    from game.ui.board import Board


FEEL: Final = pygame.Rect(124, 138, 184, 48)
NECK: Final = pygame.Rect(340, 216, 60, 60)
MARK: Final = (370, 246)
LINE: Final = pygame.Rect(301, 170, 90, 96)
"""The line from the button to the neck, and the mark there."""
TAG: Final = pygame.Rect(276, 290, 188, 34)
RADIUS: Final = 28
STEPS: Final = 24
BEAT_MS: Final = 260
"""How long a beat stays under the fingers."""
PULSE_DIGIT: Final = 4
"""The place of the pulse on the dock."""


def declare(board: Board, chest: ChestView) -> None:
    """Declares the button and the way to the neck."""
    feeling = chest.fingers_ms >= 0
    board.part("pulse", LINE, feeling, lambda surface: _paint_way(surface, feeling=feeling))
    board.part("feel", FEEL, feeling, lambda surface: _paint_button(surface, feeling=feeling))


def draw(surface: pygame.Surface, chest: ChestView, now_ms: int) -> None:
    """While the fingers lie there: the ring of certainty fills, each beat they feel swells under them."""
    if chest.fingers_ms < 0:
        return
    sure = certainty(chest, now_ms)
    shapes.put(surface, shapes.disc(RADIUS + 8, INK, opacity=0.78), MARK)
    shapes.put(surface, shapes.arc(RADIUS, 0, 360, 7, S3), MARK)
    if step := round(STEPS * sure):
        colour = OK if sure >= SURE_MARK else AIR
        shapes.put(surface, shapes.arc(RADIUS, 0, 360 * step / STEPS, 7, colour), MARK)
    since_ms = now_ms - DELAY_MS - chest.beat_ms
    beats = chest.touch > 0 and chest.beat_ms >= 0 and 0 <= since_ms < BEAT_MS
    size = 6 + round(chest.touch / 100 * 10 * (1 - since_ms / BEAT_MS)) if beats else 5
    shapes.put(surface, shapes.disc(size, AIR if beats else TEXT2), MARK)
    _draw_tag(surface, sure=sure >= SURE_MARK)


def _draw_tag(surface: pygame.Surface, *, sure: bool) -> None:
    surface.blit(shapes.box(TAG.size, 17, INK, OK if sure else AIR, 1.5, 0.92), TAG.topleft)
    if not sure:
        words = say("chest.feeling_on")
        text.middle(surface, TAG.centerx, TAG.centery, words, 15, 600, TEXT, align=Align.MIDDLE)
        return
    wide = keycap(surface, TAG.x + 14, TAG.centery, cap(DIGITS[PULSE_DIGIT]))
    text.middle(surface, TAG.x + 24 + wide, TAG.centery, say("chest.sure"), 15, 700, TEXT)


def _paint_way(surface: pygame.Surface, *, feeling: bool) -> None:
    colour = AIR if feeling else TEXT
    start, end = pygame.Vector2(308, 176), pygame.Vector2(363, 239)
    for step in range(0, round(start.distance_to(end)), 7):
        dot = start.move_towards(end, step)
        pygame.draw.aaline(surface, TEXT2, dot, dot.move_towards(end, 3))
    shapes.put(surface, shapes.disc(9, "", colour, 2), MARK)
    shapes.put(surface, shapes.disc(3, colour), MARK)


def _paint_button(surface: pygame.Surface, *, feeling: bool) -> None:
    words = say("chest.feeling" if feeling else "chest.feel")
    button(surface, FEEL, Label(words, key=cap("KeyP"), px=15), State.HOVER if feeling else State.IDLE)
