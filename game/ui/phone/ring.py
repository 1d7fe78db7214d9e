"""The rhythm check on a phone: the ring and the way on at the left, what the seat senses and calls at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from game.stations import Station
from game.ui import icons, shapes, text
from game.ui.board import Board
from game.ui.keyboard import cap
from game.ui.phone import furniture, sheet
from game.ui.phone.places import GAP, Places, at, columns, moved, pairs
from game.ui.screen import Control
from game.ui.screens import rail
from game.ui.screens import ring as desk
from game.ui.screens.checking import answers, face, fingers
from game.ui.text import Align
from game.ui.theme import (
    ACC,
    AIR,
    COMP,
    DANGER,
    DANGER_BG,
    ECG,
    INK,
    LEAD,
    LINE2,
    MON,
    OK,
    S1,
    S2,
    STATE_COLOURS,
    TEXT,
    TEXT2,
    WARN,
    State,
)
from game.ui.traces import Ecg, Glass, Kind, Sweep, trace_colour
from game.ui.values import finding_label, finding_value
from game.ui.widgets import gauge
from game.ui.widgets.button import keycap
from game.ui.widgets.panel import panel
from game.ui.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.rules.views import ChestView, EcgView
    from game.ui.board import Paint
    from game.ui.screen import Model

FLOOR: Final = "#0B121A"
WINDOW_S: Final = 5.0
SPLIT: Final = (("ring.narrow", "organised_narrow", "KeyN"), ("ring.wide", "organised_wide", "KeyW"))


class RingPlaces:
    """Where the parts of this screen lie at a height."""

    def __init__(self, places: Places) -> None:
        body = places.body
        high = 54 if not places.low else 50
        self.way = pygame.Rect(44, body.bottom - high, 188, high)
        self.radius = min(86, (self.way.y - GAP - body.y) // 2 - 8)
        self.centre = (138, body.y + self.radius + 8)
        self.dial = pygame.Rect(44, body.y, 188, self.way.y - GAP - body.y)
        right = pygame.Rect(244, body.y, 556, body.h)
        lower = 100 if not places.low else 76
        self.lower = pygame.Rect(244, right.bottom - lower, 556, lower)
        self.called = pygame.Rect(244, self.lower.y - GAP - 34, 556, 34)
        self.sense = pygame.Rect(244, body.y, 556, self.called.y - GAP - body.y)
        self.strip = pygame.Rect(250, body.y + 26, 544, self.sense.h - 32)
        self.feel = pygame.Rect(244 + 260, body.y + 34, 556 - 272, self.sense.h - 66)
        self.sure = pygame.Rect(self.feel.x, self.sense.bottom - 24, self.feel.w, 14)


class RingScreen:
    """The ring over whatever station the seat holds."""

    def __init__(self, places: Places, *, caps: bool = False) -> None:
        self._places, self._caps = places, caps
        self._at = RingPlaces(places)
        self._board = Board(_floor(places))
        self._changes = rail.Changes()
        self._ecg: Ecg | None = None
        self._sweep: Sweep | None = None
        self._touch = fingers.Touch()
        self._feel = Sweep(Glass(self._at.feel, 4.0, -0.4, 1.1, "#F0B48C", 2, 26, MON, "#131B22"), self._touch)
        self._over = Board(size=places.size)
        self._model: Model | None = None

    def draw(self, surface: pygame.Surface, model: Model, now_ms: int) -> None:
        """One frame."""
        self._model = model
        view = model.view
        if self._changes.seen(model, now_ms):
            self._declare(model, now_ms)
            self._board.show(surface)
        else:
            self._board.again(surface)
        if sheet.is_open(model):
            sheet.declare(self._over, model, self._places)
            self._over.show(surface)
            return
        self._draw_clock(surface, model, now_ms)
        ecg = desk.ecg_of(view)
        if ecg is not None and ecg.connected:
            self._trace(ecg, model.settings.palette).draw(surface, now_ms)
        elif ecg is None and view.chest is not None:
            self._draw_touch(surface, model, view.chest, now_ms)
        furniture.caption(self._over, model, self._at.called, now_ms)
        if model.mode.history:
            furniture.history(self._over, model, self._places)
        self._over.show(surface)

    def controls(self) -> Sequence[Control]:
        """The calls or the answers of this seat, the way on, wheel and STOP; the dock's orders sleep."""
        model, places = self._model, self._places
        if model is None:
            return ()
        asleep = model.stations & (Station.LEAD | Station.CHEST)
        if asleep:
            found = [*furniture.top_controls(model), *furniture.dock_ends(places)]
        else:
            found = furniture.controls(model, places)
        if sheet.is_open(model):
            return [*found, *sheet.controls(model, places)]
        found += moved(answers.lower_controls(model), self._lower_map(model))
        return found + moved(answers.way_controls(model), {at(answers.LEFT): self._at.way})

    def _lower_map(self, model: Model) -> dict[tuple[int, int, int, int], pygame.Rect]:
        """From the desk's lower row to this one: here the organised rhythms are two tiles, and nothing is asked on."""
        lower = self._at.lower
        if model.view.lead is not None:
            first, second, _, last = answers.QUARTERS
            return pairs([first, second, answers.NARROW, answers.WIDE, last], columns(lower, 5))
        if model.view.chest is not None:
            return pairs([*answers.THIRDS, fingers.TALL], [*columns(lower, 3), self._at.sense])
        places = answers.QUARTERS if model.view.defibrillator is not None else answers.THIRDS
        return pairs(places, columns(lower, len(places)))

    def _declare(self, model: Model, now_ms: int) -> None:
        board, view, where = self._board, model.view, self._at
        furniture.top_bar(board, model)
        slots = desk.dock_of(model)
        leads = bool(model.stations & Station.LEAD)
        slots = slots if leads else furniture.bedside(slots)
        if model.stations & Station.CHEST:
            slots = [slot._replace(state=State.DISABLED) for slot in slots]
        furniture.dock(board, model, self._places, slots)
        dial = face.dial_of(model, now_ms)
        board.part("dial", where.dial, dial, lambda surface: _paint_dial(surface, where, dial))
        way = answers.way_on(model)
        board.part("way", where.way, way, lambda surface: _paint_way(surface, where.way, way))
        ecg = desk.ecg_of(view)
        if ecg is not None:
            key = (ecg.connected, ecg.compressing)
            board.part("sense", where.sense, key, lambda surface: _paint_strip(surface, where, ecg))
        elif view.chest is not None:
            touching = fingers.touching(view.chest, view.check)
            board.part("sense", where.sense, touching, lambda surface: _paint_fingers(surface, where, touching))
        else:
            board.part("sense", where.sense, view.findings, lambda surface: _paint_senses(surface, where, model))
        called = (view.check.call, view.check.shock_pending, leads)
        board.part("called", where.called, called, lambda surface: _paint_called(surface, where.called, *called))
        for rect, choice in self._lower(model):
            board.part(f"lower {rect.x}", rect, choice, _tile_painter(rect, choice, caps=self._caps))

    def _lower(self, model: Model) -> list[tuple[pygame.Rect, answers.Choice]]:
        choices = answers.lower(model)
        if model.view.lead is None:
            places = self._lower_map(model)
            return [(places[at(rect)], choice) for rect, choice in choices if at(rect) in places]
        (_, vf), (_, vt), (_, organised), (_, flat) = choices
        call = model.view.check.call
        split = [
            organised._replace(
                second=say(words), state=State.OK if call == name else State.IDLE, key=f"{organised.key} {cap(key)}"
            )
            for words, name, key in SPLIT
        ]
        return list(zip(columns(self._at.lower, 5), (vf, vt, *split, flat), strict=True))

    def _draw_clock(self, surface: pygame.Surface, model: Model, now_ms: int) -> None:
        """The running figures: seconds left, and how long the hands have been off."""
        left_ms = face.time_left_ms(model, now_ms)
        x, y = self._at.centre
        small = self._at.radius < 70
        text.number_middle(surface, x, y - 10, f"{abs(left_ms) / 1000:.1f}", 40 if small else 56)
        words = say("ring.left" if left_ms > 0 else "ring.over")
        text.middle(surface, x, y + (16 if small else 26), words, 14, 600, TEXT2, align=Align.MIDDLE)
        off_ms = model.view.check.hands_off_ms
        if off_ms >= 0:
            off_ms += max(0, now_ms - model.view.now_ms)
            text.number(surface, x, y + (36 if small else 50), f"{off_ms / 1000:.1f}", 15, align=Align.MIDDLE)

    def _draw_touch(self, surface: pygame.Surface, model: Model, chest: ChestView, now_ms: int) -> None:
        self._touch.note(chest)
        if fingers.touching(chest, model.view.check) is not fingers.Touching.NECK:
            return
        self._feel.draw(surface, now_ms)
        share = fingers.certainty(chest, now_ms)
        sure = share >= fingers.SURE_MARK
        gauge.bar(surface, self._at.sure, share, OK if sure else WARN, INK)
        mark = self._at.sure.x + round(self._at.sure.w * fingers.SURE_MARK)
        surface.fill(TEXT, (mark, self._at.sure.y - 4, 2, self._at.sure.h + 8))

    def _trace(self, view: EcgView, palette: str) -> Sweep:
        if self._sweep is None or self._ecg is None:
            self._ecg = Ecg(view)
            colour = trace_colour(Kind.ECG, palette)
            self._sweep = Sweep(Glass(self._at.strip, WINDOW_S, -1.9, 1.9, colour, 3, 24, MON, "#0D1C14", 4), self._ecg)
        self._ecg.view = view
        return self._sweep


