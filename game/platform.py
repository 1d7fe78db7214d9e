"""What the client asks of the place it runs in: a browser page, stock pygbag, or a desktop window.

Only this module and its two implementations know where that is; all else draws, sends and waits through `Platform`.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

if TYPE_CHECKING:
    import pygame

    from game.net.link import Link

DESK: Final = (1280, 720)
PHONE: Final = (844, 390)
"""Logical canvas sizes, in logical pixels: everything is drawn and hit-tested in these, whatever the window's size."""


class Kind(IntEnum):
    """What an input event tells."""

    KEY = 0  # code is the physical key (`event.code`: KeyR, Digit0, Space ...)
    POINTER = 1  # a mouse button, a finger or a pen went down or up at x, y
    MOVE = 2  # a pointer moved; down tells whether it is pressed
    ACT = 3  # a button of the page's HTML lobby: code is the team-level command ("ready", "start", "leave")


class InputEvent(NamedTuple):
    """One edge of a key or pointer, in the order they happened.

    A held key sends one down and one up, never repeats. Whatever is held when the window loses focus is released.
    """

    kind: Kind
    code: str
    down: bool
    stamp_ms: float
    """When it happened, on the clock of `Platform.now_ms`; it does not depend on the frame rate."""
    x: int
    y: int
    """Logical pixels, also outside the canvas; 0 for keys."""
    pointer: int
    """Tells fingers apart; 0 for keys."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A seat that this client has been given by POST /api/sessions/CODE/join."""

    code: str
    team: str
    seat: int
    name: str
    token: str
    level: str


@dataclass(frozen=True, slots=True)
class Member:
    """A seat of the team as the lobby lists it; `link` is a game.stations.LinkState."""

    seat: int
    name: str
    link: int
    ready: bool


@dataclass(frozen=True, slots=True)
class Scene:
    """What the page shows around the canvas.

    In the phases lobby, brief and countdown the page's own HTML covers the canvas; in all others it lies open.
    """

    phase: str
    """lobby, brief, countdown, playing, frozen, ended or debrief."""
    countdown_ms: int = 0
    """Time left until play, where a countdown runs."""
    crew: tuple[Member, ...] = ()
    notice: str = ""
    """A sentence for the player, such as why a connection was refused."""


class Platform(Protocol):
    """The place this client runs in."""

    build: str
    """Identifies the built client in HELLO; "desktop" outside a bundle."""

    def open_window(self, size: tuple[int, int] = DESK) -> pygame.Surface:
        """The surface to draw on, of `size` logical pixels; scaled and letterboxed by the platform. Call it once."""

    def preferred_size(self) -> tuple[int, int]:
        """DESK, or PHONE where the screen is low and wide (CSS height under 480)."""

    async def frame(self) -> None:
        """Show what was drawn, then wait for the next frame; honours the frame-rate cap."""

    def now_ms(self) -> float:
        """Milliseconds on a steady clock, the one that stamps input events."""

    def events(self) -> list[InputEvent]:
        """Everything since the last call."""

    def ticket(self) -> Ticket | None:
        """The seat held, None until the player has joined."""

    def renew(self, token: str) -> None:
        """Keep the token of the latest WELCOME in place of the ticket's: it opens the next connection."""

    def link(self) -> Link:
        """The way to the server; it connects by itself as soon as there is a ticket."""

    def show(self, scene: Scene) -> None:
        """Tell the page the state of the run. Call it on every change; repeating it costs nothing."""

    def caption(self, text: str, *, alarm: bool = False) -> None:
        """Mirror a caption to people who cannot see the canvas; an alarm interrupts."""

    def tone(self, pitch_hz: int, length_ms: int, loudness: float = 0.5) -> None:
        """Sound a short tone (loudness 0 to 1) now; silent until the player has allowed sound."""

    def query(self, name: str, default: str = "") -> str:
        """An option from the address (`?name=value`) or the command line (`--name value`)."""

    def setting(self, name: str, default: str = "") -> str:
        """A choice this device remembers."""

    def keep(self, name: str, value: str) -> None:
        """Remember a choice on this device."""

    def mark(self, name: str, value: str) -> None:
        """Hand a value to tests and developers: it is read as `window.resus.marks[name]`, and kept nowhere else."""

    def leave(self) -> None:
        """Give the ticket up and go back to the join form."""


def here() -> Platform:
    """The platform this program runs on."""
    if sys.platform == "emscripten":
        from game.platform_browser import BrowserPlatform  # noqa: PLC0415 - each place carries only its own half

        return BrowserPlatform()
    from game.platform_desktop import DesktopPlatform  # noqa: PLC0415 - each place carries only its own half

    return DesktopPlatform(sys.argv[1:])
