"""The real authority on a real port, and a client that says exactly what a test wants said."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Self, TypeVar

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from game.wire import (
    PROTOCOL_VERSION,
    Ack,
    Beat,
    ClientMessage,
    Cmd,
    Ev,
    Hello,
    Nak,
    ServerMessage,
    Welcome,
    decode_server,
    encode,
)
from server.authority.library import Library
from server.authority.run import MakeRoom, make_room
from server.authority.service import Authority, running
from tests.authority.fakes import library

M = TypeVar("M")

WAIT_S = 5.0
SMALL_BUFFER_BYTES = 4_096


@contextlib.asynccontextmanager
async def authority_on_port(
    folder: Path, make: MakeRoom = make_room, cases: Library | None = None
) -> AsyncIterator[tuple[Authority, int]]:
    """A living authority, and the port where it can be reached."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        # What waits for a slow client waits in the process, where the test can see it, not in the kernel.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SMALL_BUFFER_BYTES)
        listener.setblocking(False)
        async with running(cases or library(), folder, make=make) as authority:
            accepting = asyncio.create_task(_accept(listener, authority))
            yield authority, listener.getsockname()[1]
            accepting.cancel()


async def _accept(listener: socket.socket, authority: Authority) -> None:
    loop = asyncio.get_running_loop()
    while True:
        sock, _ = await loop.sock_accept(listener)
        await authority.adopt(sock)


class Client:
    """One connection, and everything that was heard on it."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.heard: list[ServerMessage] = []

    @classmethod
    async def open(cls, port: int, **settings: object) -> Self:
        url = f"ws://127.0.0.1:{port}/ws"
        return cls(await connect(url, compression=None, proxy=None, **settings))  # type: ignore[arg-type]

    @classmethod
    async def enter(cls, port: int, token: str, last_seq: int = 0) -> Self:
        """A connection that has been welcomed."""
        client = await cls.open(port)
        await client.say(Hello(PROTOCOL_VERSION, token, last_seq, "test"))
        await client.until(Welcome)
        return client

    async def say(self, message: ClientMessage) -> None:
        await self.connection.send(encode(message))

    async def until(self, kind: type[M], matches: Callable[[M], bool] = lambda message: True) -> M:
        """Listens until a message of this kind comes."""
        async with asyncio.timeout(WAIT_S):
            while True:
                data = await self.connection.recv()
                assert isinstance(data, bytes)
                message = decode_server(data)
                self.heard.append(message)
                if isinstance(message, kind) and matches(message):
                    return message

    async def until_closed(self) -> tuple[int, str]:
        """Listens until the end: the close code and reason."""
        try:
            async with asyncio.timeout(WAIT_S):
                while True:
                    data = await self.connection.recv()
                    assert isinstance(data, bytes)
                    self.heard.append(decode_server(data))
        except ConnectionClosed:
            assert self.connection.close_code is not None
            return self.connection.close_code, self.connection.close_reason or ""

    async def answer_to(self, seq: int) -> Ack | Nak:
        return await self.until(Ack | Nak, lambda message: message.seq == seq)  # type: ignore[arg-type]

    async def phase(self, phase: str) -> None:
        """Listens until the run has come to this phase."""
        await self.until(Ev, lambda event: event.kind == "phase-is" and event.args[0] == phase)

    async def command(self, seq: int, op: str) -> Ack | Nak:
        await self.say(Cmd(seq, op))
        return await self.answer_to(seq)

    async def beat(self) -> None:
        """Beats until cancelled."""
        while True:
            await self.say(Beat(visible=True))
            await asyncio.sleep(0.5)

    @property
    def token(self) -> str:
        """The token for the next connection."""
        return next(message.token for message in self.heard if isinstance(message, Welcome))

    @property
    def last_seq(self) -> int:
        """The last event heard."""
        return max(message.seq for message in self.heard if isinstance(message, Ev))
