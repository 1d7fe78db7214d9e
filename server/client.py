"""A player without a screen: joins over the real API and plays a seat over the real WebSocket."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import deque
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import ProxyHandler, Request, build_opener

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from game.rules.views import SeatView
from game.wire import WireError, decode_server, encode
from game.wire.limits import SERVER_MESSAGE_BYTES
from game.wire.messages import (
    PROTOCOL_VERSION,
    Ack,
    Beat,
    Bye,
    Close,
    Cmd,
    Edges,
    Ev,
    Full,
    Hello,
    Nak,
    Resync,
    RosterSeat,
    ServerMessage,
    Snap,
    TeamEvent,
    Welcome,
)
from game.wire.schema import unpack, unpack_bytes
from server.bus import Created, CreateSession, Joined, SeatInfo, SessionInfo, TeamInfo

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from game.log import Plain


HTTP_WAIT_S: Final = 10.0
BEAT_S: Final = 0.5
RETRY_S: Final = 0.5
EVENTS_KEPT: Final = 1024

T = TypeVar("T")

_OPENER: Final = build_opener(ProxyHandler({}))
"""A game server stands on the same network: a proxy in the environment is never meant for it."""


class ClientError(Exception):
    """The server cannot be reached, or refused: a sentence for people; `code` is the server's, "" if it gave none."""

    def __init__(self, sentence: str, code: str = "") -> None:
        super().__init__(sentence)
        self.code = code


