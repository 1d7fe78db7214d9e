"""The head of the bed on a phone: two thumbs hold the seal, a press on the stage squeezes the bag."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pygame

from game.rules.commands import Feel
from game.ui import frame, patient, shapes, text
from game.ui.board import Board
from game.ui.keymap import steps_in
from game.ui.phone import furniture, sheet
from game.ui.phone.ground import Camera, Ground, place_of
from game.ui.phone.places import GAP, Places, columns
from game.ui.screen import Control, Intent, Local
from game.ui.screens import airway as desk
from game.ui.screens import bagging, breaths, head, mask, rail, throat
from game.ui.text import Align
from game.ui.theme import ACC, AIR, INK, LINE2, MON, OK, TEXT, TEXT2, TEXT3, WARN, State
from game.ui.traces import Kind, etco2, spo2, trace_colour
from game.ui.traylist import TRAY
from game.ui.widgets import gauge
from game.ui.widgets.button import Label, button
from game.ui.widgets.capnograph import Capnograph
from game.ui.widgets.panel import panel
from game.ui.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.rules.views import AirwayView
    from game.ui.board import Paint
    from game.ui.screen import Model
    from game.ui.settings import Palette

SCALE: Final = 0.62
FOCUS: Final = (546, 322)
"""The middle of the mask on the station's own canvas."""
CLOSED_STEPS: Final = 3
"""Steps of the closing hand: each is baked."""


class AirwayPlaces:
    """Where the parts of this screen lie at a height."""

    def __init__(self, places: Places) -> None:
        body, low = places.body, places.low
        self.order = pygame.Rect(206, body.y, 394, 50 if low else 56)
        self.due = ((90, body.y + 45), 43) if low else ((104, 116), 58)
        self.due_words = pygame.Rect(44, body.y + (92 if low else 124), 156, 24)
        self.left = pygame.Rect(44, body.bottom - (76 if low else 94), 156, 76 if low else 94)
        self.panel = pygame.Rect(612, body.y, 188, 62 if low else 100)
        ways = pygame.Rect(612, self.panel.bottom + GAP, 188, 44)
        self.cart, self.oxygen = columns(ways, 2)
        self.right = pygame.Rect(612, ways.bottom + GAP, 188, body.bottom - ways.bottom - GAP)
        self.glass = pygame.Rect(620, body.y + 8, 172, 44)
        self.volume = pygame.Rect(228, places.caption.y - 34, 376, 24)
        self.switch = pygame.Rect(206, self.order.bottom + GAP, 190, 44)
        self.task = pygame.Rect(402, self.order.bottom + GAP, 198, 34)
        middle = (self.order.bottom + self.volume.y) // 2
        self.centre = (403, middle + 4)
        self.seal = mask.Place(self.centre, 34 if low else 50, (462, middle - 14))
        self.throat = throat.Place((318, 158), 46, (404, 134, 190, 48))
        if not low:
            self.throat = throat.Place((403, 152), 58, (300, 216, 206, 48))


