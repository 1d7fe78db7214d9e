"""The breaths that are due: a count in a pause with a mask, seconds to the next one with an airway in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.ui import frame, icons, library, shapes, text
from game.ui.keyboard import cap
from game.ui.keymap import steps_in
from game.ui.screens import head
from game.ui.text import Align
from game.ui.theme import AIR, INK, OK, S3, TEXT, TEXT2, WARN
from game.ui.widgets import gauge
from game.ui.widgets.button import keycap, keycap_width
from game.ui.widgets.counted import counted
from game.ui.words import say

if TYPE_CHECKING:
    from game.rules.views import AirwayView
    from game.ui.board import Board
    from game.ui.screen import Model


RING: Final = (316, 264)
RADIUS: Final = 66
TAG: Final = pygame.Rect(246, 334, 146, 50)
SMALL: Final = pygame.Rect(246, 194, 220, 192)
"""Ring and tag, of a breath window or while an order's card lies where the large one would be."""

SIX: Final = (330, 156)
SIX_RADIUS: Final = 74
SIX_TAG: Final = pygame.Rect(380, 122, 206, 68)
LARGE: Final = pygame.Rect(252, 78, 344, 160)
"""The ring of one breath in six seconds."""


class Due(NamedTuple):
    """The breaths that are due, as the ring and its tag show them."""

    filled: int
    steps: int
    figure: str
    below: str
    title: str
    hint: str
    wanted: bool
    key: str = ""
    """The key to press now, in place of a figure."""
    timed: bool = False
    """Counted in seconds, not in breaths."""
    off: str = ""
    """How long the hands have been off in this pause, seconds; it stands in place of the hint."""


def rescued(model: Model) -> bool:
    """True for a patient with a known pulse whom nobody compresses."""
    return model.view.check.pulse == "felt" and not head.pushed(model)


def due_of(model: Model, view: AirwayView, now_ms: int) -> Due:
    """What the ring shows now."""
    if steps_in(model.seat, model.view):
        return Due(0, 1, "", "", say("airway.step_in"), say("airway.step_in_what"), wanted=True, key=cap("Space"))
    if view.ventilator_per_min:
        rate = say("unit.breaths", count=view.ventilator_per_min)
        figure = str(view.ventilator_per_min)
        return Due(0, 1, figure, say("unit.per_min"), say("airway.ventilator"), rate, wanted=False)
    if view.device == "mask" and not rescued(model):
        return _in_a_pause(model, view)
    return _by_the_clock(model, view, now_ms)


def _in_a_pause(model: Model, view: AirwayView) -> Due:
    every = model.pack.breaths_per_set
    given = every - view.breaths_due
    below = say("airway.of", count=every)
    if not view.window:
        return Due(given, every, str(given), below, say("airway.breaths_wait"), say("airway.wait_what"), wanted=False)
    wanted = view.breaths_due > 0
    title = say("airway.breaths_now" if wanted else "airway.breaths_done")
    off_ms = model.view.check.hands_off_ms
    off = f"{off_ms / 1000:.1f}" if off_ms >= 0 else ""
    return Due(given, every, str(given), below, title, say("airway.due_what"), wanted, off=off)


def _allowed() -> str:
    """How long a pause for breaths may last, seconds."""
    return f"{library.weights().pauses.breaths_allowance_ms / 1000:g}"


