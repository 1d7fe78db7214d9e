"""The desktop half of `Platform`: a window for development, `python -m game --server http://HOST:PORT`."""

from __future__ import annotations

import argparse
import asyncio
import json
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlsplit

import pygame

from game.net.desktop import DesktopLink
from game.platform import DESK, PHONE, PHONE_LOW, SQUARE, Cue, InputEvent, Kind, Scene, Ticket

DEFAULT_FPS: Final = 60
SHAPES: Final = {"desk": DESK, "square": SQUARE, "phone": PHONE, "phone-low": PHONE_LOW}

_NAMED_KEYS: Final[dict[int, str]] = {
    pygame.KSCAN_SPACE: "Space",
    pygame.KSCAN_TAB: "Tab",
    pygame.KSCAN_RETURN: "Enter",
    pygame.KSCAN_ESCAPE: "Escape",
    pygame.KSCAN_COMMA: "Comma",
    pygame.KSCAN_PERIOD: "Period",
    pygame.KSCAN_SLASH: "Slash",
    pygame.KSCAN_PAGEUP: "PageUp",
    pygame.KSCAN_PAGEDOWN: "PageDown",
    pygame.KSCAN_UP: "ArrowUp",
    pygame.KSCAN_DOWN: "ArrowDown",
    pygame.KSCAN_LEFT: "ArrowLeft",
    pygame.KSCAN_RIGHT: "ArrowRight",
    pygame.KSCAN_0: "Digit0",
}
# The scan codes of A to Z and of 1 to 9 are consecutive (USB HID usage tables, page 7).
CODE_OF_SCANCODE: Final[dict[int, str]] = (
    _NAMED_KEYS
    | {pygame.KSCAN_A + place: f"Key{chr(ord('A') + place)}" for place in range(26)}
    | {pygame.KSCAN_1 + place: f"Digit{place + 1}" for place in range(9)}
)