class AirwayScreen:
    """The airway's picture on a phone."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._at = AirwayPlaces(places)
        self._ground = Ground(Camera("airway", FOCUS, SCALE, self._at.centre), places)
        self._over = Board(size=places.size)
        self._changes = rail.Changes()
        self._capnograph = Capnograph(self._at.glass, 9.0, 22)
        self._model: Model | None = None

    def draw(self, surface: pygame.Surface, model: Model, now_ms: int) -> None:
        """One frame; the own squeeze shows in the frame it is pressed in."""
        self._model = model
        view = model.view.airway
        if view is None:
            return
        squeezed = desk.squeezed_ml(model, view, now_ms) // bagging.STEP_ML * bagging.STEP_ML
        new = self._ground.show_body(patient.body_of(model, worn=False))
        if self._changes.seen(model, now_ms, squeezed, model.hands) or new:
            self._declare(model, view, squeezed, now_ms)
            self._ground.board.show(surface)
        else:
            self._ground.board.again(surface)
        if not self._places.low:
            self._capnograph.draw(surface, view, now_ms, model.settings.palette)
        if not sheet.is_open(model):
            self._draw_moving(surface, model, view, now_ms)
        self._declare_over(model, now_ms)
        self._over.show(surface)
        if not sheet.is_open(model):
            furniture.order_bar(surface, model, self._at.order, now_ms)
            furniture.task_bar(surface, model, self._at.task, now_ms)

    def controls(self) -> Sequence[Control]:
        """The stage squeezes; thumbs, cart and all else lie on top of it."""
        model, at, places = self._model, self._at, self._places
        if model is None or model.view.airway is None:
            return ()
        view = model.view.airway
        act = "push" if steps_in(model.seat, model.view) else "squeeze"
        found = [Control(places.stage, Intent(act), Feel.EDGES), *furniture.controls(model, places)]
        if sheet.is_open(model):
            return [*found, *sheet.controls(model, places)]
        if model.mode.history:
            return [*found, Control(places.stage, Intent(Local.CAPTIONS))]
        if view.seal:
            thumbs = (("seal_left", at.left), ("seal_right", at.right))
            found += [Control(rect, Intent(op), Feel.EDGES) for op, rect in thumbs]
        if view.tube:
            found += throat.controls(model, view.tube, at.throat)
        found.append(Control(at.cart, Intent(Local.GROUP, (TRAY,))))
        found.append(Control(at.oxygen, Intent(Local.OPEN, ("oxygen",)), enabled=frame.works(model, "oxygen")))
        if rail.asked_to_switch(model):
            found.append(Control(at.switch, Intent("switch_yes"), enabled=frame.works(model, "switch_yes")))
        return [*found, *furniture.order_controls(model, at.order), *furniture.caption_controls(places.caption)]

    def _declare(self, model: Model, view: AirwayView, squeezed: int, now_ms: int) -> None:
        board, at = self._ground.board, self._at
        scene = head.scene_of(model, view, squeezed / bagging.FULL_ML, now_ms)
        closed = -(-scene.closed * CLOSED_STEPS // head.DRAWN_IN_PX) * head.DRAWN_IN_PX // CLOSED_STEPS
        place = self._hands_place()
        board.part("hands", place, scene._replace(closed=closed), _hands_painter(place, scene._replace(closed=closed)))
        due = breaths.due_of(model, view, now_ms)
        area = pygame.Rect(44, at.order.y, 158, at.due_words.bottom - at.order.y)
        board.part("due", area, due, lambda surface: _paint_due(surface, at, due))
        if view.seal:
            self._declare_thumbs(model, wanted=view.window)
        palette = model.settings.palette
        numbers = (view.co2_connected, view.etco2_mmhg, view.breaths_per_min, view.spo2_pct)
        board.part("numbers", at.panel, numbers, lambda surface: _paint_numbers(surface, at, view, palette))
        board.part("cart", at.cart, 0, lambda surface: button(surface, at.cart, Label(say("phone.cart"), px=15)))
        flow = Label(say("phone.oxygen"), say("unit.flow", flow=view.flow_l_min), px=15)
        state = State.IDLE if view.flow_l_min else State.WARN
        board.part("oxygen", at.oxygen, flow, lambda surface: button(surface, at.oxygen, flow, state))
        if not view.tube:
            volumes = (squeezed, view.last_volume_ml, model.pack.tidal_volume_ml)
            board.part("volume", at.volume.inflate(0, 8), volumes, lambda surface: _paint_volume(surface, at, *volumes))
        furniture.declare(board, model, self._places)

    def _declare_thumbs(self, model: Model, *, wanted: bool) -> None:
        thumbs = (("left", self._at.left, model.hands.seal_left), ("right", self._at.right, model.hands.seal_right))
        for side, rect, held in thumbs:
            painter = _thumb_painter(rect, side, held=held, wanted=wanted)
            self._ground.board.part(f"thumb {side}", rect, (held, wanted), painter)

    def _declare_over(self, model: Model, now_ms: int) -> None:
        over, at = self._over, self._at
        if sheet.is_open(model):
            sheet.declare(over, model, self._places)
            return
        furniture.order(over, model, at.order)
        furniture.task(over, model, at.task)
        if rail.asked_to_switch(model):
            look = switch_label(model)
            over.part("switch", at.switch, look, lambda surface: button(surface, at.switch, *look))
        furniture.caption(over, model, self._places.caption, now_ms)
        if model.mode.history:
            furniture.history(over, model, self._places)

    def _draw_moving(self, surface: pygame.Surface, model: Model, view: AirwayView, now_ms: int) -> None:
        if view.seal and view.window:
            mask.draw(surface, model, view.seal, now_ms, self._at.seal)
        if view.tube:
            throat.draw(surface, view.tube, now_ms, self._at.throat)

    def _hands_place(self) -> pygame.Rect:
        x, y = place_of(self._ground.camera, head.HANDS.topleft)
        wide, high = (round(side * SCALE) for side in head.HANDS.size)
        return pygame.Rect(x, y, wide, high).clip(self._places.stage)


def switch_label(model: Model) -> tuple[Label, State]:
    """The button that takes the compressions over."""
    if model.view.switch.partner == model.seat:
        return Label(say("switch.agreed"), say("rail.at_check"), px=15), State.OK
    return Label(say("phone.switch_yes"), say("command.switch_yes.label"), px=15), State.WARN


def _hands_painter(place: pygame.Rect, scene: head.Scene) -> Paint:
    return lambda surface: _blit_hands(surface, place, scene)


def _blit_hands(surface: pygame.Surface, place: pygame.Rect, scene: head.Scene) -> None:
    surface.blit(hands(scene), place.topleft, (0, 0, *place.size))


@lru_cache(maxsize=24)
def hands(scene: head.Scene) -> pygame.Surface:
    """Both hands and what they hold, as small as the stage here."""
    whole = pygame.Surface((1280, 720), pygame.SRCALPHA)
    head.paint_hands(whole, scene)
    part = whole.subsurface(head.HANDS)
    size = (round(part.get_width() * SCALE), round(part.get_height() * SCALE))
    return pygame.transform.smoothscale(part, size)


def _paint_due(surface: pygame.Surface, at: AirwayPlaces, due: breaths.Due) -> None:
    (x, y), radius = at.due
    shapes.put(surface, shapes.disc(radius, INK, opacity=0.9), (x, y))
    paint_steps = gauge.ring if due.steps <= 2 else gauge.segments
    paint_steps(surface, (x, y), radius - 9, due.filled, due.steps, 9, AIR)
    if due.figure:
        text.number_middle(surface, x, y - 7, due.figure, 46 if radius > 50 else 34)
    text.middle(surface, x, y + (26 if radius > 50 else 19), due.below, 14, 500, TEXT2, align=Align.MIDDLE)
    rect = at.due_words
    surface.blit(shapes.box(rect.size, 12, INK, opacity=0.92), rect.topleft)
    words = text.fit(due.title, 15, 700, rect.w - 12)
    ink = WARN if due.wanted else TEXT
    text.middle(surface, rect.centerx, rect.centery, words, 15, 700, ink, align=Align.MIDDLE)


def _thumb_painter(rect: pygame.Rect, side: str, *, held: bool, wanted: bool) -> Paint:
    return lambda surface: _paint_thumb(surface, rect, side, held=held, wanted=wanted)


def _paint_thumb(surface: pygame.Surface, rect: pygame.Rect, side: str, *, held: bool, wanted: bool) -> None:
    border = ACC if held else TEXT2 if wanted else LINE2
    surface.blit(shapes.box(rect.size, 22, INK, border, 2.5 if held else 1.5, 0.9), rect.topleft)
    ink = TEXT if wanted else TEXT3
    text.middle(surface, rect.centerx, rect.centery - 11, say(f"phone.thumb_{side}"), 16, 700, ink, align=Align.MIDDLE)
    second = say("phone.thumb_holds" if held else "phone.thumb_hold" if wanted else "phone.thumb_rests")
    text.middle(surface, rect.centerx, rect.centery + 11, second, 14, 500, TEXT2, align=Align.MIDDLE)


def _paint_numbers(surface: pygame.Surface, at: AirwayPlaces, view: AirwayView, palette: Palette) -> None:
    rect = at.panel
    panel(surface, rect, fill="#101A24", opacity=0.96)
    if rect.h > 80:
        surface.blit(shapes.box(at.glass.size, 4, MON), at.glass.topleft)
        if not view.co2_connected:
            text.middle(surface, *at.glass.center, say("airway.no_line"), 14, 600, WARN, align=Align.MIDDLE)
    figures = (
        ("airway.etco2", trace_colour(Kind.CO2, palette), etco2(view)),
        ("phone.rate", TEXT2, str(view.breaths_per_min)),
        ("airway.spo2", trace_colour(Kind.PLETH, palette), spo2(view)),
    )
    for place, (words, colour, figure) in enumerate(figures):
        x = rect.x + 12 + 62 * place
        label = text.fit(say(words), 14, 600, 44 if colour != TEXT2 else 54)
        end = text.write(surface, x, rect.bottom - 30, label, 14, 600, colour)
        if colour != TEXT2:
            text.write(surface, end, rect.bottom - 27, "2", 10, 600, colour)
        text.number(surface, x, rect.bottom - 8, figure, 22, 700, TEXT if colour == TEXT2 else colour)


def _paint_volume(
    surface: pygame.Surface, at: AirwayPlaces, squeezed: int, last: int, band: tuple[float, float]
) -> None:
    rect = at.volume
    surface.blit(shapes.box(rect.size, 6, MON, opacity=0.92), rect.topleft)
    low, high = (round(rect.x + edge / bagging.FULL_ML * rect.w) for edge in band)
    surface.blit(shapes.box((high - low, rect.h), 0, OK, opacity=0.3), (low, rect.y))
    shown = squeezed or last
    filled = round(rect.w * min(1.0, shown / bagging.FULL_ML))
    if filled > 6:
        fill = shapes.box((rect.w, 18), 4, AIR, opacity=1.0 if squeezed else 0.5)
        surface.blit(fill, (rect.x, rect.y + 3), (0, 0, filled, 18))
    for edge in (low, high):
        surface.fill(OK, (edge - 1, rect.y - 4, 2, rect.h + 8))
    words = say("phone.squeeze") if not shown else say(bagging.feel_key(last, band)) if not squeezed else ""
    words = text.fit(words, 14, 600, rect.w - 16)
    if words:
        ink = INK if filled > 40 else TEXT
        text.middle(surface, rect.x + 10, rect.centery, words, 14, 600, ink)
