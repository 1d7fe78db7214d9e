"""What lies over any station: the call-out wheel, the menu, and the notices at the upper right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.stations import Station
from game.ui import icons, shapes, text, tray
from game.ui.board import Board
from game.ui.keymap import DIGITS, cap, next_step
from game.ui.screen import Control, Intent, Local
from game.ui.text import Align
from game.ui.theme import ACC, INK, LINE2, S1, TEXT, TEXT2, TEXT3, WARN, WARN_BG, WARN_TEXT, State
from game.ui.widgets.button import Label, button, keycap
from game.ui.widgets.panel import panel
from game.ui.words import role_word, say

if TYPE_CHECKING:
    from game.ui.board import Paint
    from game.ui.screen import Model, Toast


MIDDLE: Final = (480, 318)
SPOTS: Final = ((0, -206), (250, -146), (318, 0), (250, 146), (0, 206), (-250, 146), (-318, 0), (-250, -146))
"""Middles of the wheel's eight places, clockwise from the top, seen from its own middle."""
SPOKE: Final = (212, 76)
LIST: Final = pygame.Rect(980, 204, 284, 350)
MENU: Final = pygame.Rect(440, 150, 400, 360)
OFFER: Final = pygame.Rect(332, 196, 322, 52)
"""Where a station that is handed over waits for its taker: below the order card."""
SCRIM: Final = pygame.Rect(0, 60, 1280, 522)
TOASTS: Final = (pygame.Rect(996, 66, 268, 60), pygame.Rect(996, 132, 268, 60))


class Spoke(NamedTuple):
    """A place of the wheel or a line of a list, as it is painted."""

    title: str
    detail: str
    icon: str
    key: str
    chosen: bool


class Overlay:
    """Drawn last, over whatever screen is up."""

    def __init__(self) -> None:
        self._board = Board()
        self._scrim = pygame.Surface(SCRIM.size)
        self._scrim.fill("#070C12")
        self._scrim.set_alpha(200)
        self._model: Model | None = None

    def draw(self, surface: pygame.Surface, model: Model, now_ms: int) -> None:
        """One frame; nothing is drawn while nothing is open."""
        self._model = model
        mode = model.mode
        if mode.wheel or mode.menu:
            surface.blit(self._scrim, SCRIM)
            self._declare(model)
        if offer := _offer(model):
            self._board.part("offer", OFFER, offer, lambda surface: button(surface, OFFER, offer, State.WARN))
        for rect, toast in zip(TOASTS, reversed(model.toasts), strict=False):
            self._board.part(f"toast {rect.y}", rect, toast, _toast_painter(rect, toast))
        self._board.show(surface)

    def controls(self) -> Sequence[Control]:
        """What is open takes every press on the stage; a press beside it closes it."""
        model = self._model
        if model is None:
            return ()
        if not (model.mode.wheel or model.mode.menu):
            return [Control(OFFER, Intent("take", model.view.offers[0][:1]))] if model.view.offers else []
        tiles = [Control(rect, Intent(Local.CHOOSE, (place,))) for place, rect in enumerate(_places(model))]
        return [Control(SCRIM, Intent(Local.BACK)), *tiles]

    def _declare(self, model: Model) -> None:
        if model.mode.menu:
            self._board.part("menu", MENU, 0, _paint_menu)
        elif model.mode.path:
            title = " > ".join(model.trail)
            self._board.part("list", LIST, title, lambda surface: panel(surface, LIST, title, border=ACC, stroke=1.5))
        else:
            hub = pygame.Rect(0, 0, 224, 224).move_to(center=MIDDLE)
            self._board.part("hub", hub, 0, _paint_hub)
        for place, (rect, tile) in enumerate(zip(_places(model), model.tiles, strict=False)):
            chosen = place == model.mode.cursor
            spoke = Spoke(tile.title, tile.detail, tile.icon, cap(DIGITS[place]), chosen)
            self._board.part(f"spoke {place}", rect, spoke, _spoke_painter(rect, spoke))


