"""The patient on a station's picture: as this seat's own view knows them, repainted only when that changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.stations import Station
from game.ui import art, frame

if TYPE_CHECKING:
    import pygame

    from game.ui.board import Board
    from game.ui.screen import Model


def body_of(model: Model, *, worn: bool = True) -> art.Body:
    """What this seat sees of the patient. `worn` False leaves the airway away, for pictures that draw it themselves."""
    view, seen = model.view, model.view.body
    lines = tuple(line.site for line in view.cart.lines if line.state == "open") if view.cart else ()
    return art.Body(
        woman=model.level.sex == "woman",
        awake=seen.eyes_open,
        mottled=not seen.eyes_open and view.check.pulse != "felt",
        pads=seen.pads,
        device=seen.device if worn and _worn(model) else "",
        lines=lines or model.level.start.lines,
    )


def _worn(model: Model) -> bool:
    """A mask lies on a still face while somebody's hands are there; what is in the throat stays."""
    at_head = any(seen.hands_on and seen.stations & Station.AIRWAY for seen in model.view.crew)
    body = model.view.body
    return body.device != "mask" or (at_head and not body.eyes_open)


def declare(board: Board, stage: str, model: Model, *, worn: bool = True) -> None:
    """Declares the patient as the first part of a board, under all else."""
    body = body_of(model, worn=worn)
    board.part("patient", frame.STAGE_RECT, (stage, body), lambda surface: _paint(surface, stage, body))


def _paint(surface: pygame.Surface, stage: str, body: art.Body) -> None:
    surface.blit(art.stage(stage, body), frame.STAGE_RECT.topleft)
