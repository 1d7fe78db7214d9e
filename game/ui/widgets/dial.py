"""The rate dial of the feedback device: a half ring with the guideline's band and one needle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from game.ui import shapes, text
from game.ui.text import Align
from game.ui.theme import OK, S3, TEXT2, TEXT3

if TYPE_CHECKING:
    import pygame

    from game.ui.shapes import Point


RADIUS: Final = 92
LOWEST: Final = 60
HIGHEST: Final = 160


def angle(rate_per_min: float) -> float:
    """Degrees clockwise from north of a rate on the dial; beyond its ends it stays at the end."""
    held = max(LOWEST, min(HIGHEST, rate_per_min))
    return -90 + (held - LOWEST) / (HIGHEST - LOWEST) * 180


def scale(surface: pygame.Surface, centre: Point, band: tuple[float, float]) -> None:
    """The dial without its needle."""
    shapes.put(surface, shapes.arc(RADIUS, -90, 90, 16, S3), centre)
    shapes.put(surface, shapes.arc(RADIUS, angle(band[0]), angle(band[1]), 16, OK), centre)
    for rate in range(LOWEST, HIGHEST + 1, 20):
        inner, outer = (shapes.polar(centre, RADIUS + out, angle(rate)) for out in (12, 18))
        shapes.stroke(surface, TEXT3, inner, outer, 2)
        x, y = shapes.polar(centre, RADIUS + 31, angle(rate))
        text.number(surface, x, y + 14 * text.CENTRE, str(rate), 14, 400, TEXT2, align=Align.MIDDLE)


def needle(surface: pygame.Surface, centre: Point, rate_per_min: int) -> None:
    """The needle at a rate; nothing while there is none."""
    if rate_per_min > 0:
        at = angle(rate_per_min)
        inner, outer = shapes.polar(centre, RADIUS - 26, at), shapes.polar(centre, RADIUS + 6, at)
        shapes.stroke(surface, "#FFFFFF", inner, outer, 5)
