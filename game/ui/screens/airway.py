"""The airway station: the head, mask and bag, oxygen, breaths due, the capnograph; all else through cart and coach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import pygame

from game.rules.commands import Feel
from game.rules.skills.params import skills
from game.rules.skills.squeeze import volume_ml
from game.stations import Station
from game.ui import art, docks, frame, icons, shapes, text, tray
from game.ui.board import NOWHERE, Board, backdrop
from game.ui.drawers import tray_of
from game.ui.keymap import coaches, steps_in
from game.ui.screen import Control, Intent
from game.ui.screens import bagging, breaths, busy, coach, head, heard, mask, placed, rail, throat
from game.ui.text import Align
from game.ui.theme import LINE2, MON, TEXT2, TEXT3, WARN
from game.ui.traces import Kind, etco2, spo2, trace_colour
from game.ui.widgets.capnograph import Capnograph, top_of
from game.ui.widgets.panel import panel, pill
from game.ui.words import say

if TYPE_CHECKING:
    from game.rules.views import AirwayView
    from game.ui.screen import Model


CART: Final = pygame.Rect(16, 72, 224, 400)
ROWS: Final = 7
"""Tiles of the airway cart that are up at once."""
PAGES: Final = pygame.Rect(144, 62, 96, 44)
"""Turns the page, from the head of the panel."""
PAGE_CHIP: Final = pygame.Rect(164, 78, 64, 24)
CART_TILES: Final = tuple(pygame.Rect(28, 106 + 52 * row, 200, 46) for row in range(ROWS))

CAPNOGRAPH: Final = pygame.Rect(948, 76, 316, 236)
GLASS: Final = pygame.Rect(990, 114, 258, 118)
PLETH: Final = pygame.Rect(1192, 300, 56, 10)
"""Under the number of the probe."""
CHOICES: Final = pygame.Rect(252, 492, 684, 84)

FALLS_MS: Final = 900
"""How long the chest takes to fall after a breath."""


class AirwayScreen:
    """The picture from the head of the bed."""

    def __init__(self, moves: Mapping[str, tuple[int, int]] = NOWHERE) -> None:
        self._board = Board(backdrop(art.stage("airway")), moves=moves)
        self._order = frame.ORDER_RECT.move(moves.get("order_card", (0, 0)))
        self._changes = rail.Changes()
        self._capnograph = Capnograph(GLASS, 12.0, 29, PLETH)
        self._heard = heard.Heard()
        self._eye = coach.Eye()
        self._squeeze = Squeeze()
        self._model: Model | None = None

    def draw(self, surface: pygame.Surface, model: Model, now_ms: int) -> None:
        """One frame; the own squeeze shows in the frame it is pressed in."""
        self._model = model
        view = model.view.airway
        if view is None:
            return
        self._heard.note(model.view.findings, now_ms)
        self._eye.note(model.view.body.press_ms)
        self._squeeze.follow(model.hands.squeeze_since_ms, now_ms)
        squeezed = squeezed_ml(model, view, now_ms) // bagging.STEP_ML * bagging.STEP_ML
        rise = _rise(model, view, squeezed, now_ms)
        down = now_ms - model.view.body.press_ms < head.DOWN_MS
        if self._changes.seen(model, now_ms, squeezed, rise, down, model.hands):
            self._declare(model, view, squeezed, rise, now_ms)
            self._board.show(surface)
        else:
            self._board.again(surface)
        self._draw_moving(surface, model, view, now_ms)

    def _draw_moving(self, surface: pygame.Surface, model: Model, view: AirwayView, now_ms: int) -> None:
        """What may look different in every frame."""
        self._capnograph.draw(surface, view, now_ms, model.settings.palette)
        if model.view.task and not _coaching(model):
            tray.progress(surface, model, tray.on_page(model, _entries(model), ROWS)[:ROWS], CART_TILES, now_ms)
        heard.draw(surface, model, now_ms)
        if view.seal and view.window and not model.view.task:
            mask.draw(surface, model, view.seal, now_ms)
        if view.tube:
            throat.draw(surface, view.tube, now_ms)
        elif not model.tiles:
            busy.draw(surface, model, now_ms, busy.AT_HEAD)
        frame.order_bar(surface, model, now_ms, self._order)

    def controls(self) -> Sequence[Control]:
        """The bag first, then everything that lies over it."""
        model = self._model
        if model is None or model.view.airway is None:
            return ()
        view = model.view.airway
        squeeze = "push" if steps_in(model.seat, model.view) else "squeeze"
        found = [
            Control(frame.STAGE_RECT if squeeze == "push" else head.BAG, Intent(squeeze), Feel.EDGES),
            *(mask.controls() if view.seal else ()),
            *(throat.controls(model, view.tube) if view.tube else ()),
            *_cart_controls(model),
            *bagging.controls(model, view),
            *heard.controls(model, self._heard),
            *frame.station_controls(model),
            *docks.controls(model),
            *tray.offer_controls(model, rail.choice_rects(CHOICES, model)),
            *rail.back_control(model, CHOICES),
        ]
        if model.view.switch.asked_ms >= 0:
            found.append(Control(rail.SWITCH, Intent("switch_yes"), enabled=frame.works(model, "switch_yes")))
        return found

    def _declare(self, model: Model, view: AirwayView, squeezed: int, rise: int, now_ms: int) -> None:
        board = self._board
        head.declare(board, model, head.scene_of(model, view, squeezed / bagging.FULL_ML, now_ms), rise, now_ms)
        if view.tube is None:
            breaths.declare(board, model, view, now_ms)
        frame.top_bar(board, model)
        docks.declare(board, model)
        if _coaching(model):
            coach.declare(board, model, view, self._eye, now_ms)
        else:
            _declare_cart(board, model)
        if view.seal and view.window and not model.view.task:
            mask.declare(board, model)
        placed.declare(board, model, view)
        flow = view.flow_l_min
        board.part("oxygen", bagging.OXYGEN, flow, lambda surface: bagging.paint_oxygen(surface, flow))
        numbers = (view.co2_connected, view.etco2_mmhg, view.breaths_per_min, view.spo2_connected, view.spo2_pct)
        look = model.settings.palette
        board.part("capnograph", CAPNOGRAPH, numbers, lambda surface: _paint_capnograph(surface, view, look))
        took_ms = self._squeeze.took_ms if not squeezed else 0
        volumes = (squeezed, view.last_volume_ml, model.pack.tidal_volume_ml, view.bag, took_ms)
        board.part("squeeze", bagging.SQUEEZE, volumes, lambda surface: bagging.paint_squeeze(surface, *volumes))
        heard.declare(board, model, self._heard, now_ms)
        rail.switch(board, model, now_ms)
        frame.order_part(board, model, now_ms)
        frame.captions(board, model, now_ms)
        rail.choices(board, model, CHOICES)


class Squeeze:
    """How long the last squeeze of this device's hand took."""

    def __init__(self) -> None:
        self.took_ms = 0
        self._since_ms = -1

    def follow(self, since_ms: int, now_ms: int) -> None:
        """Takes in the hand of this frame."""
        if since_ms < 0 <= self._since_ms:
            self.took_ms = max(0, now_ms - self._since_ms)
        self._since_ms = since_ms


