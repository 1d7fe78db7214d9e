"""Rooms full of people: each has four real WebSockets, over which a recorded run is sent at its own pace."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from time import monotonic
from typing import Final

from websockets.asyncio.client import ClientConnection

from game.wire import Beat, Cmd, Ev, Hello, TeamEvent, decode_server, encode
from game.wire.messages import PROTOCOL_VERSION
from tests.bench.case import Sent, opening_case, played_by_bots, script

TakeSeats = Callable[[], Awaitable[Sequence[str]]]
"""Opens a session and gives the tokens of its four seats."""
Dial = Callable[[], Awaitable[ClientConnection]]
"""Opens a WebSocket to the authority."""

BEAT_EVERY_MS: Final = 500
COMES_UP_WITHIN_S: Final = 20.0
RECORDED_MS: Final = 120_000


class Crowd:
    """People that play until they are sent home by `close`. Messages to them are received and thrown away."""

    def __init__(self, take_seats: TakeSeats, dial: Dial) -> None:
        self._take_seats = take_seats
        self._dial = dial
        # Number 1 is the command that starts the run.
        said = script(played_by_bots(opening_case(), RECORDED_MS), first_seq=2)
        beats = [
            Sent(at_ms, seat, encode(Beat(visible=True)))
            for at_ms in range(0, RECORDED_MS, BEAT_EVERY_MS)
            for seat in range(4)
        ]
        self._script = sorted([*said, *beats], key=lambda sent: sent.at_ms)
        self._rooms: list[asyncio.Task[None]] = []
        self._playing: list[asyncio.Event] = []

    @property
    def size(self) -> int:
        """How many rooms there are."""
        return len(self._rooms)

    async def grow(self, rooms: int, over_s: float) -> None:
        """Adds rooms until there are `rooms`, spread over some seconds, and waits until all play.

        Raises what went wrong in a room.
        """
        more = rooms - self.size
        for _ in range(more):
            playing = asyncio.Event()
            self._playing.append(playing)
            self._rooms.append(asyncio.create_task(self._room(playing)))
            await asyncio.sleep(over_s / more)
        async with asyncio.timeout(COMES_UP_WITHIN_S):
            await asyncio.gather(*(playing.wait() for playing in self._playing))
        self.check()

    def check(self) -> None:
        """Raises what went wrong in a room."""
        for room in self._rooms:
            if room.done():
                room.result()

    async def close(self) -> None:
        """Everybody goes."""
        for room in self._rooms:
            room.cancel()
        await asyncio.gather(*self._rooms, return_exceptions=True)

    async def _room(self, playing: asyncio.Event) -> None:
        try:
            async with AsyncExitStack() as stack:
                sockets = [await self._seated(stack, token) for token in await self._take_seats()]
                await sockets[0].send(encode(Cmd(1, "start")))
                await _collapse(sockets[0])
                playing.set()
                async with asyncio.TaskGroup() as people:
                    for socket in sockets:
                        people.create_task(_throw_away(socket))
                    people.create_task(self._act(sockets))
        finally:
            # Whoever waits for this room learns from its task how it went.
            playing.set()

    async def _seated(self, stack: AsyncExitStack, token: str) -> ClientConnection:
        socket = await stack.enter_async_context(await self._dial())
        await socket.send(encode(Hello(PROTOCOL_VERSION, token, 0, "bench")))
        await socket.recv()
        return socket

    async def _act(self, sockets: Sequence[ClientConnection]) -> None:
        zero_s = monotonic()
        for sent in self._script:
            await asyncio.sleep(max(0.0, zero_s + sent.at_ms / 1000 - monotonic()))
            await sockets[sent.seat].send(sent.data)


async def _collapse(socket: ClientConnection) -> None:
    """Reads until the run is played."""
    async for data in socket:
        match decode_server(data if isinstance(data, bytes) else data.encode()):
            case Ev(kind=TeamEvent.PHASE, args=("playing", *_)):
                return


async def _throw_away(socket: ClientConnection) -> None:
    async for _ in socket:
        pass
