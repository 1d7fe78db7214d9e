"""The browser's link: the socket lives in the page's shim, which also reconnects, beats and bounds the queues."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from game.net.link import Connection
from game.wire.codec import encode
from game.wire.messages import Beat, Snap


class PageBytes(Protocol):
    """A JavaScript Uint8Array."""

    def to_bytes(self) -> bytes: ...


class SocketShim(Protocol):
    """The socket half of the page's shim (web/page/shim.js)."""

    def speak(self, snap_head: object, beat_shown: object, beat_hidden: object) -> None: ...
    def connection(self) -> str: ...
    def opened(self) -> int: ...
    def close_code(self) -> int: ...
    def send(self, data: object) -> None: ...
    def waiting(self) -> int: ...
    def take(self) -> PageBytes: ...
    def hang_up(self, retry_ms: int) -> None: ...


class BrowserLink:
    """Drains the shim once a frame. `to_page` turns bytes into what the page takes."""

    def __init__(self, shim: SocketShim, to_page: Callable[[bytes], object]) -> None:
        self._shim = shim
        self._to_page = to_page
        # The page knows no messages: it is told how a snapshot begins, and what to say as a sign of life.
        shim.speak(
            to_page(encode(Snap(n=0, epoch=0, room_ms=0, blob=b""))[:2]),
            to_page(encode(Beat(visible=True))),
            to_page(encode(Beat(visible=False))),
        )

    @property
    def connection(self) -> Connection:
        return Connection(self._shim.connection())

    @property
    def opened(self) -> int:
        return self._shim.opened()

    @property
    def close_code(self) -> int:
        return self._shim.close_code()

    def send(self, data: bytes) -> None:
        self._shim.send(self._to_page(data))

    def receive(self) -> list[bytes]:
        return [self._shim.take().to_bytes() for _ in range(self._shim.waiting())]

    def hang_up(self, retry_ms: int) -> None:
        self._shim.hang_up(retry_ms)
