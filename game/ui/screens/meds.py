"""The cart and the defibrillator: lines, drawers, the syringe in hand, paper, and the device beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import pygame

from game.stations import Station
from game.ui import art, docks, frame, patient, tray
from game.ui.board import Board, backdrop
from game.ui.drawers import DRAWERS, drawer_of, tray_of
from game.ui.keymap import meant
from game.ui.screen import Control, Intent, Local
from game.ui.screens import builder, cupboard, device, paper, pins, rail

if TYPE_CHECKING:
    from game.rules.views import CartView
    from game.ui.screen import Model


ORDER: Final = pygame.Rect(332, 72, 290, 112)
CHART: Final = pygame.Rect(16, 72, 306, 214)
STAGE: Final = pygame.Rect(324, 60, 544, 226)
CHOICES: Final = pygame.Rect(16, 300, 840, 112)
"""Where open choices lie for a seat without the cart."""


class MedsScreen:
    """The picture from the patient's left side."""

    def __init__(self) -> None:
        self._board = Board(backdrop(art.stage("meds")))
        self._changes = rail.Changes()
        self._device = device.Device()
        self._arms = art.turned("compressor_hands_arms", 180, 60)
        self._model: Model | None = None

    def draw(self, surface: pygame.Surface, model: Model, now_ms: int) -> None:
        """One frame."""
        self._model = model
        cart, shocker = model.view.cart, model.view.defibrillator
        if cart is None and shocker is None:
            return
        if self._changes.seen(model, now_ms):
            self._declare(model, now_ms)
            self._board.show(surface)
        else:
            self._board.again(surface)
        if shocker:
            self._device.draw(surface, model, shocker, now_ms)
            if not shocker.pads:
                pins.draw(surface, model, now_ms)
        if cart:
            builder.draw(surface, model)
        if model.view.task:
            _draw_progress(surface, model, now_ms)
        if not model.mode.paper:
            frame.order_bar(surface, model, now_ms, ORDER)

    def controls(self) -> Sequence[Control]:
        """Pins and lines, drawers and what lies in them, the syringe's three steps, the device."""
        model = self._model
        if model is None:
            return ()
        cart, shocker = model.view.cart, model.view.defibrillator
        found = pins.controls(model, cart, shocker)
        if cart:
            found += _cart_controls(model, cart)
        elif cupboard.opened(model):
            found += tray.offer_controls(model, rail.choice_rects(CHOICES, model))
            found += rail.back_control(model, CHOICES)
        if shocker:
            found += device.controls(model)
        if model.view.switch.asked_ms >= 0 and frame.works(model, "switch_yes"):
            found.append(Control(rail.SWITCH, Intent("switch_yes")))
        found += [*frame.station_controls(model), *docks.controls(model)]
        return [*found, *paper.controls(model)] if model.mode.paper else found

    def _declare(self, model: Model, now_ms: int) -> None:
        board = self._board
        patient.declare(board, "meds", model)
        on = _compressed(model)
        board.part("arms", STAGE, on, lambda surface: self._paint_arms(surface, on=on))
        frame.top_bar(board, model)
        docks.declare(board, model)
        cart, shocker = model.view.cart, model.view.defibrillator
        if cart:
            pins.declare(board, model, cart)
            paper.card(board, model, CHART, now_ms)
            cupboard.declare(board, model)
            builder.declare(board, model, cart, now_ms)
        else:
            rail.choices(board, model, CHOICES)
        if shocker:
            pins.declare_pads(board, model, shocker)
            self._device.declare(board, model, shocker, now_ms, _cursor(model))
        rail.switch(board, model, now_ms)
        frame.order_part(board, model, now_ms, ORDER)
        frame.captions(board, model, now_ms)
        if model.mode.paper:
            paper.declare(board, model, now_ms)

    def _paint_arms(self, surface: pygame.Surface, *, on: bool) -> None:
        """Whoever compresses, seen from here."""
        if on:
            kept = surface.get_clip()
            surface.set_clip(STAGE.clip(kept))
            surface.blit(self._arms, self._arms.get_rect(midbottom=(704, 258)))
            surface.set_clip(kept)


def _compressed(model: Model) -> bool:
    """True while somebody pushes, not for hands that examine: what lies on this chest must agree with "all clear"."""
    if shocker := model.view.defibrillator:
        return not shocker.chest_off
    return any(seen.hands_on and seen.stations & Station.CHEST for seen in model.view.crew)


def _cursor(model: Model) -> str:
    """What of the tray the keyboard is on, "" while it is nowhere or in open choices."""
    entries = tray_of(model.stations & (Station.CART | Station.DEFIBRILLATOR), 0, model.view)
    return entries[model.mode.tray % len(entries)] if model.mode.tray and not model.tiles else ""


def _draw_progress(surface: pygame.Surface, model: Model, now_ms: int) -> None:
    """The bar of the running task, over the drawer or the button it came from."""
    task, at = model.view.task, builder.DESK
    place = drawer_of(task.op) if task else ""
    if task and place and task.op not in ("draw", "give", "flush"):
        front = cupboard.DESK.fronts[list(DRAWERS).index(place)]
        tray.progress(surface, model, (task.op,), (front,), now_ms)
    tray.progress(surface, model, ("give", "flush", "draw"), (at.give, at.flush, at.hold), now_ms)


def _cart_controls(model: Model, cart: CartView) -> list[Control]:
    chart = meant("chart", model.view)
    opens = chart.op == Local.PAPER or frame.works(model, "chart")
    found = [Control(CHART, chart, enabled=opens)]
    return [*found, *cupboard.controls(model), *builder.controls(model, cart)]
