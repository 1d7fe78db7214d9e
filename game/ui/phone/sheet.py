"""Open choices on a phone: one sheet over the stage for pads, drawers, half-said commands, the wheel and the tray."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import pygame

from game.stations import Station
from game.ui import icons, shapes, text
from game.ui.keymap import targets
from game.ui.phone.places import GAP
from game.ui.screen import Control, Intent, Local
from game.ui.screens import rail
from game.ui.theme import ACC, CAPTION, INK, LINE2, S2, TEXT, TEXT2, TEXT3, State, livery
from game.ui.widgets import badge
from game.ui.widgets.button import Label, button
from game.ui.words import role_word, say

if TYPE_CHECKING:
    from game.ui.board import Board, Paint
    from game.ui.phone.places import Places
    from game.ui.screen import Model
    from game.ui.tiles import Tile


TARGET_PX: Final = 56


def is_open(model: Model) -> bool:
    """True while choices are up."""
    return bool(model.tiles)


def title(model: Model) -> str:
    """What is being chosen, and what was said so far."""
    mode = model.mode
    if mode.wheel and not mode.path:
        who = role_word(Station(mode.to)) if mode.to else ""
        return say("wheel.to_one", who=who) if who else say("phone.to_all")
    return " > ".join(rail.said_so_far(model))


def _named(model: Model, places: Places) -> list[tuple[pygame.Rect, int]]:
    """Whom the wheel can call out to, beside everyone: the stations of each, and its button."""
    if not model.mode.wheel or model.mode.path:
        return []
    others = targets(model.seat, model.view)
    left = places.back.x - (TARGET_PX + GAP) * len(others)
    buttons = (
        pygame.Rect(left + (TARGET_PX + GAP) * place, places.back.y, TARGET_PX, 44) for place in range(len(others))
    )
    return list(zip(buttons, others, strict=True))


def declare(board: Board, model: Model, places: Places) -> None:
    """Declares the sheet and its tiles."""
    head = title(model)
    board.part("sheet", places.stage, head, lambda surface: _paint_ground(surface, places, head))
    for rect, stations in _named(model, places):
        chosen = stations == model.mode.to
        board.part(f"to {stations}", rect, chosen, partial(_paint_target, rect=rect, stations=stations, chosen=chosen))
    for place, (tile, rect) in enumerate(zip(model.tiles, places.sheet(len(model.tiles)), strict=False)):
        board.part(f"choice {place}", rect, (tile, rect.topleft), _tile_painter(rect, tile))


def controls(model: Model, places: Places) -> list[Control]:
    """A tile is taken by a tap; a tap beside the tiles means nothing."""
    found = [Control(places.stage, Intent(Local.BACK), enabled=False), Control(places.back, Intent(Local.BACK))]
    found += [Control(rect, Intent(Local.TARGET, (stations,))) for rect, stations in _named(model, places)]
    rects = places.sheet(len(model.tiles))
    return found + [Control(rect, Intent(Local.CHOOSE, (place,))) for place, rect in enumerate(rects)]


def _paint_ground(surface: pygame.Surface, places: Places, head: str) -> None:
    surface.blit(shapes.box(places.stage.size, 0, CAPTION, opacity=0.97), places.stage.topleft)
    back = places.back
    line = text.fit(head, 17, 700, back.x - places.body.x - 12 - 3 * (TARGET_PX + GAP))
    text.middle(surface, places.body.x, back.centery, line, 17, 700, ACC)
    button(surface, back, Label(say("choose.back"), icon="left", px=15))


def _paint_target(surface: pygame.Surface, *, rect: pygame.Rect, stations: int, chosen: bool) -> None:
    button(surface, rect, Label(""), State.HOVER if chosen else State.IDLE)
    badge.draw(surface, livery(stations), rect.center, 28)


def _tile_painter(rect: pygame.Rect, tile: Tile) -> Paint:
    return lambda surface: paint_tile(surface, rect, tile)


def paint_tile(surface: pygame.Surface, rect: pygame.Rect, tile: Tile, state: State = State.IDLE) -> None:
    """A choice: its icon, its name in up to two lines, and what is known of it."""
    off = state is State.DISABLED
    surface.blit(shapes.box(rect.size, 12, INK if off else S2, LINE2, 1.5, dashed=off), rect.topleft)
    x = rect.x + 12
    if tile.icon:
        icons.draw(surface, tile.icon, (rect.x + 22, rect.centery), 24, TEXT3 if off else TEXT2, 2.2)
        x = rect.x + 42
    room = rect.right - 8 - x
    px = text.largest(tile.title, (17, 16, 15), 700, room)
    lines = list(text.wrap(tile.title, px, 700, room)[: 2 if rect.h >= 60 else 1])
    detail = text.fit(tile.detail, 14, 500, room) if tile.detail and rect.h >= 44 else ""
    high = (px + 3) * len(lines) + (17 if detail else 0)
    y = rect.centery - high / 2 + px
    for line in lines:
        text.write(surface, x, y, text.fit(line, px, 700, room), px, 700, TEXT3 if off else TEXT)
        y += px + 3
    if detail:
        text.write(surface, x, y, detail, 14, 500, TEXT2)
