"""The way in for WebSockets: adopts sockets that were accepted elsewhere, and lets in who may come."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Collection
from http import HTTPStatus
from typing import Final, NoReturn
from urllib.parse import urlsplit

import structlog
from websockets.asyncio.server import Server, ServerConnection
from websockets.http11 import Request, Response
from websockets.protocol import State
from websockets.server import ServerProtocol

from game.wire.limits import CLIENT_MESSAGE_BYTES
from server.authority.limits import CLOSE_WAIT_MS, CONNECTIONS, OPEN_WAIT_MS

_log: Final = structlog.get_logger("resus.door")

PATH: Final = "/ws"
PING_EVERY_S: Final = 20.0
PING_WAIT_S: Final = 20.0
FRAMES_QUEUED: Final = 16
"""Frames read ahead for a connection; then its socket is not read until some are taken."""


class Door(Server):
    """A WebSocket server that listens nowhere: connections come by `adopt`, each is given to `handler`."""

    def __init__(self, handler: Callable[[ServerConnection], Awaitable[None]], origins: Collection[str] = ()) -> None:
        """`origins` may come in besides pages of the host that is asked."""
        super().__init__(_listen_nowhere, self._serve)
        self._handle = handler
        self._origins = frozenset(origins)
        self._open = True

    def is_serving(self) -> bool:
        """Whether new connections are let in."""
        return self._open

    async def adopt(self, sock: socket.socket) -> None:
        """Takes over a connected socket whose request has not been read yet."""
        await asyncio.get_running_loop().connect_accepted_socket(self._connection, sock)

    async def shut(self) -> None:
        """Lets nobody in any more, and waits for those inside to be gone; whoever lingers is dropped."""
        self._open = False
        tasks = set(self.handler_tasks)
        if tasks:
            _, lingering = await asyncio.wait(tasks, timeout=CLOSE_WAIT_MS / 1000)
            for connection in self.all_connections:
                connection.transport.abort()
            for task in lingering:
                task.cancel()

    def _connection(self) -> ServerConnection:
        # Compression costs more of the tick than it saves on messages of 200 bytes: no extensions.
        return ServerConnection(
            ServerProtocol(max_size=CLIENT_MESSAGE_BYTES),
            self,
            ping_interval=PING_EVERY_S,
            ping_timeout=PING_WAIT_S,
            close_timeout=CLOSE_WAIT_MS / 1000,
            max_queue=FRAMES_QUEUED,
        )

    async def _serve(self, connection: ServerConnection) -> None:
        """One connection from its handshake to its end."""
        try:
            async with asyncio.timeout(OPEN_WAIT_MS / 1000):
                await connection.handshake(self._check, server_header=None)
            if connection.state is State.OPEN:
                await self._attend(connection)
        except TimeoutError:
            _log.info("handshake late")
        except Exception:  # noqa: BLE001  a defect in one connection must end no other
            _log.exception("connection failed")
        finally:
            connection.transport.abort()
            task = asyncio.current_task()
            assert task is not None
            self.handler_tasks.discard(task)

    async def _attend(self, connection: ServerConnection) -> None:
        self.all_connections.add(connection)
        connection.start_keepalive()
        try:
            async with connection:
                await self._handle(connection)
        finally:
            self.all_connections.discard(connection)

    def _check(self, connection: ServerConnection, request: Request) -> Response | None:
        """None if this request may open a WebSocket here, else the answer that refuses it."""
        if request.path.partition("?")[0] != PATH:
            return connection.respond(HTTPStatus.NOT_FOUND, "There is nothing at this address.\n")
        if len(self.all_connections) >= CONNECTIONS:
            return connection.respond(HTTPStatus.SERVICE_UNAVAILABLE, "This server is full. Try again later.\n")
        origin = request.headers.get("Origin")
        if origin is not None and not self._is_ours(origin, request.headers.get("Host", "")):
            return connection.respond(HTTPStatus.FORBIDDEN, "Pages of other servers may not play here.\n")
        return None

    def _is_ours(self, origin: str, host: str) -> bool:
        """A page may talk to the server it came from. Programs that are no browsers name no origin at all."""
        try:
            own = urlsplit(origin).netloc.lower() == host.lower() != ""
        except ValueError:
            # Not an address at all ("http://[").
            own = False
        return own or origin in self._origins


async def _listen_nowhere() -> NoReturn:
    raise NotImplementedError("connections are accepted elsewhere and adopted")
