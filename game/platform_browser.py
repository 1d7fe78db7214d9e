"""The browser half of `Platform`: everything goes through the page's `shim` object (web/page/shim.js)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Protocol, cast

import pygame

from game.net.browser import BrowserLink, SocketShim
from game.platform import DESK, Cue, InputEvent, Kind, Scene, Ticket, shape_of


class Shim(SocketShim, Protocol):
    """What the page offers. Only numbers, strings and bytes cross, so that any Python in a page can use it."""

    def now(self) -> float: ...
    def build(self) -> str: ...
    def css_width(self) -> float: ...
    def css_height(self) -> float: ...
    def drain(self) -> str: ...
    def ticket(self) -> str: ...
    def renew(self, token: str) -> None: ...
    def leave(self) -> None: ...
    def logical(self, width: int, height: int) -> None: ...
    def worked(self, work_ms: float) -> None: ...
    def show(self, scene: str) -> None: ...
    def caption(self, text: str, alarm: bool) -> None: ...
    def sound(self, name: str, at_ms: float, loudness: float, pitch: float, glide: float, length_ms: float) -> None: ...
    def silence(self, name: str) -> None: ...
    def shown(self) -> bool: ...
    def query(self, name: str, default: str) -> str: ...
    def setting(self, name: str, default: str) -> str: ...
    def keep(self, name: str, value: str) -> None: ...
    def mark(self, name: str, value: str) -> None: ...


class BrowserPlatform:
    """A tab: our own page on Pyodide, or stock pygbag with our page as its template."""

    def __init__(self) -> None:
        self._shim, to_page = _page()
        self.build = self._shim.build()
        self._link = BrowserLink(self._shim, to_page)
        self._scene: Scene | None = None
        self._ticket: tuple[str, Ticket | None] = ("", None)
        self._woke_ms = self.now_ms()

    def open_window(self, size: tuple[int, int] = DESK) -> pygame.Surface:
        pygame.display.init()
        surface = pygame.display.set_mode(size)
        self._shim.logical(*size)
        return surface

    def preferred_size(self) -> tuple[int, int]:
        return shape_of(self._shim.css_width(), self._shim.css_height())

    async def frame(self) -> None:
        pygame.display.flip()
        pygame.event.clear()  # the shim's events are the ones with stamps; SDL's own queue would only fill up
        self._shim.worked(self.now_ms() - self._woke_ms)
        await asyncio.sleep(0)
        self._woke_ms = self.now_ms()

    def now_ms(self) -> float:
        return self._shim.now()

    def events(self) -> list[InputEvent]:
        text = self._shim.drain()
        if not text:
            return []
        return [InputEvent(Kind(kind), code, bool(down), *rest) for kind, code, down, *rest in json.loads(text)]

    def ticket(self) -> Ticket | None:
        text = self._shim.ticket()
        if text != self._ticket[0]:
            self._ticket = (text, Ticket(**json.loads(text)) if text else None)
        return self._ticket[1]

    def renew(self, token: str) -> None:
        self._shim.renew(token)

    def link(self) -> BrowserLink:
        return self._link

    def show(self, scene: Scene) -> None:
        if scene != self._scene:
            self._scene = scene
            self._shim.show(json.dumps(asdict(scene)))

    def caption(self, text: str, *, alarm: bool = False) -> None:
        self._shim.caption(text, alarm)

    def sound(self, cue: Cue) -> None:
        self._shim.sound(*cue)

    def silence(self, name: str) -> None:
        self._shim.silence(name)

    def shown(self) -> bool:
        return self._shim.shown()

    def query(self, name: str, default: str = "") -> str:
        return self._shim.query(name, default)

    def setting(self, name: str, default: str = "") -> str:
        return self._shim.setting(name, default)

    def keep(self, name: str, value: str) -> None:
        self._shim.keep(name, value)

    def mark(self, name: str, value: str) -> None:
        self._shim.mark(name, value)

    def leave(self) -> None:
        self._shim.leave()


def _page() -> tuple[Shim, Callable[[bytes], object]]:
    """The page's shim, and how bytes are handed to it: Pyodide converts them, stock pygbag takes them as they are."""
    try:
        import js  # noqa: PLC0415 - exists only inside Pyodide
        from pyodide.ffi import to_js  # noqa: PLC0415 - exists only inside Pyodide
    except ImportError:
        import platform  # noqa: PLC0415 - stock pygbag puts the page's window there

        return cast("Shim", vars(platform)["window"].shim), bytes
    return cast("Shim", js.shim), to_js
