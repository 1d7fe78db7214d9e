"""Fingers on the neck during a check: what they feel, and how sure they can be."""

from __future__ import annotations

from collections import deque
from enum import Enum, auto
from functools import cache
from typing import TYPE_CHECKING, Final

import pygame

from game.rules.skills import touch
from game.rules.skills.params import skills
from game.ui import art, shapes, text
from game.ui.keyboard import cap
from game.ui.text import Align
from game.ui.theme import (
    COMP,
    DANGER,
    DANGER_BG,
    INK,
    LINE,
    MON,
    OK,
    TEXT,
    TEXT2,
    TEXT3,
    WARN,
)
from game.ui.traces import DELAY_MS
from game.ui.widgets import gauge
from game.ui.widgets.button import keycap
from game.ui.words import say

if TYPE_CHECKING:
    from game.rules.views import CheckView, ChestView


TALL: Final = pygame.Rect(400, 76, 864, 300)
NECK: Final = pygame.Rect(402, 78, 412, 296)
TOUCH: Final = pygame.Rect(834, 160, 410, 104)
SURE: Final = pygame.Rect(834, 304, 410, 20)
SURE_MARK: Final = 0.8
"""Where on the bar the fingers are sure."""


class Touch:
    """What fingers on the neck feel: pressure with noise; a weak pulse stays ambiguous."""

    RISE_MS: Final = 220

    def __init__(self) -> None:
        self._beats: deque[int] = deque(maxlen=16)
        self._strength = 0.0

    def note(self, chest: ChestView) -> None:
        """Takes in the latest beat and how strong it is."""
        self._strength = max(0, chest.touch) / 100
        if chest.beat_ms >= 0 and (not self._beats or chest.beat_ms > self._beats[-1]):
            self._beats.append(chest.beat_ms)

    def step(self, at_ms: int) -> float:
        """Pressure at `at_ms`, 0 to about 1; beats come as late as on every trace."""
        at_ms -= DELAY_MS
        tremor = 0.05 * (((at_ms * 7919) % 97) / 48.5 - 1) + 0.04 * (((at_ms // 36) * 31 % 13) / 6.5 - 1)
        beat = next((beat for beat in reversed(self._beats) if beat <= at_ms), None)
        since = at_ms - beat if beat is not None else self.RISE_MS
        if since >= self.RISE_MS:
            return tremor
        share = since / self.RISE_MS
        return tremor + self._strength * 4 * share * (1 - share)


class Touching(Enum):
    """Where the hands of the chest's seat are in a check, and what it should do with them."""

    CHEST = auto()  # let go
    NOTHING = auto()  # a pulse may be felt for
    ASKED = auto()  # an organised rhythm was called: feel for a pulse
    NECK = auto()


@cache
def _neck() -> pygame.Surface:
    """A close look at the neck with two fingers on it."""
    part = art.stage("compressor").subsurface((268, 126, 142, 198))
    picture = pygame.transform.rotozoom(part, -90, 2.1)
    made = pygame.Surface(NECK.size)
    made.blit(picture, picture.get_rect(center=made.get_rect().center))
    fingers = ((428, 232, 380, 190, 320, 162, 250, 156), (428, 276, 380, 232, 320, 206, 254, 198))
    for path in fingers:
        points = [(float(x), float(y)) for x, y in zip(path[::2], path[1::2], strict=True)]
        for stroke, colour in ((42, "#4A73B8"), (38, "#7FA6DE"), (13, "#A9C5EE")):
            shapes.thick_lines(made, pygame.Color(colour), points, stroke)
    return made


def touching(chest: ChestView, check: CheckView) -> Touching:
    """Where the hands of the chest are."""
    # Before the first push nothing has been let go of either.
    if chest.on_chest and check.hands_off_ms < 0:
        return Touching.CHEST
    if chest.fingers_ms >= 0:
        return Touching.NECK
    return Touching.ASKED if check.call.startswith("organised") else Touching.NOTHING


def _paint_let_go(surface: pygame.Surface) -> None:
    """While hands are on the chest nothing else matters: one headline."""
    surface.blit(shapes.box(TALL.size, 14, DANGER_BG, DANGER, 3), TALL.topleft)
    x, y = TALL.center
    text.write(surface, x, y + 4, say("ring.hands_off"), 72, 700, DANGER, align=Align.MIDDLE)
    text.write(surface, x, y + 48, say("ring.let_go_what"), 20, 600, TEXT, align=Align.MIDDLE)


def paint_fingers(surface: pygame.Surface, touch: Touching) -> None:
    """What the chest's seat is to do with its hands, and what they feel."""
    if touch is Touching.CHEST:
        _paint_let_go(surface)
        return
    fingers = touch is Touching.NECK
    surface.blit(shapes.box(TALL.size, 14, "#101A24", COMP, 1.5), TALL.topleft)
    picture = _neck()
    picture.set_alpha(255 if fingers else 110)
    surface.blit(picture, NECK)
    if fingers:
        for radius, opacity in ((18, 0.95), (34, 0.5), (52, 0.25)):
            circle = shapes.disc(radius, "", TEXT, 2.5)
            circle.set_alpha(round(255 * opacity))
            shapes.put(surface, circle, (648, 254))
            circle.set_alpha(255)
    title = say("ring.fingers" if fingers else "ring.fingers_off")
    px, colour = {Touching.ASKED: (22, WARN), Touching.NOTHING: (18, TEXT2)}.get(touch, (22, TEXT))
    text.write(surface, 834, 116, title, px, 700, colour)
    end = text.write(surface, 834, 142, say("ring.fingers_what"), 16, 500, TEXT2)
    keycap(surface, end + 12, 137, cap("KeyP"))
    surface.blit(shapes.box(TOUCH.size, 10, MON, LINE), TOUCH.topleft)
    text.write(surface, 834, 292, say("ring.sure"), 16, 600, TEXT2)
    surface.blit(shapes.box(SURE.size, 10, INK), SURE.topleft)
    surface.fill(TEXT, (SURE.x + round(SURE.w * SURE_MARK), 298, 2, 32))
    text.write(surface, SURE.right, 350, say("ring.sure_hint"), 14, 500, TEXT3, align=Align.END)


def certainty(chest: ChestView, now_ms: int) -> float:
    """How sure the fingers are, 0 to 1; at SURE_MARK sure enough."""
    certain_ms = touch.certain_ms(max(0, chest.touch), skills())
    return min(1.0, SURE_MARK * (now_ms - chest.fingers_ms) / certain_ms)


def draw_certainty(surface: pygame.Surface, chest: ChestView, now_ms: int) -> None:
    """The bar of certainty, as it grows."""
    share = certainty(chest, now_ms)
    sure = share >= SURE_MARK
    gauge.bar(surface, SURE, share, OK if sure else WARN, INK, opacity=0.6)
    surface.fill(TEXT, (SURE.x + round(SURE.w * SURE_MARK), 298, 2, 32))
    words = say("ring.sure_enough" if sure else "ring.not_yet")
    text.middle(surface, SURE.x + 12, SURE.centery, words, 14, 700)
