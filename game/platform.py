"""What the client asks of the place it runs in: a browser page, stock pygbag, or a desktop window.

Only this module and its two implementations know where that is; all else draws, sends and waits through `Platform`.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pygame

    from game.net.link import Link

DESK: Final = (1280, 720)
SQUARE: Final = (960, 720)
PHONE: Final = (844, 390)
PHONE_LOW: Final = (844, 330)
"""Logical canvas sizes, in logical pixels: everything is drawn and hit-tested in these, whatever the window's size.
The low one is for a phone whose browser shows its bars."""

PHONE_HEIGHT: Final = 480
"""A window lower than this, in the page's pixels, is a phone's."""
SQUARE_ASPECT: Final = 1.5
"""A window narrower than this by its height, and no phone's, is of 4:3."""
LOW_ASPECT: Final = 2.36
"""A phone's window wider than this by its height is better filled by the low canvas."""


def shape_of(wide: float, high: float) -> tuple[int, int]:
    """The canvas for a window of so many of the page's pixels; a phone held upright gets what it shows when turned."""
    long, short = max(wide, high), max(1.0, min(wide, high))
    if short < PHONE_HEIGHT:
        return PHONE_LOW if long / short > LOW_ASPECT else PHONE
    return SQUARE if wide / max(1.0, high) < SQUARE_ASPECT else DESK


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
    solo: Mapping[str, object] | None = None
    """For a seat of no team, who plays alone in this program: what is wished (`game.solo.wish`)."""


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
    alone: bool = False
    """True while a practice in this program is shown: it needs no connection."""


class Cue(NamedTuple):
    """One sound to play: which, when, and how."""

    name: str
    """A sound of web/sounds.py, or "hush": no sound, but quiet in those of the room for `length_ms`."""
    at_ms: float
    """When it is to be heard, on the clock of `Platform.now_ms`; what is past is heard at once."""
    loudness: float = 1.0
    """0 to 1, times the loudness it was made with."""
    pitch: float = 1.0
    """How many times faster than made it is played."""
    glide: float = 1.0
    """How many times its own `pitch` it has reached at the end of `length_ms`."""
    length_ms: float = 0.0
    """How long it goes round and round; 0 for once through, or without end where it was made to go round."""


class Platform(Protocol):
    """The place this client runs in."""

    build: str
    """Identifies the built client in HELLO; "desktop" outside a bundle."""

    def open_window(self, size: tuple[int, int] = DESK) -> pygame.Surface:
        """The surface to draw on, of `size` logical pixels; scaled and letterboxed by the platform.

        Called again it is the same surface in another size.
        """

    def preferred_size(self) -> tuple[int, int]:
        """The canvas that fits the window as it is now, one of the sizes above (`shape_of`)."""

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

    def sound(self, cue: Cue) -> None:
        """Play a sound at its time; nothing is heard until the player has allowed sound."""

    def silence(self, name: str) -> None:
        """End this sound wherever it plays, and take back what of it was still to come."""

    def shown(self) -> bool:
        """False while nobody can see the game: its tab or window is hidden."""

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