class DesktopPlatform:
    """A window of its own. Settings last as long as the window; captions go to the terminal."""

    build = "desktop"

    def __init__(self, arguments: Sequence[str]) -> None:
        self._options = _parse(arguments)
        self._settings: dict[str, str] = {}
        self._ticket = _join(self._options)
        server = urlsplit(self._options.server)
        scheme = "wss" if server.scheme == "https" else "ws"
        self._link = DesktopLink(f"{scheme}://{server.netloc}/ws", f"{server.scheme}://{server.netloc}")
        self._held: dict[int, str] = {}
        self._scene: Scene | None = None
        self._due_ms = 0.0

    def open_window(self, size: tuple[int, int] = DESK) -> pygame.Surface:
        pygame.display.init()
        pygame.display.set_caption(f"Resus Crew: {self._ticket.team} seat {self._ticket.seat}")
        return pygame.display.set_mode(size, pygame.SCALED | pygame.RESIZABLE)

    def preferred_size(self) -> tuple[int, int]:
        return SHAPES[self._options.shape]

    async def frame(self) -> None:
        self._link.start()
        pygame.display.flip()
        now_ms = self.now_ms()
        self._due_ms = max(self._due_ms + 1000.0 / self._options.fps, now_ms)
        await asyncio.sleep((self._due_ms - now_ms) / 1000.0)

    def now_ms(self) -> float:
        return time.perf_counter() * 1000.0

    def events(self) -> list[InputEvent]:
        stamp_ms = self.now_ms()
        return [translated for event in pygame.event.get() for translated in self._translate(event, stamp_ms)]

    def ticket(self) -> Ticket | None:
        return self._ticket

    def renew(self, token: str) -> None:
        self._ticket = replace(self._ticket, token=token)

    def link(self) -> DesktopLink:
        return self._link

    def show(self, scene: Scene) -> None:
        if scene != self._scene:
            self._scene = scene
            print(scene.phase, scene.notice, "(Enter starts; bots fill empty seats)" if scene.phase == "lobby" else "")

    def caption(self, text: str, *, alarm: bool = False) -> None:
        print("!" if alarm else " ", text)

    def sound(self, cue: Cue) -> None:
        """Silent: sounds are rendered and played in the page; here their captions stand in for them."""

    def silence(self, name: str) -> None:
        """Nothing plays here."""

    def shown(self) -> bool:
        return True

    def query(self, name: str, default: str = "") -> str:
        value: object = getattr(self._options, name, default)
        return str(value)

    def setting(self, name: str, default: str = "") -> str:
        return self._settings.get(name, default)

    def keep(self, name: str, value: str) -> None:
        self._settings[name] = value

    def mark(self, name: str, value: str) -> None:
        """Nobody reads marks here."""

    def leave(self) -> None:
        self._link.hang_up(-1)
        raise SystemExit(0)

    def _translate(self, event: pygame.event.Event, stamp_ms: float) -> list[InputEvent]:
        match event.type:
            case pygame.QUIT:
                self.leave()
            case pygame.WINDOWFOCUSLOST:
                released, self._held = self._held, {}
                return [_key(code, False, stamp_ms) for code in released.values()]
            case pygame.KEYDOWN if event.scancode in CODE_OF_SCANCODE:
                code = self._held[event.scancode] = CODE_OF_SCANCODE[event.scancode]
                if code == "Enter" and self._scene is not None and self._scene.phase == "lobby":
                    return [InputEvent(Kind.ACT, "start", True, stamp_ms, 0, 0, 0)]
                return [_key(code, True, stamp_ms)]
            case pygame.KEYUP if event.scancode in self._held:
                return [_key(self._held.pop(event.scancode), False, stamp_ms)]
            case pygame.MOUSEBUTTONDOWN | pygame.MOUSEBUTTONUP if event.button == pygame.BUTTON_LEFT:
                down = event.type == pygame.MOUSEBUTTONDOWN
                return [InputEvent(Kind.POINTER, "", down, stamp_ms, event.pos[0], event.pos[1], 1)]
            case pygame.MOUSEMOTION:
                return [InputEvent(Kind.MOVE, "", bool(event.buttons[0]), stamp_ms, event.pos[0], event.pos[1], 1)]
        return []


def _key(code: str, down: bool, stamp_ms: float) -> InputEvent:
    return InputEvent(Kind.KEY, code, down, stamp_ms, 0, 0, 0)


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m game", description="The client in a desktop window.")
    parser.add_argument("--server", default="http://127.0.0.1:8000", help="address of the server")
    parser.add_argument("--code", default="", help="session to join (default: a new one)")
    parser.add_argument("--team", default="", help="team to join (default: the first)")
    parser.add_argument("--seat", type=int, default=0, choices=range(4), help="0 chest, 1 airway, 2 meds, 3 leader")
    parser.add_argument("--level", default="S01", help="level of a new session")
    parser.add_argument("--shape", default="desk", choices=sorted(SHAPES), help="shape of the canvas")
    parser.add_argument("--fps", type=int, default=DEFAULT_FPS, help="frame-rate cap")
    return parser.parse_args(arguments)


def _join(options: argparse.Namespace) -> Ticket:
    code = options.code or str(_call(options.server, "/api/sessions", {"level": options.level})["code"])
    session = _call(options.server, f"/api/sessions/{code}")
    team = options.team or session["teams"][0]["team"]
    seat = _call(
        options.server,
        f"/api/sessions/{code}/join",
        {"team": team, "seat": options.seat, "understood": True},
    )
    return Ticket(code, seat["team"], seat["seat"], seat["name"], seat["token"], seat["level"])


def _call(server: str, path: str, body: dict[str, object] | None = None) -> Any:
    if urlsplit(server).scheme not in {"http", "https"}:
        raise SystemExit(f"--server must begin with http:// or https://, not {server!r}")
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(server + path, data, {"content-type": "application/json", "origin": server})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)
