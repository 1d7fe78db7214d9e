"""Chooses the picture of the moment: by the phase, the latest shock, an open check, and the stations held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from game.platform import DESK
from game.stations import Station
from game.ui.client import PLAYED
from game.ui.company import company
from game.ui.drawers import picture
from game.ui.look import look_of
from game.ui.screens import shock
from game.ui.screens.menu import MenuScreen

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    import pygame

    from game.ui.client import Client
    from game.ui.screen import Control, Screen

OVER: Final = frozenset({"ended", "debrief"})
WAITING: Final = "waiting"


class Stagehand:
    """Keeps every screen made so far: a screen is made once, when it is first needed.

    It works on a canvas of one `size`; a window of another shape gets another stagehand, and goes on where it was.
    """

    def __init__(self, size: tuple[int, int] = DESK) -> None:
        self.name = WAITING
        self._company = company(size)
        self._stations = Station(0)
        self._screens: dict[str, Screen] = {}
        self._look: Hashable = None
        self._waiting = self._company.waiting()
        self._over = self._company.over()
        self._menu: MenuScreen | None = None

    def draw(self, surface: pygame.Surface, client: Client, now_ms: float) -> None:
        """Draws the screen of this moment at a local stamp, and what lies over it."""
        self._dress(client)
        self._picture(surface, client, now_ms)
        menu = client.input.menu
        if menu is None:
            self._menu = None
            return
        self._menu = self._menu or MenuScreen(surface.get_size())
        self._menu.draw(surface, menu)

    def _dress(self, client: Client) -> None:
        """Another look of this device: nothing made for the last one is shown."""
        look = look_of(client.settings)
        if look == self._look:
            return
        self._look = look
        self._screens.clear()
        self._waiting, self._over, self._menu = self._company.waiting(), self._company.over(), None

    def _picture(self, surface: pygame.Surface, client: Client, now_ms: float) -> None:
        if client.phase not in PLAYED or client.mode.menu:
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
        self._over.draw(surface, client, lambda: self.controls(client), now_ms)

    def controls(self, client: Client) -> Sequence[Control]:
        """What can be pressed on the screen that was drawn last, topmost last."""
        if self._menu:
            return self._menu.controls()
        if self.name == WAITING:
            return self._waiting.controls()
        if _between(client) or client.stations != self._stations:
            return ()
        return [*self._screen(self.name).controls(), *self._over.controls()]

    def _prepare(self) -> None:
        """Makes one screen a frame while nobody plays, so that none is made in the middle of an act."""
        missing = next((name for name in self._company.screens if name not in self._screens), None)
        if missing:
            self._screen(missing)

    def _screen(self, name: str) -> Screen:
        if name not in self._screens:
            self._screens[name] = self._company.screens[name]()
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
    if not client.stations:
        return "watching"
    view = client.view
    if shock.lasts(client, client.room_ms(now_ms)):
        return "shock"
    if view.check.since_ms >= 0:
        return "ring"
    return picture(client.stations, client.mode.turn)
