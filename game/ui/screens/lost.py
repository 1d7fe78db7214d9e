"""The end of a lost case: neutral facts and no score, a quiet minute, and the way to the figures and to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from game.stations import STATIONS_OF
from game.ui import art, icons, shapes, text
from game.ui.keyboard import cap
from game.ui.screen import Control, Intent, Local
from game.ui.text import Align
from game.ui.theme import BAR, INK, LINE, TEXT, TEXT2, WIDTH, State, livery
from game.ui.widgets import badge
from game.ui.widgets.button import Label, button
from game.ui.widgets.panel import panel
from game.ui.words import clock, say

if TYPE_CHECKING:
    from game.ui.outcome import Outcome


STAGE: Final = pygame.Rect(0, 60, 744, 660)
CARD: Final = pygame.Rect(744, 84, 520, 524)
QUIET: Final = pygame.Rect(780, 546, 216, 48)
FOOT: Final = pygame.Rect(0, 642, 1280, 78)
LEAVE: Final = pygame.Rect(760, 652, 120, 58)
LOOK: Final = pygame.Rect(888, 652, 128, 58)
SAME: Final = pygame.Rect(560, 652, 192, 58)
AGAIN: Final = pygame.Rect(1024, 652, 240, 58)

MINUTE_MS: Final = 60_000
SCALE: Final = 1.42
"""How much larger than on the Leader's picture the patient lies here."""
CENTRE: Final = (372, 330)
LEADER_CENTRE: Final = (602, 202)
"""The compression point here, and on the Leader's stage."""
FIGURES: Final = (
    ("crew_comp_hands_up", 90, (196, 357)),
    ("crew_air_hands_up", 180, (372, 88)),
    ("crew_meds_hands_up", -90, (528, 418)),
)
CAMERA: Final = 88
DIM: Final = 110
"""Of 255: how much of the light is gone."""


def controls(*, quiet: bool) -> list[Control]:
    """Again, the figures, a quiet minute, or leave."""
    hush = Control(CARD if quiet else QUIET, Intent(Local.PAPER), key="KeyQ")
    again, leave = Control(AGAIN, Intent("again"), key="Enter"), Control(LEAVE, Intent("leave"), key="KeyL")
    same = Control(SAME, Intent("again", ("same",)), key="KeyS")
    return [hush, again, same, leave, Control(LOOK, Intent(Local.LOOK), key="KeyD")]


def paint_room(surface: pygame.Surface, body: art.Body) -> None:
    """The room, still and dim, with everybody's hands off."""
    stage = art.stage("leader_nocrew", body)
    wide, high = round(stage.get_width() * SCALE), round(stage.get_height() * SCALE)
    place = (CENTRE[0] - LEADER_CENTRE[0] * SCALE, CENTRE[1] - LEADER_CENTRE[1] * SCALE)
    surface.blit(pygame.transform.smoothscale(stage, (wide, high)), place)
    for name, turn, where in FIGURES:
        shapes.put(surface, art.turned(name, turn, CAMERA), where)
    veil = pygame.Surface(STAGE.size)
    veil.fill(INK)
    veil.set_alpha(DIM)
    surface.blit(veil, STAGE)


def paint_card(surface: pygame.Surface, outcome: Outcome) -> None:
    """Neutral facts, no score, and a way to a person."""
    x = CARD.x
    panel(surface, CARD, radius=18, opacity=0.97)
    text.write(surface, x + 36, 140, say("lost.title"), 34, 700, room=CARD.w - 72)
    how = say("lost.stopped" if outcome.stopped else "lost.time", at=clock(outcome.end_ms))
    text.write(surface, x + 36, 172, how, 19, 500, TEXT2, room=CARD.w - 72)
    surface.fill(LINE, (x + 36, 196, CARD.w - 72, 1))
    for place, (icon, words) in enumerate(facts_of(outcome)):
        y = 226 + place * 38
        icons.draw(surface, icon, (x + 50, y), 22, TEXT2)
        text.middle(surface, x + 76, y, text.fit(words, 18, 600, CARD.w - 112), 18, 600)
    box = pygame.Rect(x + 36, 374, CARD.w - 72, 92)
    surface.blit(shapes.box(box.size, 12, INK, LINE, 1), box.topleft)
    for row, line in enumerate(text.wrap(say("lost.truth"), 17, 500, box.w - 40)[:3]):
        text.write(surface, x + 56, 406 + row * 24, line, 17)
    for row, line in enumerate(text.wrap(say("lost.care"), 16, 500, CARD.w - 72)[:2]):
        text.write(surface, x + 36, 504 + row * 22, line, 16, 500, TEXT2)
    button(surface, QUIET, Label(say("lost.quiet"), key=cap("KeyQ"), icon="pause"))


def facts_of(outcome: Outcome) -> tuple[tuple[str, str], ...]:
    """What the log says of the attempt: icon and sentence."""
    shocked = outcome.first_shock_ms >= 0
    first = "lost.first" if shocked else "lost.first_push"
    return (
        ("clock", say(first, push=clock(outcome.first_push_ms), shock=clock(outcome.first_shock_ms))),
        ("compress", say("lost.hands_on", share=f"{outcome.ccf * 100:.0f} %")),
        ("bolt", say("lost.shocks", count=outcome.shocks, longest=f"{outcome.longest_pause_ms / 1000:.1f}")),
        ("check", say("lost.loops", closed=outcome.loops_closed, all=outcome.loops)),
    )


def paint_minute(surface: pygame.Surface, left_ms: int) -> None:
    """A minute in which nothing is asked of anybody."""
    panel(surface, CARD, radius=18, opacity=0.97)
    text.write(surface, CARD.centerx, 250, say("lost.quiet"), 34, 700, align=Align.MIDDLE)
    text.number(surface, CARD.centerx, 330, clock(left_ms), 60, 400, TEXT2, align=Align.MIDDLE)
    for row, line in enumerate(text.wrap(say("lost.care"), 17, 500, CARD.w - 120)[:3]):
        text.write(surface, CARD.centerx, 400 + row * 26, line, 17, 500, TEXT2, align=Align.MIDDLE)
    back = QUIET.move(CARD.centerx - QUIET.centerx, 0)
    button(surface, back, Label(say("results.look_back"), key=cap("KeyQ")))


def paint_foot(surface: pygame.Surface) -> None:
    """Thanks, and the ways on."""
    surface.fill(BAR, FOOT)
    surface.fill(LINE, (0, FOOT.y, WIDTH, 1))
    for place, stations in enumerate(STATIONS_OF.values()):
        badge.draw(surface, livery(stations), (40 + place * 44, 681), 30)
    text.write(surface, 216, 687, say("results.thanks"), 18, 600)
    button(surface, SAME, Label(say("results.same"), key=cap("KeyS"), px=17))
    button(surface, LEAVE, Label(say("results.leave"), key=cap("KeyL"), px=17))
    button(surface, LOOK, Label(say("results.look_1"), say("results.look_2"), cap("KeyD"), tone=TEXT))
    button(surface, AGAIN, Label(say("results.again"), key=cap("Enter"), px=17), State.PRIMARY)
