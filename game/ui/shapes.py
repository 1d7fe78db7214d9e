"""Antialiased boxes, arcs and shapes, each baked once at four times its size and kept by its measures."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import pygame

if TYPE_CHECKING:
    from collections.abc import Sequence


FINE: Final = 4
"""Bakes are drawn this many times larger and scaled down once."""

Point = tuple[float, float]


def clear(size: tuple[int, int], tint: str) -> pygame.Surface:
    """A transparent surface whose hidden colour is `tint`, so that scaling leaves no dark fringe."""
    surface = pygame.Surface(size, pygame.SRCALPHA)
    surface.fill((*pygame.Color(tint)[:3], 0))
    return surface


def fade(colour: str, opacity: float) -> pygame.Color:
    """`colour` at `opacity` of 0 to 1."""
    shade = pygame.Color(colour)
    shade.a = round(255 * opacity)
    return shade


@lru_cache(maxsize=512)
def box(
    size: tuple[int, int],
    radius: float,
    fill: str = "",
    border: str = "",
    stroke: float = 0,
    opacity: float = 1.0,
    *,
    dashed: bool = False,
) -> pygame.Surface:
    """A rounded box with a border centred on its edge inset by half a stroke; "" leaves fill or border away."""
    if dashed:
        return _dashed_box(size, radius, fill, border, stroke, opacity)
    corner = math.ceil(radius + stroke) + 2
    if size[0] <= 2 * corner + 1 or size[1] <= 2 * corner + 1:
        return _bake_box(size, radius, fill, border, stroke, opacity)
    tile = _bake_box((2 * corner + 1, 2 * corner + 1), radius, fill, border, stroke, opacity)
    return _nine_slices(tile, size, corner)


def _bake_box(
    size: tuple[int, int], radius: float, fill: str, border: str, stroke: float, opacity: float
) -> pygame.Surface:
    large = clear((size[0] * FINE, size[1] * FINE), border or fill or "#000000")
    rect = large.get_rect()
    line = round(stroke * FINE) if border else 0
    if border and stroke:
        pygame.draw.rect(large, pygame.Color(border), rect, border_radius=round(radius * FINE))
        inside = rect.inflate(-2 * line, -2 * line)
        inner = fade(fill, opacity) if fill else fade(border, 0)
        pygame.draw.rect(large, inner, inside, border_radius=max(0, round(radius * FINE) - line))
    elif fill:
        pygame.draw.rect(large, fade(fill, opacity), rect, border_radius=round(radius * FINE))
    return pygame.transform.smoothscale(large, size)


def _nine_slices(tile: pygame.Surface, size: tuple[int, int], corner: int) -> pygame.Surface:
    made = pygame.Surface(size, pygame.SRCALPHA)
    wide, high = size
    far = corner + 1
    columns = ((0, 0, corner, corner), (corner, corner, 1, wide - 2 * corner), (far, wide - corner, corner, corner))
    rows = ((0, 0, corner, corner), (corner, corner, 1, high - 2 * corner), (far, high - corner, corner, corner))
    for from_x, to_x, take_w, give_w in columns:
        for from_y, to_y, take_h, give_h in rows:
            piece = tile.subsurface((from_x, from_y, take_w, take_h))
            made.blit(pygame.transform.scale(piece, (give_w, give_h)), (to_x, to_y))
    return made


def _dashed_box(
    size: tuple[int, int], radius: float, fill: str, border: str, stroke: float, opacity: float
) -> pygame.Surface:
    made = _bake_box(size, radius, fill, "", 0, opacity) if fill else clear(size, border)
    half = stroke / 2
    outline = _outline(half, half, size[0] - stroke, size[1] - stroke, radius - half)
    stamp = _dashes(size, outline, border, stroke, 4, 4)
    made = made.copy()
    made.blit(stamp, (0, 0))
    return made


def _outline(x: float, y: float, wide: float, high: float, radius: float) -> list[Point]:
    points: list[Point] = []
    corners = (
        (x + wide - radius, y + radius, -90),
        (x + wide - radius, y + high - radius, 0),
        (x + radius, y + high - radius, 90),
        (x + radius, y + radius, 180),
    )
    for centre_x, centre_y, start in corners:
        for step in range(9):
            angle = math.radians(start + step * 11.25)
            points.append((centre_x + radius * math.cos(angle), centre_y + radius * math.sin(angle)))
    return [*points, points[0]]


def _dashes(
    size: tuple[int, int], outline: Sequence[Point], colour: str, stroke: float, on: int, off: int
) -> pygame.Surface:
    large = clear((size[0] * FINE, size[1] * FINE), colour)
    walked = 0.0
    shade = pygame.Color(colour)
    for (from_x, from_y), (to_x, to_y) in pairwise(outline):
        length = math.hypot(to_x - from_x, to_y - from_y)
        for step in range(math.ceil(length * 2)):
            if (walked + step / 2) % (on + off) < on:
                part = step / 2 / length
                centre = ((from_x + (to_x - from_x) * part) * FINE, (from_y + (to_y - from_y) * part) * FINE)
                pygame.draw.circle(large, shade, centre, max(2.0, stroke * FINE / 2))
        walked += length
    return pygame.transform.smoothscale(large, size)


@lru_cache(maxsize=32)
def dashes(length: int, colour: str, on: int = 6, off: int = 5, stroke: int = 2) -> pygame.Surface:
    """A horizontal dashed line of `length` pixels."""
    made = clear((length, stroke), colour)
    for x in range(0, length, on + off):
        pygame.draw.rect(made, pygame.Color(colour), (x, 0, min(on, length - x), stroke))
    return made


@lru_cache(maxsize=16)
def ring(radius: float, colour: str, on: int, off: int, stroke: float = 2) -> pygame.Surface:
    """A dashed circle of `on` pixels drawn and `off` not; the middle of the surface is its centre."""
    half = math.ceil(radius + stroke / 2) + 1
    turn = math.degrees(1 / radius)
    count = max(1, round(math.tau * radius / (on + off)))
    made = clear((half * 2, half * 2), colour)
    for dash in range(count):
        start = 360 * dash / count
        put(made, arc(radius, start, start + on * turn, stroke, colour), (half, half))
    return made


def polar(centre: Point, radius: float, degrees: float) -> Point:
    """The point at `degrees` clockwise from north."""
    angle = math.radians(degrees - 90)
    return centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)


@lru_cache(maxsize=640)
def arc(
    radius: float, start: float, end: float, stroke: float, colour: str, *, rounded: bool = False
) -> pygame.Surface:
    """Degrees clockwise from north, drawn in a square that has the circle's centre in its middle."""
    half = math.ceil(radius + stroke / 2) + 1
    large = clear((half * 2 * FINE, half * 2 * FINE), colour)
    centre = (half * FINE, half * FINE)
    inner, outer = (radius - stroke / 2) * FINE, (radius + stroke / 2) * FINE
    shade = pygame.Color(colour)
    if end - start >= 359.9:
        pygame.draw.circle(large, shade, centre, outer, round(outer - inner))
    else:
        steps = max(2, math.ceil((end - start) / 2))
        angles = [start + (end - start) * step / steps for step in range(steps + 1)]
        edge = [polar(centre, outer, angle) for angle in angles]
        pygame.draw.polygon(large, shade, edge + [polar(centre, inner, angle) for angle in reversed(angles)])
        if rounded:
            for angle in (start, end):
                pygame.draw.circle(large, shade, polar(centre, radius * FINE, angle), stroke * FINE / 2)
    return pygame.transform.smoothscale(large, (half * 2, half * 2))


