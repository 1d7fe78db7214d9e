"""What the blade shows: the cords that come and go, and the moment to see them and to pass the tube."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.rules.commands import COMMANDS
from game.rules.skills.intubation import VIEW, in_view, offset
from game.rules.skills.params import skills
from game.ui import frame, icons, shapes, text
from game.ui.keyboard import cap
from game.ui.screen import Control, Intent
from game.ui.text import Align
from game.ui.theme import ACC, ACC_INK, DISABLED, INK, LINE2, OK, OK_BG, S2, TEXT, TEXT2, WARN, State
from game.ui.widgets.button import Label, button
from game.ui.words import say

if TYPE_CHECKING:
    from game.rules.views import TubeView
    from game.ui.screen import Model


class Place(NamedTuple):
    """Where the view down the blade lies, and the button of the next step."""

    centre: tuple[int, int] = (546, 326)
    radius: int = 126
    press: tuple[int, int, int, int] = (416, 498, 260, 62)

    @property
    def button(self) -> pygame.Rect:
        """The button as a rect."""
        return pygame.Rect(self.press)


DESK: Final = Place()
SWING: Final = 0.56
"""How far the furthest offset moves the opening, in radii."""
STEPS: Final = ("blade", "cords", "pass")
PIP: Final = (92, 30)
SMALL: Final = 100
"""A view with a smaller radius has no room for the steps below it."""


def op_of(tube: TubeView) -> str:
    """What the next press does."""
    return "tube_aim" if tube.step == VIEW else "tube_pass"


def controls(model: Model, tube: TubeView, place: Place = DESK) -> list[Control]:
    """The view itself and the button below it."""
    op = op_of(tube)
    view = pygame.Rect(0, 0, 2 * place.radius, 2 * place.radius).move_to(center=place.centre)
    return [Control(rect, Intent(op), enabled=frame.works(model, op)) for rect in (view, place.button)]


def draw(surface: pygame.Surface, tube: TubeView, now_ms: int, place: Place = DESK) -> None:
    """The throat down the blade; the rim lights while a press would be right."""
    right = in_view(tube, now_ms, skills())
    across = round(offset(tube, now_ms, skills()) * SWING * place.radius / 1000)
    (x, y), radius = place.centre, place.radius
    colour = OK if right else WARN
    shapes.put(surface, throat(radius), (x, y))
    shapes.put(surface, cords(radius), (x + across, y + radius // 12))
    shapes.put(surface, blade(radius), (x, y))
    if tube.step != VIEW:
        shapes.put(surface, tip(radius), (x, y))
    shapes.put(surface, rim(radius, colour), (x, y))
    words = say("airway.find_cords" if tube.step == VIEW else "airway.pass_now")
    label = Label(say(f"command.{op_of(tube)}.label"), key=cap(COMMANDS["tube"].key))
    if radius < SMALL:
        _draw_hint(surface, place, words, right=right)
    else:
        _draw_steps(surface, tube, place)
        label = label._replace(second=words)
    button(surface, place.button, label, State.PRIMARY if right else State.IDLE)


def _draw_hint(surface: pygame.Surface, place: Place, words: str, *, right: bool) -> None:
    """What to wait for, above a small view."""
    tag = pygame.Rect(place.centre[0] - 120, place.centre[1] - place.radius - 40, 240, 32)
    surface.blit(shapes.box(tag.size, 16, INK, OK if right else "", 1.5 if right else 0, 0.94), tag.topleft)
    text.middle(surface, *tag.center, words, 15, 600, TEXT if right else TEXT2, align=Align.MIDDLE)


def _draw_steps(surface: pygame.Surface, tube: TubeView, place: Place) -> None:
    """Blade, cords, pass: what is done, and what is now."""
    now = 1 if tube.step == VIEW else 2
    left, top = place.centre[0] - (3 * PIP[0] + 12) // 2, place.centre[1] + place.radius + 10
    for number, step in enumerate(STEPS):
        rect = pygame.Rect(left + number * (PIP[0] + 6), top, *PIP)
        done = number < now
        fill, border, ink = (OK_BG, OK, OK) if done else (ACC, ACC, ACC_INK) if number == now else (S2, LINE2, DISABLED)
        surface.blit(shapes.box(rect.size, 15, fill, border, 1.5, 0.96), rect.topleft)
        if done:
            icons.draw(surface, "check", (rect.x + 16, rect.centery), 16, ink, 2.6)
        x = rect.centerx + (8 if done else 0)
        text.middle(surface, x, rect.centery, say(f"airway.step.{step}"), 15, 700, ink, align=Align.MIDDLE)


@lru_cache(maxsize=4)
def throat(radius: int) -> pygame.Surface:
    """The way down: wet red walls that darken towards the middle, the tongue held up by the blade."""
    made = shapes.clear((2 * radius, 2 * radius), "#5A1F28")
    steps = 24
    for step in range(steps):
        share = step / steps
        shade = pygame.Color("#8C3A40").lerp(pygame.Color("#1C070B"), share**0.8)
        inner = round(radius * (1 - 0.82 * share))
        pygame.draw.circle(made, shade, (radius, radius), inner)
    for side in (-1, 1):
        fold = [(radius + side * radius * a, radius + radius * b) for a, b in ((0.95, -0.3), (0.6, 0.05), (0.7, 0.6))]
        pygame.draw.aalines(made, "#A9545A", False, fold)
    return _round(made, radius)


@lru_cache(maxsize=4)
def cords(radius: int) -> pygame.Surface:
    """Epiglottis, the two white cords, and the dark opening between them."""
    size = round(radius * 1.2)
    fine = shapes.FINE
    made = shapes.clear((size * fine, size * fine), "#C98B86")

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [((0.5 + x) * size * fine, (0.5 + y) * size * fine) for x, y in points]

    pygame.draw.ellipse(
        made, "#7E3239", (0.12 * size * fine, 0.1 * size * fine, 0.76 * size * fine, 0.84 * size * fine)
    )
    pygame.draw.ellipse(
        made, "#B86A69", (0.17 * size * fine, 0.14 * size * fine, 0.66 * size * fine, 0.76 * size * fine)
    )
    pygame.draw.polygon(made, "#12050A", at((0, -0.26), (0.17, 0.24), (0.08, 0.31), (-0.08, 0.31), (-0.17, 0.24)))
    for side in (-1, 1):
        edge = at((side * 0.02, -0.29), (side * 0.09, -0.08), (side * 0.19, 0.25))
        shapes.thick_lines(made, pygame.Color("#F6EBE4"), edge, 0.055 * size * fine)
        for x, y, wide in ((0.15, 0.33, 0.1), (0.25, 0.2, 0.07)):
            centre = at((side * x, y))[0]
            pygame.draw.circle(made, "#D8948E", centre, wide * size * fine)
            pygame.draw.circle(made, "#E9B3AB", (centre[0], centre[1] - 0.02 * size * fine), 0.5 * wide * size * fine)
    lid = at(
        (-0.3, -0.2), (-0.18, -0.36), (0, -0.41), (0.18, -0.36), (0.3, -0.2), (0.12, -0.29), (0, -0.31), (-0.12, -0.29)
    )
    pygame.draw.polygon(made, "#E2A69F", lid)
    pygame.draw.aalines(made, "#F6D4CC", False, lid[:5])
    return pygame.transform.smoothscale(made, (size, size))


@lru_cache(maxsize=4)
def blade(radius: int) -> pygame.Surface:
    """The blade from the left, with its light."""
    side, fine = 2 * radius, 2
    made = shapes.clear((side * fine, side * fine), "#93A6B4")

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [((1 + x) * radius * fine, (1 + y) * radius * fine) for x, y in points]

    pygame.draw.polygon(made, "#5E7183", at((-1, -0.62), (-0.34, -0.66), (0.02, -0.5), (-0.3, -0.42), (-1, -0.2)))
    pygame.draw.polygon(made, "#C9D6DF", at((-1, -0.58), (-0.36, -0.62), (0.0, -0.5), (-0.36, -0.52), (-1, -0.44)))
    glow = at((0.0, -0.47))[0]
    for wide, alpha in ((0.16, 40), (0.1, 90), (0.05, 230)):
        light = shapes.clear(made.get_size(), "#FFF3DC")
        pygame.draw.circle(light, (255, 246, 220, alpha), glow, wide * radius * fine)
        made.blit(light, (0, 0))
    return _round(pygame.transform.smoothscale(made, (side, side)), radius)


@lru_cache(maxsize=4)
def tip(radius: int) -> pygame.Surface:
    """The tube that waits before the opening, coming in from the right."""
    side, fine = 2 * radius, 2
    made = shapes.clear((side * fine, side * fine), "#C9E6EF")
    way = [
        ((1 + x) * radius * fine, (1 + y) * radius * fine) for x, y in ((1, 0.86), (0.62, 0.6), (0.28, 0.26), (0, 0.06))
    ]
    for colour, wide in (("#5E8FA6", 0.2), ("#D9EEF4", 0.15), ("#9FC3CF", 0.05)):
        shapes.thick_lines(made, pygame.Color(colour), way, wide * radius * fine)
    pygame.draw.circle(made, "#5E8FA6", way[-1], 0.11 * radius * fine)
    pygame.draw.circle(made, "#E9F6FA", way[-1], 0.085 * radius * fine)
    pygame.draw.circle(made, "#3B5A69", way[-1], 0.045 * radius * fine)
    return _round(pygame.transform.smoothscale(made, (side, side)), radius)


@lru_cache(maxsize=8)
def rim(radius: int, colour: str) -> pygame.Surface:
    """The edge of the view, which lights while a press would be right."""
    half = radius + 8
    made = pygame.Surface((2 * half, 2 * half), pygame.SRCALPHA)
    shapes.put(made, shapes.disc(radius + 2, "", INK, 8), (half, half))
    shapes.put(made, shapes.disc(radius, "", colour, 5), (half, half))
    return made


def _round(picture: pygame.Surface, radius: int) -> pygame.Surface:
    """The picture within its circle."""
    made = picture.convert_alpha() if pygame.display.get_surface() else picture.copy()
    hole = shapes.disc(radius, "#FFFFFF")
    away = (hole.get_width() - made.get_width()) // 2
    made.blit(hole, (-away, -away), special_flags=pygame.BLEND_RGBA_MULT)
    return made
