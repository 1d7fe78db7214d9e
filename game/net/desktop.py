"""The desktop's link: a websockets client in an asyncio task. A development tool; players use the browser's."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Final

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from game.net.link import Connection
from game.wire.codec import encode
from game.wire.messages import Beat

BEAT_INTERVAL_S: Final = 0.5
FIRST_RETRY_MS: Final = 250
LAST_RETRY_MS: Final = 5_000
UNSENT_MESSAGES: Final = 256
"""More than this waiting to go out means that the network has stopped taking them: the link is closed."""


class DesktopLink:
    """Connects to `url` when `start` is called inside a running loop, and again after each loss."""

    def __init__(self, url: str, origin: str) -> None:
        self._url = url
        self._origin = origin
        self._inbox: deque[bytes] = deque()
        self._outbox: asyncio.Queue[bytes] = asyncio.Queue(UNSENT_MESSAGES)
        self._socket: ClientConnection | None = None
        self._task: asyncio.Task[None] | None = None
        self._retry_ms = FIRST_RETRY_MS
        self._greeted = False
        self.connection = Connection.IDLE
        self.opened = 0
        self.close_code = 0

    def start(self) -> None:
        """Begin connecting; a second call does nothing."""
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._run())

    def send(self, data: bytes) -> None:
        if self.connection is not Connection.OPEN:
            return
        self._greeted = True
        try:
            self._outbox.put_nowait(data)
        except asyncio.QueueFull:
            self.hang_up(FIRST_RETRY_MS)

    def receive(self) -> list[bytes]:
        messages = list(self._inbox)
        self._inbox.clear()
        return messages

    def hang_up(self, retry_ms: int) -> None:
        self._retry_ms = retry_ms
        socket, self._socket = self._socket, None
        if socket is not None:
            socket.transport.abort()

    async def _run(self) -> None:
        while self._retry_ms >= 0:
            self.connection = Connection.CONNECTING
            try:
                async with connect(self._url, origin=self._origin, compression=None) as socket:  # type: ignore[arg-type]
                    await self._talk(socket)
            except (OSError, InvalidHandshake, ConnectionClosed):
                pass
            self._socket = None
            self.connection = Connection.WAITING
            await asyncio.sleep(max(0, self._retry_ms) / 1000)
            self._retry_ms = self._retry_ms if self._retry_ms < 0 else min(LAST_RETRY_MS, self._retry_ms * 2)
        self.connection = Connection.IDLE

    async def _talk(self, socket: ClientConnection) -> None:
        self._socket, self._outbox, self._greeted = socket, asyncio.Queue(UNSENT_MESSAGES), False
        self._retry_ms = FIRST_RETRY_MS
        self.opened += 1
        self.connection = Connection.OPEN
        tasks = [asyncio.create_task(part) for part in (self._read(socket), self._write(socket), self._beat())]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self.close_code = socket.close_code or 1006

    async def _read(self, socket: ClientConnection) -> None:
        async for message in socket:
            if isinstance(message, bytes):
                self._inbox.append(message)

    async def _write(self, socket: ClientConnection) -> None:
        while True:
            await socket.send(await self._outbox.get())

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT_INTERVAL_S)
            if self._greeted:
                self.send(encode(Beat(visible=True)))
