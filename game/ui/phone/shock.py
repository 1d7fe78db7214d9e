"""The moment of a shock on a phone: light, the pause running on, and who pushes next."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import pygame

from game.rules.commands import Feel
from game.ui import art, icons, patient, shapes, text
from game.ui.board import Board
from game.ui.phone import furniture
from game.ui.phone.ground import Camera, Ground
from game.ui.phone.places import Places
from game.ui.screen import Control, Intent
from game.ui.screens import shock as desk
from game.ui.text import Align
from game.ui.theme import COMP, INK, LEAD, LINE, OK, TEXT, TEXT2, TEXT3, WARN
from game.ui.widgets import gauge
from game.ui.widgets.panel import panel
from game.ui.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.ui.screen import Jolt, Model

SCALE: Final = 0.62
ARMS_PCT: Final = 62
CENTRE_X: Final = 330


class ShockPlaces:
    """Where the parts of this screen lie at a height."""

    def __init__(self, places: Places) -> None:
        body, low = places.body, places.low
        self.banner = pygame.Rect(44, body.y, 276, 54)
        self.near = pygame.Rect(44, self.banner.bottom + 6, 276, 32)
        self.clock = pygame.Rect(540, body.y, 260, 76 if low else 96)
        self.bar = pygame.Rect(556, self.clock.bottom - 20, 228, 10)
        self.push = pygame.Rect(540, self.clock.bottom + 6, 260, body.bottom - self.clock.bottom - 6)


class ShockScreen:
    """The shock camera on a phone."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._at = ShockPlaces(places)
        camera = Camera(desk.STAGE, desk.CENTRE, SCALE, (CENTRE_X, places.stage.centery))
        self._ground = Ground(camera, places)
        self._over = Board(size=places.size)
        self._model: Model | None = None
        self._shock_ms = -1
        self._pause_ms = 0

    def draw(self, surface: pygame.Surface, model: Model, now_ms: int) -> None:
        """One frame."""
        self._model = model
        jolt = model.jolt
        if jolt is None:
            return
        on = self._watch(model, jolt, now_ms)
        self._ground.show_body(patient.body_of(model))
        furniture.declare(self._ground.board, model, self._places)
        self._ground.board.show(surface)
        surface.set_clip(self._places.stage)
        self._draw_light(surface, model, now_ms - jolt.at_ms, on=on)
        surface.set_clip(None)
        self._declare(model, jolt, now_ms, on=on)
        self._over.show(surface)
        self._draw_pause(surface, model)

    def controls(self) -> Sequence[Control]:
        """A push anywhere on the stage, for the seat whose push it is."""
        model = self._model
        if model is None:
            return ()
        stage = [Control(self._places.stage, Intent("push"), Feel.EDGES)] if desk.pushes(model) else []
        return [*stage, *furniture.controls(model, self._places)]

    def _watch(self, model: Model, jolt: Jolt, now_ms: int) -> bool:
        """Keeps how long the pause was once it is over; returns whether it is."""
        if jolt.at_ms != self._shock_ms:
            self._shock_ms, self._pause_ms = jolt.at_ms, 0
        on = desk.pushed(model, jolt)
        off_ms = model.view.check.hands_off_ms
        if not on:
            self._pause_ms = off_ms + max(0, now_ms - model.view.now_ms) if off_ms >= 0 else 0
        return on

    def _draw_light(self, surface: pygame.Surface, model: Model, since_ms: int, *, on: bool) -> None:
        """One ramp up and down; a still bolt for those who asked for calm."""
        centre = self._ground.camera.centre
        if model.settings.calm and not on:
            _bolt().set_alpha(255)
            shapes.put(surface, _bolt(), centre)
        elif not on and 0 <= since_ms <= desk.RISE_MS + desk.FALL_MS:
            falls = since_ms >= desk.RISE_MS
            share = 1 - (since_ms - desk.RISE_MS) / desk.FALL_MS if falls else since_ms / desk.RISE_MS
            for picture, peak in ((_light(), desk.PEAK), (_bolt(), 255)):
                picture.set_alpha(round(peak * share))
                shapes.put(surface, picture, centre)
        if desk.pushes(model):
            surface.blit(_arms(), (centre[0] - _arms().get_width() // 2, centre[1] - (74 if on else -40)))

    def _declare(self, model: Model, jolt: Jolt, now_ms: int, *, on: bool) -> None:
        over, at = self._over, self._at
        over.part("banner", at.banner, jolt, lambda surface: _paint_banner(surface, at.banner, jolt))
        if desk.near_miss(model, jolt):
            over.part("near", at.near, 0, lambda surface: _paint_near(surface, at.near))
        over.part("clock", at.clock, on, lambda surface: _paint_clock(surface, at, stopped=on))
        key = (desk.pushes(model), desk.beats(model), on)
        over.part("push", at.push, key, lambda surface: _paint_push(surface, at.push, *key))
        caption = self._places.caption.copy()
        caption.x, caption.w = 44, 488
        furniture.caption(over, model, caption, now_ms)
        if model.mode.history:
            furniture.history(over, model, self._places)

    def _draw_pause(self, surface: pygame.Surface, model: Model) -> None:
        """How long the hands were off, running on until the first push."""
        at, off_ms = self._at, self._pause_ms
        px = 46 if at.clock.h > 80 else 34
        end = text.number(surface, at.clock.x + 16, at.bar.y - 12, f"{off_ms / 1000:.1f}", px)
        text.write(surface, end + 6, at.bar.y - 12, say("shock.seconds"), 16, 500, TEXT2)
        goal, most = desk.goal_ms(), desk.most_ms(model)
        gauge.bar(surface, at.bar, off_ms / most, OK if off_ms <= goal else WARN, INK)
        for share, colour in ((goal / most, TEXT), (1.0, TEXT3)):
            surface.fill(colour, (at.bar.x + round(at.bar.w * share) - 1, at.bar.y - 4, 2, at.bar.h + 8))


@cache
def _bolt() -> pygame.Surface:
    return pygame.transform.rotozoom(desk.bolt(), 0, SCALE)


@cache
def _light() -> pygame.Surface:
    return pygame.transform.rotozoom(desk.light(), 0, SCALE)


@cache
def _arms() -> pygame.Surface:
    return art.turned("compressor_hands_arms", 0, ARMS_PCT)


def _paint_banner(surface: pygame.Surface, rect: pygame.Rect, jolt: Jolt) -> None:
    surface.blit(shapes.box(rect.size, 12, INK, LEAD, 2, 0.94), rect.topleft)
    icons.draw(surface, "bolt", (rect.x + 26, rect.centery), 28, LEAD, 2.6)
    title = say("shock.delivered", number=jolt.number) if jolt.number else say("shock.delivered_late")
    text.write(surface, rect.x + 48, rect.y + 23, text.fit(title, 17, 700, rect.w - 58), 17, 700)
    key, colour = ("shock.touching", WARN) if jolt.touching else ("shock.clear", OK)
    words = text.fit(say(key, energy=jolt.energy_j), 14, 600, rect.w - 58)
    text.write(surface, rect.x + 48, rect.y + 44, words, 14, 600, colour)


def _paint_near(surface: pygame.Surface, rect: pygame.Rect) -> None:
    surface.blit(shapes.box(rect.size, 16, INK, LEAD, 1.5, 0.94), rect.topleft)
    words = text.fit(say("shock.near_miss"), 14, 600, rect.w - 24)
    text.middle(surface, rect.centerx, rect.centery, words, 14, 600, LEAD, align=Align.MIDDLE)


def _paint_clock(surface: pygame.Surface, at: ShockPlaces, *, stopped: bool) -> None:
    panel(surface, at.clock, opacity=0.96, border=OK if stopped else LINE, stroke=2 if stopped else 1)
    words = say("shock.stopped") if stopped else ""
    room = round(at.clock.w - 40 - text.width(words, 14, 600))
    title = text.fit(say("shock.pause"), 14, 600, room)
    text.write(surface, at.clock.x + 16, at.clock.y + 22, title, 14, 600, TEXT2)
    if stopped:
        text.write(surface, at.clock.right - 14, at.clock.y + 22, words, 14, 600, OK, align=Align.END)


def _paint_push(surface: pygame.Surface, rect: pygame.Rect, own: bool, pulse: bool, on: bool) -> None:
    x, high = rect.centerx, rect.h > 120
    if own and not (pulse or on):
        surface.blit(shapes.box(rect.size, 16, COMP), rect.topleft)
        ink, second, icon = "#240C00", "#4A1C04", "compress"
        lines = (say("shock.push_now"), say("phone.push_stage"))
    else:
        panel(surface, rect, opacity=0.96, border=COMP, stroke=2, radius=16)
        ink, second, icon = TEXT, TEXT2, "heart" if pulse else "compress"
        name = "begun_short" if on else "pulse" if pulse else "others"
        lines = (say(f"phone.{name}"), say(f"phone.{name}_what"))
    if high:
        icons.draw(surface, icon, (x, rect.y + 38), 48, ink if own and not on else COMP, 3)
    y = rect.bottom - 48 if high else rect.centery - 2
    px = text.largest(lines[0], (28, 24, 20, 18), 700, rect.w - 24)
    text.write(surface, x, y, lines[0], px, 700, ink, align=Align.MIDDLE)
    text.write(surface, x, y + 24, text.fit(lines[1], 15, 600, rect.w - 16), 15, 600, second, align=Align.MIDDLE)