def _floor(places: Places) -> pygame.Surface:
    made = pygame.Surface(places.size)
    made.fill(FLOOR)
    return made


def _paint_dial(surface: pygame.Surface, where: RingPlaces, dial: face.Dial) -> None:
    shapes.put(surface, shapes.disc(where.radius + 6, INK), where.centre)
    gauge.segments(surface, where.centre, where.radius - 6, dial.filled, face.SEGMENTS, 13, dial.colour)


def _paint_way(surface: pygame.Surface, rect: pygame.Rect, way: answers.Way) -> None:
    colours = STATE_COLOURS[State.PRIMARY if way.solid else State.IDLE]
    fill, border = (colours.fill, colours.border) if way.solid else (S1, way.border)
    surface.blit(shapes.box(rect.size, 12, fill, border, 2 if way.border == COMP else 1.5), rect.topleft)
    ink = colours.text if way.solid else TEXT
    title = text.fit(way.title, 16, 700, rect.w - 12)
    shade = ink if way.solid else WARN if way.hint and way.border != COMP else TEXT2
    lines = text.wrap(way.hint or way.second, 14, 600, rect.w - 12)[:2]
    top = rect.centery + 5 - 8 * len(lines)
    text.write(surface, rect.centerx, top, title, 16, 700, ink, align=Align.MIDDLE)
    for row, line in enumerate(lines):
        below = text.fit(line, 14, 600, rect.w - 12)
        text.write(surface, rect.centerx, top + 16 + 15 * row, below, 14, 600, shade, align=Align.MIDDLE)


