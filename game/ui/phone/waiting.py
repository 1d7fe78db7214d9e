"""What a phone shows while nothing is played."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.ui import shapes, text
from game.ui.board import Board
from game.ui.phone.places import WIDTH, Places
from game.ui.screen import Control, Intent
from game.ui.screens.waiting import words_of
from game.ui.text import Align
from game.ui.theme import INK, LINE2, ROOM, TEXT2, TEXT3
from game.ui.widgets.button import Label, button
from game.ui.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.ui.client import Client


class WaitingScreen:
    """Between runs, and before the first."""

    def __init__(self, places: Places) -> None:
        ground = pygame.Surface(places.size)
        ground.fill(ROOM)
        self._board = Board(ground)
        self._card = pygame.Rect(122, 34, 600, places.height - 68)
        self._leave = pygame.Rect(self._card.right - 136, self._card.bottom - 60, 120, 48)

    def draw(self, surface: pygame.Surface, client: Client, now_ms: float) -> None:
        """One frame at a local stamp."""
        seconds = -(-client.countdown_ms(now_ms) // 1000)
        words = words_of(client)
        pack = f"{client.level.name} · {client.pack.label} · " if client.known else ""
        key = (words, seconds, pack)
        whole = surface.get_rect()
        self._board.part("card", whole, key, lambda target: self._paint(target, words, seconds, pack))
        self._board.show(surface)

    def controls(self) -> Sequence[Control]:
        """A way out."""
        return [Control(self._leave, Intent("leave"))]

    def _paint(self, surface: pygame.Surface, words: tuple[str, str, str], seconds: int, pack: str) -> None:
        title, detail, who = words
        card = self._card
        surface.blit(shapes.box(card.size, 16, INK, LINE2, 1.5, 0.95), card.topleft)
        text.write(surface, card.x + 28, card.y + 48, text.fit(title, 26, 700, card.w - 150), 26, 700)
        if seconds > 0:
            text.number(surface, card.right - 28, card.y + 58, str(seconds), 50, align=Align.END)
        fit = (card.h - 150) // 24
        for row, line in enumerate(text.wrap(detail, 17, 500, card.w - 56)[: max(2, fit)]):
            text.write(surface, card.x + 28, card.y + 88 + row * 24, line, 17, 500, TEXT2)
        if who:
            text.write(surface, card.x + 28, card.bottom - 30, say("waiting.you_are", role=who), 16, 600, TEXT3)
        button(surface, self._leave, Label(say("results.leave"), px=15))
        line = f"{pack}{say('frame.training')}"
        text.write(surface, WIDTH / 2, card.bottom + 22, line, 14, 500, TEXT3, align=Align.MIDDLE)
