"""The mask's seal: the ring on the face, the dot of pressure in it, and the two hands that hold it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.rules.commands import COMMANDS, Feel
from game.rules.skills.params import skills
from game.rules.skills.seal import dot_at, passes_pct
from game.ui import icons, shapes, text
from game.ui.keyboard import cap
from game.ui.screen import Control, Intent
from game.ui.text import Align
from game.ui.theme import ACC, CAPTION, LINE2, OK, TEXT, TEXT2, WARN
from game.ui.widgets.button import keycap, keycap_width
from game.ui.widgets.counted import counted
from game.ui.words import say

if TYPE_CHECKING:
    from game.rules.views import SealView
    from game.ui.board import Board, Paint
    from game.ui.screen import Model


class Place(NamedTuple):
    """Where the ring lies on the face, how large it is, and where the tag with what passes begins."""

    centre: tuple[int, int] = (546, 322)
    percent: int = 100
    tag: tuple[int, int] = (480, 444)


DESK: Final = Place()
RADIUS: Final = 134
SAFE: Final = 46
"""Radius of the dashed circle: 1000 of the dot's thousandths."""
STROKE: Final = 9
SHADOW: Final = 20
SEGMENTS: Final = 12
DASHES: Final = 26
FINE: Final = 3
"""The ring is drawn this much larger and scaled down: it is too large for more in the middle of play."""
PILLS: Final = {"seal_left": pygame.Rect(340, 396, 88, 44), "seal_right": pygame.Rect(664, 396, 88, 44)}
TAG: Final = (132, 36)


def declare(board: Board, model: Model) -> None:
    """Declares the two hands of a breath window; they light while they hold."""
    held = {"seal_left": model.hands.seal_left, "seal_right": model.hands.seal_right}
    for op, rect in PILLS.items():
        board.part(op, rect, held[op], _pill_painter(op, rect, held=held[op]))


def controls() -> list[Control]:
    """Each hand is held down by its pill as by its key, also before the window opens."""
    return [Control(rect, Intent(op), Feel.EDGES) for op, rect in PILLS.items()]


def draw(surface: pygame.Surface, model: Model, seal: SealView, now_ms: int, at: Place = DESK) -> None:
    """Ring, dot and what passes now; own hands move it before the authority knows."""
    now = replace(seal, left=model.hands.seal_left, right=model.hands.seal_right)
    dot = dot_at(now, now_ms, skills())
    pct = passes_pct(dot, moving=seal.moving, skills=skills())
    tight = abs(dot) <= 1000
    colour = OK if tight else WARN
    shapes.put(surface, ring(round(SEGMENTS * (100 - pct) / 100), dot >= 0, at.percent), at.centre)
    place = (at.centre[0] + dot * SAFE * at.percent // 100_000, at.centre[1])
    shapes.put(surface, shapes.disc(15, CAPTION, opacity=0.65), place)
    shapes.put(surface, shapes.disc(11, "#FFFFFF", colour, 4), place)
    x, y = at.tag
    surface.blit(shapes.box(TAG, 18, CAPTION, colour, 1.5), at.tag)
    icons.draw(surface, "check" if tight else "wave", (x + 20, y + 18), 17, colour, 2.6)
    counted(surface, (x + 76, y + 24), "airway.seal", str(pct), 16, TEXT, weight=700, align=Align.MIDDLE)


@lru_cache(maxsize=2 * SEGMENTS + 2)
def ring(leaks: int, right: bool, percent: int = 100) -> pygame.Surface:
    """The ring with so many of its twelve parts leaking, around the side that the dot has left the mask open on.

    Everything is drawn large on one surface and scaled down once: a new state of the ring comes in the middle of play.
    """
    fine = FINE
    half = (RADIUS + SHADOW) * fine
    large = shapes.clear((2 * half, 2 * half), CAPTION)
    middle = (half, half)
    pygame.draw.circle(large, shapes.fade(CAPTION, 0.55), middle, half - 10 * fine, SHADOW * fine)
    _arc(large, RADIUS, 0, 360, STROKE, "#33485A")
    side, spread = (90 if right else 270), leaks * 360 / SEGMENTS / 2
    if leaks < SEGMENTS:
        _arc(large, RADIUS, side + spread, side + 360 - spread, STROKE, OK)
    for dash in range(leaks * 3):
        start = side - spread + 2 * spread * (dash + 0.25) / (leaks * 3)
        _arc(large, RADIUS, start, start + 5, STROKE, WARN)
    for dash in range(DASHES):
        start = dash * 360 / DASHES
        _arc(large, SAFE, start, start + 180 / DASHES, 2, TEXT)
    size = 2 * (RADIUS + SHADOW) * percent // 100
    return pygame.transform.smoothscale(large, (size, size))


def _arc(large: pygame.Surface, radius: int, start: float, end: float, stroke: int, colour: str) -> None:
    """An arc around the middle of a large surface, degrees clockwise from north."""
    fine, middle = FINE, large.get_rect().center
    if end - start >= 360:
        outer = (radius + stroke / 2) * fine
        pygame.draw.circle(large, pygame.Color(colour), middle, outer, stroke * fine)
        return
    steps = max(2, round((end - start) / 3))
    turns = [start + (end - start) * step / steps for step in range(steps + 1)]
    rims = ((radius + stroke / 2) * fine, (radius - stroke / 2) * fine)
    outside, inside = ([shapes.polar(middle, rim, turn) for turn in turns] for rim in rims)
    pygame.draw.polygon(large, pygame.Color(colour), outside + inside[::-1])


def _pill_painter(op: str, rect: pygame.Rect, *, held: bool) -> Paint:
    return lambda surface: _paint_pill(surface, op, rect, held=held)


def _paint_pill(surface: pygame.Surface, op: str, rect: pygame.Rect, *, held: bool) -> None:
    """An arrow, the key and the word; the word is left away where the player's key needs its room."""
    border, ink = (ACC, ACC) if held else (LINE2, TEXT2)
    surface.blit(shapes.box(rect.size, 22, CAPTION, border, 2 if held else 1.5, 0.92), rect.topleft)
    key = cap(COMMANDS[op].key)
    wide = keycap_width(key)
    if op == "seal_left":
        icons.draw(surface, "left", (rect.x + 14, rect.centery), 15, ink, 2.4)
        keycap(surface, rect.x + 23, rect.centery, key)
        word, x, align = say("airway.left"), rect.x + 29 + wide, Align.START
    else:
        icons.draw(surface, "right", (rect.right - 11, rect.centery), 15, ink, 2.4)
        keycap(surface, rect.right - 17 - wide, rect.centery, key)
        word, x, align = say("airway.right"), rect.right - 23 - wide, Align.END
    text.middle(surface, x, rect.centery, word, 14, 600, TEXT, align=align)
