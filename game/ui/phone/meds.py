"""Cart and defibrillator on a phone: Cart, Build, Defib and Chart, one at a time, with the order over all of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.rules.commands import Feel
from game.ui import frame, hand, icons, shapes, text
from game.ui.board import Board
from game.ui.drawers import DRAWERS
from game.ui.keymap import meant
from game.ui.phone import furniture, sheet
from game.ui.phone.airway import switch_label
from game.ui.phone.defib import Defib
from game.ui.phone.places import GAP, Places, columns, rows
from game.ui.screen import Control, Intent, Local
from game.ui.screens import builder, cupboard, paper, rail
from game.ui.text import Align
from game.ui.theme import ACC, INK, LINE, TEXT, TEXT2, TEXT3, WARN, State
from game.ui.widgets.button import Label, button
from game.ui.widgets.panel import panel
from game.ui.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.rules.views import CartView
    from game.ui.screen import Model

TABS: Final = (("cart", "syringe"), ("build", "drop"), ("defib", "bolt"), ("chart", "chart"))
CART, BUILD, DEFIB, CHART = range(4)
FLOOR: Final = "#0D161F"
LINE_PX: Final = 24
OFF: Final = pygame.Rect(144, 800, 648, 64)
"""Beyond the canvas: what a low one has no room for."""


class MedsPlaces:
    """Where the parts of this screen lie at a height."""

    def __init__(self, places: Places) -> None:
        body, low = places.body, places.low
        self.order = pygame.Rect(136, body.y, 440, 46 if low else 50)
        self.right = pygame.Rect(582, body.y, 218, self.order.h)
        top = self.order.bottom + GAP
        self.main = pygame.Rect(136, top, 664, body.bottom - top)
        self.caption = pygame.Rect(136, body.bottom - 36, 440, 36)
        self.cart = self._cart(low=low)
        self.build = self._build(low=low)
        self.task = pygame.Rect(592, self.order.bottom - 4, 204, 34)

    def _cart(self, *, low: bool) -> cupboard.Places:
        main = self.main
        inside = pygame.Rect(main.x + 8, main.y + (0 if low else 4), main.w - 16, 44)
        slots = pygame.Rect(inside.x, inside.bottom + GAP, inside.w, main.bottom - inside.bottom - GAP if low else 78)
        zoom = OFF if low else pygame.Rect(inside.x, slots.bottom + 4, inside.w, 54)
        return cupboard.Places(main, tuple(columns(inside, 5)), slots, tuple(columns(slots, 6)), zoom)

    def _build(self, *, low: bool) -> builder.Places:
        main, top = self.main, self.main.y
        steps = rows(pygame.Rect(604, top + (0 if low else 30), 188, 144 if low else 158), 3)
        less = pygame.Rect(540, top + (50 if low else 86), 56, 44)
        lines = columns(pygame.Rect(144, main.bottom - 46, 390, 44), 4)
        hold = pygame.Rect(582, self.order.y + 4, 218, 38) if low else pygame.Rect(144, main.bottom - 88, 388, 36)
        middle = top + (62 if low else 68)
        return builder.Places(
            panel=main,
            syringe=pygame.Rect(144, middle - 40, 390, 70),
            barrel=(176, middle),
            more=less.move(0, -50),
            less=less,
            hold=hold,
            lines=tuple(lines),
            read_back=steps[0],
            give=steps[1],
            flush=steps[2],
        )


class MedsScreen:
    """The picture of cart and device on a phone."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._at = MedsPlaces(places)
        floor = pygame.Surface(places.size)
        floor.fill(FLOOR)
        self._board = Board(floor)
        self._over = Board(size=places.size)
        self._changes = rail.Changes()
        self._defib = Defib(places)
        self._model: Model | None = None

    def draw(self, surface: pygame.Surface, model: Model, now_ms: int) -> None:
        """One frame."""
        self._model = model
        cart, shocker = model.view.cart, model.view.defibrillator
        if cart is None and shocker is None:
            return
        tab = tab_of(model)
        if self._changes.seen(model, now_ms):
            self._declare(model, tab, now_ms)
            self._board.show(surface)
        else:
            self._board.again(surface)
        choosing = _choosing(model)
        if not choosing:
            if shocker and tab == DEFIB:
                self._defib.draw(surface, model, shocker, now_ms)
            elif cart and tab == BUILD:
                builder.draw(surface, model, self._at.build)
            furniture.order_bar(surface, model, self._at.order, now_ms)
        self._declare_over(model, tab, now_ms)
        self._over.show(surface)
        if not choosing:
            furniture.task_bar(surface, model, self._at.task, now_ms)

    def controls(self) -> Sequence[Control]:
        """The dock, the tabs, the order, and what lies on the tab that is up."""
        model, at, places = self._model, self._at, self._places
        if model is None or (model.view.cart is None and model.view.defibrillator is None):
            return ()
        found = furniture.controls(model, places)
        if _choosing(model):
            return [*found, *sheet.controls(model, places)]
        if model.mode.history:
            return [*found, Control(places.stage, Intent(Local.CAPTIONS))]
        found += furniture.tab_controls(places, len(TABS))
        found += furniture.order_controls(model, at.order)
        cart, shocker, tab = model.view.cart, model.view.defibrillator, tab_of(model)
        if tab == DEFIB:
            found += self._defib.controls(model) if shocker else []
        if rail.asked_to_switch(model):
            place = self._defib.at.switch if tab == DEFIB else at.right
            found.append(Control(place, Intent("switch_yes"), enabled=frame.works(model, "switch_yes")))
        elif tab in (CART, BUILD):
            found.append(Control(at.right, Intent(Local.CAPTIONS)))
        if cart and tab == CART:
            found += cupboard.controls(model, at.cart)
        elif cart and tab == BUILD:
            found += builder.controls(model, cart, at.build)
        elif cart and tab == CHART:
            found += _chart_controls(model, at)
        return found

    def _declare(self, model: Model, tab: int, now_ms: int) -> None:
        board, at = self._board, self._at
        furniture.declare(board, model, self._places)
        furniture.tab_bar(board, model, self._places, TABS, _calling(model), up=tab)
        cart, shocker = model.view.cart, model.view.defibrillator
        if cart and tab == CART:
            cupboard.declare(board, model, at.cart)
        elif cart and tab == BUILD:
            builder.declare(board, model, cart, now_ms, at.build)
            for name, rect, words in (("more", at.build.more, "+"), ("less", at.build.less, "-")):
                board.part(f"plunger {name}", rect, 0, partial(button, rect=rect, label=Label(words, px=22)))
        elif shocker and tab == DEFIB:
            self._defib.declare(board, model, shocker, now_ms)
        elif cart and tab == CHART:
            self._declare_chart(model, cart, now_ms)
        else:
            board.part("none", at.main, tab, lambda surface: _paint_none(surface, at.main))
        self._declare_right(model, tab, now_ms)
        furniture.order(board, model, at.order)

    def _declare_right(self, model: Model, tab: int, now_ms: int) -> None:
        """Beside the order: the switch that is asked, else what was said last."""
        board, at = self._board, self._at
        if tab == DEFIB:
            return
        if rail.asked_to_switch(model):
            look = switch_label(model)
            board.part("switch", at.right, look, lambda surface: button(surface, at.right, *look))
        elif tab == CART or (tab == BUILD and not self._places.low):
            last = model.captions[-1] if model.captions else None
            board.part("said", at.right, last, partial(furniture.paint_two_lines, model=model, rect=at.right))

    def _declare_chart(self, model: Model, cart: CartView, now_ms: int) -> None:
        board, at = self._board, self._at
        lines = chart_lines(model, now_ms)
        key = (lines, model.mode.page)
        board.part("chart", at.main, key, lambda surface: _paint_chart(surface, at.main, lines, model.mode.page))
        read, more = columns(at.right, 2)
        words = Label(say("phone.read_chart" if not cart.chart_read else "phone.chart_read"), px=15)
        works = meant("chart", model.view).op == "chart" and frame.works(model, "chart")
        state = State.PRIMARY if works and not cart.chart_read else State.DISABLED
        board.part("read chart", read, (words, state), lambda surface: button(surface, read, words, state))
        if len(lines) > _fits(at.main):
            label = Label(say("choose.more"), icon="right", px=15)
            board.part("more lines", more, 0, lambda surface: button(surface, more, label))

    def _declare_over(self, model: Model, tab: int, now_ms: int) -> None:
        over, at = self._over, self._at
        if _choosing(model):
            sheet.declare(over, model, self._places)
            return
        if tab != DEFIB:
            furniture.task(over, model, at.task)
        else:
            furniture.caption(over, model, at.caption if frame.own_order(model) else at.order, now_ms)
            if rail.asked_to_switch(model):
                look = switch_label(model)
                rect = self._defib.at.switch
                over.part("switch", rect, look, lambda surface: button(surface, rect, *look))
        if model.mode.history:
            furniture.history(over, model, self._places)


