"""What lies over any phone screen: notices, what is offered, a new role, and the card while play stands still."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, Final

import pygame

from game.stations import Station
from game.ui import notices, shapes, text
from game.ui.board import Board
from game.ui.desk import Desk
from game.ui.phone import sheet
from game.ui.phone.places import Places
from game.ui.screen import Control, Intent
from game.ui.screens import held
from game.ui.screens.overlay import offer_of
from game.ui.text import Align
from game.ui.theme import ACC, INK, LINE2, TEXT, WARN, WARN_BG, WARN_TEXT, State, livery
from game.ui.widgets import badge
from game.ui.widgets.button import button
from game.ui.words import role_word, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from game.ui.board import Paint
    from game.ui.client import Client
    from game.ui.screen import Model, Toast

BETTER_MS: Final = 6_000
"""How long "better on a laptop" stays; it comes once."""
BETTER: Final = Station.CART | Station.DEFIBRILLATOR | Station.LEAD


class Overlay:
    """Drawn last, over whatever screen is up."""

    better_until_ms: ClassVar[float] = -1.0
    """Until when this device says "better on a laptop": once, whatever becomes of its window."""

    def __init__(self, places: Places) -> None:
        body = places.body
        self._board = Board(size=places.size)
        self._stage = places.stage
        self._toasts = tuple(pygame.Rect(500, body.y + 48 * place, 300, 42) for place in range(2))
        self._offer = pygame.Rect(206, body.y + 62, 394, 48)
        self._role = pygame.Rect(242, body.y, 360, 52)
        self._better = pygame.Rect(136, body.bottom - 44, 440, 40)
        self._model: Model | None = None

    def draw(
        self, surface: pygame.Surface, client: Client, controls: Callable[[], Sequence[Control]], now_ms: float
    ) -> None:
        """One frame at a local stamp."""
        self._model = client
        board = self._board
        if offer := offer_of(client):
            board.part("offer", self._offer, offer, lambda target: button(target, self._offer, offer, State.WARN))
        for rect, toast in zip(self._toasts, reversed(client.toasts), strict=False):
            board.part(f"toast {rect.y}", rect, toast, _toast_painter(rect, toast))
        if now_ms < client.new_keys_until_ms:
            held_now = client.stations
            board.part("role", self._role, held_now, lambda target: _paint_role(target, self._role, held_now))
        if self._says_better(client, now_ms):
            board.part("better", self._better, 0, lambda target: _paint_better(target, self._better))
        board.show(surface)
        if client.seen and client.mode.lit_until_ms > now_ms:
            desk = Desk(client.level, client.pack, client.view)
            if due := notices.control_due(client, desk, controls()):
                notices.draw_light(surface, due)
        word = held.said(client, now_ms)
        if word is not None:
            card = _held_card(word)
            surface.blit(card, card.get_rect(center=self._stage.center))

    def controls(self) -> Sequence[Control]:
        """The station that is offered."""
        model = self._model
        if model is None or not model.view.offers or sheet.is_open(model):
            return []
        return [Control(self._offer, Intent("take", model.view.offers[0][:1]))]

    def _says_better(self, client: Client, now_ms: float) -> bool:
        if not client.stations & BETTER or sheet.is_open(client):
            return False
        if Overlay.better_until_ms < 0:
            Overlay.better_until_ms = now_ms + BETTER_MS
        return now_ms < Overlay.better_until_ms


@lru_cache(maxsize=4)
def _held_card(word: held.Word) -> pygame.Surface:
    """The card as the desk paints it, cut out."""
    whole = pygame.Surface((held.CARD.right, held.CARD.bottom), pygame.SRCALPHA)
    held.paint(whole, word)
    return whole.subsurface(held.CARD).copy()


def _toast_painter(rect: pygame.Rect, toast: Toast) -> Paint:
    return lambda surface: _paint_toast(surface, rect, toast)


def _paint_toast(surface: pygame.Surface, rect: pygame.Rect, toast: Toast) -> None:
    fill, border, ink = (WARN_BG, WARN, WARN_TEXT) if toast.urgent else (INK, LINE2, TEXT)
    surface.blit(shapes.box(rect.size, 10, fill, border, 1.5, 0.97), rect.topleft)
    surface.fill(border, (rect.x + 4, rect.y + 7, 4, rect.h - 14))
    lines = text.wrap(toast.words, 14, 600, rect.w - 28)[:2]
    for row, line in enumerate(lines):
        y = rect.centery + 5 - 8 * (len(lines) - 1) + 16 * row
        text.write(surface, rect.x + 16, y, text.fit(line, 14, 600, rect.w - 24), 14, 600, ink)


def _paint_role(surface: pygame.Surface, rect: pygame.Rect, stations: Station) -> None:
    look = livery(stations)
    surface.blit(shapes.box(rect.size, 14, INK, look.colour, 2, 0.97), rect.topleft)
    badge.draw(surface, look, (rect.x + 30, rect.centery), 32)
    words = text.fit(say("notice.now_you", role=role_word(stations)), 18, 700, rect.w - 70)
    text.middle(surface, rect.x + 56, rect.centery, words, 18, 700)


def _paint_better(surface: pygame.Surface, rect: pygame.Rect) -> None:
    surface.blit(shapes.box(rect.size, 12, INK, ACC, 1.5, 0.97), rect.topleft)
    words = text.fit(say("phone.better"), 15, 600, rect.w - 24)
    text.middle(surface, rect.centerx, rect.centery, words, 15, 600, align=Align.MIDDLE)