def _entries(model: Model) -> tuple[str, ...]:
    """What the airway cart holds."""
    return tray_of(Station.AIRWAY, 0, model.view)


def _coaching(model: Model) -> bool:
    """True while the coach's panel lies where the cart was: the first place of the tray, until somebody goes on."""
    return coaches(model.stations, model.view) and model.mode.tray % len(_entries(model)) == 0


def _declare_cart(board: Board, model: Model) -> None:
    entries = _entries(model)
    page, pages = model.mode.tray % len(entries) // ROWS + 1, -(-len(entries) // ROWS)
    board.part("cart", CART, (page, pages), lambda surface: _paint_cart(surface, page, pages))
    cells = [cell for cell in tray.cells(model, entries, ROWS) if cell.op != tray.MORE]
    tray.declare(board, "tray", cells, CART_TILES[: len(cells)])


def _paint_cart(surface: pygame.Surface, page: int, pages: int) -> None:
    panel(surface, CART, say("airway.cart"), opacity=0.95)
    pill(surface, PAGE_CHIP, "", border=LINE2)
    text.number(surface, PAGE_CHIP.x + 12, PAGE_CHIP.centery + 5, f"{page}/{pages}", 14, 600, TEXT2)
    icons.draw(surface, "right", (PAGE_CHIP.right - 14, PAGE_CHIP.centery), 14, TEXT2, 2.2)


