"""What the blade shows: the cords that come and go, and the moment to see them and to pass the tube."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from game.rules.commands import COMMANDS
from game.rules.skills.intubation import VIEW, in_view, offset
from game.rules.skills.params import skills
from game.ui import frame, shapes, text
from game.ui.keymap import cap
from game.ui.screen import Control, Intent
from game.ui.text import Align
from game.ui.theme import INK, OK, TEXT, TEXT2, WARN, State
from game.ui.widgets.button import Label, button
from game.ui.words import say

if TYPE_CHECKING:
    from game.rules.views import TubeView
    from game.ui.screen import Model


CENTRE: Final = (546, 318)
RADIUS: Final = 104
SWING: Final = 74
"""Pixels that the furthest offset moves the opening."""
PRESS: Final = pygame.Rect(436, 428, 220, 52)


def op_of(tube: TubeView) -> str:
    """What the next press does."""
    return "tube_aim" if tube.step == VIEW else "tube_pass"


def controls(model: Model, tube: TubeView) -> list[Control]:
    """The view itself and the button below it."""
    op = op_of(tube)
    view = pygame.Rect(0, 0, 2 * RADIUS, 2 * RADIUS).move_to(center=CENTRE)
    return [Control(rect, Intent(op), enabled=frame.works(model, op)) for rect in (view, PRESS)]


def draw(surface: pygame.Surface, tube: TubeView, now_ms: int) -> None:
    """The throat down the blade; the rim lights while a press would be right."""
    right = in_view(tube, now_ms, skills())
    across = offset(tube, now_ms, skills()) * SWING // 1000
    colour = OK if right else WARN
    shapes.put(surface, shapes.disc(RADIUS, "#3A1620", colour, 5), CENTRE)
    x = CENTRE[0] + across
    shapes.put(surface, shapes.disc(30, "#F0D8D2", "#B98A84", 3), (x, CENTRE[1]))
    shapes.put(surface, shapes.disc(17, "#14060A"), (x, CENTRE[1]))
    if tube.step != VIEW:
        shapes.put(surface, shapes.disc(10, "#C9E6EF", "#5E8FA6", 3), CENTRE)
    tag = pygame.Rect(CENTRE[0] - 110, CENTRE[1] - RADIUS - 40, 220, 32)
    surface.blit(shapes.box(tag.size, 16, INK, opacity=0.92), tag.topleft)
    words = say("airway.find_cords" if tube.step == VIEW else "airway.pass_now")
    text.middle(surface, tag.centerx, tag.centery, words, 15, 600, TEXT if right else TEXT2, align=Align.MIDDLE)
    label = Label(say(f"command.{op_of(tube)}.label"), key=cap(COMMANDS["tube"].key))
    button(surface, PRESS, label, State.PRIMARY if right else State.IDLE)
