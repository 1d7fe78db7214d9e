"""The lead on a phone: Room with the ECG and what was reported, Orders, Causes; clocks and speech over all three."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import pygame

from game.rules.setup import Sight
from game.stations import Station
from game.ui import frame, shapes, text
from game.ui.board import Board
from game.ui.phone import furniture, sheet
from game.ui.phone.places import GAP, Places, grid
from game.ui.screen import Control, Intent, Local
from game.ui.screens import lead as desk
from game.ui.screens import rail
from game.ui.screens.leading import book, causes, orders, reported, targets
from game.ui.text import Align
from game.ui.theme import ACC, INK, LEAD, LINE, LINE2, S2, TEXT2, TEXT3, WARN
from game.ui.values import finding_label
from game.ui.widgets import gauge
from game.ui.widgets.button import Label, button
from game.ui.widgets.monitor import Monitor
from game.ui.words import clock, role_word, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.rules.views import LeadView, ReportedView
    from game.ui.board import Paint
    from game.ui.screen import Model

TABS: Final = (("room", "wave"), ("orders", "note"), ("causes", "flag"))
ROOM, ORDERS, CAUSES = range(3)
WINDOW_S: Final = 4.0
FLOOR: Final = "#0D161F"


class LeadPlaces:
    """Where the parts of this screen lie at a height."""

    def __init__(self, places: Places) -> None:
        body = places.body
        high = 44
        self.clocks = pygame.Rect(136, body.y, 214, high)
        self.restart = pygame.Rect(356, body.y, 76, high)
        self.book = pygame.Rect(438, body.y, 44, high)
        self.caption = pygame.Rect(488, body.y, 312, high)
        top = body.y + high + GAP
        self.main = pygame.Rect(136, top, 664, body.bottom - top)
        self.ecg = pygame.Rect(136, top, 284, self.main.h)
        self.trace = pygame.Rect(144, top + 30, 268, self.main.h - 40)
        self.values = grid(pygame.Rect(426, top, 374, self.main.h), 6, 3)
        self.causes = self.main if not places.low else pygame.Rect(136, body.y, 664, body.h)
        inside = pygame.Rect(self.causes.x + 12, self.causes.y + 32, self.causes.w - 24, self.causes.h - 34)
        self.tiles = grid(inside, 12, 6)
        self.targets = grid(inside, 6, 3)
        self.more = pygame.Rect(body.right - 150, body.y, 150, 44)

    def covers_head(self, tab: int) -> bool:
        """True for a tab that needs the room of clocks and speech."""
        return tab == CAUSES and self.causes.y == self.clocks.y


class LeadScreen:
    """The leader's picture on a phone."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._at = LeadPlaces(places)
        self._board = Board(_floor(places))
        self._over = Board(size=places.size)
        self._changes = rail.Changes()
        self._monitor = Monitor(self._at.ecg, self._at.trace, WINDOW_S)
        self._model: Model | None = None

    def draw(self, surface: pygame.Surface, model: Model, now_ms: int) -> None:
        """One frame."""
        self._model = model
        lead = model.view.lead
        if lead is None:
            return
        tab = model.mode.tab % len(TABS)
        if self._changes.seen(model, now_ms):
            self._declare(model, lead, tab, now_ms)
            self._board.show(surface)
        else:
            self._board.again(surface)
        if sheet.is_open(model):
            sheet.declare(self._over, model, self._places)
            self._over.show(surface)
            return
        if tab == ROOM:
            self._monitor.draw(surface, lead.ecg, now_ms, model.settings.palette)
        if not self._at.covers_head(tab):
            _draw_clocks(surface, model, self._at, lead, now_ms)
        if model.mode.paper:
            book.declare(self._over, model, lead, now_ms, self._places.body)
        if model.mode.history:
            furniture.history(self._over, model, self._places)
        self._over.show(surface)

    def controls(self) -> Sequence[Control]:
        """The dock's orders, the tabs, and what lies on the one that is up."""
        model, at, places = self._model, self._at, self._places
        if model is None or model.view.lead is None:
            return ()
        found = furniture.controls(model, places)
        if sheet.is_open(model):
            return [*found, *sheet.controls(model, places)]
        if model.mode.history:
            return [*found, Control(places.stage, Intent(Local.CAPTIONS))]
        if model.mode.paper:
            return [*found, Control(places.stage, Intent(Local.PAPER)), Control(at.more, Intent(Local.PAGE))]
        found += furniture.tab_controls(places, len(TABS))
        tab = model.mode.tab % len(TABS)
        if not at.covers_head(tab):
            found.append(Control(at.restart, Intent("restart_cycle")))
            found.append(Control(at.book, Intent(Local.PAPER)))
            found.append(Control(at.caption, Intent(Local.CAPTIONS)))
        return [*found, *self._tab_controls(model, model.view.lead, tab)]

    def _tab_controls(self, model: Model, lead: LeadView, tab: int) -> list[Control]:
        at = self._at
        if tab == ORDERS:
            return orders.controls(model, at.main)
        if tab == CAUSES and lead.started:
            if desk.holds_targets(model):
                return targets.controls(model, _head(at.causes), at.targets)
            turn = [Control(_head(at.causes), Intent(Local.LOOK))] if targets.up(model) else []
            return [*turn, *causes.controls(model, lead, at.tiles)]
        if tab == ROOM and lead.started:
            slots = reported.reported_slots(lead, model.level, reported.wanted(model))
            facts = zip(at.values, slots, strict=False)
            return [Control(rect, Intent(Local.FACT, (key,))) for rect, (key, said) in facts if said]
        return []

    def _declare(self, model: Model, lead: LeadView, tab: int, now_ms: int) -> None:
        board, at = self._board, self._at
        furniture.declare(board, model, self._places)
        calling = frozenset({"orders"} if any(order.state == "read_back" for order in model.view.orders) else ())
        furniture.tab_bar(board, model, self._places, TABS, calling, up=tab)
        if not at.covers_head(tab):
            self._declare_head(model, lead, now_ms)
        if tab == ROOM:
            self._declare_room(model, lead, now_ms)
        elif tab == ORDERS:
            given = tuple(orders.rows(model, now_ms))
            key = (given, now_ms // 1000 if given else 0, model.roster)
            board.part("orders", at.main, key, lambda surface: orders.paint(surface, model, now_ms, at.main))
        elif not lead.started:
            board.part("causes", at.causes, "brief", partial(_paint_brief, model=model, rect=at.causes))
        elif desk.holds_targets(model):
            held = targets.tiles(model, lead, now_ms)
            board.part("causes", at.causes, held, partial(_paint_targets, model=model, at=at, held=held))
        else:
            fact = reported.picked(model, lead)
            known = (lead.causes, lead.clues, fact)
            board.part(
                "causes", at.causes, known, lambda surface: causes.paint(surface, lead, fact, at.causes, at.tiles)
            )

    def _declare_head(self, model: Model, lead: LeadView, now_ms: int) -> None:
        board, at = self._board, self._at
        head = at.clocks.union(at.book)
        running = lead.cycle_ms >= 0
        board.part("clocks", head, running, lambda surface: _paint_head(surface, at, running=running))
        last = model.captions[-1] if model.captions else None
        fresh = last is not None and now_ms - last.at_ms < frame.CAPTION_HOLD_MS
        board.part(
            "caption", at.caption, (last, fresh), partial(furniture.paint_two_lines, model=model, rect=at.caption)
        )

    def _declare_room(self, model: Model, lead: LeadView, now_ms: int) -> None:
        board, at = self._board, self._at
        owner = role_word(Station(frame.seated(model, Station.DEFIBRILLATOR).stations))
        blind = model.sight is Sight.BLIND
        why = (
            say("lead.blind" if blind else "lead.no_trace"),
            say("lead.ask_for" if blind else "lead.has_pads", who=owner),
        )
        ecg = (lead.ecg.connected, lead.ecg.compressing, why, self._monitor.rate)
        colours = model.settings.palette
        board.part("ecg", at.ecg, ecg, lambda surface: self._monitor.paint(surface, lead.ecg, why, colours))
        slots = reported.reported_slots(lead, model.level, reported.wanted(model))
        for rect, (key, said) in zip(at.values, slots, strict=False):
            age_s = max(0, now_ms - said.at_ms) // 1000 if said else -1
            look = (key, said, age_s, key == model.mode.fact)
            board.part(f"value {rect.topleft}", rect, look, _value_painter(model, rect, key, said, age_s))


def _floor(places: Places) -> pygame.Surface:
    made = pygame.Surface(places.size)
    made.fill(FLOOR)
    return made


def _head(board: pygame.Rect) -> pygame.Rect:
    return pygame.Rect(board.x, board.y, board.w, 34)


def _paint_targets(surface: pygame.Surface, *, model: Model, at: LeadPlaces, held: Sequence[targets.Tile]) -> None:
    targets.paint(surface, model, held, at.causes, at.targets)


def _paint_brief(surface: pygame.Surface, *, model: Model, rect: pygame.Rect) -> None:
    """What the team walks into: no cause can be thought of before anybody has begun."""
    surface.blit(shapes.box(rect.size, 12, INK, LINE, 1), rect.topleft)
    text.write(surface, rect.x + 16, rect.y + 26, say("lead.brief"), 15, 600, TEXT2)
    for row, line in enumerate(text.wrap(model.level.brief, 17, 600, rect.w - 32)[:4]):
        text.write(surface, rect.x + 16, rect.y + 58 + row * 24, line, 17, 600)


def _paint_head(surface: pygame.Surface, at: LeadPlaces, *, running: bool) -> None:
    surface.blit(shapes.box(at.clocks.size, 10, INK, LINE, 1), at.clocks.topleft)
    words = say("lead.restart" if running else "lead.cycle")
    button(surface, at.restart, Label(text.fit(words, 14, 600, at.restart.w - 8), px=14), radius=8)
    button(surface, at.book, Label(icon="note"), radius=8)


def _draw_clocks(surface: pygame.Surface, model: Model, at: LeadPlaces, lead: LeadView, now_ms: int) -> None:
    """The figures that run: since the collapse, and what is left of the cycle."""
    rect = at.clocks
    minutes, seconds = divmod(max(0, now_ms) // 1000, 60)
    text.number(surface, rect.x + 10, rect.y + 31, f"{minutes:02d}:{seconds:02d}", 26)
    x = rect.x + 96
    if lead.cycle_ms < 0:
        text.write(surface, x, rect.y + 28, say("lead.no_cycle"), 14, 500, TEXT2)
        return
    cycle_ms = model.pack.cycle_ms
    left_ms = cycle_ms - (now_ms - lead.cycle_ms)
    colour = LEAD if left_ms > 0 else WARN
    words = say("lead.check_in" if left_ms > 0 else "lead.check_due")
    text.write(surface, x, rect.y + 19, words, 14, 600, colour if left_ms <= 0 else TEXT2)
    text.number(surface, rect.right - 10, rect.y + 20, str(abs(left_ms) // 1000), 17, 700, colour, align=Align.END)
    gauge.bar(surface, pygame.Rect(x, rect.y + 29, rect.right - 10 - x, 7), 1 - left_ms / cycle_ms, colour, LINE)


def _value_painter(model: Model, rect: pygame.Rect, key: str, said: ReportedView | None, age_s: int) -> Paint:
    return partial(_paint_value, model=model, rect=rect, key=key, said=said, age_s=age_s)


def _paint_value(
    surface: pygame.Surface, *, model: Model, rect: pygame.Rect, key: str, said: ReportedView | None, age_s: int
) -> None:
    """A value as it was last said: it fades with age."""
    chosen = said is not None and key == model.mode.fact
    border = ACC if chosen else LINE2
    surface.blit(shapes.box(rect.size, 10, S2, border, 2 if chosen else 1, dashed=said is None), rect.topleft)
    label = text.fit(finding_label(model, key), 14, 600, rect.w - (64 if said else 20))
    text.write(surface, rect.x + 10, rect.y + 21, label, 14, 600, TEXT2)
    if said is None:
        text.write(surface, rect.x + 10, rect.y + 44, say("lead.nobody_yet"), 14, 500, TEXT3)
        return
    colour = reported.age_colour(age_s)
    text.number(surface, rect.right - 8, rect.y + 21, clock(age_s * 1000), 14, 400, colour, align=Align.END)
    value, room = reported.value_words(model, said), rect.w - 20
    px = text.largest(value, (22, 18, 16, 15), 700, room)
    alpha = round(255 * (1 - (1 - reported.FADED) * min(1.0, age_s / reported.STALE_S)))
    lines = text.wrap(value, px, 700, room)[: 2 if rect.h > 80 else 1]
    for row, line in enumerate(lines):
        text.write(
            surface, rect.x + 10, rect.y + 47 + (px + 2) * row, text.fit(line, px, 700, room), px, 700, alpha=alpha
        )
    who = role_word(Station(model.view.crew[said.seat].stations)) if 0 <= said.seat < len(model.view.crew) else ""
    line = text.fit(say("lead.by", who=who), 14, 500, room)
    text.write(surface, rect.x + 10, rect.bottom - 7, line, 14, 500, TEXT3)
