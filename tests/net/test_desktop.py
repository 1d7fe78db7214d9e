"""The desktop's link against a real WebSocket server on a free port."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from websockets.asyncio.server import ServerConnection, serve

from game.net import desktop
from game.net.desktop import DesktopLink
from game.net.link import Connection
from game.wire.codec import decode_client
from game.wire.messages import Beat


@asynccontextmanager
async def echo(seen: list[bytes]) -> AsyncIterator[str]:
    async def answer(socket: ServerConnection) -> None:
        async for message in socket:
            assert isinstance(message, bytes)
            seen.append(message)
            if message == b"close":
                await socket.close(4006)
            await socket.send(message)

    async with serve(answer, "127.0.0.1", 0) as server:
        yield f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def until(holds: Callable[[], object]) -> None:
    for _ in range(2_000):
        if holds():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("it never came true")


async def test_it_connects_speaks_listens_and_beats() -> None:
    seen: list[bytes] = []
    got: list[bytes] = []
    async with echo(seen) as url:
        link = DesktopLink(url, "http://127.0.0.1")
        link.send(b"too early")
        link.start()
        await until(lambda: link.connection is Connection.OPEN)
        await asyncio.sleep(desktop.BEAT_INTERVAL_S * 1.2)
        assert seen == []
        link.send(b"hello")
        await until(lambda: len(seen) >= 2)
        got += link.receive()
        assert (seen[0], decode_client(seen[1])) == (b"hello", Beat(visible=True))
        assert got[0] == b"hello"
        link.hang_up(-1)
        await until(lambda: link.connection is Connection.IDLE)


async def test_a_lost_connection_comes_back_by_itself() -> None:
    seen: list[bytes] = []
    async with echo(seen) as url:
        link = DesktopLink(url, "http://127.0.0.1")
        link.start()
        await until(lambda: link.opened == 1)
        link.send(b"close")
        await until(lambda: link.opened == 2)
        assert link.close_code == 4006
        link.hang_up(-1)
        await until(lambda: link.connection is Connection.IDLE)
