"""Words and numbers as surfaces: each run is rendered once, and running numbers are blitted digit by digit."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

import pygame

from game.ui.files import asset
from game.ui.theme import TEXT


class Family(StrEnum):
    """The two type families."""

    NEXT = "next"
    MONO = "mono"


class Align(StrEnum):
    """Where the x of a run lies."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


OVERSAMPLE: Final = 4
"""Runs are rendered this much larger and scaled down: glyphs then sit on fractions of a pixel, as in a browser."""

CENTRE: Final = 0.335
"""Distance of the baseline under the middle of a line, in ems."""

DIGIT_CELL: Final = 0.632
NARROW_CELL: Final = 0.36
SPACE_CELL: Final = 0.34
"""Cells of the digit atlas in ems: narrow for . : and , so that clocks do not look gappy."""


@lru_cache(maxsize=64)
def font(family: Family, weight: int, px: int) -> pygame.font.Font:
    """The face at `px` pixels an em."""
    return pygame.font.Font(str(asset("fonts", f"atkinson-hyperlegible-{family}-{weight}.ttf")), px)


class _Small:
    """How small text is set on this device."""

    pct = 100


SMALL_UP_TO: Final = 20
"""Text grows only up to this size in pixels at 130 %: what is larger is large already, and headings stay headings."""


def grow(pct: int) -> None:
    """From now on small text is set at `pct` percent: one of game.ui.settings.TEXT_PCTS."""
    if pct != _Small.pct:
        _Small.pct = pct
        for cached in (run, width, fit, largest, wrap, fitted):
            cached.cache_clear()


def sized(px: int) -> int:
    """The pixels an em is set in on this device."""
    pct = _Small.pct
    return px if pct == 100 else max(px, min(round(px * pct / 100), round(SMALL_UP_TO * pct / 130)))


class Run(NamedTuple):
    """A rendered run: its picture, the offset of its baseline in it, and its advance width in pixels."""

    surface: pygame.Surface
    ascent: int
    width: float


