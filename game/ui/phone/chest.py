"""The chest on a phone: the stage is the pad that is pressed, with the count, the arms and the device around it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import pygame

from game.rules.commands import Feel
from game.ui import art, frame, icons, patient, shapes, text
from game.ui.board import Board
from game.ui.keyboard import cap
from game.ui.keymap import said_by_digit
from game.ui.phone import furniture, sheet
from game.ui.phone.ground import Camera, Ground, place_of
from game.ui.phone.places import GAP, Places, rows
from game.ui.screen import Control, Intent, Local
from game.ui.screens import chest as desk
from game.ui.screens import feel, rail
from game.ui.text import Align
from game.ui.theme import AIR, COMP, INK, LINE, OK, S3, TEXT, TEXT2, TEXT3, WARN, State
from game.ui.traylist import TRAY
from game.ui.values import finding_label, finding_value
from game.ui.widgets import dial, gauge
from game.ui.widgets.button import Label, button
from game.ui.widgets.panel import assist_tag, panel
from game.ui.widgets.press import Mark, Stroke, verdict
from game.ui.words import clock, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.rules.views import ChestView, FindingView
    from game.ui.board import Paint
    from game.ui.screen import Model


SCALE: Final = 1.32 / 1.95
HANDS_PCT: Final = 72
CENTRE: Final = (424, 196)
SINK_PX: Final = 10
PAD_RADIUS: Final = 104
PAD_ALPHA: Final = 70
"""The faint circle around the place to push."""
DEPTH_TOP_UM: Final = 70_000
"""The right end of the depth bar."""
MORE: Final = "more"


class ChestPlaces:
    """Where the parts of this screen lie at a height."""

    def __init__(self, places: Places) -> None:
        low, top = places.low, places.body.y
        self.order = pygame.Rect(206, top, 394, 50 if low else 56)
        self.more = pygame.Rect(206, self.order.bottom + GAP, 64, 44)
        self.switch = pygame.Rect(44, places.body.bottom - (56 if low else 58), 156, 56)
        self.heavy = pygame.Rect(44, self.switch.y - (38 if low else 40), 156, 34)
        self.ring = ((90, top + 45), 43) if low else ((104, 116), 58)
        self.ring_free = ((90, top + 45), 43) if low else ((104, 116), 64)
        """Without a feedback device there is room for a larger count."""
        self.assist = pygame.Rect(138, top + 6, 62, 24) if low else pygame.Rect(44, 176, 66, 24)
        self.panel = pygame.Rect(612, top, 188, places.body.h)
        self.pad = pygame.Rect(274, 64, 300, 250) if not low else pygame.Rect(274, top, 300, places.body.h)
        self.task = pygame.Rect(280, self.order.bottom + 8, 288, 32)
        self.dial = (706, top + (88 if low else 114))
        self.dial_radius = 54 if low else 64
        self.depth = pygame.Rect(628, top + (124 if low else 164), 156, 24)
        self.recoil_y = top + (172 if low else 220)

    def feel_rows(self) -> list[pygame.Rect]:
        """Four findings; the title goes where the rows need its room."""
        top = self.panel.y + (34 if self.panel.h > 200 else 0)
        if self.panel.h > 200:
            return [pygame.Rect(self.panel.x, top + 53 * row, self.panel.w, 53) for row in range(4)]
        return rows(pygame.Rect(self.panel.x, top, self.panel.w, 194), 4)


class ChestScreen:
    """The compressor's picture on a phone."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._at = ChestPlaces(places)
        centre = (CENTRE[0], places.stage.centery + 16)
        self._ground = Ground(Camera("compressor", desk.CENTRE, SCALE, centre), places)
        self._over = Board(size=places.size)
        self._changes = rail.Changes()
        self._stroke = Stroke()
        self._arms = _arms()
        self._pad = shapes.disc(PAD_RADIUS, "", "#FFFFFF", 2).copy()
        self._pad.set_alpha(PAD_ALPHA)
        self._dents = _dents()
        self._model: Model | None = None

    def draw(self, surface: pygame.Surface, model: Model, now_ms: int) -> None:
        """One frame; own hands move with the press itself."""
        self._model = model
        chest = model.view.chest
        if chest is None:
            return
        new = self._ground.show_body(patient.body_of(model))
        if self._changes.seen(model, now_ms) or new:
            self._declare_ground(model, chest)
            self._ground.board.show(surface)
        else:
            self._ground.board.again(surface)
        depth = self._stroke.follow(model.hands, now_ms)
        self._draw_hands(surface, model, chest, depth, now_ms)
        self._draw_count(surface, model, chest)
        if model.level.feedback_device:
            self._draw_device(surface, model, chest)
        self._declare_over(model, chest, now_ms)
        self._over.show(surface)
        if not sheet.is_open(model):
            furniture.order_bar(surface, model, self._at.order, now_ms)
            furniture.task_bar(surface, model, self._at.task, now_ms)

    def controls(self) -> Sequence[Control]:
        """The stage is the pad for pushing; everything else lies on top of it."""
        model, at, places = self._model, self._at, self._places
        if model is None or model.view.chest is None:
            return ()
        found = [Control(places.stage, Intent("push"), Feel.EDGES), *furniture.controls(model, places)]
        if sheet.is_open(model):
            return [*found, *sheet.controls(model, places)]
        if model.mode.history:
            return [*found, Control(places.stage, Intent(Local.CAPTIONS))]
        found.append(Control(at.switch, Intent("switch_ask"), enabled=frame.works(model, "switch_ask")))
        found.append(Control(at.more, Intent(Local.GROUP, (TRAY,))))
        if not model.level.feedback_device:
            said = said_by_digit(model.stations, model.view)
            found += [_row_control(rect, seen) for rect, seen in zip(at.feel_rows(), said, strict=False)]
        found += furniture.order_controls(model, at.order)
        return found + furniture.caption_controls(places.caption)

    def _declare_ground(self, model: Model, chest: ChestView) -> None:
        """What lies under the hands."""
        board, at = self._ground.board, self._at
        if model.level.feedback_device:
            band = model.pack.rate_per_min
            board.part("device", at.panel, 0, lambda surface: _paint_device(surface, model, at, band))
        else:
            said = said_by_digit(model.stations, model.view)[:4]
            board.part("rows", at.panel, said, lambda surface: _paint_rows(surface, model, at, said))
        furniture.declare(board, model, self._places)

    def _declare_over(self, model: Model, chest: ChestView, now_ms: int) -> None:
        """What lies over them."""
        over, at = self._over, self._at
        if sheet.is_open(model):
            sheet.declare(over, model, self._places)
            return
        if chest.heavy:
            over.part("heavy", at.heavy, 0, lambda surface: _paint_heavy(surface, at.heavy))
        over.part("switch", at.switch, tiring(model, now_ms), _switch_painter(model, at.switch, now_ms))
        over.part("more", at.more, 0, lambda surface: button(surface, at.more, Label(say("phone.more"), px=15)))
        furniture.order(over, model, at.order)
        furniture.task(over, model, at.task)
        furniture.caption(over, model, self._places.caption, now_ms)
        if model.mode.history:
            furniture.history(over, model, self._places)

    def _draw_hands(self, surface: pygame.Surface, model: Model, chest: ChestView, depth: int, now_ms: int) -> None:
        x, y = self._ground.camera.centre
        lifted = desk.lift(model, chest, now_ms) * HANDS_PCT // 100
        share = min(1.0, depth / desk.DEEP_UM)
        surface.set_clip(self._places.stage)
        if not lifted:
            dent = self._dents[round(share * desk.DENT_STEPS)]
            surface.blit(dent, place_of(self._ground.camera, (desk.CENTRE[0] - 120, desk.CENTRE[1] - 112)))
        shapes.put(surface, self._pad, (x, y - 4))
        left = x - 210 * HANDS_PCT // 100
        surface.blit(self._arms, (left, y - 120 * HANDS_PCT // 100 + round(share * SINK_PX) + lifted))
        surface.set_clip(None)

    def _draw_count(self, surface: pygame.Surface, model: Model, chest: ChestView) -> None:
        (x, y), radius = self._at.ring if model.level.feedback_device else self._at.ring_free
        if model.view.check.pulse == "felt" and not chest.on_chest:
            shapes.put(surface, shapes.disc(radius, INK, OK, 3, opacity=0.9), (x, y))
            icons.draw(surface, "heart", (x, y - 6), 34, OK, 2.4)
            text.middle(surface, x, y + radius - 26, say("chest.pulse"), 15, 500, TEXT2, align=Align.MIDDLE)
            return
        every = chest.breaths_after
        full = 0 < every <= chest.count
        shapes.put(surface, shapes.disc(radius, INK, opacity=0.9), (x, y))
        done = min(chest.count, every) if every else chest.count
        if every:
            gauge.ring(surface, (x, y), radius - 9, done, every, 10, AIR if full else COMP)
        px = 50 if radius > 50 else 38
        text.number_middle(surface, x, y - 7, str(done), px if done < 100 else px * 3 // 4, 700, AIR if full else TEXT)
        below = say("chest.of", count=every) if every else say("chest.pushes")
        text.middle(surface, x, y + (28 if radius > 50 else 20), below, 15, 500, TEXT2, align=Align.MIDDLE)
        assist_tag(surface, self._at.assist, say("frame.assist"))

    def _draw_device(self, surface: pygame.Surface, model: Model, chest: ChestView) -> None:
        at = self._at
        angle = dial.angle(chest.rate_per_min)
        x, y = at.dial
        if chest.rate_per_min > 0 and chest.on_chest:
            inner, outer = (shapes.polar(at.dial, at.dial_radius + out, angle) for out in (-14, 12))
            shapes.stroke(surface, "#FFFFFF", inner, outer, 5)
        rate = str(chest.rate_per_min) if chest.rate_per_min > 0 and chest.on_chest else "--"
        text.number_middle(surface, x, y - 22, rate, 40)
        depth = say("phone.mm", depth=chest.depth_um // 1000 if chest.depth_um > 0 else "--")
        text.number(surface, at.depth.right, at.depth.y - 8, depth, 17, align=Align.END)
        share = max(0.0, min(1.0, chest.depth_um / DEPTH_TOP_UM))
        wide = round(at.depth.w * share)
        if wide > 4:
            surface.blit(shapes.box((at.depth.w, 18), 4, TEXT), (at.depth.x, at.depth.y + 3), (0, 0, wide, 18))
        if chest.depth_um > 0:
            icon, word, shade = verdict(Mark(chest.depth_um, chest.residual_um), model.pack)
            icons.draw(surface, icon, (at.depth.x + 10, at.recoil_y), 20, shade, 3)
            text.middle(surface, at.depth.x + 26, at.recoil_y, say(f"chest.{word}"), 17, 700, shade)


def _row_control(rect: pygame.Rect, seen: FindingView) -> Control:
    """A finger's gap lies between two rows."""
    high = rect.h - GAP if rect.h > 44 + GAP else rect.h
    return Control(pygame.Rect(rect.x, rect.y + 1, rect.w, high), Intent("report", (seen.key,)))


def tiring(model: Model, now_ms: int) -> tuple[str, State]:
    """How far the switch has come: the second line of its button, and how it looks."""
    switch = model.view.switch
    if switch.partner >= 0:
        return say("phone.tiring_agreed"), State.OK
    if switch.asked_ms >= 0:
        return say("phone.tiring_asked", ago=clock(now_ms - switch.asked_ms)), State.WARN
    heavy = model.view.chest is not None and model.view.chest.heavy
    return say("phone.tiring_ask"), State.WARN if heavy else State.IDLE


def _switch_painter(model: Model, rect: pygame.Rect, now_ms: int) -> Paint:
    second, state = tiring(model, now_ms)
    label = Label(say("phone.tiring"), second, cap("KeyS"), px=16)
    return lambda surface: button(surface, rect, label, state)


def _paint_heavy(surface: pygame.Surface, rect: pygame.Rect) -> None:
    surface.blit(shapes.box(rect.size, 10, "#101A24", opacity=0.95), rect.topleft)
    icons.draw(surface, "hand", (rect.x + 18, rect.centery), 18, WARN)
    text.middle(surface, rect.x + 36, rect.centery, say("chest.heavy_tag"), 16, 700, WARN)


def _paint_rows(surface: pygame.Surface, model: Model, at: ChestPlaces, said: Sequence[FindingView]) -> None:
    panel(surface, at.panel, fill="#101A24", opacity=0.95)
    if at.panel.h > 200 or not said:
        title = text.fit(say("phone.feel"), 14, 600, at.panel.w - 24)
        text.write(surface, at.panel.x + 16, at.panel.y + 24, title, 14, 600, TEXT2)
    if not said:
        for line, words in enumerate(text.wrap(say("phone.feel_none"), 15, 500, at.panel.w - 32)):
            text.write(surface, at.panel.x + 16, at.panel.y + 58 + 20 * line, words, 15, 500, TEXT3)
    for row, (rect, seen) in enumerate(zip(at.feel_rows(), said, strict=False)):
        if row:
            surface.fill(LINE, (rect.x + 16, rect.y, rect.w - 32, 1))
        middle = rect.y + 26 if rect.h > 50 else rect.centery
        icons.draw(surface, feel.ICONS.get(seen.key, "eye"), (rect.x + 28, middle), 18, TEXT3, 2)
        room = rect.w - 56
        label = text.fit(finding_label(model, seen.key), 14, 500, room)
        value = text.fit(finding_value(model, seen.key, seen.value), 16, 600, room)
        text.write(surface, rect.x + 48, middle - 4, label, 14, 500, TEXT3)
        text.write(surface, rect.x + 48, middle + 17, value, 16, 600)


def _paint_device(surface: pygame.Surface, model: Model, at: ChestPlaces, band: tuple[float, float]) -> None:
    panel(surface, at.panel, fill="#101A24", opacity=0.95)
    if at.panel.h > 200:
        text.write(surface, at.panel.x + 16, at.panel.y + 24, say("phone.feedback"), 14, 600, TEXT2)
    shapes.put(surface, shapes.arc(at.dial_radius, -90, 90, 14, S3), at.dial)
    low, high = (dial.angle(rate) for rate in band)
    shapes.put(surface, shapes.arc(at.dial_radius, low, high, 14, OK), at.dial)
    x, y = at.dial
    text.middle(surface, x, y + 6, say("phone.per_min"), 15, 500, TEXT2, align=Align.MIDDLE)
    rect = at.depth
    text.write(surface, rect.x, rect.y - 8, say("phone.depth"), 15, 600, TEXT2)
    surface.blit(shapes.box(rect.size, 6, "#04080C"), rect.topleft)
    edges = [rect.x + round(mm * 1000 / DEPTH_TOP_UM * rect.w) for mm in model.pack.depth_mm]
    surface.blit(shapes.box((edges[1] - edges[0], rect.h), 0, OK, opacity=0.35), (edges[0], rect.y))
    for edge in edges:
        surface.fill(OK, (edge - 1, rect.y - 4, 2, rect.h + 8))


@cache
def _arms() -> pygame.Surface:
    """Own hands and forearms, smaller, and long enough for the dock."""
    drawn = art.sprite("compressor_hands_arms")
    wide, high = (side * HANDS_PCT // 100 for side in drawn.get_size())
    near = pygame.transform.smoothscale(drawn, (wide, high))
    made = pygame.Surface((wide, high + 40), pygame.SRCALPHA)
    made.blit(near, (0, 0))
    made.blit(pygame.transform.scale(near.subsurface((0, high - 2, wide, 1)), (wide, 42)), (0, high - 2))
    return art.quick(made)


@cache
def _dents() -> tuple[pygame.Surface, ...]:
    """The dent at each step of depth, smaller."""
    made = []
    for picture in art.faded("dent_overlay", desk.DENT_STEPS):
        size = (round(picture.get_width() * SCALE), round(picture.get_height() * SCALE))
        made.append(art.quick(pygame.transform.smoothscale(picture, size)))
    return tuple(made)
