"""What lies over any station: the call-out wheel, what is offered, and the notices at the upper right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.stations import Station
from game.ui import icons, shapes, text, tray
from game.ui.board import Board
from game.ui.keyboard import cap
from game.ui.keymap import DIGITS, TARGET_KEYS, next_step, targets
from game.ui.screen import Control, Intent, Local
from game.ui.text import Align, Family
from game.ui.theme import ACC, ACC_DEEP, INK, LINE2, S1, S2, TEXT, TEXT2, WARN, WARN_BG, WARN_TEXT, State, livery
from game.ui.widgets import badge
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
HUB: Final = pygame.Rect(368, 206, 224, 224)
TARGETS: Final = tuple(pygame.Rect(392 + 60 * place, 272, 56, 56) for place in range(3))
EVERYONE: Final = pygame.Rect(428, 344, 104, 44)
LIST: Final = pygame.Rect(980, 76, 284, 346)
HOW: Final = pygame.Rect(980, 376, 284, 200)
OFFER: Final = pygame.Rect(332, 196, 322, 52)
"""Where a station that is handed over waits for its taker: below the order card."""
OFFER_SHARE: Final = 0.1
"""How much of what the right side is moved by a narrower canvas the offer is."""
SCRIM: Final = pygame.Rect(0, 60, 1280, 522)
OVER: Final = frozenset({"ended", "debrief"})
TOASTS_OVER: Final = (pygame.Rect(560, 4, 268, 52),)
"""Over a result: in the bar, where no title stands."""
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

    def __init__(self, shift: int = 0) -> None:
        self._board = Board()
        self._shift = shift
        self._offer = OFFER.move(-round(shift * OFFER_SHARE), 0)
        self._scrim = pygame.Surface(SCRIM.size)
        self._scrim.fill("#070C12")
        self._scrim.set_alpha(200)
        self._model: Model | None = None

    def draw(self, surface: pygame.Surface, model: Model, now_ms: int) -> None:
        """One frame; nothing is drawn while nothing is open."""
        self._model = model
        mode = model.mode
        if mode.wheel:
            surface.blit(self._scrim, SCRIM)
            self._declare(model)
        if offer := offer_of(model):
            place = self._offer
            self._board.part("offer", place, offer, lambda surface: button(surface, place, offer, State.WARN))
        over = model.phase in OVER
        places = [rect.move(-self._shift, 0) for rect in (TOASTS_OVER if over else TOASTS)]
        for rect, toast in zip(places, reversed(model.toasts), strict=False):
            self._board.part(f"toast {rect.y}", rect, toast, _toast_painter(rect, toast))
        self._board.show(surface)

    def controls(self) -> Sequence[Control]:
        """What is open takes every press on the stage; a press beside it closes it."""
        model = self._model
        if model is None:
            return ()
        if not model.mode.wheel:
            return [Control(self._offer, Intent("take", model.view.offers[0][:1]))] if model.view.offers else []
        tiles = [Control(rect, Intent(Local.CHOOSE, (place,))) for place, rect in enumerate(self._places(model))]
        return [Control(SCRIM, Intent(Local.BACK)), *tiles, *_target_controls(model)]

    def _declare(self, model: Model) -> None:
        if model.mode.path:
            title = " > ".join(model.trail)
            board = LIST.move(-self._shift, 0)
            self._board.part("list", board, title, lambda surface: panel(surface, board, title, border=ACC, stroke=1.5))
        else:
            named, to = targets(model.seat, model.view), model.mode.to
            self._board.part("hub", HUB, (named, to), lambda surface: _paint_hub(surface, named, to))
            if not self._shift:
                self._board.part("how", HOW, 0, _paint_how)
        for place, (rect, tile) in enumerate(zip(self._places(model), model.tiles, strict=False)):
            chosen = place == model.mode.cursor
            spoke = Spoke(tile.title, tile.detail, tile.icon, cap(DIGITS[place]), chosen)
            self._board.part(f"spoke {place}", rect, spoke, _spoke_painter(rect, spoke))

    def _places(self, model: Model) -> list[pygame.Rect]:
        count = len(model.tiles)
        if model.mode.path:
            inside = pygame.Rect(LIST.x + 12 - self._shift, LIST.y + 38, LIST.w - 24, LIST.h - 50)
            return tray.grid(inside, count, columns=1, height=44)
        return [pygame.Rect((0, 0), SPOKE).move_to(center=(MIDDLE[0] + dx, MIDDLE[1] + dy)) for dx, dy in SPOTS[:count]]


def offer_of(model: Model) -> Label | None:
    """The first station that is offered to this seat, and by whom."""
    if not model.view.offers:
        return None
    station, seat = model.view.offers[0]
    who = role_word(model.view.crew[seat].stations) if 0 <= seat < len(model.view.crew) else ""
    words = say("rail.offered", station=say(f"station.{str(Station(station).name).lower()}"))
    answer = next_step(model.stations, model.view)
    key = cap("KeyR") if answer and answer.intent.op == "take" else ""
    return Label(words, say("rail.offered_by", who=who), key)


def _target_controls(model: Model) -> list[Control]:
    """To whom: a tap on a badge, or on everyone."""
    if model.mode.path:
        return []
    named = zip(TARGETS, targets(model.seat, model.view), strict=False)
    found = [Control(rect, Intent(Local.TARGET, (stations,))) for rect, stations in named]
    return [*found, Control(EVERYONE, Intent(Local.TARGET, (model.mode.to,)))]


def _paint_hub(surface: pygame.Surface, named: tuple[int, ...], to: int) -> None:
    """The picker in the middle: badges of the others, and everyone."""
    shapes.put(surface, shapes.disc(112, INK, LINE2, 1.5), MIDDLE)
    who = role_word(to) if to else ""
    title = say("wheel.to_one", who=who) if who else say("wheel.to")
    text.write(surface, MIDDLE[0], HUB.y + 46, title, 16, 600, TEXT2, align=Align.MIDDLE)
    for rect, stations, key in zip(TARGETS, named, TARGET_KEYS, strict=False):
        if stations == to:
            shapes.put(surface, shapes.disc(27, "", ACC, 3), rect.center)
        badge.draw(surface, livery(stations), rect.center, 36)
        letter = cap(key)
        text.write(
            surface, rect.centerx, rect.bottom + 8, letter, 13, 700, TEXT2, family=Family.MONO, align=Align.MIDDLE
        )
    fill, border = (ACC_DEEP, ACC) if not to else (S2, LINE2)
    surface.blit(shapes.box(EVERYONE.size, 22, fill, border, 1.5), EVERYONE.topleft)
    text.middle(surface, *EVERYONE.center, say("wheel.everyone"), 16, 600, align=Align.MIDDLE)


def _paint_how(surface: pygame.Surface) -> None:
    """How the wheel is worked."""
    panel(surface, HOW, say("wheel.how"))
    letters = " ".join(cap(key) for key in TARGET_KEYS)
    rows = (
        (cap("Tab"), "wheel.how_open"),
        (f"{cap(DIGITS[0])}-{cap(DIGITS[7])}", "wheel.how_choose"),
        (letters, "wheel.how_to"),
        (cap("Tab"), "wheel.how_cancel"),
    )
    for row, (keys, words) in enumerate(rows):
        y = HOW.y + 52 + row * 37
        keycap(surface, HOW.x + 16, y, keys)
        text.middle(surface, HOW.x + 82, y, text.fit(say(words), 16, 500, HOW.w - 94), 16, 500)


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
