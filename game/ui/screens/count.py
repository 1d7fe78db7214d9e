"""The count ring of the compressor: pushes since the last breaths, an assist; a heart while a pulse is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from game.ui import icons, shapes, text
from game.ui.text import Align
from game.ui.theme import AIR, COMP, INK, OK, TEXT, TEXT2
from game.ui.widgets import gauge
from game.ui.widgets.panel import assist_tag, pill
from game.ui.words import clock, say

if TYPE_CHECKING:
    from game.rules.views import ChestView
    from game.ui.screen import Model


Rings = dict[bool, tuple[tuple[int, int], int]]
RING: Final[Rings] = {True: ((734, 294), 74), False: ((790, 268), 96)}
"""Middle and radius, by whether the level has a feedback device."""
PRESSURES: Final = ("systolic_mmhg", "diastolic_mmhg")


def draw(
    surface: pygame.Surface,
    model: Model,
    chest: ChestView,
    now_ms: int,
    *,
    device: bool,
    rings: Rings = RING,
) -> None:
    """The ring, what stands in it, and how many pushes are left to the breaths; nothing to count over open eyes."""
    centre, radius = rings[device]
    if model.view.check.pulse == "felt" and not chest.on_chest:
        _draw_pulse(surface, centre, radius, chest, now_ms)
        return
    if model.view.body.eyes_open and not chest.on_chest:
        return
    every = chest.breaths_after
    full = 0 < every <= chest.count
    shapes.put(surface, shapes.disc(radius, INK, AIR if full else "", 3 if full else 0, opacity=0.86), centre)
    done = min(chest.count, every) if every else chest.count
    stroke = 10 if device else 12
    if every:
        gauge.ring(surface, centre, radius - 12, done, every, stroke, AIR if full else COMP)
    below = say("chest.of", count=every) if every else say("chest.pushes")
    rise, drop, px, small = (7, 33, 60, 16) if device else (10, 46, 84, 19)
    ink = AIR if full else TEXT
    text.number_middle(surface, centre[0], centre[1] - rise, str(done), px if done < 100 else px * 3 // 4, 700, ink)
    text.middle(surface, centre[0], centre[1] + drop, below, small, 500, TEXT2, align=Align.MIDDLE)
    words = say("chest.breaths_in", count=every - done) if every else say("chest.no_pause")
    if full:
        words = say("chest.breaths_now", count=model.pack.breaths_per_set)
    wide = 164 if full else 132 if every else 188
    tag = pygame.Rect(centre[0] - wide // 2, centre[1] + radius + 6, wide, 32)
    fill, ink, opacity = (AIR, INK, 1.0) if full else (INK, TEXT, 0.86)
    pill(surface, tag, words, fill=fill, colour=ink, opacity=opacity, px=17, weight=700)
    assist_tag(surface, pygame.Rect(centre[0] - 38, centre[1] - radius - 32, 76, 26), say("frame.assist"))


def _draw_pulse(surface: pygame.Surface, centre: tuple[int, int], radius: int, chest: ChestView, now_ms: int) -> None:
    """In the place of the count while the team knows of a pulse: nobody pushes, the cuff is read."""
    shapes.put(surface, shapes.disc(radius, INK, OK, 3, opacity=0.86), centre)
    cuff = next((slip for slip in reversed(chest.slips) if slip.kind == "nibp" and slip.values), None)
    read = dict(cuff.values) if cuff else {}
    if cuff and all(name in read for name in PRESSURES):
        upper, lower = (read[name] for name in PRESSURES)
        icons.draw(surface, "heart", (centre[0], centre[1] - radius + 26), 22, OK, 2.4)
        text.number_middle(surface, centre[0], centre[1] - 4, f"{upper}/{lower}", 30)
        text.middle(surface, centre[0], centre[1] + 22, say("unit.mmhg"), 15, 500, TEXT2, align=Align.MIDDLE)
        ago = clock(max(0, now_ms - cuff.taken_ms))
        text.number_middle(surface, centre[0], centre[1] + 44, ago, 15, 400, TEXT2)
    else:
        icons.draw(surface, "heart", (centre[0], centre[1] - 8), 44, OK, 2.4)
        text.middle(surface, centre[0], centre[1] + 33, say("chest.pulse"), 16, 500, TEXT2, align=Align.MIDDLE)
    tag = pygame.Rect(centre[0] - 106, centre[1] + radius + 6, 212, 32)
    pill(surface, tag, say("chest.has_pulse"), fill=INK, colour=TEXT, opacity=0.86, px=17, weight=700)
