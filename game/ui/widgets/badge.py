"""Role badges: colour, shape and icon together, so that no role is told by colour alone."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pygame

from game.stations import LinkState
from game.ui import icons, shapes
from game.ui.theme import INK, S1, Livery

if TYPE_CHECKING:
    from game.ui.shapes import Point


@lru_cache(maxsize=128)
def badge(livery: Livery, px: int, link: LinkState = LinkState.HERE, *, open_seat: bool = False) -> pygame.Surface:
    """Solid for a person, outlined for asked or taken, dashed away, outlined for a bot; the middle is its centre."""
    side = px + 6
    ghost = open_seat or link is not LinkState.HERE
    picture = shapes.clear((side, side), livery.colour)
    fill, border, stroke = (S1, livery.colour, 2.0) if ghost else (livery.colour, "", 0.0)
    shapes.put(picture, _shape(livery.shape, px, fill, border, stroke, link is LinkState.AWAY), (side / 2, side / 2))
    if ghost:
        icons.draw(picture, livery.icon, (side / 2, side / 2), px * 0.5, livery.colour, max(1.6, px / 20))
    else:
        share = 0.46 if livery.shape == "diamond" else 0.54
        icons.draw(picture, livery.icon, (side / 2, side / 2), px * share, INK, max(1.7, px / 17))
    return picture


def _shape(shape: str, px: int, fill: str, border: str, stroke: float, dashed: bool) -> pygame.Surface:
    side = px + 4
    half, centre = px / 2, side / 2
    if shape == "square":
        edge = round(px * 0.88)
        return shapes.box((edge, edge), px * 0.2, fill, border, stroke, dashed=dashed)
    if shape == "circle":
        return shapes.disc(half * 0.96, fill, border, stroke)
    if shape == "hexagon":
        corners = tuple(shapes.polar((centre, centre), half * 1.06, turn * 60) for turn in range(6))
        return shapes.polygon((side, side), corners, fill, border, stroke)
    return _diamond(px, fill, border, stroke)


def _diamond(px: int, fill: str, border: str, stroke: float) -> pygame.Surface:
    edge = px * 0.76 * shapes.FINE
    square = shapes.clear((round(edge), round(edge)), border or fill)
    radius = round(px * 0.12 * shapes.FINE)
    pygame.draw.rect(square, pygame.Color(border or fill), square.get_rect(), border_radius=radius)
    if border:
        line = round(stroke * shapes.FINE)
        inside = square.get_rect().inflate(-2 * line, -2 * line)
        pygame.draw.rect(square, pygame.Color(fill), inside, border_radius=radius)
    turned = pygame.transform.rotate(square, 45)
    return pygame.transform.smoothscale(turned, (turned.get_width() // shapes.FINE, turned.get_height() // shapes.FINE))


def draw(
    surface: pygame.Surface,
    livery: Livery,
    centre: Point,
    px: int,
    link: LinkState = LinkState.HERE,
    *,
    open_seat: bool = False,
) -> None:
    """Blits a badge with its middle at `centre`."""
    shapes.put(surface, badge(livery, px, link, open_seat=open_seat), centre)
