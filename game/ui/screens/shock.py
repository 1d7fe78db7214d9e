"""The moment of a shock, on every seat: light, who was clear, the pause running on, and who pushes next."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

import pygame

from game.rules.commands import Feel
from game.stations import Station
from game.ui import art, docks, frame, icons, library, shapes, text
from game.ui.board import Board, backdrop
from game.ui.keymap import steps_in
from game.ui.screen import Control, Intent
from game.ui.text import Align, Family
from game.ui.theme import COMP, DANGER, DANGER_BG, DANGER_TEXT, INK, LEAD, OK, TEXT, TEXT2, TEXT3, WARN, Colours, livery
from game.ui.widgets import badge, gauge
from game.ui.widgets.button import keycap
from game.ui.widgets.panel import panel
from game.ui.words import say

if TYPE_CHECKING:
    from game.ui.board import Paint
    from game.ui.screen import Jolt, Model


HOLD_MS: Final = 2_500
"""How long the moment stays, unless somebody pushes first."""
RISE_MS: Final = 80
FALL_MS: Final = 520
PEAK: Final = 150
"""Of 255: the brightest the light gets, one ramp up and down and never again."""
LIGHT_RADIUS: Final = 330

CENTRE: Final = (588, 318)
BANNER: Final = pygame.Rect(16, 76, 330, 96)
CHIPS: Final = tuple(pygame.Rect(16, 188 + 48 * seat, 190, 42) for seat in range(4))
CLOCK: Final = pygame.Rect(948, 76, 316, 188)
BAR: Final = pygame.Rect(968, 198, 276, 16)
PUSH: Final = pygame.Rect(948, 276, 316, 300)
ON_COMP: Final = "#240C00"
CAP_COMP: Final = Colours("#4A1C04", "#4A1C04", "#FFE3D2")


def lasts(jolt: Jolt | None, now_ms: int, *, hands_on: bool) -> bool:
    """True while the moment is shown: hands back on the chest end it."""
    if jolt is None:
        return False
    since = now_ms - jolt.at_ms
    return 0 <= since < HOLD_MS and not (hands_on and since > RISE_MS + FALL_MS)


class ShockScreen:
    """The shock camera."""

    def __init__(self) -> None:
        self._ground = Board(backdrop(art.stage("shock_nocrew")))
        self._over = Board()
        self._model: Model | None = None

    def draw(self, surface: pygame.Surface, model: Model, now_ms: int) -> None:
        """One frame."""
        self._model = model
        jolt = model.jolt
        if jolt is None:
            return
        pushes = _pushes(model)
        frame.top_bar(self._ground, model)
        docks.declare(self._ground, model)
        self._ground.show(surface)
        surface.set_clip(frame.STAGE_RECT)
        _draw_light(surface, now_ms - jolt.at_ms)
        if pushes:
            surface.blit(art.sprite("compressor_hands_arms"), (CENTRE[0] - 210, CENTRE[1] + 116))
        surface.set_clip(None)
        over = self._over
        over.part("banner", BANNER, jolt, lambda surface: _paint_banner(surface, jolt))
        for seat, seen in enumerate(model.view.crew[: len(CHIPS)]):
            chip = (seen.stations, seat in jolt.touching)
            over.part(f"chip {seat}", CHIPS[seat], chip, _chip_painter(CHIPS[seat], *chip))
        over.part("clock", CLOCK, 0, lambda surface: _paint_clock(surface, model))
        pulse = model.view.check.pulse == "felt"
        over.part("push", PUSH, (pushes, pulse), lambda surface: _paint_push(surface, own=pushes, pulse=pulse))
        frame.captions(over, model, now_ms)
        over.show(surface)
        _draw_pause(surface, model, now_ms)

    def controls(self) -> Sequence[Control]:
        """A push anywhere on the stage, for the seat whose push it is."""
        model = self._model
        if model is None:
            return ()
        stage = [Control(frame.STAGE_RECT, Intent("push"), Feel.EDGES)] if _pushes(model) else []
        return [*stage, *frame.station_controls(model), *docks.controls(model)]


def _pushes(model: Model) -> bool:
    return bool(model.stations & Station.CHEST) or steps_in(model.seat, model.view)


@cache
def _bolt() -> pygame.Surface:
    """The path of the current between the pads."""
    path = ((-46, -46), (-26, -30), (-32, -16), (-6, -8), (-10, 6), (20, 10), (18, 22), (54, 34))
    # The patient lies head left in this camera: local (x, y) turns to (y, -x).
    points = tuple((128 + 1.12 * y, 128 - 1.12 * x) for x, y in path)
    made = pygame.Surface((256, 256), pygame.SRCALPHA)
    for stroke, colour, alpha in ((12, "#FFF7D6", 90), (4, "#FFFDF2", 255)):
        layer = shapes.clear((256 * shapes.FINE, 256 * shapes.FINE), colour)
        fine = [(x * shapes.FINE, y * shapes.FINE) for x, y in points]
        shapes.thick_lines(layer, pygame.Color(colour), fine, stroke * shapes.FINE)
        small = pygame.transform.smoothscale(layer, (256, 256))
        small.set_alpha(alpha)
        made.blit(small, (0, 0))
    return made


@cache
def _light() -> pygame.Surface:
    """A soft warm light, brightest in the middle."""
    side = 2 * LIGHT_RADIUS
    made = pygame.Surface((side, side), pygame.SRCALPHA)
    for radius in range(LIGHT_RADIUS, 0, -6):
        share = 1 - radius / LIGHT_RADIUS
        pygame.draw.circle(made, (255, 244, 214, round(255 * share * share)), (LIGHT_RADIUS, LIGHT_RADIUS), radius)
    return made


def _draw_light(surface: pygame.Surface, since_ms: int) -> None:
    """One ramp: up in 80 ms, down in 520, and then only the bolt fades with it."""
    if since_ms < 0 or since_ms > RISE_MS + FALL_MS:
        return
    share = since_ms / RISE_MS if since_ms < RISE_MS else 1 - (since_ms - RISE_MS) / FALL_MS
    for picture, peak in ((_light(), PEAK), (_bolt(), 255)):
        picture.set_alpha(round(peak * share))
        shapes.put(surface, picture, CENTRE)


def _paint_banner(surface: pygame.Surface, jolt: Jolt) -> None:
    surface.blit(shapes.box(BANNER.size, 14, INK, LEAD, 2, 0.94), BANNER.topleft)
    icons.draw(surface, "bolt", (54, 124), 44, LEAD, 2.6)
    title = say("shock.delivered", number=jolt.number) if jolt.number else say("shock.delivered_late")
    text.write(surface, 90, 116, title, 23, 700)
    key, colour = ("shock.touching", WARN) if jolt.touching else ("shock.clear", OK)
    text.write(surface, 90, 146, say(key, energy=jolt.energy_j), 17, 600, colour)


def _chip_painter(rect: pygame.Rect, stations: int, touching: bool) -> Paint:
    return lambda surface: _paint_chip(surface, rect, stations, touching=touching)


def _paint_chip(surface: pygame.Surface, rect: pygame.Rect, stations: int, *, touching: bool) -> None:
    fill, border = (DANGER_BG, DANGER) if touching else (INK, OK)
    surface.blit(shapes.box(rect.size, 21, fill, border, 1.5, 0.92), rect.topleft)
    badge.draw(surface, livery(stations), (rect.x + 24, rect.centery), 26)
    words, ink = ("shock.chip_touching", DANGER_TEXT) if touching else ("shock.chip_clear", TEXT)
    text.middle(surface, rect.x + 46, rect.centery, say(words), 16, 700, ink)
    icon, colour = ("hand", DANGER_TEXT) if touching else ("check", OK)
    icons.draw(surface, icon, (rect.right - 24, rect.centery), 20, colour, 2.8)


def _goal_ms() -> int:
    """What the score allows a pause around a shock."""
    return library.weights().pauses.shock_allowance_ms


def _most_ms(model: Model) -> int:
    return round(model.pack.max_pause_s * 1000)


def _paint_clock(surface: pygame.Surface, model: Model) -> None:
    panel(surface, CLOCK, opacity=0.96)
    text.write(surface, CLOCK.x + 20, 106, say("shock.pause"), 17, 600, TEXT2)
    goal, most = (f"{ms / 1000:g}" for ms in (_goal_ms(), _most_ms(model)))
    text.write(surface, BAR.x, 240, say("shock.goal", seconds=goal), 15, 500, TEXT2)
    last = say("unit.seconds", seconds=most)
    text.write(surface, BAR.right, 240, last, 15, 400, TEXT2, family=Family.MONO, align=Align.END)


def _draw_pause(surface: pygame.Surface, model: Model, now_ms: int) -> None:
    """How long the hands have been off, running on."""
    check = model.view.check
    off_ms = max(0, check.hands_off_ms) + max(0, now_ms - model.view.now_ms) if check.hands_off_ms >= 0 else 0
    end = text.number(surface, CLOCK.x + 20, 176, f"{off_ms / 1000:.1f}", 72)
    text.write(surface, end + 8, 176, say("shock.seconds"), 26, 500, TEXT2)
    goal, most = _goal_ms(), _most_ms(model)
    gauge.bar(surface, BAR, off_ms / most, OK if off_ms <= goal else WARN, INK)
    for share, colour in ((goal / most, TEXT), (1.0, TEXT3)):
        surface.fill(colour, (BAR.x + round(BAR.w * share) - 1, 192, 2, 28))


def _paint_push(surface: pygame.Surface, *, own: bool, pulse: bool) -> None:
    if pulse:
        # A shock in step with a beating heart: nobody pushes before somebody has felt that the pulse is gone.
        panel(surface, PUSH, opacity=0.96, border=COMP, stroke=2, radius=20)
        icons.draw(surface, "heart", (PUSH.centerx, 372), 72, COMP, 3.2)
        text.write(surface, PUSH.centerx, 470, say("shock.pulse_1"), 26, 700, align=Align.MIDDLE)
        text.write(surface, PUSH.centerx, 502, say("shock.pulse_2"), 18, 600, TEXT2, align=Align.MIDDLE)
        return
    if not own:
        panel(surface, PUSH, opacity=0.96, border=COMP, stroke=2, radius=20)
        icons.draw(surface, "compress", (PUSH.centerx, 372), 72, COMP, 3.2)
        text.write(surface, PUSH.centerx, 470, say("shock.others_1"), 26, 700, align=Align.MIDDLE)
        text.write(surface, PUSH.centerx, 502, say("shock.others_2"), 18, 600, TEXT2, align=Align.MIDDLE)
        return
    surface.blit(shapes.box(PUSH.size, 20, COMP), PUSH.topleft)
    icons.draw(surface, "compress", (PUSH.centerx, 346), 92, ON_COMP, 3.6)
    text.write(surface, PUSH.centerx, 448, say("shock.push_now"), 48, 700, ON_COMP, align=Align.MIDDLE)
    text.write(surface, PUSH.centerx, 480, say("shock.push_1"), 18, 600, "#4A1C04", align=Align.MIDDLE)
    text.write(surface, PUSH.centerx, 504, say("shock.push_2"), 18, 600, "#4A1C04", align=Align.MIDDLE)
    keycap(surface, PUSH.centerx - 32, 544, "Space", CAP_COMP)
