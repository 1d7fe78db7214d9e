"""Cart and device on the 4:3 canvas: the device at the right, under the patient one of cart, syringe and chart."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import pygame

from game.ui import frame, hand
from game.ui.board import Board
from game.ui.drawers import DRAWERS
from game.ui.screen import Control, Intent, Local
from game.ui.screens.meds import MedsScreen as Desk
from game.ui.square.cuts import Cut, Plan, SquareScreen, cut
from game.ui.square.history import history
from game.ui.theme import INK, State
from game.ui.widgets.button import Label, button
from game.ui.widgets.panel import panel
from game.ui.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.rules.views import CartView
    from game.ui.screen import Model

AUTO, BUILD, CART, CHART = range(4)
"""`Mode.tab`; where nobody has chosen one it goes by what is in the hand."""
TABS: Final = ((CART, "cart"), (BUILD, "build"), (CHART, "chart"))
TABS_RECT: Final = pygame.Rect(440, 300, 104, 280)
TAB_RECTS: Final = tuple(pygame.Rect(447, 308 + 64 * place, 90, 56) for place in range(3))
BELOW: Final = {
    CART: cut(16, 290, 430, 298, 12),
    BUILD: cut(452, 290, 408, 298, 16),
    CHART: cut(16, 72, 306, 214, 72, 330),
}
UNDER: Final = pygame.Rect(0, 288, 960, 300)
LEFT: Final = 320
"""How much of the picture is left away beside the device."""


def tab_of(model: Model, cart: CartView) -> int:
    """The tab that is up: the amount in the hand goes before an open drawer, and that before anything else."""
    if hand.to_draw(model.mode, model.pack):
        return BUILD
    if model.mode.group in DRAWERS:
        return CART
    held = bool(cart.drug) or any(line.holds for line in cart.lines)
    return model.mode.tab % len(BELOW | {AUTO: 0}) or (BUILD if held else CART)


def cuts(model: Model) -> list[Cut]:
    """The patient above, one tab below, the device at the right."""
    cart, shocker = model.view.cart, model.view.defibrillator
    left = LEFT if shocker else 0
    found = [cut(left, 60, 960, 528, 0)]
    if cart and shocker:
        found = [cut(LEFT, 60, 544, 228, 0), cut(864, 60, 416, 528, 544)]
        found.append(BELOW[tab_of(model, cart)])
    elif model.tiles and shocker:
        found.append(cut(16, 300, 840, 112, 60))
    if frame.own_order(model) and left:
        found += [cut(324, 72, 298, 112, 8)]
    if model.view.switch.asked_ms >= 0 and left:
        found.append(cut(664, 76, 272, 56, 268, 228))
    if model.mode.paper:
        found.append(cut(16, 72, 840, 504, 60))
    return [*found, *history(model)]


class MedsScreen(SquareScreen):
    """The large picture with three tabs."""

    def __init__(self) -> None:
        super().__init__(Desk(), Plan(cuts))
        self._tabs = Board(size=(960, 720))

    def draw(self, surface: pygame.Surface, model: Model, now_ms: int) -> None:
        """One frame."""
        surface.fill(INK, UNDER)
        super().draw(surface, model, now_ms)
        cart = model.view.cart
        if cart is None or not self._tabbed(model):
            return
        up = tab_of(model, cart)
        self._tabs.part("floor", TABS_RECT, 0, lambda target: panel(target, TABS_RECT))
        for (tab, name), rect in zip(TABS, TAB_RECTS, strict=True):
            state = State.HOVER if tab == up else State.IDLE
            label = Label(say(f"phone_tab.{name}"), px=15)
            self._tabs.part(name, rect, state, partial(button, rect=rect, label=label, state=state))
        self._tabs.show(surface)

    def controls(self) -> Sequence[Control]:
        """Those of the large picture, and the tabs."""
        model = self._model
        if model is None or not self._tabbed(model):
            return super().controls()
        tabs = zip(TABS, TAB_RECTS, strict=True)
        return [*super().controls(), *(Control(rect, Intent(Local.TAB, (tab,))) for (tab, _), rect in tabs)]

    @staticmethod
    def _tabbed(model: Model) -> bool:
        """True where there is more than fits, and nothing lies over it."""
        covered = model.mode.paper or model.mode.history or model.mode.wheel
        return bool(model.view.cart and model.view.defibrillator) and not covered
