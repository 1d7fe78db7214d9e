"""What is shown while nothing is played: taking places, the case and its countdown, and a lost connection."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import pygame

from game.ui import art, shapes, text
from game.ui.board import Board, backdrop
from game.ui.screen import Control, Intent
from game.ui.text import Align
from game.ui.theme import INK, LINE2, TEXT2, TEXT3
from game.ui.widgets.button import Label, button
from game.ui.words import knows, role_word, say

if TYPE_CHECKING:
    from game.ui.client import Client


CARD: Final = pygame.Rect(390, 190, 500, 300)
PART: Final = pygame.Rect(CARD.x, CARD.y, CARD.w, CARD.h + 48)
"""The card and the line of pack and purpose under it."""
LEAVE: Final = pygame.Rect(760, 430, 110, 44)


class WaitingScreen:
    """Between runs, and before the first."""

    def __init__(self) -> None:
        self._board = Board(backdrop(art.stage("leader_nocrew")))

    def draw(self, surface: pygame.Surface, client: Client, now_ms: float) -> None:
        """One frame at a local stamp."""
        seconds = -(-client.countdown_ms(now_ms) // 1000)
        words = words_of(client)
        pack = f"{client.level.name} · {client.pack.label}" if client.known else ""
        board = self._board
        board.part("card", PART, (words, seconds, pack), lambda surface: _paint(surface, words, seconds, pack))
        board.show(surface)

    def controls(self) -> Sequence[Control]:
        """A way out."""
        return [Control(LEAVE, Intent("leave"))]


def words_of(client: Client) -> tuple[str, str, str]:
    """Title, sentence, and who you are."""
    who = role_word(client.stations) if client.stations else ""
    phase = client.phase if client.connected else "connecting"
    title = say(f"waiting.{phase}") if knows(f"waiting.{phase}") else say("waiting.starting")
    detail = say(f"waiting.{phase}_what") if knows(f"waiting.{phase}_what") else say("waiting.patience")
    if phase in ("brief", "countdown") and client.known:
        detail = client.level.brief
    return title, detail, who


def _paint(surface: pygame.Surface, words: tuple[str, str, str], seconds: int, pack: str) -> None:
    title, detail, who = words
    surface.blit(shapes.box(CARD.size, 18, INK, LINE2, 1.5, 0.95), CARD.topleft)
    text.write(surface, CARD.x + 32, CARD.y + 56, title, 30, 700)
    if seconds > 0:
        text.number(surface, CARD.right - 32, CARD.y + 68, str(seconds), 60, align=Align.END)
    for row, line in enumerate(text.wrap(detail, 18, 500, CARD.w - 64)[:4]):
        text.write(surface, CARD.x + 32, CARD.y + 108 + row * 27, line, 18, 500, TEXT2)
    if who:
        text.write(surface, CARD.x + 32, CARD.bottom - 32, say("waiting.you_are", role=who), 16, 600, TEXT3)
    button(surface, LEAVE, Label(say("results.leave"), px=15))
    training = f"{pack} · {say('frame.training')}" if pack else say("frame.training")
    foot = pygame.Rect(CARD.centerx - 190, CARD.bottom + 10, 380, 28)
    surface.blit(shapes.box(foot.size, 14, INK, opacity=0.9), foot.topleft)
    text.write(surface, CARD.centerx, CARD.bottom + 28, training, 14, 500, TEXT3, align=Align.MIDDLE)
