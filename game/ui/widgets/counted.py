"""A sentence with a running figure in it: the words are rendered once, the figure comes from the digit atlas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from game.ui import text
from game.ui.text import Align
from game.ui.theme import TEXT2
from game.ui.words import say

if TYPE_CHECKING:
    import pygame

SLOT: Final = "\x1f"
"""Stands for the figure while the sentence is put together."""


def counted(
    surface: pygame.Surface,
    at: tuple[float, float],
    key: str,
    figure: str,
    px: int = 14,
    colour: str = TEXT2,
    *,
    weight: int = 500,
    align: Align = Align.START,
    **fields: object,
) -> None:
    """Writes the sentence `key`, whose field `count` is the figure, with `at` its x and baseline."""
    before, _, after = say(key, count=SLOT, **fields).partition(SLOT)
    wide = text.width(before, px, weight) + text.number_width(figure, px) + text.width(after, px, weight)
    x = at[0] - wide * {Align.START: 0.0, Align.MIDDLE: 0.5, Align.END: 1.0}[align]
    x = text.write(surface, x, at[1], before, px, weight, colour) if before else x
    x = text.number(surface, x, at[1], figure, px, max(600, weight), colour)
    if after:
        text.write(surface, x, at[1], after, px, weight, colour)
