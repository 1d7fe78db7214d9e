"""The order pad: six choices on the dock's own digits and the way on, with what was said so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.ui import icons, shapes, text
from game.ui.keyboard import cap
from game.ui.text import Align, Part
from game.ui.theme import ACC, CAPTION, INK, LINE2, S1, S2, TEXT, TEXT2, TEXT3
from game.ui.widgets.button import keycap
from game.ui.widgets.panel import panel
from game.ui.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.ui.tiles import Tile


SCRIM: Final = pygame.Rect(0, 436, 1280, 202)
PAD: Final = pygame.Rect(8, 448, 1264, 130)
TILES: Final = tuple(pygame.Rect(24 + 152 * place, 490, 144, 76) for place in range(6))
NEXT: Final = pygame.Rect(944, 490, 312, 76)


class Face(NamedTuple):
    """What an open pad shows."""

    title: str
    to: str
    """Who is asked, "" where that is still open."""
    to_colour: str
    trail: tuple[str, ...]
    asks: str
    """What the open choice decides: "what", "dose" ..."""
    tiles: tuple[Tile, ...]
    cursor: int
    hint: str
    ahead: tuple[str, ...] = ()
    """What is decided after this, as far as it is known."""


def order_pad(surface: pygame.Surface, face: Face) -> None:
    """The pad over its scrim."""
    surface.blit(shapes.box(SCRIM.size, 0, CAPTION, opacity=0.72), SCRIM.topleft)
    panel(surface, PAD, fill=S1, border=ACC, stroke=2, radius=14)
    parts = [Part(face.title, 700, TEXT)]
    if face.to:
        parts += [Part(say("lead.pad_to"), 500, TEXT2), Part(face.to, 700, face.to_colour)]
    parts += [Part(f"  {word}  >", 700, TEXT) for word in face.trail]
    parts.append(Part(f"  {face.asks}", 700, ACC))
    parts += [Part(f"  >  {word}", 500, TEXT2) for word in face.ahead]
    text.rich(surface, PAD.x + 20, PAD.y + 28, tuple(parts), 17)
    text.write(surface, PAD.right - 20, PAD.y + 28, face.hint, 14, 500, TEXT3, align=Align.END)
    for place, tile in enumerate(face.tiles[: len(TILES)]):
        _tile(surface, TILES[place], tile, place, chosen=place == face.cursor and place > 0)
    if len(face.tiles) > len(TILES):
        _tile(surface, NEXT, face.tiles[-1], len(TILES), chosen=face.cursor == len(TILES))
        return
    surface.blit(shapes.box(NEXT.size, 12, INK, LINE2, 1, dashed=True), NEXT.topleft)
    text.write(surface, NEXT.x + 16, NEXT.y + 30, say("lead.next", what=(face.ahead or (face.asks,))[0]), 16, 700)
    only = len(face.tiles) == 1
    detail = say("lead.next_only") if only else say("lead.next_detail", count=len(face.tiles))
    text.write(surface, NEXT.x + 16, NEXT.y + 54, detail, 14, 500, TEXT2)


def _tile(surface: pygame.Surface, rect: pygame.Rect, tile: Tile, place: int, *, chosen: bool) -> None:
    border = ACC if chosen else LINE2
    surface.blit(shapes.box(rect.size, 12, S2, border, 1.5), rect.topleft)
    keycap(surface, rect.x + 10, rect.y + 22, cap(f"Digit{place + 1}"))
    if tile.icon:
        icons.draw(surface, tile.icon, (rect.right - 22, rect.y + 22), 20, TEXT2)
    room = rect.w - 20
    px = text.largest(tile.title, (16, 15, 14), 700, room)
    lines = (tile.title,) if tile.detail else text.wrap(tile.title, px, 700, room)[:2]
    for row, line in enumerate(lines):
        y = rect.y + (54 if tile.detail else 59 - 9 * (len(lines) - 1)) + 17 * row
        text.write(surface, rect.x + 12, y, text.fit(line, px, 700, room), px, 700)
    if tile.detail:
        text.write(surface, rect.x + 12, rect.y + 70, text.fit(tile.detail, 14, 500, room), 14, 500, TEXT3)


def choices(surface_tiles: Sequence[Tile]) -> list[tuple[pygame.Rect, int]]:
    """Where each choice of an open pad lies, with its place."""
    return [(rect, place) for place, rect in enumerate((*TILES, NEXT)[: len(surface_tiles)])]
