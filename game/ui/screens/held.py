"""Play stands still: the connection is lost, the teacher has frozen the clock, or the run was taken back in time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.stations import LinkState
from game.ui import frame, icons, shapes, text
from game.ui.board import Board
from game.ui.theme import INFO, INK, S2, TEXT2, TEXT3, WARN
from game.ui.words import clock, say

if TYPE_CHECKING:
    from game.ui.client import Client


CARD: Final = pygame.Rect(380, 226, 520, 168)
ABOVE: Final = CARD.move(0, -154)
"""Where it is said while play goes on: over nobody's hands."""
EDGE: Final = 5
"""Width of the frame round the picture that stands still."""


class Word(NamedTuple):
    """What the card says; `foot` has an icon of its own."""

    title: str
    detail: str
    icon: str
    colour: str
    foot: str
    foot_icon: str
    goes_on: bool = False
    """True while play goes on under it."""


class Held:
    """A card over the last picture, and a frame round it: nobody's fault, and what happens next."""

    def __init__(self) -> None:
        self._board = Board()

    def draw(self, surface: pygame.Surface, client: Client, now_ms: float) -> None:
        """One frame at a local stamp; nothing while the run goes on."""
        word = said(client, now_ms)
        if word is None:
            return
        for edge in _edges():
            surface.fill(word.colour, edge)
        rect = ABOVE if word.goes_on else CARD
        self._board.part("card", rect, word, lambda target: paint(target, word, rect))
        self._board.show(surface)


def said(client: Client, now_ms: float) -> Word | None:
    """What is to be said of this moment."""
    if not client.connected:
        detail, foot = say("held.lost_what"), say("held.lost_bot")
        return Word(say("held.lost"), detail, "signal", WARN, foot, "bot")
    at = say("held.at", at=clock(client.room_ms(now_ms) // 1000 * 1000))
    if client.phase == "frozen":
        alone = all(seated.link == LinkState.BOT for seated in client.roster if seated.seat != client.seat)
        title, detail = ("held.rests", "held.rests_what") if alone else ("held.frozen", "held.frozen_what")
        return Word(say(title), say(detail), "pause", INFO, at, "clock")
    if now_ms < client.back_until_ms:
        title = say("held.back", at=clock(client.back_to_ms // 1000 * 1000))
        return Word(title, say("held.back_what"), "rewind", INFO, say("held.back_foot"), "play", goes_on=True)
    return None


def _edges() -> tuple[pygame.Rect, ...]:
    stage = frame.STAGE_RECT
    return (
        pygame.Rect(stage.x, stage.y, stage.w, EDGE),
        pygame.Rect(stage.x, stage.bottom - EDGE, stage.w, EDGE),
        pygame.Rect(stage.x, stage.y, EDGE, stage.h),
        pygame.Rect(stage.right - EDGE, stage.y, EDGE, stage.h),
    )


def paint(surface: pygame.Surface, word: Word, rect: pygame.Rect = CARD) -> None:
    """The card with its words."""
    surface.blit(shapes.box(rect.size, 18, INK, word.colour, 2, 0.97), rect.topleft)
    shapes.put(surface, shapes.disc(38, S2, word.colour, 2), (rect.x + 66, rect.y + 72))
    icons.draw(surface, word.icon, (rect.x + 66, rect.y + 72), 38, word.colour, 2.6)
    x, room = rect.x + 126, rect.w - 150
    text.write(surface, x, rect.y + 54, text.fit(word.title, 28, 700, room), 28, 700)
    for row, line in enumerate(text.wrap(word.detail, 17, 500, room)[:2]):
        text.write(surface, x, rect.y + 84 + row * 23, line, 17, 500, TEXT2)
    icons.draw(surface, word.foot_icon, (x + 9, rect.y + 138), 18, TEXT3)
    text.middle(surface, x + 28, rect.y + 138, text.fit(word.foot, 15, 600, room - 30), 15, 600, TEXT3)