def tab_of(model: Model) -> int:
    """The tab that is up; an open drawer is the cart's."""
    if model.mode.group in DRAWERS:
        return CART
    tab = model.mode.tab % len(TABS)
    if model.view.cart is None:
        return DEFIB
    return CART if model.view.defibrillator is None and tab == DEFIB else tab


def _choosing(model: Model) -> bool:
    """True while a sheet of choices is up; a drawer's own tiles lie in the cart."""
    drawer = model.mode.group in DRAWERS and not model.mode.path
    return bool(model.tiles) and not drawer


def _calling(model: Model) -> frozenset[str]:
    """Tabs that something waits on: an amount to draw or a drug to push in, a charge that stands."""
    calls = set()
    cart, shocker = model.view.cart, model.view.defibrillator
    held = model.mode.picked or hand.to_draw(model.mode, model.pack)
    if cart and (held or cart.drug or any(line.holds for line in cart.lines)):
        calls.add("build")
    if shocker and shocker.charge == "charged":
        calls.add("defib")
    return frozenset(calls)


class ChartLine(NamedTuple):
    """A line of paper: a heading, or what is known and its value."""

    label: str
    value: str
    tone: str
    heading: bool


def chart_lines(model: Model, now_ms: int) -> tuple[ChartLine, ...]:
    """All that is known on paper, one under the other."""
    lines: list[ChartLine] = []
    for block in paper.blocks_of(model, now_ms):
        lines.append(ChartLine(block.title, block.hint, "", heading=True))
        lines += [ChartLine(row.label, row.value, row.tone, heading=False) for row in block.rows]
    return tuple(lines)