def _paint_strip(surface: pygame.Surface, where: RingPlaces, ecg: EcgView) -> None:
    rect = where.sense
    surface.blit(shapes.box(rect.size, 10, MON, ECG, 1.5), rect.topleft)
    text.write(surface, rect.x + 12, rect.y + 20, say("lead.ecg"), 16, 700, ECG)
    if not ecg.connected:
        text.middle(surface, *rect.center, say("lead.no_trace"), 18, 700, WARN, align=Align.MIDDLE)
        return
    words, colour = ("ring.noisy", COMP) if ecg.compressing else ("ring.clean", TEXT2)
    text.write(surface, rect.right - 12, rect.y + 20, say(words), 14, 600, colour, align=Align.END)


def _paint_fingers(surface: pygame.Surface, where: RingPlaces, touching: fingers.Touching) -> None:
    """Let go, or feel: the whole field is where the fingers are laid."""
    rect = where.sense
    if touching is fingers.Touching.CHEST:
        surface.blit(shapes.box(rect.size, 12, DANGER_BG, DANGER, 3), rect.topleft)
        text.middle(
            surface, rect.centerx, rect.centery - 10, say("ring.hands_off"), 40, 700, DANGER, align=Align.MIDDLE
        )
        what = text.fit(say("ring.let_go_what"), 15, 600, rect.w - 24)
        text.middle(surface, rect.centerx, rect.centery + 26, what, 15, 600, align=Align.MIDDLE)
        return
    feels = touching is fingers.Touching.NECK
    border = COMP if feels or touching is fingers.Touching.ASKED else LINE2
    surface.blit(shapes.box(rect.size, 12, "#101A24", border, 1.5), rect.topleft)
    icons.draw(surface, "hand", (rect.x + 34, rect.centery), 34, AIR if feels else TEXT2, 2.2)
    title = say("ring.fingers" if feels else "phone.fingers_off")
    ink = WARN if touching is fingers.Touching.ASKED else TEXT
    room = 190 if feels else rect.w - 90
    for row, line in enumerate(text.wrap(title, 18, 700, room)[:2]):
        text.write(surface, rect.x + 66, rect.centery - 6 + 22 * row, line, 18, 700, ink)
    if feels:
        surface.blit(shapes.box(where.feel.size, 8, MON, LINE2), where.feel.topleft)
        text.write(surface, where.feel.x, where.feel.y - 10, say("ring.sure"), 14, 600, TEXT2)


