"""The ring itself: ten segments, the seconds left, and how long the hands have been off."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.stations import Station
from game.ui import art, shapes, text
from game.ui.board import backdrop
from game.ui.text import Align
from game.ui.theme import (
    DANGER,
    INK,
    LEAD,
    TEXT,
    TEXT2,
    WARN,
)
from game.ui.widgets import gauge
from game.ui.words import say

if TYPE_CHECKING:
    from game.rules.views import CheckView
    from game.ui.screen import Model


CENTRE: Final = (214, 250)
RADIUS: Final = 142
SEGMENTS: Final = 10
DIAL: Final = pygame.Rect(58, 94, 312, 312)
PORTRAIT: Final = pygame.Rect(532, 80, 140, 140)
"""What of the Leader's stage the ring shows."""
LATE_MS: Final = 3_000
"""From here on the ring is in warning colour."""


@cache
def ground() -> pygame.Surface:
    """The room, darkened, with the ring's place: baked once."""
    canvas = backdrop(art.stage("leader_nocrew"))
    scrim = pygame.Surface(canvas.get_size())
    scrim.fill("#070C12")
    scrim.set_alpha(219)
    canvas.blit(scrim, (0, 0))
    shapes.put(canvas, shapes.disc(RADIUS + 14, INK), CENTRE)
    return canvas


@lru_cache(maxsize=4)
def _chest(body: art.Body) -> pygame.Surface:
    """The patient's head and chest, round and darkened: the figures stand on it."""
    side = 2 * (RADIUS - 16)
    face = pygame.transform.smoothscale(art.stage("leader_nocrew", body).subsurface(PORTRAIT), (side, side))
    veil = pygame.Surface((side, side))
    veil.fill("#070C12")
    veil.set_alpha(150)
    mask = shapes.disc(side / 2 - 1, "#FFFFFF")
    picture = pygame.Surface(mask.get_size(), pygame.SRCALPHA)
    picture.blit(face, face.get_rect(center=picture.get_rect().center))
    picture.blit(veil, veil.get_rect(center=picture.get_rect().center))
    picture.blit(mask, (0, 0), special_flags=pygame.BLEND_RGBA_MIN)
    return picture


def paint_face(surface: pygame.Surface, body: art.Body) -> None:
    """The patient inside the ring, as this seat knows them."""
    shapes.put(surface, _chest(body), CENTRE)


def time_left_ms(model: Model, now_ms: int) -> int:
    """What is left of the time a check may take; below 0 once it is over."""
    return round(model.pack.max_pause_s * 1000) - max(0, now_ms - model.view.check.since_ms)


class Dial(NamedTuple):
    """The ring's segments: it steps, it never moves."""

    filled: int
    colour: str


def dial_of(model: Model, now_ms: int) -> Dial:
    """The segments that are left, in their colour."""
    left_ms = time_left_ms(model, now_ms)
    if left_ms <= 0:
        return Dial(SEGMENTS, DANGER)
    filled = -(-left_ms * SEGMENTS // round(model.pack.max_pause_s * 1000))
    return Dial(filled, LEAD if left_ms > LATE_MS else WARN)


def paint_dial(surface: pygame.Surface, dial: Dial) -> None:
    """The segments."""
    gauge.segments(surface, CENTRE, RADIUS, dial.filled, SEGMENTS, 20, dial.colour)


def draw_clock(surface: pygame.Surface, model: Model, check: CheckView, now_ms: int) -> None:
    """The running figures: seconds left, and how long the hands have been off."""
    left_ms = time_left_ms(model, now_ms)
    text.number_middle(surface, CENTRE[0], CENTRE[1] - 18, f"{abs(left_ms) / 1000:.1f}", 88, 700, TEXT)
    words = say("ring.left" if left_ms > 0 else "ring.over")
    text.middle(surface, CENTRE[0], CENTRE[1] + 46, words, 20, 600, TEXT2, align=Align.MIDDLE)
    x, y = CENTRE[0], CENTRE[1] + RADIUS + 41
    if check.hands_off_ms < 0:
        # Where nobody has pushed yet, there is no time since when, and no hand on the chest either.
        pushing = any(seat.hands_on and seat.stations & Station.CHEST for seat in model.view.crew)
        words, colour = ("ring.hands_on", WARN) if pushing else ("ring.hands_off", TEXT)
        text.write(surface, x, y, say(words), 20, 700, colour, align=Align.MIDDLE)
        return
    off_ms = check.hands_off_ms + max(0, now_ms - model.view.now_ms)
    title, figure = say("ring.hands_off"), f"{off_ms / 1000:.1f}"
    wide = text.width(title, 20, 700) + text.number_width(figure, 20) + 26
    end = text.write(surface, x - wide / 2, y, title, 20, 700)
    end = text.number(surface, end + 8, y, figure, 20)
    text.write(surface, end + 6, y, say("ring.second"), 20, 700)
