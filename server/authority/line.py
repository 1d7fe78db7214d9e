"""The outgoing side of one connection, with a policy for a client that is too slow to take what it is told."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, Protocol

from websockets.asyncio.server import ServerConnection, broadcast
from websockets.protocol import State

from game.wire import Close, CloseCode, encode
from server.authority.limits import BACKLOG_BYTES, SNAPSHOT_BACKLOG_BYTES

if TYPE_CHECKING:
    from server.authority.metrics import Metrics

RETRY_MS: Final[dict[CloseCode, int]] = {CloseCode.GOING_DOWN: 2_000, CloseCode.TOO_SLOW: 1_000}
"""After how long a closed client may come back by itself; all other reasons need a person."""


class Line(Protocol):
    """Where a seat's messages go. No call ever waits or raises."""

    def tell(self, data: bytes) -> None:
        """Something the client must know; never left out."""
        ...

    def show(self, data: bytes) -> None:
        """A snapshot; left out while the client is behind."""
        ...

    def close(self, code: CloseCode, reason: str = "") -> None:
        """Says why, and closes. Safe to call twice."""
        ...


class SocketLine:
    """A line over a WebSocket. Its queue is the transport's write buffer, which is looked at before each send."""

    def __init__(self, connection: ServerConnection, metrics: Metrics) -> None:
        self._connection = connection
        self._metrics = metrics
        self._closing: asyncio.Task[None] | None = None

    def tell(self, data: bytes) -> None:
        if self._closing is not None:
            return
        if self.backlog_bytes > BACKLOG_BYTES:
            self.close(CloseCode.TOO_SLOW)
            return
        self._send(data)

    def show(self, data: bytes) -> None:
        if self._closing is not None:
            return
        if self.backlog_bytes > SNAPSHOT_BACKLOG_BYTES:
            self._metrics.snapshots_dropped.inc()
            return
        self._send(data)

    def close(self, code: CloseCode, reason: str = "") -> None:
        if self._closing is not None:
            return
        self._send(encode(Close(code, RETRY_MS.get(code, -1))))
        self._metrics.closed.labels(code.name.lower()).inc()
        words = reason or code.name.lower().replace("_", "-")
        self._closing = asyncio.create_task(self._connection.close(code, words), name="close")

    @property
    def backlog_bytes(self) -> int:
        """What was written and is not yet taken by the network."""
        return self._connection.transport.get_write_buffer_size()

    async def closed(self) -> None:
        """Waits for the end of a closing that was begun here."""
        if self._closing is not None:
            await self._closing

    def _send(self, data: bytes) -> None:
        # broadcast() is the library's synchronous send: no task, no wait, and a closed connection is passed over.
        if self._connection.state is State.OPEN:
            broadcast([self._connection], data)
            self._metrics.sent_bytes.inc(len(data))
