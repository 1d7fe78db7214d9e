"""The bad network does to real sockets what it says, and nothing else: whatever arrives, arrives whole and in order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.net.badnet import BadNet, Weather

pytestmark = pytest.mark.asyncio

STORM = Weather(latency_s=0.005, jitter_s=0.02, stall_every_s=0.05, stall_s=0.03, slice_bytes=7)


@asynccontextmanager
async def echo() -> AsyncIterator[int]:
    """A server that sends back what it gets; its port."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(4096):
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


@pytest.mark.parametrize("weather", [Weather(), STORM, Weather(bytes_per_s=200_000), Weather(slice_bytes=1)])
async def test_everything_arrives_whole_and_in_order(weather: Weather) -> None:
    sent = bytes(range(256)) * 8
    async with echo() as port, BadNet("127.0.0.1", port, weather, seed=3) as net:
        reader, writer = await asyncio.open_connection("127.0.0.1", net.port)
        writer.write(sent)
        assert await reader.readexactly(len(sent)) == sent
        writer.close()


async def test_latency_is_added_both_ways() -> None:
    async with echo() as port, BadNet("127.0.0.1", port, Weather(latency_s=0.15)) as net:
        reader, writer = await asyncio.open_connection("127.0.0.1", net.port)
        began_s = asyncio.get_running_loop().time()
        writer.write(b"x")
        await reader.readexactly(1)
        assert asyncio.get_running_loop().time() - began_s >= 0.3
        writer.close()


async def test_a_reset_is_no_farewell_and_new_connections_are_welcome() -> None:
    async with echo() as port, BadNet("127.0.0.1", port) as net:
        reader, writer = await asyncio.open_connection("127.0.0.1", net.port)
        writer.write(b"x")
        await reader.readexactly(1)
        net.reset()
        with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
            await reader.readexactly(1)
        writer.close()
        reader, writer = await asyncio.open_connection("127.0.0.1", net.port)
        writer.write(b"y")
        assert await reader.readexactly(1) == b"y"
        writer.close()


async def test_nothing_passes_in_the_dark_and_nothing_is_lost_by_it() -> None:
    async with echo() as port, BadNet("127.0.0.1", port) as net:
        reader, writer = await asyncio.open_connection("127.0.0.1", net.port)
        async with net.blackout():
            writer.write(b"x")
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(reader.readexactly(1), 0.1)
        assert await reader.readexactly(1) == b"x"
        writer.close()


async def test_half_open_swallows_what_people_send() -> None:
    async with echo() as port, BadNet("127.0.0.1", port) as net:
        reader, writer = await asyncio.open_connection("127.0.0.1", net.port)
        net.half_open()
        writer.write(b"gone")
        await asyncio.sleep(0.05)
        net.half_open(on=False)
        writer.write(b"here")
        assert await reader.readexactly(4) == b"here"
        writer.close()