def _fits(rect: pygame.Rect) -> int:
    return 2 * ((rect.h - 12) // LINE_PX)


def _chart_controls(model: Model, at: MedsPlaces) -> list[Control]:
    read, more = columns(at.right, 2)
    act = meant("chart", model.view)
    found = [Control(read, act, Feel.TAP, act.op == "chart" and frame.works(model, "chart"))]
    if len(chart_lines(model, model.view.now_ms)) > _fits(at.main):
        found.append(Control(more, Intent(Local.PAGE)))
    return found


def _paint_chart(surface: pygame.Surface, rect: pygame.Rect, lines: Sequence[ChartLine], page: int) -> None:
    panel(surface, rect)
    size = _fits(rect)
    pages = max(1, -(-len(lines) // size))
    shown, half = lines[page % pages * size :][:size], size // 2
    wide = (rect.w - 48) // 2
    for place, line in enumerate(shown):
        x = rect.x + 16 + place // half * (wide + 16)
        y = rect.y + 24 + place % half * LINE_PX
        ink = {"warn": WARN, "quiet": TEXT3}.get(line.tone, TEXT)
        if line.heading:
            text.write(surface, x, y, text.fit(line.label, 15, 700, wide), 15, 700, ACC)
            text.write(surface, x + wide, y, line.value, 14, 600, TEXT3, align=Align.END)
            continue
        if line.tone == "warn":
            icons.draw(surface, "flag", (x + 7, y - 5), 14, WARN, 2)
        left = x + (20 if line.tone == "warn" else 0)
        end = text.write(surface, left, y, text.fit(line.label, 14, 500, wide), 14, 500, TEXT2)
        value = text.fit(line.value, 15, 600, round(x + wide - end - 10))
        text.write(surface, x + wide, y, value, 15, 600, ink, align=Align.END)
        surface.fill(LINE, (x, y + 6, wide, 1))


def _paint_none(surface: pygame.Surface, rect: pygame.Rect) -> None:
    surface.blit(shapes.box(rect.size, 12, INK, LINE, 1, dashed=True), rect.topleft)
