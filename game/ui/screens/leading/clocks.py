"""The Leader's clocks: time since the collapse, since epinephrine, and the cycle that somebody has to start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from game.ui import text
from game.ui.keyboard import cap
from game.ui.text import Align
from game.ui.theme import (
    LEAD,
    TEXT2,
    WARN,
)
from game.ui.widgets import gauge
from game.ui.widgets.button import Label, button
from game.ui.widgets.panel import panel
from game.ui.words import clock, say

if TYPE_CHECKING:
    from game.rules.views import LeadView
    from game.ui.screen import Model


CLOCKS: Final = pygame.Rect(16, 76, 364, 120)
RING: Final = (214, 136)
RESTART: Final = pygame.Rect(270, 146, 100, 44)
RING_STEPS: Final = 120


def paint(surface: pygame.Surface, *, running: bool, beating: bool) -> None:
    """What stands still: with a pulse the cycle is the time to the next look."""
    panel(surface, CLOCKS, opacity=0.96)
    text.write(surface, 32, 102, say("lead.elapsed"), 15, 600, TEXT2)
    words = say("board.look" if beating else "lead.restart" if running else "lead.cycle")
    button(surface, RESTART, Label(words, key=cap("KeyZ"), px=14), radius=8)


def draw(surface: pygame.Surface, model: Model, lead: LeadView, now_ms: int) -> None:
    """The figures that run: digits and a ring step, nothing rendered."""
    minutes, seconds = divmod(max(0, now_ms) // 1000, 60)
    text.number(surface, 32, 144, f"{minutes:02d}:{seconds:02d}", 40)
    gave = lead.last_epinephrine_ms
    epi = say("lead.epi_ago", ago=clock(now_ms - gave)) if gave >= 0 else say("lead.epi_none")
    text.write(surface, 32, 176, epi, 15, 500, TEXT2)
    if lead.cycle_ms < 0:
        gauge.ring(surface, RING, 46, 0, RING_STEPS, 10, LEAD)
        text.number_middle(surface, RING[0], RING[1] - 5, "--", 26)
        text.middle(surface, RING[0], RING[1] + 19, say("lead.no_cycle"), 14, 500, TEXT2, align=Align.MIDDLE)
        text.write(surface, 274, 102, say("lead.check"), 15, 600, TEXT2)
        text.number(surface, 274, 136, "--", 36, 700, LEAD)
        return
    cycle_ms = model.pack.cycle_ms
    done_ms = now_ms - lead.cycle_ms
    due = done_ms >= cycle_ms
    colour = WARN if due else LEAD
    gauge.ring(surface, RING, 46, done_ms * RING_STEPS // cycle_ms, RING_STEPS, 10, colour)
    text.number_middle(surface, RING[0], RING[1] - 5, clock(done_ms), 26)
    of = say("lead.of_cycle", cycle=clock(cycle_ms))
    text.middle(surface, RING[0], RING[1] + 19, of, 14, 500, TEXT2, align=Align.MIDDLE)
    next_up = "board.next_look" if model.view.check.pulse == "felt" else "lead.check_in"
    text.write(surface, 274, 102, say("lead.check_due" if due else next_up), 15, 600, WARN if due else TEXT2)
    left = f"{'+' if due else ''}{abs(cycle_ms - done_ms) // 1000}"
    px = 36 if len(left) <= 3 else 28
    end = text.number(surface, 274, 136, left, px, 700, colour)
    text.write(surface, end + 5, 136, say("unit.second"), 18, 500, TEXT2)
