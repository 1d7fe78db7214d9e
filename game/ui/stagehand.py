"""Chooses the picture of the moment: by the phase, the latest shock, an open check, and the stations held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from game.stations import Station
from game.ui import notices
from game.ui.client import PLAYED
from game.ui.drawers import picture
from game.ui.screens import shock, waiting
from game.ui.screens.airway import AirwayScreen
from game.ui.screens.chest import ChestScreen
from game.ui.screens.lead import LeadScreen
from game.ui.screens.meds import MedsScreen
from game.ui.screens.overlay import Overlay
from game.ui.screens.results import ResultsScreen
from game.ui.screens.ring import RingScreen
from game.ui.screens.shock import ShockScreen
from game.ui.screens.waiting import WaitingScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pygame

    from game.ui.client import Client
    from game.ui.screen import Control, Screen

SCREENS: Final[dict[str, Callable[[], Screen]]] = {
    "lead": LeadScreen,
    "chest": ChestScreen,
    "airway": AirwayScreen,
    "meds": MedsScreen,
    "ring": RingScreen,
    "shock": ShockScreen,
    "results": ResultsScreen,
}

OVER: Final = frozenset({"ended", "debrief"})
WAITING: Final = "waiting"


class Stagehand:
    """Keeps every screen made so far: a screen is made once, when it is first needed."""

    def __init__(self) -> None:
        self.name = WAITING
        self._stations = Station(0)
        self._screens: dict[str, Screen] = {}
        self._waiting = WaitingScreen()
        self._overlay = Overlay()

    def draw(self, surface: pygame.Surface, client: Client, now_ms: float) -> None:
        """Draws the screen of this moment at a local stamp, and what lies over it."""
        if client.phase not in PLAYED:
            self._prepare()
        if _between(client):
            return
        self._stations = client.stations
        self.name = choose(client, now_ms)
        if self.name == WAITING:
            self._waiting.draw(surface, client, now_ms)
            return
        room_ms = client.room_ms(now_ms)
        self._screen(self.name).draw(surface, client, room_ms)
        notices.draw(surface, client, lambda: self.controls(client), now_ms)
        self._overlay.draw(surface, client, room_ms)
        if not client.connected:
            waiting.draw_lost(surface)
        elif client.phase == "frozen":
            waiting.draw_frozen(surface)

    def controls(self, client: Client) -> Sequence[Control]:
        """What can be pressed on the screen that was drawn last, topmost last."""
        if self.name == WAITING:
            return self._waiting.controls()
        if _between(client) or client.stations != self._stations:
            return ()
        return [*self._screen(self.name).controls(), *self._overlay.controls()]

    def _prepare(self) -> None:
        """Makes one screen a frame while nobody plays, so that none is made in the middle of an act."""
        missing = next((name for name in SCREENS if name not in self._screens), None)
        if missing:
            self._screen(missing)

    def _screen(self, name: str) -> Screen:
        if name not in self._screens:
            self._screens[name] = SCREENS[name]()
        return self._screens[name]


def _between(client: Client) -> bool:
    """True between two snapshots of different stations: the last picture stays, and means nothing any more."""
    return client.phase in PLAYED and not client.seen


def choose(client: Client, now_ms: float) -> str:
    """The name of the screen that shows this moment."""
    if client.phase in OVER and client.known:
        return "results"
    if client.phase not in PLAYED or not client.seen:
        return WAITING
    view = client.view
    pushed = any(seen.hands_on for seen in view.crew if seen.stations & Station.CHEST)
    if shock.lasts(client.jolt, client.room_ms(now_ms), hands_on=pushed):
        return "shock"
    if view.check.since_ms >= 0:
        return "ring"
    return picture(client.stations, client.mode.turn)