def _paint_senses(surface: pygame.Surface, where: RingPlaces, model: Model) -> None:
    rect = where.sense
    panel(surface, rect, say("ring.say"), say("airway.only_you"), border=AIR, stroke=1.5)
    for row, seen in enumerate(model.view.findings[: (rect.h - 36) // 26]):
        y = rect.y + 54 + 26 * row
        text.write(surface, rect.x + 16, y, finding_label(model, seen.key), 15, 500, TEXT2)
        value = text.fit(finding_value(model, seen.key, seen.value), 17, 700, rect.w - 220)
        text.write(surface, rect.x + 200, y, value, 17, 700)


def _paint_called(surface: pygame.Surface, rect: pygame.Rect, call: str, pending: bool, leads: bool) -> None:
    surface.blit(shapes.box(rect.size, 10, S1, LEAD, 1.2), rect.topleft)
    if not call:
        words = say("ring.your_call" if leads else "ring.not_called")
        text.middle(surface, rect.x + 14, rect.centery, words, 15, 600, TEXT if leads else TEXT2)
        return
    key = "ring.called_pulse" if call.startswith("organised") else "ring.called_push"
    key = "ring.called_shock" if pending else key
    line = f"{say('ring.called')} {say(f'rhythm.{call}')}. {say(key)}"
    text.middle(surface, rect.x + 14, rect.centery, text.fit(line, 15, 600, rect.w - 28), 15, 600, LEAD)


def _tile_painter(rect: pygame.Rect, choice: answers.Choice, *, caps: bool) -> Paint:
    return lambda surface: _paint_tile(surface, rect, choice, caps=caps)


def _paint_tile(surface: pygame.Surface, rect: pygame.Rect, choice: answers.Choice, *, caps: bool) -> None:
    colours = STATE_COLOURS[choice.state]
    off = choice.state is State.DISABLED
    fill = S2 if choice.state is State.IDLE else colours.fill
    surface.blit(shapes.box(rect.size, 12, fill, colours.border, 1.5, dashed=off), rect.topleft)
    y = rect.centery - 4
    if caps and choice.key:
        keycap(surface, rect.x + 8, rect.y + 20, choice.key)
    if choice.icon and rect.h > 84:
        icons.draw(surface, choice.icon, (rect.centerx, rect.y + 24), 22, ACC if not off else colours.text, 2.2)
        y = rect.y + 60
    room = rect.w - 12
    px = text.largest(choice.title, (20, 18, 16, 15), 700, room)
    text.write(
        surface, rect.centerx, y, text.fit(choice.title, px, 700, room), px, 700, colours.text, align=Align.MIDDLE
    )
    for row, line in enumerate(text.wrap(choice.second, 14, 500, room)[:2] if choice.second else ()):
        shade = TEXT2 if choice.state is State.IDLE else colours.text
        text.write(
            surface, rect.centerx, y + 19 + 16 * row, text.fit(line, 14, 500, room), 14, 500, shade, align=Align.MIDDLE
        )