def _by_the_clock(model: Model, view: AirwayView, now_ms: int) -> Due:
    every_ms = round(model.pack.breath_interval_s * 1000)
    left_ms = max(0, every_ms - (now_ms - view.last_breath_ms)) if view.last_breath_ms >= 0 else 0
    left_s = -(-left_ms // 1000)
    pulse = rescued(model)
    if pulse and not (left_s or view.window):
        return Due(0, 1, "", "", say("airway.own_breaths"), say("airway.own_breaths_what"), wanted=False)
    title = say("airway.one_in", seconds=f"{model.pack.breath_interval_s:g}")
    below = say("airway.to_go" if left_s else "airway.now")
    hint = say("airway.pulse_what" if pulse else "airway.tube_what")
    wanted = view.window and view.breaths_due > 0 and not left_s
    return Due(every_ms // 1000 - left_s, every_ms // 1000, str(left_s), below, title, hint, wanted, timed=True)


def is_large(model: Model, shown: Due) -> bool:
    """True for the ring of six seconds, unless an order's card needs its place."""
    return shown.timed and frame.own_order(model) is None


def declare(board: Board, model: Model, view: AirwayView, now_ms: int) -> None:
    """Declares the ring and its tag."""
    shown = due_of(model, view, now_ms)
    if is_large(model, shown):
        board.part("due_timed", LARGE, shown, lambda surface: _paint_large(surface, shown))
    else:
        board.part("due", SMALL, shown, lambda surface: _paint_small(surface, shown))


def _paint_ring(surface: pygame.Surface, centre: tuple[int, int], radius: int, shown: Due) -> None:
    shapes.put(surface, shapes.disc(radius, INK, AIR if shown.wanted else "", 3 if shown.wanted else 0), centre)
    if shown.timed:
        for step in range(shown.steps):
            turn = 360 / shown.steps
            colour = AIR if step < shown.filled else S3
            part = shapes.arc(radius - 13, step * turn + 4, (step + 1) * turn - 4, 11, colour)
            shapes.put(surface, part, centre)
    else:
        gauge.ring(surface, centre, radius - 12, shown.filled, shown.steps, 10, AIR)


def _paint_small(surface: pygame.Surface, shown: Due) -> None:
    _paint_ring(surface, RING, RADIUS, shown)
    if shown.figure:
        text.number_middle(surface, RING[0], RING[1] - 8, shown.figure, 52)
    elif not shown.key:
        icons.draw(surface, "lung", (RING[0], RING[1] - 4), 44, OK, 2)
    if shown.key:
        keycap(surface, RING[0] - keycap_width(shown.key) / 2, RING[1], shown.key)
    text.middle(surface, RING[0], RING[1] + 27, shown.below, 15, 500, TEXT2, align=Align.MIDDLE)
    wide = max(TAG.w, round(text.width(shown.hint, 15)) + 24, round(text.width(shown.title, 17, 700)) + 24)
    tag = pygame.Rect(TAG.x, TAG.y, min(wide, SMALL.w), TAG.h)
    surface.blit(shapes.box(tag.size, 14, INK, opacity=0.92), tag.topleft)
    ink = WARN if shown.wanted else TEXT
    text.write(surface, tag.centerx, tag.y + 21, shown.title, 17, 700, ink, align=Align.MIDDLE)
    if shown.off:
        at = (tag.centerx, tag.y + 40)
        counted(surface, at, "airway.budget", shown.off, 15, align=Align.MIDDLE, allowed=_allowed())
    else:
        text.write(surface, tag.centerx, tag.y + 40, shown.hint, 15, 500, TEXT2, align=Align.MIDDLE)


def _paint_large(surface: pygame.Surface, shown: Due) -> None:
    surface.blit(shapes.box(SIX_TAG.size, 34, INK, opacity=0.9), SIX_TAG.topleft)
    _paint_ring(surface, SIX, SIX_RADIUS, shown)
    text.number_middle(surface, SIX[0], SIX[1] - 8, shown.figure, 58)
    text.middle(surface, SIX[0], SIX[1] + 30, shown.below, 15, 500, TEXT2, align=Align.MIDDLE)
    ink = WARN if shown.wanted else TEXT
    text.write(surface, SIX[0] + 88, SIX[1] - 5, text.fit(shown.title, 20, 700, 158), 20, 700, ink)
    text.write(surface, SIX[0] + 88, SIX[1] + 18, text.fit(shown.hint, 15, 500, 158), 15, 500, TEXT2)
