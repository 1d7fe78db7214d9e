"""Every screen of the 4:3 canvas: which parts of the large picture lie where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from game.ui import notices
from game.ui.board import Board
from game.ui.phone.places import Places
from game.ui.phone.results import ResultsScreen
from game.ui.phone.ring import RingScreen
from game.ui.phone.watching import WatchingScreen
from game.ui.screens import held, shock
from game.ui.screens.airway import AirwayScreen
from game.ui.screens.chest import ChestScreen
from game.ui.screens.overlay import Overlay
from game.ui.screens.shock import ShockScreen
from game.ui.screens.waiting import WaitingScreen
from game.ui.square.cuts import CANVAS, Cut, Plan, SquareScreen, cut, laid
from game.ui.square.history import history
from game.ui.square.lead import LeadScreen
from game.ui.square.meds import MedsScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from game.ui.client import Client
    from game.ui.screen import Control, Model, Screen

TOP, HIGH = 60, 528
"""The stage between top bar and line of speech."""
RIGHT: Final = cut(940, TOP, 340, HIGH, 620)
"""The column of gauges, with the margin beside it."""

FEEL: Final = (124, 138, 184, 48)
ORDER: Final = (332, 72, 322, 116)
CHEST_LEFT: Final = 130
CHEST_RINGS: Final = {True: ((680, 294), 74), False: ((655, 268), 96)}
CHEST_MOVES: Final = {
    "how": (90, -158),
    "heavy": (84, -156),
    "monitor": (130, 0),
    "feel": (124, 0),
    "order_card": (100, 0),
}
CHEST_MOVED: Final = {FEEL: (118, 138, 184, 48), ORDER: (302, 72, 322, 116)}
AIRWAY_LEFT: Final = 190
AIRWAY_MOVES: Final = {
    "due": (426, 0),
    "due_timed": (184, 0),
    "placed": (48, -58),
    "seal_left": (112, 92),
    "seal_right": (-112, 92),
    "switch": (-224, 440),
    "order_card": (108, 0),
}
AIRWAY_MOVED: Final = {
    (340, 396, 88, 44): (262, 488, 88, 44),
    (664, 396, 88, 44): (362, 488, 88, 44),
    (664, 76, 272, 56): (250, 516, 272, 56),
    ORDER: (250, 72, 322, 116),
}
PHONE_HIGH: Final = 654
"""A phone's canvas so high that what lies between its bars fills the stage here."""
PHONE_LEFT: Final = 58


def chest_cuts(model: Model) -> list[Cut]:
    """Hands at 382; the left column where it was, the right one at the edge."""
    device = model.level.feedback_device
    found = [cut(CHEST_LEFT, TOP, 960, HIGH, 0), cut(16, 138, 100, 190, 16)]
    found.append(cut(0, 336, 316, 240, 0) if device else cut(0, 376, 316, 200, 0))
    if device:
        found.append(cut(640, 428, 302, 148, 326))
    return [*found, RIGHT, *history(model), *chosen(model, (332, 480, 604, 96), 178)]


def airway_cuts(model: Model) -> list[Cut]:
    """Mask at 370; the cart where it was."""
    found = [cut(AIRWAY_LEFT, TOP, 960, HIGH, 0), cut(0, 62, 240, 526, 0), RIGHT]
    if model.view.airway and model.view.airway.tube:
        found.append(cut(402, 460, 290, 104, 246))
    return [*found, *history(model), *chosen(model, (252, 492, 684, 84), 138)]


def lead_cuts(model: Model) -> list[Cut]:
    """Orders at the left, trace and values at the right, as much of the room as is left between them."""
    found = [cut(160, TOP, 960, HIGH, 0), cut(0, TOP, 388, 380, 0), cut(816, TOP, 464, 380, 496)]
    found.append(cut(0, 436, 960, 152, 0))
    if model.mode.pad and model.tiles:
        found += [cut(0, 436, 900, 152, 0), cut(1244, 436, 60, 152, 924)]
    elif model.mode.paper:
        found.append(cut(16, 208, 928, 368, 16))
    return [*found, *history(model)]


