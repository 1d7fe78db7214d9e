"""One player's connection: says who it is, then its messages are checked, counted and passed on."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import Final

import structlog
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed
from websockets.frames import CloseCode as SocketCloseCode

from game.wire import (
    PROTOCOL_VERSION,
    Beat,
    Bye,
    ClientMessage,
    CloseCode,
    Cmd,
    Edges,
    Hello,
    Sync,
    Synced,
    WireError,
    decode_client,
    encode,
)
from server.authority.clock import Clock
from server.authority.directory import Directory
from server.authority.limits import HELLO_WAIT_MS, RATES, Rate
from server.authority.line import SocketLine
from server.authority.metrics import Metrics
from server.authority.team import Team

_log: Final = structlog.get_logger("resus.player")


class Refused(Exception):  # noqa: N818  not a defect: what a client did wrong, and how its connection ends
    """The connection must be closed. `reason` tells the client's developer why."""

    def __init__(self, code: CloseCode, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Bucket:
    """How much of a Rate one connection has left."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._left = float(rate.burst)
        self._at_s = monotonic()

    def take(self, amount: int = 1) -> bool:
        """True if so many more are within the rate."""
        now_s = monotonic()
        self._left = min(self._rate.burst, self._left + (now_s - self._at_s) * self._rate.per_s)
        self._at_s = now_s
        if self._left < amount:
            return False
        self._left -= amount
        return True


class Player:
    """A connection once it is open. `serve` lives as long as it does, and closes it for whatever reason."""

    def __init__(self, connection: ServerConnection, directory: Directory, clock: Clock, metrics: Metrics) -> None:
        self._connection = connection
        self._directory = directory
        self._clock = clock
        self._metrics = metrics
        self._buckets = {kind: Bucket(rate) for kind, rate in RATES.items()}
        self.line = SocketLine(connection, metrics)

    async def serve(self) -> None:
        """Reads until the connection ends."""
        try:
            team, seat = await self._enter()
            try:
                await self._play(team, seat)
            finally:
                team.disconnect(seat, self.line)
        except Refused as refused:
            self._metrics.rejects.labels(refused.code.name.lower()).inc()
            self.line.close(refused.code, refused.reason)
        except ConnectionClosed as closed:
            if closed.sent is not None and closed.sent.code == SocketCloseCode.MESSAGE_TOO_BIG:
                self._metrics.rejects.labels("too-large").inc()
        await self.line.closed()

    async def _enter(self) -> tuple[Team, int]:
        """Waits for HELLO and seats the player."""
        try:
            async with asyncio.timeout(HELLO_WAIT_MS / 1000):
                hello = self._decode(await self._connection.recv())
        except TimeoutError:
            raise Refused(CloseCode.HELLO_LATE, "no hello came") from None
        if not isinstance(hello, Hello):
            raise Refused(CloseCode.BAD_MESSAGE, "the first message must be a hello")
        if hello.version != PROTOCOL_VERSION:
            raise Refused(CloseCode.WRONG_VERSION, f"this server speaks version {PROTOCOL_VERSION}")
        now = self._clock.now()
        redeemed = self._directory.tokens.redeem(hello.token, now.real_ms)
        if redeemed is None:
            raise Refused(CloseCode.BAD_TOKEN, "this token opens no seat (any more)")
        (team, seat), token = redeemed
        resynced = team.connect(seat, self.line, token, hello.last_seq, now)
        self._metrics.resumed.labels("new" if hello.last_seq == 0 else "resync" if resynced else "events").inc()
        return team, seat

    async def _play(self, team: Team, seat: int) -> None:
        settled = False
        async for data in self._connection:
            message = self._decode(data)
            if team.seats[seat].line is not self.line:
                # Replaced or left: what still comes belongs to nobody.
                return
            if not settled:
                settled = True
                self._directory.tokens.settle((team, seat))
            self._take(team, seat, message)

    def _decode(self, data: str | bytes) -> ClientMessage:
        self._metrics.received_bytes.inc(len(data))
        if isinstance(data, str):
            raise Refused(CloseCode.BAD_MESSAGE, "text: messages are binary")
        try:
            message = decode_client(data)
        except WireError as error:
            self._metrics.rejects.labels(error.code).inc()
            raise Refused(CloseCode.BAD_MESSAGE, str(error)) from None
        self._metrics.messages.labels(message.TYPE.name.lower()).inc()
        return message

    def _take(self, team: Team, seat: int, message: ClientMessage) -> None:
        if isinstance(message, Hello):
            raise Refused(CloseCode.BAD_MESSAGE, "hello was said already")
        amount = len(message.stamps_ms) if isinstance(message, Edges) else 1
        if not self._buckets[message.TYPE].take(amount):
            raise Refused(CloseCode.TOO_MANY, f"too many {message.TYPE.name.lower()} messages")
        match message:
            case Cmd() | Edges():
                team.hear(seat, self._clock.now())
                if not team.receive(seat, message):
                    raise Refused(CloseCode.TOO_MANY, "too many messages wait for the next tick")
            case Sync(t0_ms):
                now_ms = self._clock.now().game_ms
                self.line.tell(encode(Synced(t0_ms, now_ms, now_ms)))
            case Beat(visible):
                # A hidden page keeps beating, but nobody plays there.
                if visible:
                    team.hear(seat, self._clock.now())
            case Bye():
                team.leave(seat)