def _offer(model: Model) -> Label | None:
    """The first station that is offered to this seat, and by whom."""
    if not model.view.offers:
        return None
    station, seat = model.view.offers[0]
    who = role_word(model.view.crew[seat].stations) if 0 <= seat < len(model.view.crew) else ""
    words = say("rail.offered", station=say(f"station.{str(Station(station).name).lower()}"))
    answer = next_step(model.stations, model.view)
    key = "R" if answer and answer.intent.op == "take" else ""
    return Label(words, say("rail.offered_by", who=who), key)


def _places(model: Model) -> list[pygame.Rect]:
    count = len(model.tiles)
    if model.mode.menu:
        return tray.grid(pygame.Rect(MENU.x + 20, MENU.y + 56, MENU.w - 40, MENU.h - 76), count, columns=1)
    if model.mode.path:
        return tray.grid(pygame.Rect(LIST.x + 12, LIST.y + 38, LIST.w - 24, LIST.h - 50), count, columns=1, height=44)
    return [pygame.Rect((0, 0), SPOKE).move_to(center=(MIDDLE[0] + dx, MIDDLE[1] + dy)) for dx, dy in SPOTS[:count]]


def _paint_hub(surface: pygame.Surface) -> None:
    shapes.put(surface, shapes.disc(112, INK, LINE2, 1.5), MIDDLE)
    text.write(surface, MIDDLE[0], MIDDLE[1] - 30, say("wheel.title"), 22, 700, align=Align.MIDDLE)
    for row, line in enumerate(text.wrap(say("wheel.hint"), 15, 500, 170)):
        text.write(surface, MIDDLE[0], MIDDLE[1] + row * 22, line, 15, 500, TEXT2, align=Align.MIDDLE)


def _paint_menu(surface: pygame.Surface) -> None:
    panel(surface, MENU, radius=16, border=LINE2, stroke=1.5)
    text.write(surface, MENU.x + 20, MENU.y + 36, say("menu.title"), 22, 700)
    text.write(surface, MENU.right - 20, MENU.y + 36, say("frame.training"), 14, 500, TEXT3, align=Align.END)


def _spoke_painter(rect: pygame.Rect, spoke: Spoke) -> Paint:
    return lambda surface: _paint_spoke(surface, rect, spoke)


def _paint_spoke(surface: pygame.Surface, rect: pygame.Rect, spoke: Spoke) -> None:
    fill, border, stroke = ("#10302F", ACC, 3) if spoke.chosen else (S1, LINE2, 1.5)
    surface.blit(shapes.box(rect.size, min(16, rect.h / 4), fill, border, stroke), rect.topleft)
    x = rect.x + 12 + keycap(surface, rect.x + 12, rect.centery, spoke.key) + 12
    if spoke.icon:
        icons.draw(surface, spoke.icon, (x + 14, rect.centery), 26, ACC if spoke.chosen else TEXT, 2.2)
        x += 38
    room = rect.right - 10 - x
    if rect.h < 60 or not spoke.detail:
        words = f"{spoke.title}  {spoke.detail}".strip()
        text.middle(surface, x, rect.centery, text.fit(words, 17, 600, room), 17, 600)
        return
    text.write(surface, x, rect.centery - 4, text.fit(spoke.title, 20, 700, room), 20, 700)
    text.write(surface, x, rect.centery + 18, text.fit(spoke.detail, 15, 500, room), 15, 500, TEXT2)


def _toast_painter(rect: pygame.Rect, toast: Toast) -> Paint:
    return lambda surface: _paint_toast(surface, rect, toast)


def _paint_toast(surface: pygame.Surface, rect: pygame.Rect, toast: Toast) -> None:
    fill, border, ink = (WARN_BG, WARN, WARN_TEXT) if toast.urgent else (INK, LINE2, TEXT)
    surface.blit(shapes.box(rect.size, 10, fill, border, 1.5, 0.97), rect.topleft)
    surface.fill(border, (rect.x + 4, rect.y + 8, 5, rect.h - 16))
    lines = text.wrap(toast.words, 15, 600, rect.w - 32)[:2]
    top = rect.centery + 5 - 10 * (len(lines) - 1)
    for row, line in enumerate(lines):
        text.write(surface, rect.x + 20, top + 20 * row, text.fit(line, 15, 600, rect.w - 30), 15, 600, ink)
