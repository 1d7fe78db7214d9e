"""Crew: chips of the top bar and tags on the overview, hands on or off and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from game.stations import LinkState
from game.ui import icons, shapes, text
from game.ui.text import Align
from game.ui.theme import INK, LINE, S1, S3, TEXT, TEXT2, TEXT3, WARN, Livery
from game.ui.widgets import badge

if TYPE_CHECKING:
    import pygame


NAME_PX: Final = (14, 13, 12)
"""Sizes a name is tried in, so that it is read whole beside the state of the hands."""


class Chip(NamedTuple):
    """One person of the crew as the others see them."""

    livery: Livery
    seat: str
    name: str
    hands: str
    hands_on: bool
    link: LinkState
    own: bool


def crew_chip(surface: pygame.Surface, rect: pygame.Rect, chip: Chip) -> None:
    """A chip of the top bar."""
    border = chip.livery.colour if chip.own else LINE
    surface.blit(shapes.box(rect.size, 10, S3 if chip.own else S1, border, 1.5 if chip.own else 1), rect.topleft)
    badge.draw(surface, chip.livery, (rect.x + 18, rect.y + 22), 26, chip.link)
    text.write(surface, rect.x + 33, rect.y + 18, chip.seat, 14, 600)
    colour = {LinkState.AWAY: WARN, LinkState.BOT: TEXT2}.get(chip.link, TEXT if chip.hands_on else TEXT2)
    weight = 600 if chip.link is LinkState.AWAY else 500
    room = round(rect.w - 40 - text.width(chip.hands, 13, weight))
    px = text.largest(chip.name, NAME_PX, 500, room)
    text.write(surface, rect.x + 33, rect.y + 36, text.fit(chip.name, px, 500, room), px, 500, TEXT3)
    text.write(surface, rect.right - 5, rect.y + 36, chip.hands, 13, weight, colour, align=Align.END)
    if chip.link is LinkState.BOT:
        icons.draw(surface, "bot", (rect.right - 16, rect.y + 13), 15, TEXT2)


def hand_tag(surface: pygame.Surface, topleft: tuple[int, int], livery: Livery, words: str, *, on: bool) -> None:
    """A tag that follows a crew sprite on the overview."""
    wide = round(text.width(words, 14, 600)) + 42
    surface.blit(shapes.box((wide, 32), 16, INK, livery.colour, 1.5, 0.92), topleft)
    badge.draw(surface, livery, (topleft[0] + 18, topleft[1] + 16), 22)
    text.middle(surface, topleft[0] + 33, topleft[1] + 16, words, 14, 600, TEXT if on else TEXT2)
