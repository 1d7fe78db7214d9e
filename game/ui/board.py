"""A kept surface of parts: each is painted again only when what it shows has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.ui.theme import HEIGHT, WIDTH

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    Paint = Callable[[pygame.Surface], None]


NOWHERE: Final[Mapping[str, tuple[int, int]]] = {}


class Part(NamedTuple):
    """A declared part: `key` holds everything its picture depends on."""

    rect: pygame.Rect
    key: Hashable
    paint: Paint


class Board:
    """Parts over a backdrop (opaque) or over nothing (blended over what the frame has drawn so far).

    Every frame a screen declares its parts, lowest first, and shows the board. Painters use canvas coordinates, may
    overlap, and must stay inside their rect. A board is as large as its backdrop, or as `size` without one. Parts named
    in `moves` lie so many pixels across and down from where they are declared; their painters know nothing of it.
    """

    def __init__(
        self,
        backdrop: pygame.Surface | None = None,
        size: tuple[int, int] = (WIDTH, HEIGHT),
        moves: Mapping[str, tuple[int, int]] = NOWHERE,
    ) -> None:
        self._backdrop, self._moves = backdrop, moves
        self._beside = pygame.Surface(size, pygame.SRCALPHA) if moves else None
        flags = 0 if backdrop else pygame.SRCALPHA
        self._kept = pygame.Surface(backdrop.get_size() if backdrop else size, flags)
        if backdrop:
            self._kept.blit(backdrop, (0, 0))
        self._shown: dict[str, Part] = {}
        self._next: dict[str, Part] = {}

    def part(self, name: str, rect: pygame.Rect, key: Hashable, paint: Paint) -> None:
        """Declares a part of this frame."""
        move = self._moves.get(name)
        if move is None:
            self._next[name] = Part(rect, key, paint)
        else:
            self._next[name] = Part(rect.move(move), key, self._moved(rect, move, paint))

    def _moved(self, rect: pygame.Rect, move: tuple[int, int], paint: Paint) -> Paint:
        def painted(surface: pygame.Surface) -> None:
            beside = self._beside
            assert beside is not None
            beside.fill((0, 0, 0, 0), rect)
            paint(beside)
            surface.blit(beside, rect.move(move).topleft, rect)

        return painted

    def show(self, target: pygame.Surface) -> None:
        """Repaints what has changed and blits the board."""
        for dirty in self._dirty():
            self._repaint(dirty)
        self._shown, self._next = self._next, {}
        if self._backdrop:
            target.blit(self._kept, (0, 0))
            return
        for part in self._shown.values():
            target.blit(self._kept, part.rect.topleft, part.rect)

    def again(self, target: pygame.Surface) -> None:
        """Blits an opaque board as it was shown last: for frames in which nothing it shows can have changed."""
        target.blit(self._kept, (0, 0))

    def _dirty(self) -> list[pygame.Rect]:
        changed = [
            part.rect
            for name, part in self._next.items()
            if name not in self._shown or self._shown[name].key != part.key or self._shown[name].rect != part.rect
        ]
        gone = [
            part.rect
            for name, part in self._shown.items()
            if name not in self._next or self._next[name].rect != part.rect
        ]
        return changed + gone

    def _repaint(self, dirty: pygame.Rect) -> None:
        self._kept.set_clip(dirty)
        if self._backdrop:
            self._kept.blit(self._backdrop, dirty.topleft, dirty)
        else:
            self._kept.fill((0, 0, 0, 0), dirty)
        for part in self._next.values():
            if part.rect.colliderect(dirty):
                part.paint(self._kept)
        self._kept.set_clip(None)


def backdrop(stage: pygame.Surface) -> pygame.Surface:
    """A canvas with a station's stage in its place."""
    canvas = pygame.Surface((WIDTH, HEIGHT))
    canvas.blit(stage, (0, 60))
    return canvas
