"""Passing accepted sockets from one process to another, over a Unix stream socket: one byte and one descriptor each.

The receiving side says once that it is ready; when the sending side closes, it is time to stop.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

_log: Final = structlog.get_logger("resus.handover")

_READY: Final = b"r"
_SOCKET: Final = b"s"


def hand_over(channel: socket.socket, sock: socket.socket) -> bool:
    """Gives `sock` to the other process and closes it here. False if that one takes none at the moment."""
    try:
        socket.send_fds(channel, [_SOCKET], [sock.fileno()])
    except OSError:
        # Full (the other process hangs), or gone (its death is noticed elsewhere).
        return False
    sock.close()
    return True


async def wait_ready(channel: socket.socket) -> bool:
    """Waits until the other process takes sockets; False if it ended instead."""
    return await asyncio.get_running_loop().sock_recv(channel, 1) == _READY


class Intake:
    """The receiving side: `adopt` gets each socket, non-blocking and still unread."""

    def __init__(self, channel: socket.socket, adopt: Callable[[socket.socket], Awaitable[None]]) -> None:
        self._channel = channel
        self._adopt = adopt
        self._adopting: set[asyncio.Task[None]] = set()
        self._ended = asyncio.Event()
        channel.setblocking(False)

    async def run(self) -> None:
        """Says that it is ready, then takes sockets until the sending side closes or this is cancelled."""
        loop = asyncio.get_running_loop()
        await loop.sock_sendall(self._channel, _READY)
        loop.add_reader(self._channel, self._take)
        try:
            await self._ended.wait()
        finally:
            loop.remove_reader(self._channel)
            self._channel.close()

    def _take(self) -> None:
        try:
            data, fds, _, _ = socket.recv_fds(self._channel, 1, 1)
        except BlockingIOError:
            return
        except OSError:
            self._ended.set()
            return
        for fd in fds:
            sock = socket.socket(fileno=fd)
            sock.setblocking(False)
            task = asyncio.create_task(self._adopt_one(sock), name="adopt")
            self._adopting.add(task)
            task.add_done_callback(self._adopting.discard)
        if not data:
            self._ended.set()

    async def _adopt_one(self, sock: socket.socket) -> None:
        try:
            await self._adopt(sock)
        except Exception:  # noqa: BLE001  one broken connection must end no other
            _log.exception("adoption failed")
            sock.close()
