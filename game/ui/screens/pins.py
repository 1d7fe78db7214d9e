"""On the patient: where lines go in, where pads go, and the pads while they are still in the hand."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pygame

from game.rules.commands import SITES
from game.ui import frame, icons, shapes, text
from game.ui.keyboard import cap
from game.ui.keymap import DIGITS, said_by_digit
from game.ui.screen import Control, Intent
from game.ui.screens import builder
from game.ui.text import Align
from game.ui.theme import ACC, INK, LINE, OK, OK_TEXT, TEXT, WARN
from game.ui.widgets import gauge
from game.ui.widgets.button import keycap
from game.ui.widgets.panel import panel
from game.ui.words import say

if TYPE_CHECKING:
    from game.rules.views import CartView, DefibrillatorView
    from game.ui.board import Board, Paint
    from game.ui.screen import Model


PINS: Final = {"iv_left": (649, 266), "iv_right": (649, 93), "io_tibia": (487, 210), "io_humerus": (746, 263)}
"""Where the access sites lie on the patient."""
PIN_RIGHT: Final = frozenset({"iv_right", "io_humerus"})
"""Sites whose name stands at their right."""
TOUCH: Final = 44

IN_HAND: Final = pygame.Rect(340, 204, 216, 76)
"""The pads while they are in the hand."""
SPOTS: Final = {"al": ((744, 139), (676, 243)), "ap": ((704, 182), (640, 254))}
"""Where pads 1 and 2 go, by vector."""
TURNS: Final = (14, -14)
SPOT_WORDS: Final = {"al": ((654, 169), (774, 253)), "ap": ((590, 152), (742, 258))}
SPOT: Final = (52, 48)


def pin_rect(site: str) -> pygame.Rect:
    """Where a finger hits a site."""
    return pygame.Rect(0, 0, TOUCH, TOUCH).move_to(center=PINS[site])


def declare(board: Board, model: Model, cart: CartView) -> None:
    """Declares the sites: free, going in, open, blown; the pads come first, and lie over them."""
    if model.view.defibrillator and not model.view.defibrillator.pads:
        return
    states = builder.line_states(cart)
    for site in SITES:
        state, holds = states.get(site, builder.FREE)
        board.part(f"pin {site}", _pin_area(site), (state, bool(holds)), _pin_painter(site, state, waits=bool(holds)))


def declare_pads(board: Board, model: Model, device: DefibrillatorView) -> None:
    """Declares the pads in the hand and where they go, until they stick."""
    if device.pads:
        return
    for number, spot in enumerate(SPOTS[device.vector]):
        words = say(f"device.spot_{device.vector}_{number + 1}")
        board.part(f"spot {number}", _spot_rect(spot), device.vector, _spot_painter(spot, number))
        at = SPOT_WORDS[device.vector][number]
        board.part(f"spot words {number}", _words_rect(at, words), words, _words_painter(at, words))
    key = cap(DIGITS[len(said_by_digit(model.stations, model.view))])
    board.part("pads in hand", IN_HAND, key, lambda surface: _paint_in_hand(surface, key))


def draw(surface: pygame.Surface, model: Model, now_ms: int) -> None:
    """The time the pads still take."""
    task = model.view.task
    if task is not None and task.op == "pads":
        share = (now_ms - task.start_ms) / max(1, task.end_ms - task.start_ms)
        gauge.bar(surface, pygame.Rect(IN_HAND.x + 12, IN_HAND.bottom - 9, IN_HAND.w - 24, 5), share, ACC, LINE)


def controls(model: Model, cart: CartView | None, device: DefibrillatorView | None) -> list[Control]:
    """Hit areas of sites and pads."""
    found = []
    if cart is not None and (device is None or device.pads):
        found += builder.line_controls(model, cart, tuple(pin_rect(site) for site in SITES))
    if device is not None and not device.pads:
        rects = (IN_HAND, *(_spot_rect(spot) for spot in SPOTS[device.vector]))
        found += [Control(rect, Intent("pads"), enabled=frame.works(model, "pads")) for rect in rects]
    return found


def _pin_area(site: str) -> pygame.Rect:
    x, y = PINS[site]
    wide = round(text.width(say(f"site_short.{site}"), 14, 600)) + 18
    return pygame.Rect(x - 14 if site in PIN_RIGHT else x - wide - 18, y - 16, wide + 32, 32)


def _pin_painter(site: str, state: str, *, waits: bool) -> Paint:
    return lambda surface: _paint_pin(surface, site, state, waits=waits)


def _paint_pin(surface: pygame.Surface, site: str, state: str, *, waits: bool) -> None:
    area, centre = _pin_area(site), PINS[site]
    wide = area.w - 32
    left = centre[0] + 16 if site in PIN_RIGHT else centre[0] - wide - 16
    surface.blit(shapes.box((wide, 28), 14, INK, opacity=0.86), (left, centre[1] - 14))
    looks = {"open": ("check", OK, OK_TEXT), "trying": ("clock", WARN, WARN), "blown": ("x", WARN, WARN)}
    icon, border, ink = ("drop", WARN, WARN) if waits else looks.get(state, ("plus", TEXT, TEXT))
    shapes.put(surface, shapes.disc(12, INK, opacity=0.6), centre)
    ring = shapes.ring(12, border, 4, 3, 2.2) if state == "free" else shapes.disc(12, "", border, 2.2)
    shapes.put(surface, ring, centre)
    icons.draw(surface, icon, centre, 14, border, 2.4)
    words = say(f"site_short.{site}")
    text.middle(surface, left + wide / 2, centre[1], words, 14, 600, ink, align=Align.MIDDLE)


def _spot_rect(spot: tuple[int, int]) -> pygame.Rect:
    return pygame.Rect((0, 0), SPOT).move_to(center=spot)


def _spot_painter(spot: tuple[int, int], number: int) -> Paint:
    return lambda surface: _paint_spot(surface, spot, number)


@lru_cache(maxsize=4)
def _turned(degrees: int) -> pygame.Surface:
    """A place for a pad, baked once."""
    made = shapes.clear((48, 38), ACC)
    made.blit(shapes.box((48, 38), 8, "#E9EEF1", opacity=0.3), (0, 0))
    made.blit(shapes.box((48, 38), 8, "", ACC, 2.5, dashed=True), (0, 0))
    return pygame.transform.rotozoom(made, degrees, 1)


def _paint_spot(surface: pygame.Surface, spot: tuple[int, int], number: int) -> None:
    shapes.put(surface, _turned(TURNS[number]), spot)
    shapes.put(surface, shapes.disc(13, INK, opacity=0.86), spot)
    text.number_middle(surface, *spot, str(number + 1), 17, 700, ACC)


def _words_rect(at: tuple[int, int], words: str) -> pygame.Rect:
    wide = round(text.width(words, 14, 600)) + 18
    return pygame.Rect(0, 0, wide, 28).move_to(center=at)


def _words_painter(at: tuple[int, int], words: str) -> Paint:
    return lambda surface: _paint_words(surface, at, words)


def _paint_words(surface: pygame.Surface, at: tuple[int, int], words: str) -> None:
    rect = _words_rect(at, words)
    surface.blit(shapes.box(rect.size, 14, INK, opacity=0.9), rect.topleft)
    text.middle(surface, *rect.center, words, 14, 600, align=Align.MIDDLE)


def _paint_in_hand(surface: pygame.Surface, key: str) -> None:
    panel(surface, IN_HAND, opacity=0.97, border=ACC, stroke=1.5)
    for place in range(2):
        x, y = IN_HAND.x + 12 + 44 * place, IN_HAND.y + 15
        surface.blit(shapes.box((38, 46), 8, "#E9EEF1"), (x, y))
        surface.blit(shapes.box((30, 38), 6, "#E9EEF1", "#B5C2CC", 1.5), (x + 4, y + 4))
        icons.draw(surface, "bolt", (x + 19, y + 23), 16, "#456073", 1.8)
    x = IN_HAND.x + 104
    text.write(surface, x, IN_HAND.y + 32, say("device.pads_hint"), 15, 700)
    end = text.middle(surface, x, IN_HAND.y + 52, say("device.pads_or"), 15, 500)
    keycap(surface, end + 8, IN_HAND.y + 52, key)