@lru_cache(maxsize=2048)
def run(text: str, px: int, weight: int = 500, colour: str = TEXT, family: Family = Family.NEXT) -> Run:
    """`text` set once; the cache makes asking again free."""
    face = font(family, weight, sized(px) * OVERSAMPLE)
    large = face.render(text, True, colour)
    width = -(-large.get_width() // OVERSAMPLE)
    above = -(-face.get_ascent() // OVERSAMPLE)
    height = above - (face.get_descent() // OVERSAMPLE) + 1
    padded = pygame.Surface((max(1, width) * OVERSAMPLE, height * OVERSAMPLE), pygame.SRCALPHA)
    padded.fill((*pygame.Color(colour)[:3], 0))
    padded.blit(large, (0, above * OVERSAMPLE - face.get_ascent()), special_flags=pygame.BLEND_RGBA_MAX)
    small = pygame.transform.smoothscale(padded, (max(1, width), height))
    return Run(small, above, large.get_width() / OVERSAMPLE)


@lru_cache(maxsize=1024)
def width(text: str, px: int, weight: int = 500, family: Family = Family.NEXT) -> float:
    """Advance width in pixels, without rendering."""
    return font(family, weight, sized(px) * OVERSAMPLE).size(text)[0] / OVERSAMPLE


def write(
    surface: pygame.Surface,
    x: float,
    baseline: float,
    text: str,
    px: int = 16,
    weight: int = 500,
    colour: str = TEXT,
    *,
    family: Family = Family.NEXT,
    align: Align = Align.START,
    alpha: int = 255,
    room: float = 0,
) -> float:
    """Blits a run at its baseline and returns the x where it ends; `room` is how wide it may be (`fitted`)."""
    if room:
        text, px = fitted(text, px, weight, round(room))
    made = run(text, px, weight, colour, family)
    left = x - made.width * {Align.START: 0.0, Align.MIDDLE: 0.5, Align.END: 1.0}[align]
    if alpha < 255:
        made.surface.set_alpha(alpha)
    surface.blit(made.surface, (round(left), round(baseline) - made.ascent))
    if alpha < 255:
        made.surface.set_alpha(255)
    return left + made.width


def middle(
    surface: pygame.Surface,
    x: float,
    centre_y: float,
    text: str,
    px: int = 16,
    weight: int = 500,
    colour: str = TEXT,
    *,
    family: Family = Family.NEXT,
    align: Align = Align.START,
    room: float = 0,
) -> float:
    """As `write`, placed by the middle of the line instead of the baseline."""
    if room:
        text, px = fitted(text, px, weight, round(room))
    return write(surface, x, centre_y + sized(px) * CENTRE, text, px, weight, colour, family=family, align=align)


def cell(character: str) -> float:
    """Width of an atlas cell in ems."""
    if character in ".:,":
        return NARROW_CELL
    return SPACE_CELL if character == " " else DIGIT_CELL


def number_width(text: str, px: int) -> float:
    """Width of `number` in pixels."""
    return sum(cell(character) for character in text) * sized(px)


def number(
    surface: pygame.Surface,
    x: float,
    baseline: float,
    text: str,
    px: int,
    weight: int = 700,
    colour: str = TEXT,
    *,
    align: Align = Align.START,
) -> float:
    """A running number from the digit atlas: one blit a character, nothing rendered once its digits are known."""
    left = x - number_width(text, px) * {Align.START: 0.0, Align.MIDDLE: 0.5, Align.END: 1.0}[align]
    for character in text:
        wide = cell(character) * sized(px)
        if character != " ":
            glyph = run(character, px, weight, colour, Family.MONO)
            surface.blit(glyph.surface, (round(left + (wide - glyph.width) / 2), round(baseline) - glyph.ascent))
        left += wide
    return left


def number_middle(
    surface: pygame.Surface, x: float, centre_y: float, text: str, px: int, weight: int = 700, colour: str = TEXT
) -> None:
    """A number centred on a point: rings and dials."""
    number(surface, x, centre_y + sized(px) * CENTRE, text, px, weight, colour, align=Align.MIDDLE)


class Part(NamedTuple):
    """A piece of a line in its own colour and weight."""

    text: str
    weight: int
    colour: str


def rich(
    surface: pygame.Surface, x: float, baseline: float, parts: tuple[Part, ...], px: int, *, room: float = 0
) -> float:
    """A line of several colours; returns the x where it ends. In `room` it is set smaller, and its last part cut."""
    if room:
        whole, heaviest = "".join(part.text for part in parts), max(part.weight for part in parts)
        px = fitted(whole, px, heaviest, round(room))[1]
    end = x + room
    for part in parts:
        x = write(surface, x, baseline, part.text, px, part.weight, part.colour, room=max(1, end - x) if room else 0)
    return x


SMALLEST: Final = 12
"""No text is set smaller to make it fit."""
SHRINKS: Final = 3
"""How many pixels a text may lose, from the size of the design, before it is cut."""


@lru_cache(maxsize=512)
def fitted(text: str, px: int, weight: int, room: int) -> tuple[str, int]:
    """`text` and the size at which it is at most `room` pixels wide: a little smaller first, then with three dots."""
    sizes = tuple(size for size in range(px, 0, -1) if sized(size) >= max(SMALLEST, px - SHRINKS))
    size = largest(text, sizes or (px,), weight, room)
    return fit(text, size, weight, room), size


@lru_cache(maxsize=256)
def fit(text: str, px: int, weight: int, room: int) -> str:
    """`text`, shortened with three dots until it is at most `room` pixels wide."""
    if width(text, px, weight) <= room:
        return text
    while text and width(text + "...", px, weight) > room:
        text = text[:-1]
    return text.rstrip() + "..."


@lru_cache(maxsize=256)
def largest(text: str, sizes: tuple[int, ...], weight: int, room: int) -> int:
    """The first of `sizes` (largest first) at which `text` is at most `room` pixels wide, else the last."""
    return next((px for px in sizes if width(text, px, weight) <= room), sizes[-1])


@lru_cache(maxsize=256)
def wrap(text: str, px: int, weight: int, room: int) -> tuple[str, ...]:
    """`text` broken into lines of at most `room` pixels."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width(joined, px, weight) <= room:
            lines[-1] = joined
        else:
            lines.append(word)
    return tuple(lines)
