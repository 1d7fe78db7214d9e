"""A bad network between real sockets: a proxy that delays, jitters, stalls, slices, starves, resets and goes dark.

All chance comes from a seed, one stream for each direction of each connection. What a direction carries stays in order.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import socket
import struct
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from typing import Final, Self

CHUNK: Final = 16_384
LINGER_OFF: Final = struct.pack("ii", 1, 0)
"""With this a closed socket sends a reset instead of a farewell."""


@dataclass(frozen=True, slots=True)
class Weather:
    """How bad it is. Times in seconds; each direction suffers on its own."""

    latency_s: float = 0.0
    """One way, for everything."""
    jitter_s: float = 0.0
    """At most this much more, drawn for each piece; order is kept, so one late piece makes those behind it late."""
    stall_every_s: float = 0.0
    """Mean time between stalls; 0 for none."""
    stall_s: float = 0.0
    """How long a stall lasts: nothing moves, and nothing is lost."""
    bytes_per_s: float = 0.0
    """What fits through; 0 for no bound."""
    slice_bytes: int = 0
    """Pieces are cut to between one byte and this many; 0 leaves them whole."""


CLEAR: Final = Weather()


@dataclass(slots=True)
class _Connection:
    """Two directions of one person's connection."""

    near: asyncio.StreamWriter
    far: asyncio.StreamWriter
    tasks: list[asyncio.Task[None]] = field(default_factory=list)


class BadNet:
    """A proxy on a free local port. `weather` can be changed at any time and holds from the next piece on."""

    def __init__(self, host: str, port: int, weather: Weather = CLEAR, seed: int = 0) -> None:
        self.weather = weather
        self.port = 0
        self.accepted = 0
        self._target = (host, port)
        self._seed = seed
        self._dark = asyncio.Event()
        self._dark.set()
        self._half_open = False
        self._connections: list[_Connection] = []
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        self._dark.set()
        for connection in self._connections:
            self._end(connection)
        tasks = [task for connection in self._connections for task in connection.tasks]
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._server.wait_closed()

    @property
    def url(self) -> str:
        """Where a browser goes instead of to the server."""
        return f"http://127.0.0.1:{self.port}"

    def reset(self) -> None:
        """Cuts every connection now, without a farewell; new ones are welcome."""
        for connection in self._connections:
            for writer in (connection.near, connection.far):
                with contextlib.suppress(OSError):
                    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_OFF)
            self._end(connection)
        self._connections.clear()

    def go_dark(self) -> None:
        """Nothing passes in either direction, and nobody is told; new connections are taken and wait."""
        self._dark.clear()

    def light_up(self) -> None:
        """What was held in the dark goes on its way."""
        self._dark.set()

    @contextlib.asynccontextmanager
    async def blackout(self) -> AsyncIterator[None]:
        """Dark for the length of a block."""
        self.go_dark()
        try:
            yield
        finally:
            self.light_up()

    def half_open(self, *, on: bool = True) -> None:
        """What people send is swallowed while what they are sent still arrives, as behind a dying access point."""
        self._half_open = on

    def change(self, **changes: float) -> None:
        """Other weather from now on."""
        self.weather = replace(self.weather, **changes)  # type: ignore[arg-type]  # fields of Weather by name

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        number = self.accepted
        self.accepted += 1
        await self._dark.wait()
        try:
            far_reader, far_writer = await asyncio.open_connection(*self._target)
        except OSError:
            writer.close()
            return
        connection = _Connection(writer, far_writer)
        self._connections.append(connection)
        up = self._carry(reader, far_writer, random.Random(f"{self._seed} {number} up"), upward=True)
        down = self._carry(far_reader, writer, random.Random(f"{self._seed} {number} down"), upward=False)
        connection.tasks += [asyncio.create_task(up), asyncio.create_task(down)]
        await asyncio.gather(*connection.tasks, return_exceptions=True)
        self._end(connection)
        if connection in self._connections:
            self._connections.remove(connection)

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, chance: random.Random, *, upward: bool
    ) -> None:
        """One direction: what is read is given a time to arrive, and handed on in order at those times."""
        lane: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(maxsize=256)
        reading = asyncio.create_task(self._read(reader, lane, chance))
        loop = asyncio.get_running_loop()
        try:
            while True:
                due_s, piece = await lane.get()
                await asyncio.sleep(max(0.0, due_s - loop.time()))
                await self._dark.wait()
                if not piece:
                    break
                if upward and self._half_open:
                    continue
                writer.write(piece)
                await writer.drain()
                if self.weather.bytes_per_s:
                    await asyncio.sleep(len(piece) / self.weather.bytes_per_s)
        except (ConnectionError, OSError):
            pass
        finally:
            reading.cancel()
            writer.close()

    async def _read(
        self, reader: asyncio.StreamReader, lane: asyncio.Queue[tuple[float, bytes]], chance: random.Random
    ) -> None:
        loop = asyncio.get_running_loop()
        last_s, next_stall_s = 0.0, self._next_stall_s(loop.time(), chance)
        while True:
            try:
                data = await reader.read(CHUNK)
            except OSError:
                data = b""
            weather, now_s = self.weather, loop.time()
            for piece in _sliced(data, weather.slice_bytes, chance):
                due_s = now_s + weather.latency_s + chance.uniform(0, weather.jitter_s)
                if weather.stall_every_s and now_s >= next_stall_s:
                    due_s += weather.stall_s
                    next_stall_s = self._next_stall_s(due_s, chance)
                last_s = max(last_s, due_s)
                await lane.put((last_s, piece))
            if not data:
                await lane.put((last_s, b""))
                return

    def _next_stall_s(self, now_s: float, chance: random.Random) -> float:
        every_s = self.weather.stall_every_s
        return now_s + (chance.expovariate(1 / every_s) if every_s else 0.0)

    def _end(self, connection: _Connection) -> None:
        for writer in (connection.near, connection.far):
            writer.close()
        for task in connection.tasks:
            task.cancel()


def _sliced(data: bytes, most: int, chance: random.Random) -> list[bytes]:
    """The data in pieces of one to `most` bytes; whole where `most` is 0."""
    if not most:
        return [data] if data else []
    pieces, at = [], 0
    while at < len(data):
        length = chance.randint(1, most)
        pieces.append(data[at : at + length])
        at += length
    return pieces
