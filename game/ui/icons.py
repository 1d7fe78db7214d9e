"""Line icons from assets/icons/icons.json: primitives on a 24 px grid, baked by name, size and colour."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from typing import Final

import pygame

from game.ui.files import asset
from game.ui.shapes import FINE, Point, clear, put, thick_lines

GRID: Final = 24

Primitive = tuple[str | float, ...]


@cache
def primitives() -> dict[str, tuple[Primitive, ...]]:
    """All icons by name: ("l", x, y, x, y, ...) lines, ("c", x, y, r) circle, ("r", x, y, w, h, radius) box."""
    read: dict[str, list[list[str | float]]] = json.loads(asset("icons", "icons.json").read_text("utf-8"))
    return {name: tuple(tuple(shape) for shape in shapes) for name, shapes in read.items()}


@lru_cache(maxsize=512)
def icon(name: str, px: float, colour: str, stroke: float = 2.0) -> pygame.Surface:
    """The icon in a square with 2 px of room for its stroke; raises KeyError for an unknown name."""
    side = round(px) + 4
    large = clear((side * FINE, side * FINE), colour)
    scale = px / GRID * FINE
    middle = side * FINE / 2
    shade = pygame.Color(colour)

    def at(x: float, y: float) -> Point:
        return middle + (x - GRID / 2) * scale, middle + (y - GRID / 2) * scale

    for kind, *measures in primitives()[name]:
        values = [float(value) for value in measures]
        if kind == "l":
            points = [at(x, y) for x, y in zip(values[::2], values[1::2], strict=True)]
            thick_lines(large, shade, points, stroke * FINE)
        elif kind == "c":
            x, y, radius = values
            line = 0 if radius < 1.3 else round(stroke * FINE)
            pygame.draw.circle(large, shade, at(x, y), radius * scale + stroke * FINE / 2, line)
        else:
            x, y, wide, high, radius = values
            half = stroke * FINE / 2
            left, top = at(x, y)
            rect = pygame.Rect(
                round(left - half), round(top - half), round(wide * scale + 2 * half), round(high * scale + 2 * half)
            )
            pygame.draw.rect(large, shade, rect, round(stroke * FINE), round(radius * scale + half))
    return pygame.transform.smoothscale(large, (side, side))


def draw(surface: pygame.Surface, name: str, centre: Point, px: float, colour: str, stroke: float = 2.0) -> None:
    """Blits an icon with its middle at `centre`."""
    put(surface, icon(name, px, colour, stroke), centre)
