"""Somebody who holds no station, on a phone: who has hands on, and what is said aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.ui.board import Board
from game.ui.phone import furniture
from game.ui.phone.places import Places
from game.ui.screens import rail
from game.ui.theme import ROOM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.ui.screen import Control, Model


class WatchingScreen:
    """What the room sees and hears, and no hidden value."""

    def __init__(self, places: Places) -> None:
        self._places = places
        floor = pygame.Surface(places.size)
        floor.fill(ROOM)
        self._board = Board(floor)
        self._changes = rail.Changes()
        self._model: Model | None = None

    def draw(self, surface: pygame.Surface, model: Model, now_ms: int) -> None:
        """One frame."""
        self._model = model
        if self._changes.seen(model, now_ms):
            furniture.top_bar(self._board, model)
            furniture.history(self._board, model, self._places)
            furniture.legal(self._board, model, self._places)
            self._board.show(surface)
        else:
            self._board.again(surface)

    def controls(self) -> Sequence[Control]:
        """Help and menu: nothing here is this seat's to do."""
        return furniture.top_controls(self._model) if self._model else ()
