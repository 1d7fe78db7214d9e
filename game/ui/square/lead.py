"""The Leader's lower board on the 4:3 canvas: two rows of six."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import pygame

from game.rules.commands import CAUSE_STATES, CAUSES
from game.ui import icons, shapes, text
from game.ui.keyboard import cap
from game.ui.screen import Control, Intent, Local
from game.ui.screens import lead as desk
from game.ui.screens.leading import causes, reported, targets
from game.ui.text import Align
from game.ui.theme import ACC, LINE, LINE2, S2, TEXT, TEXT2, TEXT3
from game.ui.widgets.button import keycap
from game.ui.widgets.panel import panel
from game.ui.words import say

if TYPE_CHECKING:
    from game.rules.views import LeadView
    from game.ui.board import Board
    from game.ui.screen import Model

BOARD: Final = pygame.Rect(16, 440, 928, 146)
BOOK: Final = pygame.Rect(16, 208, 928, 368)
HEAD: Final = pygame.Rect(16, 440, 928, 32)
TILES: Final = tuple(pygame.Rect(24 + 153 * (n % 6), 474 + 56 * (n // 6), 147, 52) for n in range(len(CAUSES)))
ACTS: Final = tuple(pygame.Rect(24 + 306 * (n % 3), 474 + 56 * (n // 3), 300, 52) for n in range(5))
TARGETS: Final = tuple(pygame.Rect(24 + 153 * n, 480, 147, 90) for n in range(6))


class LeadScreen(desk.LeadScreen):
    """The Leader's picture with a narrower board under the stage."""

    book = BOOK

    def lower_controls(self, model: Model, lead: LeadView) -> list[Control]:
        """Hit areas of the board."""
        if not lead.started:
            acts = causes.first_acts(lead, pulse=causes.has_pulse(model))
            return [Control(rect, act.intent) for rect, act in zip(ACTS, acts, strict=True)]
        if desk.holds_targets(model):
            return targets.controls(model, HEAD, TARGETS)
        turn = [Control(HEAD, Intent(Local.LOOK))] if targets.up(model) else []
        return [*turn, *causes.controls(model, lead, TILES)]

    def declare_lower(self, ground: Board, model: Model, lead: LeadView, now_ms: int) -> None:
        """The first acts, the causes, or what is to be held."""
        if not lead.started:
            acts = causes.first_acts(lead, pulse=causes.has_pulse(model))
            ground.part("first acts", BOARD, acts, partial(_paint_first, acts=acts))
        elif desk.holds_targets(model):
            held = targets.tiles(model, lead, now_ms)
            ground.part("targets", BOARD, held, lambda surface: targets.paint(surface, model, held, BOARD, TARGETS))
        else:
            fact = reported.picked(model, lead)
            ground.part("causes", BOARD, (lead.causes, lead.clues, fact), partial(_paint_causes, lead=lead, fact=fact))


def _head(surface: pygame.Surface, title: str, hint: str, colour: str, border: str) -> None:
    panel(surface, BOARD, opacity=0.97, border=border, stroke=2 if border == ACC else 1)
    end = text.write(surface, BOARD.x + 16, BOARD.y + 23, title, 15, 600, TEXT2)
    hint = text.fit(hint, 14, 500, round(BOARD.right - 32 - end))
    text.write(surface, BOARD.right - 16, BOARD.y + 23, hint, 14, 500, colour, align=Align.END)


def _paint_causes(surface: pygame.Surface, *, lead: LeadView, fact: str) -> None:
    hint, colour = (say("board.put", fact=fact), ACC) if fact else (say("board.hint"), TEXT3)
    _head(surface, say("lead.causes"), hint, colour, ACC if fact else LINE)
    for place, rect in enumerate(TILES):
        state = CAUSE_STATES[lead.causes[place]] if place < len(lead.causes) else "open"
        clues = lead.clues[place] if place < len(lead.clues) else 0
        causes.paint_low(surface, rect, place, state, clues)


def _paint_first(surface: pygame.Surface, *, acts: tuple[causes.FirstAct, ...]) -> None:
    _head(surface, say("lead.opening"), say("lead.opening_hint"), TEXT3, LINE)
    for rect, act in zip(ACTS, acts, strict=True):
        surface.blit(shapes.box(rect.size, 10, S2, LINE2, 1.3), rect.topleft)
        keycap(surface, rect.x + 10, rect.centery, cap(f"Digit{act.digit}"))
        icons.draw(surface, act.icon, (rect.x + 56, rect.centery), 24, TEXT, 2.2)
        room = rect.w - 86
        text.write(surface, rect.x + 78, rect.y + 23, say(f"first_act.{act.name}"), 17, 700, TEXT, room=room)
        text.write(surface, rect.x + 78, rect.y + 42, say(f"first_act.{act.name}_detail"), 14, 500, TEXT2, room=room)
