"""Where things lie on a phone: the same columns at both heights; the low canvas takes its rows closer together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pygame

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from game.ui.screen import Control

WIDTH: Final = 844
INSET: Final = 44
"""Left and right: notches and rounded corners."""
FULL: Final = 390
GAP: Final = 6
TOUCH: Final = 44
SHEET_COLUMNS: Final = 4

TOP: Final = pygame.Rect(0, 0, WIDTH, 48)
OWN: Final = pygame.Rect(44, 2, 236, 44)
HELP: Final = pygame.Rect(694, 2, 44, 44)
MENU: Final = pygame.Rect(750, 2, 50, 44)


@dataclass(frozen=True, slots=True)
class Places:
    """The furniture of a phone canvas `height` pixels high."""

    height: int = FULL

    @property
    def low(self) -> bool:
        """True where the browser's bars take a part of the height."""
        return self.height < FULL

    @property
    def size(self) -> tuple[int, int]:
        """The whole canvas."""
        return WIDTH, self.height

    @property
    def dock(self) -> pygame.Rect:
        """Buttons and the line of pack and purpose, with room for the home bar."""
        return pygame.Rect(0, self.height - 78, WIDTH, 78)

    @property
    def slots(self) -> tuple[pygame.Rect, ...]:
        """Four call-outs, and the fifth place: the pulse, or "say again"."""
        y = self.dock.y + 6
        return *(pygame.Rect(44 + 102 * place, y, 96, 52) for place in range(4)), pygame.Rect(452, y, 104, 52)

    @property
    def orders(self) -> tuple[pygame.Rect, ...]:
        """The Leader's six."""
        return tuple(pygame.Rect(44 + 86 * place, self.dock.y + 6, 80, 52) for place in range(6))

    @property
    def wheel(self) -> pygame.Rect:
        return pygame.Rect(562, self.dock.y + 6, 72, 52)

    @property
    def stop(self) -> pygame.Rect:
        return pygame.Rect(640, self.dock.y + 6, 160, 52)

    @property
    def body(self) -> pygame.Rect:
        """Between top bar and dock, inside the insets."""
        top = 52 if self.low else 54
        return pygame.Rect(INSET, top, WIDTH - 2 * INSET, self.dock.y - (6 if self.low else 8) - top)

    @property
    def stage(self) -> pygame.Rect:
        """All between the bars, to both edges."""
        return pygame.Rect(0, TOP.bottom, WIDTH, self.dock.y - TOP.bottom)

    @property
    def caption(self) -> pygame.Rect:
        """The line of speech at the foot of the stage."""
        return pygame.Rect(228, self.body.bottom - 36, 376, 36)

    @property
    def tabs(self) -> tuple[pygame.Rect, ...]:
        """Four down the left side."""
        top = self.body.y + (0 if self.low else 2)
        return tuple(rows(pygame.Rect(44, top, 84, 194 if self.low else 246), 4))

    def sheet(self, count: int) -> list[pygame.Rect]:
        """Places for `count` choices, below the line of what was said so far."""
        body = self.body
        inside = pygame.Rect(body.x, body.y + 50, body.w, body.h - 50)
        return grid(inside, max(count, SHEET_COLUMNS + 1), SHEET_COLUMNS)[:count]

    @property
    def back(self) -> pygame.Rect:
        """The way out of open choices."""
        return pygame.Rect(self.body.right - 110, self.body.y, 110, TOUCH)


def rows(rect: pygame.Rect, count: int) -> list[pygame.Rect]:
    """`rect` in `count` rows with a finger's gap between."""
    high = (rect.h - GAP * (count - 1)) // count
    return [pygame.Rect(rect.x, rect.y + place * (high + GAP), rect.w, high) for place in range(count)]


def columns(rect: pygame.Rect, count: int) -> list[pygame.Rect]:
    """`rect` in `count` columns with a finger's gap between."""
    wide = (rect.w - GAP * (count - 1)) // count
    return [pygame.Rect(rect.x + place * (wide + GAP), rect.y, wide, rect.h) for place in range(count)]


def grid(rect: pygame.Rect, count: int, across: int) -> list[pygame.Rect]:
    """`count` cells in rows of `across` that fill `rect`."""
    lines = rows(rect, -(-count // across))
    return [cell for line in lines for cell in columns(line, across)][:count]


def moved(controls: Iterable[Control], places: Mapping[tuple[int, int, int, int], pygame.Rect]) -> list[Control]:
    """Controls of the desk's screens at their places on the phone; those that have none here are left out."""
    found = ((control, places.get(at(control.rect))) for control in controls)
    return [control._replace(rect=place) for control, place in found if place is not None]


def at(rect: pygame.Rect) -> tuple[int, int, int, int]:
    """A rect as a key."""
    return rect.x, rect.y, rect.w, rect.h


def pairs(desk: Sequence[pygame.Rect], phone: Sequence[pygame.Rect]) -> dict[tuple[int, int, int, int], pygame.Rect]:
    """Places on the phone by the rects of the desk."""
    return {at(one): other for one, other in zip(desk, phone, strict=False)}