def put(surface: pygame.Surface, picture: pygame.Surface, centre: Point) -> None:
    """Blits `picture` with its middle at `centre`."""
    surface.blit(picture, (round(centre[0] - picture.get_width() / 2), round(centre[1] - picture.get_height() / 2)))


@lru_cache(maxsize=128)
def disc(radius: float, fill: str = "", border: str = "", stroke: float = 0, opacity: float = 1.0) -> pygame.Surface:
    """A circle; the middle of the surface is its centre."""
    half = math.ceil(radius + stroke / 2) + 1
    large = clear((half * 2 * FINE, half * 2 * FINE), border or fill)
    centre = (half * FINE, half * FINE)
    if fill:
        pygame.draw.circle(large, fade(fill, opacity), centre, radius * FINE)
    if border and stroke:
        pygame.draw.circle(large, pygame.Color(border), centre, (radius + stroke / 2) * FINE, round(stroke * FINE))
    return pygame.transform.smoothscale(large, (half * 2, half * 2))


@lru_cache(maxsize=128)
def polygon(
    size: tuple[int, int], points: tuple[Point, ...], fill: str = "", border: str = "", stroke: float = 0
) -> pygame.Surface:
    """A filled or outlined polygon with round joints, in a surface of `size`."""
    large = clear((size[0] * FINE, size[1] * FINE), border or fill)
    fine = [(x * FINE, y * FINE) for x, y in points]
    if fill:
        pygame.draw.polygon(large, pygame.Color(fill), fine)
    if border and stroke:
        thick_lines(large, pygame.Color(border), [*fine, fine[0]], stroke * FINE)
    return pygame.transform.smoothscale(large, size)


def thick_lines(surface: pygame.Surface, colour: pygame.Color, points: Sequence[Point], stroke: float) -> None:
    """A polyline with round caps and joints."""
    half = stroke / 2
    for point in points:
        pygame.draw.circle(surface, colour, point, half)
    for (from_x, from_y), (to_x, to_y) in pairwise(points):
        length = math.hypot(to_x - from_x, to_y - from_y)
        if length:
            across, along = (to_y - from_y) / length * half, (to_x - from_x) / length * half
            quad = (
                (from_x - across, from_y + along),
                (to_x - across, to_y + along),
                (to_x + across, to_y - along),
                (from_x + across, from_y - along),
            )
            pygame.draw.polygon(surface, colour, quad)


def stroke(surface: pygame.Surface, colour: str, start: Point, end: Point, wide: float) -> None:
    """An antialiased line of about `wide` pixels: side by side single ones, cheap enough for each frame."""
    across, along = end[0] - start[0], end[1] - start[1]
    length = math.hypot(across, along) or 1.0
    if wide > 3:
        thick_lines(surface, pygame.Color(colour), (start, end), wide)
    lines = max(1, math.ceil(wide))
    for line in range(lines):
        off = (line - (lines - 1) / 2) * (wide - 1) / max(1, lines - 1)
        shift_x, shift_y = -along / length * off, across / length * off
        pygame.draw.aaline(
            surface, colour, (start[0] + shift_x, start[1] + shift_y), (end[0] + shift_x, end[1] + shift_y)
        )