class Api:
    """The HTTP API of a server at `base_url`, as far as a player needs it."""

    def __init__(self, base_url: str) -> None:
        parts = urlsplit(base_url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ClientError(f"{base_url!r} is no server address: it should look like http://127.0.0.1:8000")
        self.base_url = base_url.rstrip("/")

    @property
    def socket_url(self) -> str:
        return "ws" + self.base_url.removeprefix("http") + "/ws"

    async def create(self, wish: CreateSession) -> Created:
        """A new session with one team."""
        return _made(Created, await self._call("POST", "/api/sessions", asdict(wish)))

    async def session(self, code: str) -> SessionInfo:
        """What a code stands for: level, phase, teams and their seats."""
        answer = await self._call("GET", f"/api/sessions/{quote(code, safe='')}")
        teams = [
            _row(TeamInfo, {**team, "seats": [_row(SeatInfo, seat) for seat in _objects(team, "seats")]})
            for team in _objects(answer, "teams")
        ]
        return _made(SessionInfo, {**answer, "teams": teams})

    async def join(self, code: str, team: str, seat: int, name: str | None = None) -> Joined:
        """Takes a seat; the token in the answer opens the WebSocket once."""
        body = {"team": team, "seat": seat, "name": name, "understood": True}
        return _made(Joined, await self._call("POST", f"/api/sessions/{quote(code, safe='')}/join", body))

    async def _call(self, method: str, path: str, body: Mapping[str, object] | None = None) -> dict[str, object]:
        return await asyncio.to_thread(self._call_blocking, method, path, body)

    def _call_blocking(self, method: str, path: str, body: Mapping[str, object] | None) -> dict[str, object]:
        data = None if body is None else json.dumps(body).encode()
        request = Request(self.base_url + path, data, {"Content-Type": "application/json"}, method=method)  # noqa: S310 - http or https, checked above
        try:
            with _OPENER.open(request, timeout=HTTP_WAIT_S) as response:
                return _object(response.read())
        except HTTPError as error:
            with error:
                answer = _object(error.read())
            sentence = answer.get("error", f"the server answered {error.code}")
            raise ClientError(str(sentence), str(answer.get("code", ""))) from None
        except (URLError, OSError) as error:
            reason = getattr(error, "reason", error)
            raise ClientError(f"{self.base_url} cannot be reached: {reason}") from None


def _object(data: bytes) -> dict[str, object]:
    try:
        value = json.loads(data)
    except ValueError:
        value = None
    return value if isinstance(value, dict) else {}


def _objects(answer: Mapping[str, object], key: str) -> list[dict[str, object]]:
    value = answer.get(key)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _row(kind: type, answer: Mapping[str, object]) -> list[object]:
    """The record's fields in their order; what this version does not know is passed over."""
    return [answer.get(known.name) for known in fields(kind)]


def _made(kind: type[T], answer: Mapping[str, object]) -> T:
    """The record that the server's JSON stands for, checked like a message of the wire."""
    try:
        return unpack(kind, _row(kind, answer))
    except WireError:
        raise ClientError("the server answered something unexpected: is it Resus Crew, of this version?") from None


@dataclass(slots=True)
class Told:
    """What the authority has told this seat so far."""

    phase: str = ""
    stations: int = 0
    epoch: int = 0
    seq: int = 0
    run: str = ""
    level: str = ""
    result: str = ""
    roster: tuple[RosterSeat, ...] = ()
    view: SeatView | None = None
    events: deque[Ev] = field(default_factory=lambda: deque(maxlen=EVENTS_KEPT))
    answers: dict[int, int] = field(default_factory=dict)
    """Refusal code by the sequence number of the command; 0 is done."""


class Player:
    """One seat over the wire. Comes back by itself after a lost connection, and sends again what was not answered.

    `run` does all of it; the other methods may be called from the callback given to it, or from another task.
    """

    def __init__(self, socket_url: str, joined: Joined, build: str = "headless") -> None:
        self.joined = joined
        self.told = Told(level=joined.level)
        self.here = asyncio.Event()
        """Set once the authority has told this seat how things are."""
        self.close: Close | None = None
        self._socket_url = socket_url
        self._token = joined.token
        self._build = build
        self._socket: ClientConnection | None = None
        self._seq = 0
        self._unanswered: dict[int, bytes] = {}
        self._welcomed = False
        self._in_order = asyncio.Lock()
        """The authority drops a command that comes after a later one: what is sent again goes before what is new."""
        self._left = False

    async def command(self, op: str, *args: Plain) -> int:
        """Sends a command; its answer will stand in `told.answers` under the number returned."""
        return await self._send_numbered(lambda seq: Cmd(seq, op, args))

    async def edges(self, key: int, first_is_down: bool, stamps_ms: tuple[int, ...]) -> int:
        """Sends presses and releases at these room times, as `command` does."""
        return await self._send_numbered(lambda seq: Edges.of(seq, key, first_is_down, stamps_ms))

    async def leave(self) -> None:
        """Gives the seat up; `run` ends."""
        self._left = True
        await self._send(encode(Bye()))
        if self._socket is not None:
            await self._socket.close()

    async def run(self, heed: Callable[[ServerMessage], Awaitable[None]]) -> None:
        """Stays connected until the authority closes for good or `leave`; `heed` gets each message once it is noted.

        Raises ClientError if the server cannot be reached or refuses at first, or sends what is no message.
        """
        while True:
            try:
                async with self._connect() as socket:
                    await self._talk(socket, heed)
            except ConnectionClosed:
                pass
            except (OSError, InvalidHandshake) as error:
                if not self.told.phase:
                    raise ClientError(f"{self._socket_url} cannot be reached: {error}") from None
            except WireError as error:
                raise ClientError(f"the server sent what is no message: {error}") from None
            if self._left:
                return
            retry_s = self.close.retry_ms / 1000 if self.close else RETRY_S
            if self.close and retry_s < 0:
                if not self.here.is_set():
                    raise ClientError(f"the server does not let this seat in: {self.close.code.name}")
                return
            self.close = None
            await asyncio.sleep(retry_s)

    def _connect(self) -> connect:
        return connect(self._socket_url, compression=None, proxy=None, max_size=SERVER_MESSAGE_BYTES)

    async def _talk(self, socket: ClientConnection, heed: Callable[[ServerMessage], Awaitable[None]]) -> None:
        self._socket = socket
        await self._send(encode(Hello(PROTOCOL_VERSION, self._token, self.told.seq, self._build)))
        beats = asyncio.create_task(self._beat())
        try:
            async for data in socket:
                message = decode_server(data if isinstance(data, bytes) else data.encode())
                await self._note(message)
                await heed(message)
        finally:
            self._socket, self._welcomed = None, False
            beats.cancel()

    async def _beat(self) -> None:
        """The sign of life."""
        while True:
            await self._send(encode(Beat(visible=True)))
            await asyncio.sleep(BEAT_S)

    async def _send_numbered(self, make: Callable[[int], Cmd | Edges]) -> int:
        async with self._in_order:
            self._seq += 1
            seq, data = self._seq, encode(make(self._seq))
            self._unanswered[seq] = data
            if self._welcomed:
                await self._send(data)
        return seq

    async def _send_again(self) -> None:
        async with self._in_order:
            for data in list(self._unanswered.values()):
                await self._send(data)
            self._welcomed = True

    async def _send(self, data: bytes) -> None:
        """Sends if connected; what is lost with a connection is either sent again after the next or worth nothing."""
        if self._socket is not None:
            with contextlib.suppress(ConnectionClosed):
                await self._socket.send(data)

    async def _note(self, message: ServerMessage) -> None:
        told = self.told
        match message:
            case Welcome():
                self._token, told.stations, told.epoch = message.token, message.stations, message.epoch
                await self._send_again()
            case Resync(full):
                self._note_full(full)
            case Snap():
                if message.epoch == told.epoch:
                    told.view = unpack_bytes(SeatView, message.blob)
            case Ev():
                self._note_event(message)
            case Ack(seq=seq) | Nak(seq=seq):
                self._unanswered.pop(seq, None)
                told.answers[seq] = message.code if isinstance(message, Nak) else 0
            case Close():
                self.close = message

    def _note_full(self, full: Full) -> None:
        told = self.told
        told.phase, told.roster, told.level = full.phase, full.roster, full.level
        told.epoch, told.seq, told.run, told.result = full.epoch, full.seq, full.run, full.result
        told.view = unpack_bytes(SeatView, full.view) if full.view else None
        self.here.set()

    def _note_event(self, event: Ev) -> None:
        told = self.told
        told.seq, told.epoch = event.seq, event.epoch
        told.events.append(event)
        match event.kind, event.args:
            case TeamEvent.PHASE, (str(phase), int(), int()):
                told.phase = phase
            case TeamEvent.ROSTER, rows:
                told.roster = tuple(unpack(RosterSeat, list(row)) for row in rows if isinstance(row, tuple))
            case TeamEvent.RESULT, (str(result),):
                told.result = result