def _cart_controls(model: Model) -> list[Control]:
    """The tiles that are up, and the page's head for the way on."""
    if _coaching(model):
        return coach.controls()
    entries = _entries(model)
    shown = len(tray.on_page(model, entries, ROWS)) - 1
    return tray.controls(model, entries, (*CART_TILES[:shown], PAGES), ROWS)


def squeezed_ml(model: Model, view: AirwayView, now_ms: int) -> int:
    """What the bag has given since it was pressed, as the model of the skill predicts it; 0 while it is let go."""
    since = model.hands.squeeze_since_ms
    if since < 0:
        return 0
    return volume_ml(now_ms - since, seal_pct=view.seal.pct if view.seal else 100, skills=skills())


def _rise(model: Model, view: AirwayView, squeezed: int, now_ms: int) -> int:
    """How far the chest has risen with the squeeze, or fallen again after the breath."""
    most = model.pack.tidal_volume_ml[1]
    if squeezed:
        return head.rise_of(squeezed / most)
    since_ms = now_ms - view.last_breath_ms
    if view.last_breath_ms < 0 or not 0 <= since_ms < FALLS_MS:
        return 0
    return head.rise_of(view.last_volume_ml / most * (1 - since_ms / FALLS_MS))


def _paint_capnograph(surface: pygame.Surface, view: AirwayView, palette: str) -> None:
    panel(surface, CAPNOGRAPH, say("airway.capnograph"), say("airway.only_you"), opacity=0.97)
    x, y = CAPNOGRAPH.topleft
    surface.blit(shapes.box((284, 118), 6, MON), (x + 16, y + 38))
    top = top_of(view)
    for mark in (0, top // 2, top):
        at = GLASS.bottom - (mark / top + 0.05) / 1.1 * GLASS.h
        text.number(surface, x + 38, at + 5, str(mark), 14, 400, TEXT3, align=Align.END)
    if not view.co2_connected:
        text.middle(surface, GLASS.centerx, GLASS.centery, say("airway.no_line"), 16, 600, WARN, align=Align.MIDDLE)
    colour = trace_colour(Kind.CO2, palette)
    _subscripted(surface, x + 16, y + 186, say("airway.etco2"), colour)
    figure = etco2(view)
    end = text.number(surface, x + 16, y + 222, figure, 44 if figure.isdigit() else 30, 700, colour)
    if figure.isdigit():
        text.write(surface, end + 4, y + 222, say("unit.mmhg"), 15, 500, TEXT2)
    text.write(surface, x + 140, y + 186, say("airway.breaths"), 16, 600, TEXT2)
    end = text.number(surface, x + 140, y + 222, str(view.breaths_per_min), 44)
    text.write(surface, end + 4, y + 222, say("unit.per_min"), 15, 500, TEXT2)
    colour = trace_colour(Kind.PLETH, palette)
    _subscripted(surface, x + 244, y + 186, say("airway.spo2"), colour)
    text.number(surface, x + 244, y + 221, spo2(view), 30, 700, colour)


def _subscripted(surface: pygame.Surface, x: int, baseline: int, words: str, colour: str) -> None:
    """`words` and a small 2 below the line: the typeface has no subscript."""
    end = text.write(surface, x, baseline, words, 16, 600, colour)
    text.write(surface, end, baseline + 3, "2", 11, 600, colour)
