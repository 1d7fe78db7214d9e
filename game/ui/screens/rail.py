"""What the bedside stations share beside the frame: what has changed, open choices, the switch question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import pygame

from game.stations import Station
from game.ui import frame, shapes, text, tray
from game.ui.keyboard import cap
from game.ui.screen import Control, Intent, Local
from game.ui.theme import ACC, INK, State
from game.ui.widgets.button import Label, button
from game.ui.words import role_word, say

if TYPE_CHECKING:
    from game.rules.views import SeatView
    from game.ui.board import Board
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
        self._view: SeatView | None = None

    def seen(self, model: Model, now_ms: int, *more: object) -> bool:
        """True for a new view, mode, caption or notice, for anything in `more`, and five times a second."""
        key = (model.mode, len(model.captions), model.ping_ms, now_ms // REFRESH_MS, *more)
        if key == self._last and model.view is self._view:
            return False
        self._last, self._view = key, model.view
        return True


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


def asked_to_switch(model: Model) -> bool:
    """True while the compressor waits for this seat's yes, or has it."""
    shake = model.view.switch
    return shake.asked_ms >= 0 and (frame.works(model, "switch_yes") or shake.partner == model.seat)


def switch(board: Board, model: Model, now_ms: int) -> None:
    """Declares the question of a switch, where this seat can answer it."""
    if not asked_to_switch(model):
        return
    agreed = model.view.switch.partner == model.seat
    chest = frame.seated(model, Station.CHEST)
    key = (agreed, chest)
    board.part("switch", SWITCH, key, lambda surface: _paint_switch(surface, agreed=agreed, who=chest.stations))


def _paint_switch(surface: pygame.Surface, *, agreed: bool, who: int) -> None:
    words = say("switch.agreed") if agreed else say("command.switch_yes.label")
    second = say("rail.at_check") if agreed else say("rail.tiring", who=role_word(who))
    button(surface, SWITCH, Label(words, second, cap("KeyS")), State.OK if agreed else State.WARN)
