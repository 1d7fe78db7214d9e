"""The mask's seal: the ring on the face, the dot of pressure in it, and the two hands that hold it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pygame

from game.rules.commands import COMMANDS, Feel
from game.rules.skills.params import skills
from game.rules.skills.seal import dot_at, passes_pct
from game.ui import icons, shapes, text
from game.ui.keymap import cap
from game.ui.screen import Control, Intent
from game.ui.text import Align
from game.ui.theme import ACC, INK, LINE2, OK, TEXT, TEXT2, TEXT3, WARN
from game.ui.widgets.button import keycap
from game.ui.words import say

if TYPE_CHECKING:
    from game.rules.views import SealView
    from game.ui.board import Board, Paint
    from game.ui.screen import Model


CENTRE: Final = (546, 322)
EDGE: Final = 92
"""Radius of the ring: 1000 of the dot's thousandths."""
PILLS: Final = {"seal_left": pygame.Rect(340, 396, 88, 44), "seal_right": pygame.Rect(664, 396, 88, 44)}
TAG: Final = pygame.Rect(480, 444, 132, 36)


def declare(board: Board, model: Model, *, wanted: bool) -> None:
    """Declares the two hands; they light while they hold, and rest between the breaths."""
    held = {"seal_left": model.hands.seal_left, "seal_right": model.hands.seal_right}
    for op, rect in PILLS.items():
        board.part(op, rect, (held[op], wanted), _pill_painter(op, rect, held=held[op], wanted=wanted))


def controls() -> list[Control]:
    """Each hand is held down by its pill as by its key."""
    return [Control(rect, Intent(op), Feel.EDGES) for op, rect in PILLS.items()]


def draw(surface: pygame.Surface, model: Model, seal: SealView, now_ms: int) -> None:
    """Ring, dot and what passes now; own hands move it before the authority knows."""
    now = replace(seal, left=model.hands.seal_left, right=model.hands.seal_right)
    dot = dot_at(now, now_ms, skills())
    pct = passes_pct(dot, moving=seal.moving, skills=skills())
    tight = abs(dot) <= 1000
    colour = OK if tight else WARN
    shapes.put(surface, shapes.disc(EDGE, "", colour, 5), CENTRE)
    shapes.put(surface, shapes.disc(EDGE // 2, "", TEXT3, 1), CENTRE)
    shapes.put(surface, shapes.disc(12, TEXT, colour, 5), (CENTRE[0] + dot * EDGE // 1000, CENTRE[1]))
    surface.blit(shapes.box(TAG.size, 18, INK, colour, 1.5, 0.92), TAG.topleft)
    icons.draw(surface, "check" if tight else "wave", (TAG.x + 22, TAG.centery), 18, colour, 2.4)
    text.middle(surface, TAG.x + 40, TAG.centery, say("airway.seal", percent=pct), 16, 700)


def _pill_painter(op: str, rect: pygame.Rect, *, held: bool, wanted: bool) -> Paint:
    return lambda surface: _paint_pill(surface, op, rect, held=held, wanted=wanted)


def _paint_pill(surface: pygame.Surface, op: str, rect: pygame.Rect, *, held: bool, wanted: bool) -> None:
    border = ACC if held else TEXT2 if wanted else LINE2
    surface.blit(shapes.box(rect.size, 22, INK, border, 2 if held else 1.5, 0.92), rect.topleft)
    ink = TEXT if wanted else TEXT3
    key = cap(COMMANDS[op].key)
    if op == "seal_left":
        wide = keycap(surface, rect.x + 14, rect.centery, key)
        text.middle(surface, rect.x + 20 + wide, rect.centery, say("airway.left"), 15, 600, ink)
    else:
        wide = keycap(surface, rect.right - 38, rect.centery, key)
        text.middle(surface, rect.right - 20 - wide, rect.centery, say("airway.right"), 15, 600, ink, align=Align.END)
