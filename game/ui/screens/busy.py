"""What keeps the own hands busy, and how much of it is left: a ring where the hands are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.ui import icons, shapes, text
from game.ui.acts import icon_of
from game.ui.theme import ACC, INK, S3, TEXT
from game.ui.widgets.panel import pill
from game.ui.words import say

if TYPE_CHECKING:
    from game.rules.views import TaskView
    from game.ui.screen import Model


STEPS: Final = 48
"""Pictures of the ring: each is baked once."""
RADIUS: Final = 46
STROKE: Final = 9
SHORTEST_MS: Final = 600
"""What is over sooner needs no ring."""


class Spot(NamedTuple):
    """The middle of the ring on the canvas."""

    x: int
    y: int


AT_HEAD: Final = Spot(546, 316)
AT_CHEST: Final = Spot(512, 272)


def draw(surface: pygame.Surface, model: Model, now_ms: int, spot: Spot) -> None:
    """Ring, icon, seconds and words of the task under way; nothing without one."""
    task = model.view.task
    if task is None or task.end_ms - task.start_ms < SHORTEST_MS:
        return
    share = (now_ms - task.start_ms) / max(1, task.end_ms - task.start_ms)
    step = round(STEPS * max(0.0, min(1.0, share)))
    shapes.put(surface, shapes.disc(RADIUS + 14, INK, opacity=0.86), spot)
    shapes.put(surface, shapes.arc(RADIUS, 0, 360, STROKE, S3), spot)
    if step:
        shapes.put(surface, shapes.arc(RADIUS, 0, 360 * step / STEPS, STROKE, ACC), spot)
    left_s = -(-max(0, task.end_ms - now_ms) // 1000)
    text.number_middle(surface, spot.x, spot.y - 8, str(left_s), 34)
    icons.draw(surface, icon_of(task.op), (spot.x, spot.y + 22), 20, TEXT)
    _words(surface, task, spot)


def _words(surface: pygame.Surface, task: TaskView, spot: Spot) -> None:
    words = say(f"command.{task.op}.doing")
    wide = round(text.width(words, 15, 600)) + 32
    tag = pygame.Rect(spot.x - wide // 2, spot.y + RADIUS + 20, wide, 32)
    pill(surface, tag, words, fill=INK, border=ACC, opacity=0.92, px=15)
