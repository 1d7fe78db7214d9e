"""Who plays on a canvas of a given shape: its screens, what waits before them, and what lies over them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from game.platform import PHONE, SQUARE
from game.ui import notices
from game.ui.phone import cast
from game.ui.phone.overlay import Overlay as PhoneOverlay
from game.ui.phone.places import Places
from game.ui.phone.waiting import WaitingScreen as PhoneWaiting
from game.ui.screens.airway import AirwayScreen
from game.ui.screens.chest import ChestScreen
from game.ui.screens.held import Held
from game.ui.screens.lead import LeadScreen
from game.ui.screens.meds import MedsScreen
from game.ui.screens.overlay import Overlay
from game.ui.screens.results import ResultsScreen
from game.ui.screens.ring import RingScreen
from game.ui.screens.shock import ShockScreen
from game.ui.screens.waiting import WaitingScreen
from game.ui.screens.watching import WatchingScreen
from game.ui.square import cast as square

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

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
    "watching": WatchingScreen,
}


class Waiting(Protocol):
    """What is shown while nothing is played."""

    def draw(self, surface: pygame.Surface, client: Client, now_ms: float) -> None: ...

    def controls(self) -> Sequence[Control]: ...


class Over(Protocol):
    """What lies over any screen. `controls` are those of the screen below it."""

    def draw(
        self, surface: pygame.Surface, client: Client, controls: Callable[[], Sequence[Control]], now_ms: float
    ) -> None: ...

    def controls(self) -> Sequence[Control]: ...


class DeskOver:
    """The light of the help key, wheel and notices, and the card while play stands still."""

    def __init__(self) -> None:
        self._overlay = Overlay()
        self._held = Held()

    def draw(
        self, surface: pygame.Surface, client: Client, controls: Callable[[], Sequence[Control]], now_ms: float
    ) -> None:
        """One frame at a local stamp."""
        notices.draw(surface, client, controls, now_ms)
        self._overlay.draw(surface, client, client.room_ms(now_ms))
        self._held.draw(surface, client, now_ms)

    def controls(self) -> Sequence[Control]:
        """What is open takes every press on the stage."""
        return self._overlay.controls()


class Company(NamedTuple):
    """All that the stagehand needs for one shape of the canvas."""

    screens: Mapping[str, Callable[[], Screen]]
    waiting: Callable[[], Waiting]
    over: Callable[[], Over]


def company(size: tuple[int, int]) -> Company:
    """The company for a canvas of `size`."""
    if size == SQUARE:
        return Company(square.SCREENS, square.Waiting, square.Over)
    if size[0] != PHONE[0]:
        return Company(SCREENS, WaitingScreen, DeskOver)
    places = Places(size[1])
    return Company(cast.screens(places), lambda: PhoneWaiting(places), lambda: PhoneOverlay(places))
