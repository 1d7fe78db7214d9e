"""A picture of the large canvas laid out anew: parts of it are taken to other places, and what can be pressed too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.platform import DESK, SQUARE
from game.ui.square import furniture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from game.ui.screen import Control, Model, Screen

CANVAS: Final = pygame.Rect((0, 0), SQUARE)
Rects = dict[tuple[int, int, int, int], pygame.Rect]


class Cut(NamedTuple):
    """A part of a picture, and where its upper left corner lies here; what comes later lies on top."""

    rect: pygame.Rect
    at: tuple[int, int]

    @property
    def place(self) -> pygame.Rect:
        """What it covers here."""
        return pygame.Rect(self.at, self.rect.size)


def cut(x: int, y: int, wide: int, high: int, at_x: int, at_y: int | None = None) -> Cut:
    """A cut of a rect to a place, at the same height where none is given."""
    return Cut(pygame.Rect(x, y, wide, high), (at_x, y if at_y is None else at_y))


class Plan(NamedTuple):
    """How a picture of `size` is laid out here; `moved` are controls that lie elsewhere than their part's cut says."""

    cuts: Callable[[Model], Sequence[Cut]]
    size: tuple[int, int] = DESK
    moved: Mapping[tuple[int, int, int, int], tuple[int, int, int, int]] = {}
    bars: bool = True
    """True where top bar, line of speech and dock are this canvas's own."""


class SquareScreen:
    """A screen of another canvas, drawn beside and laid out here."""

    def __init__(self, inner: Screen, plan: Plan) -> None:
        self._inner, self._plan = inner, plan
        self._picture = pygame.Surface(plan.size)
        self._bars = furniture.Bars()
        self._model: Model | None = None

    def draw(self, surface: pygame.Surface, model: Model, now_ms: int) -> None:
        """One frame."""
        self._model = model
        self._inner.draw(self._picture, model, now_ms)
        for part in self._plan.cuts(model):
            surface.blit(self._picture, part.at, part.rect)
        if self._plan.bars:
            self._bars.draw(surface, model, now_ms)

    def controls(self) -> Sequence[Control]:
        """Those of the screen that are seen here."""
        model = self._model
        if model is None:
            return ()
        inner = self._inner.controls()
        cuts = self._plan.cuts(model)
        if not self._plan.bars:
            return laid(inner, cuts, self._plan.moved)
        own = furniture.moved(inner if self._plan.size == DESK else furniture.in_a_check(model))
        rest = (control for control in inner if not furniture.is_bar(control.rect))
        return [*laid(rest, cuts, self._plan.moved), *own]


def laid(
    controls: Iterable[Control],
    cuts: Sequence[Cut],
    moved: Mapping[tuple[int, int, int, int], tuple[int, int, int, int]],
) -> list[Control]:
    """Controls where their part of the picture lies; what another part covers can not be pressed."""
    found = []
    for control in controls:
        key = (control.rect.x, control.rect.y, control.rect.w, control.rect.h)
        if key in moved:
            found.append(control._replace(rect=pygame.Rect(moved[key])))
            continue
        number = next((n for n in reversed(range(len(cuts))) if cuts[n].rect.collidepoint(control.rect.center)), None)
        if number is None:
            continue
        own = cuts[number]
        rect = control.rect.clip(own.rect).move(own.at[0] - own.rect.x, own.at[1] - own.rect.y).clip(CANVAS)
        if rect.w and not any(other.place.contains(rect) for other in cuts[number + 1 :]):
            found.append(control._replace(rect=rect))
    return found
