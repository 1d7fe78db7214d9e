"""Rings and segments: baked step by step, so that a frame only picks one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from game.ui import shapes
from game.ui.theme import S3

if TYPE_CHECKING:
    import pygame

    from game.ui.shapes import Point


def ring(
    surface: pygame.Surface, centre: Point, radius: float, step: int, steps: int, stroke: float, colour: str
) -> None:
    """`step` of `steps` of a ring filled clockwise from the top; steps outside are clamped."""
    shapes.put(surface, shapes.arc(radius, 0, 360, stroke, S3), centre)
    step = max(0, min(step, steps))
    if step:
        shapes.put(surface, shapes.arc(radius, 0, 360 * step / steps, stroke, colour, rounded=True), centre)


def segments(
    surface: pygame.Surface, centre: Point, radius: float, filled: int, count: int, stroke: float, colour: str
) -> None:
    """`count` segments with gaps, the last `filled` of them in `colour`: a ring that empties clockwise."""
    turn = 360 / count
    for index in range(count):
        shade = colour if index >= count - filled else S3
        shapes.put(surface, shapes.arc(radius, index * turn + 3, (index + 1) * turn - 3, stroke, shade), centre)


def bar(
    surface: pygame.Surface, rect: pygame.Rect, share: float, fill: str, ground: str, *, opacity: float = 1.0
) -> None:
    """A horizontal bar filled to `share` of 0 to 1."""
    surface.blit(shapes.box(rect.size, rect.h / 2, ground), rect.topleft)
    wide = round(rect.w * max(0.0, min(1.0, share)))
    if wide > rect.h:
        # One bar is baked, whatever its share: the left of it, then its round end.
        full, end = shapes.box(rect.size, rect.h / 2, fill, opacity=opacity), math.ceil(rect.h / 2)
        surface.blit(full, rect.topleft, (0, 0, wide - end, rect.h))
        surface.blit(full, (rect.x + wide - end, rect.y), (rect.w - end, 0, end, rect.h))