def shock_cuts(model: Model) -> list[Cut]:
    """The light in the middle of what is free."""
    found = [cut(120, TOP, 960, HIGH, 0), cut(0, TOP, 350, 120, 0), cut(0, 184, 214, 196, 0)]
    if model.jolt and shock.near_miss(model, model.jolt):
        found.append(cut(16, 384, 150, 34, 16))
    return [*found, RIGHT, *history(model)]


def chosen(model: Model, bar: tuple[int, int, int, int], x: int) -> list[Cut]:
    """The bar of open choices."""
    up = model.tiles and not (model.mode.wheel or model.mode.menu or model.mode.history)
    return [cut(*bar, x)] if up else []


def ring_cuts(_: Model) -> list[Cut]:
    """Between the bars of a phone's high canvas."""
    edges = [cut(0, 48, 40, HIGH, x, TOP) for x in (0, 30, 890, 920)]
    return [*edges, cut(0, 48, 844, HIGH, PHONE_LEFT, TOP)]


def whole_cuts(_: Model) -> list[Cut]:
    """The whole of a phone's high canvas, with its own edges at both sides."""
    edges = [cut(0, 0, 40, 720, 0), cut(0, 0, 40, 720, 30), cut(800, 0, 40, 720, 890), cut(800, 0, 40, 720, 920)]
    return [*edges, cut(0, 0, 844, 720, PHONE_LEFT)]


SCREENS: Final[dict[str, Callable[[], Screen]]] = {
    "lead": lambda: SquareScreen(LeadScreen(), Plan(lead_cuts)),
    "chest": lambda: SquareScreen(ChestScreen(CHEST_RINGS, CHEST_MOVES), Plan(chest_cuts, moved=CHEST_MOVED)),
    "airway": lambda: SquareScreen(AirwayScreen(AIRWAY_MOVES), Plan(airway_cuts, moved=AIRWAY_MOVED)),
    "meds": MedsScreen,
    "ring": lambda: SquareScreen(RingScreen(Places(PHONE_HIGH), caps=True), Plan(ring_cuts, (844, PHONE_HIGH))),
    "shock": lambda: SquareScreen(ShockScreen(), Plan(shock_cuts)),
    "results": lambda: SquareScreen(ResultsScreen(Places(720)), Plan(whole_cuts, (844, 720), bars=False)),
    "watching": lambda: SquareScreen(WatchingScreen(Places(720)), Plan(whole_cuts, (844, 720), bars=False)),
}


class Waiting:
    """The large canvas's own card, in the middle."""

    def __init__(self) -> None:
        self._inner = WaitingScreen()
        self._picture = pygame.Surface((1280, 720))

    def draw(self, surface: pygame.Surface, client: Client, now_ms: float) -> None:
        """One frame at a local stamp."""
        self._inner.draw(self._picture, client, now_ms)
        surface.blit(self._picture, (0, 0), (160, 0, 960, 720))

    def controls(self) -> Sequence[Control]:
        """A way out."""
        return laid(self._inner.controls(), [cut(160, 0, 960, 720, 0)], {})


class Over:
    """What lies over any station."""

    def __init__(self) -> None:
        self._overlay = Overlay(320)
        self._board = Board(size=(960, 720))

    def draw(
        self, surface: pygame.Surface, client: Client, controls: Callable[[], Sequence[Control]], now_ms: float
    ) -> None:
        """One frame at a local stamp."""
        notices.draw(surface, client, controls, now_ms)
        self._overlay.draw(surface, client, client.room_ms(now_ms))
        word = held.said(client, now_ms)
        if word is None:
            return
        pygame.draw.rect(surface, word.colour, pygame.Rect(0, 60, 960, 578), held.EDGE)
        rect = (held.ABOVE if word.goes_on else held.CARD).move(-160, 0)
        self._board.part("card", rect, word, lambda target: held.paint(target, word, rect))
        self._board.show(surface)

    def controls(self) -> Sequence[Control]:
        """What is open takes every press on the stage."""
        return [each._replace(rect=each.rect.clip(CANVAS)) for each in self._overlay.controls()]
