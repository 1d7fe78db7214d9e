"""What the bedside stations share beside the frame: findings as tiles to say, open choices, the switch question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import pygame

from game.stations import Station
from game.ui import frame, icons, shapes, text, tray
from game.ui.keymap import cap
from game.ui.screen import Control, Intent, Local
from game.ui.theme import ACC, INK, LINE2, S2, TEXT2, State
from game.ui.values import finding_label, finding_value
from game.ui.widgets.button import Label, button
from game.ui.widgets.panel import panel
from game.ui.words import role_word, say

if TYPE_CHECKING:
    from game.ui.board import Board, Paint
    from game.ui.screen import Model


SWITCH: Final = pygame.Rect(664, 76, 272, 56)
BACK: Final = 104
"""Width of the tile that closes a choice."""


REFRESH_MS: Final = 200
"""How often a picture is declared anew while nothing has come from the authority or the hands: ages run in seconds."""


class Changes:
    """Tells whether what a picture depends on may have changed since it was asked last: most frames it has not."""

    def __init__(self) -> None:
        self._last: tuple[object, ...] = ()

    def seen(self, model: Model, now_ms: int, *more: object) -> bool:
        """True for a new view, mode, caption or notice, for anything in `more`, and five times a second."""
        key = (id(model.view), model.mode, len(model.captions), model.ping_ms, now_ms // REFRESH_MS, *more)
        if key == self._last:
            return False
        self._last = key
        return True


def found(board: Board, model: Model, rect: pygame.Rect, inside: pygame.Rect) -> None:
    """Declares the panel of findings that the dock has no room for or that are worth a tap: the last three."""
    shown = _last_three(model)
    title = say("airway.found")
    board.part("found", rect, 0, lambda surface: panel(surface, rect, title, say("dock.say_it"), opacity=0.97))
    for place, key, value in shown:
        tile = _tiles(inside)[place]
        board.part(f"found {place}", tile, (key, value), _finding_painter(model, tile, key, value))


def _finding_painter(model: Model, tile: pygame.Rect, key: str, value: str) -> Paint:
    return lambda surface: _paint_finding(surface, model, tile, key, value)


def _tiles(inside: pygame.Rect) -> list[pygame.Rect]:
    return tray.grid(inside, 3, columns=3)


def _last_three(model: Model) -> list[tuple[int, str, str]]:
    return [(place, seen.key, seen.value) for place, seen in enumerate(model.view.findings[-3:])]


def found_controls(model: Model, inside: pygame.Rect) -> list[Control]:
    """A tap on a finding says it."""
    return [Control(_tiles(inside)[place], Intent("report", (key,))) for place, key, _ in _last_three(model)]


def _paint_finding(surface: pygame.Surface, model: Model, tile: pygame.Rect, key: str, value: str) -> None:
    surface.blit(shapes.box(tile.size, 9, S2, LINE2, 1.2), tile.topleft)
    icons.draw(surface, "speak", (tile.right - 15, tile.y + 16), 16, TEXT2, 1.8)
    label = text.fit(finding_label(model, key), 14, 600, tile.w - 36)
    text.write(surface, tile.x + 9, tile.y + 21, label, 14, 600)
    for row, line in enumerate(text.wrap(finding_value(model, key, value), 14, 500, tile.w - 14)[:2]):
        text.write(surface, tile.x + 9, tile.y + 42 + 18 * row, line, 14, 500, TEXT2)


def choice_rects(bar: pygame.Rect, model: Model) -> list[pygame.Rect]:
    """Where the open choices lie in the bar over the stage."""
    inside = pygame.Rect(bar.x + 8, bar.y + 26, bar.w - 16 - BACK - tray.GAP, bar.h - 32)
    return tray.grid(inside, max(1, len(model.tiles)), columns=6) if model.tiles else []


def said_so_far(model: Model) -> tuple[str, ...]:
    """What of the open choice was said so far; the name of a pad before anything is."""
    pad = model.mode.pad
    return tuple(model.trail) or ((say(f"pad_title.{pad}"),) if pad else ())


def choices(board: Board, model: Model, bar: pygame.Rect) -> None:
    """Declares the bar of open choices, if a command of the tray is half said."""
    if not model.tiles or model.mode.wheel or model.mode.menu:
        return
    trail = said_so_far(model)
    board.part("choices", bar, trail, lambda surface: _paint_bar(surface, bar, trail))
    tray.declare_offers(board, model, choice_rects(bar, model))


def _paint_bar(surface: pygame.Surface, bar: pygame.Rect, trail: Sequence[str]) -> None:
    surface.blit(shapes.box(bar.size, 12, INK, ACC, 2, 0.97), bar.topleft)
    text.write(surface, bar.x + 12, bar.y + 19, " > ".join(trail), 15, 700, ACC)
    back = back_rect(bar)
    button(surface, back, Label(say("choose.back"), key=cap("Escape"), px=14))


def back_rect(bar: pygame.Rect) -> pygame.Rect:
    """Where the way back from a choice lies."""
    return pygame.Rect(bar.right - 8 - BACK, bar.y + 26, BACK, bar.h - 32)


def back_control(model: Model, bar: pygame.Rect) -> list[Control]:
    """The way back, while a choice is open."""
    return [Control(back_rect(bar), Intent(Local.BACK))] if model.tiles else []


def switch(board: Board, model: Model, now_ms: int) -> None:
    """Declares the question of a switch, where this seat can answer it."""
    shake = model.view.switch
    if shake.asked_ms < 0 or not (frame.works(model, "switch_yes") or shake.partner == model.seat):
        return
    agreed = shake.partner == model.seat
    chest = frame.seated(model, Station.CHEST)
    key = (agreed, chest)
    board.part("switch", SWITCH, key, lambda surface: _paint_switch(surface, agreed=agreed, who=chest.stations))


def _paint_switch(surface: pygame.Surface, *, agreed: bool, who: int) -> None:
    words = say("switch.agreed") if agreed else say("command.switch_yes.label")
    second = say("rail.at_check") if agreed else say("rail.tiring", who=role_word(who))
    button(surface, SWITCH, Label(words, second, "S"), State.OK if agreed else State.WARN)
