"""How the front asks the authority: a few typed questions over one Unix socket, one error type.

`Authority` is the interface. The authority process implements it and answers with `serve_bus`; the front holds an
`AuthorityClient`, which looks the same. A frame is a 4-byte length and a positional msgpack list; questions carry a
number and may be answered in any order.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from itertools import count
from typing import Any, Final, Protocol, Self, TypeVar

import structlog

from game.wire import WireError, pack_bytes, unpack_bytes
from game.wire.limits import SERVER_MESSAGE_BYTES, Limit

_log: Final = structlog.get_logger("resus.bus")

ANSWER_WAIT_MS: Final = Limit(5_000, "ms", "the question is answered 504 (authority-late)")
OPEN_QUESTIONS: Final = Limit(256, "questions at a time", "the next is answered 503 (authority-busy)")
_LENGTH_BYTES: Final = 4


class BusError(Exception):
    """A question that cannot be answered as asked: an HTTP status, a code for programs, a sentence for people."""

    def __init__(self, status: int, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.status = HTTPStatus(status)
        self.code = code
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class AskPlayable:
    """Ask what there is to play."""


@dataclass(frozen=True, slots=True)
class LevelInfo:
    """A level as people choose it: a case by where and who, never its diagnosis, a drill by what it trains.

    `forms` are the names of its forms.
    """

    name: str
    kind: str
    title: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PackInfo:
    """A guideline pack: its name and what screens call it."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Playable:
    """What a session can be opened with; `seats` are the words of the seats for each number of players, most first."""

    levels: tuple[LevelInfo, ...]
    packs: tuple[PackInfo, ...]
    sights: tuple[str, ...]
    bots: tuple[str, ...]
    seats: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class CreateSession:
    """Ask for a new session with one team.

    `seed` None: the authority draws one; `pack` None: the level's own; `sight` open, real or blind; `bots` a skill.
    """

    level: str
    seed: int | None = None
    pack: str | None = None
    sight: str = "real"
    players: int = 4
    bots: str = "expert"


@dataclass(frozen=True, slots=True)
class Created:
    """A new session. `host_key` belongs to whoever created it; it is told once and kept only as a hash."""

    code: str
    host_key: str
    team: str


@dataclass(frozen=True, slots=True)
class DescribeSession:
    """Ask how a session stands."""

    code: str


@dataclass(frozen=True, slots=True)
class SeatInfo:
    """A seat of a team; `name` is None while nobody has it; `link` is a LinkState (0 here, 1 away, 2 bot)."""

    seat: int
    role: str
    taken: bool
    name: str | None
    link: int


@dataclass(frozen=True, slots=True)
class TeamInfo:
    """A team of a session and the phase of its run."""

    team: str
    phase: str
    seats: tuple[SeatInfo, ...]


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """A session as its join form shows it; `phase` is that of the team furthest on.

    `title` says where and who, never the diagnosis that a level's own title may name.
    """

    code: str
    level: str
    title: str
    brief: str
    pack: str
    pack_name: str
    phase: str
    teams: tuple[TeamInfo, ...]


@dataclass(frozen=True, slots=True)
class Join:
    """Ask for a seat. `name` None: the authority gives one."""

    code: str
    team: str
    seat: int
    name: str | None


@dataclass(frozen=True, slots=True)
class Joined:
    """A seat was taken. `token` opens one WebSocket and is then replaced by the one in its WELCOME."""

    token: str
    seat: int
    role: str
    name: str
    team: str
    level: str


@dataclass(frozen=True, slots=True)
class ScoreOf:
    """Ask for the score of a run, in the right of a seat that played it."""

    run: str
    token: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text: a score as JSON, or metrics in Prometheus's format."""

    text: str


@dataclass(frozen=True, slots=True)
class AskMetrics:
    """Ask for the authority's metrics."""


@dataclass(frozen=True, slots=True)
class AskHealth:
    """Ask whether the authority is well."""


@dataclass(frozen=True, slots=True)
class Health:
    """The authority lives: rooms in play, players connected, and whether logs reach the disk."""

    rooms: int
    clients: int
    recording: bool


class Authority(Protocol):
    """What the front may ask. Every method raises BusError, and nothing else."""

    async def playable(self) -> Playable:
        """Levels and packs that a session can be opened with."""
        ...

    async def create_session(self, wish: CreateSession) -> Created:
        """400 bad-setup, 404 unknown-level or unknown-pack, 503 too-many-sessions."""
        ...

    async def describe_session(self, code: str) -> SessionInfo:
        """404 unknown-session."""
        ...

    async def join(self, code: str, team: str, seat: int, name: str | None = None) -> Joined:
        """404 unknown-session, unknown-team; 400 bad-seat, bad-name; 409 seat-taken, name-taken."""
        ...

    async def score_of(self, run: str, token: str) -> str:
        """The score's JSON text. 401 bad-token, 404 unknown-run, 409 not-scored (yet)."""
        ...

    async def metrics(self) -> str:
        """Metrics of the authority process in Prometheus's text format."""
        ...

    async def health(self) -> Health: ...


@dataclass(frozen=True, slots=True)
class _Question:
    number: int
    op: str
    body: bytes


@dataclass(frozen=True, slots=True)
class _Answer:
    number: int
    status: int
    code: str
    sentence: str
    body: bytes


_GONE: Final = BusError(HTTPStatus.SERVICE_UNAVAILABLE, "authority-gone", "The game server is restarting. Try again.")
_BUSY: Final = BusError(HTTPStatus.SERVICE_UNAVAILABLE, "authority-busy", "The game server is busy. Try again.")
_LATE: Final = BusError(HTTPStatus.GATEWAY_TIMEOUT, "authority-late", "The game server took too long. Try again.")
_FAILED: Final = BusError(HTTPStatus.INTERNAL_SERVER_ERROR, "internal", "Something went wrong on the server.")

R = TypeVar("R")


class AuthorityClient:
    """An Authority at the other end of a socket: made by `await AuthorityClient.connect(sock)`, ended by `close()`."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._numbers = count(1)
        self._waiting: dict[int, asyncio.Future[_Answer]] = {}
        self._listening = asyncio.create_task(self._listen(), name="bus client")

    @classmethod
    async def connect(cls, sock: socket.socket) -> Self:
        """A client over a connected stream socket, which it then owns."""
        return cls(*await asyncio.open_connection(sock=sock, limit=SERVER_MESSAGE_BYTES))

    async def playable(self) -> Playable:
        return await self._ask("playable", AskPlayable(), Playable)

    async def create_session(self, wish: CreateSession) -> Created:
        return await self._ask("create_session", wish, Created)

    async def describe_session(self, code: str) -> SessionInfo:
        return await self._ask("describe_session", DescribeSession(code), SessionInfo)

    async def join(self, code: str, team: str, seat: int, name: str | None = None) -> Joined:
        return await self._ask("join", Join(code, team, seat, name), Joined)

    async def score_of(self, run: str, token: str) -> str:
        return (await self._ask("score_of", ScoreOf(run, token), Text)).text

    async def metrics(self) -> str:
        return (await self._ask("metrics", AskMetrics(), Text)).text

    async def health(self) -> Health:
        return await self._ask("health", AskHealth(), Health)

    async def close(self) -> None:
        """Stops listening; questions still open fail as 503."""
        self._listening.cancel()
        self._writer.close()
        with contextlib.suppress(OSError):
            await self._writer.wait_closed()
        self._fail_all()

    async def _ask(self, op: str, question: object, kind: type[R]) -> R:
        if self._listening.done():
            raise _fresh(_GONE)
        if len(self._waiting) >= OPEN_QUESTIONS:
            raise _fresh(_BUSY)
        number = next(self._numbers)
        future: asyncio.Future[_Answer] = asyncio.get_running_loop().create_future()
        self._waiting[number] = future
        try:
            _write(self._writer, _Question(number, op, pack_bytes(question)))
            answer = await asyncio.wait_for(future, ANSWER_WAIT_MS / 1000)
        except TimeoutError:
            raise _fresh(_LATE) from None
        finally:
            self._waiting.pop(number, None)
        if answer.status != HTTPStatus.OK:
            raise BusError(answer.status, answer.code, answer.sentence)
        return unpack_bytes(kind, answer.body)

    async def _listen(self) -> None:
        try:
            while (frame := await _read(self._reader)) is not None:
                answer = unpack_bytes(_Answer, frame)
                future = self._waiting.get(answer.number)
                if future is not None and not future.done():
                    future.set_result(answer)
        except (OSError, WireError) as error:
            _log.error("bus lost", error=repr(error))
        finally:
            self._fail_all()

    def _fail_all(self) -> None:
        for future in self._waiting.values():
            if not future.done():
                future.set_exception(_fresh(_GONE))


async def serve_bus(sock: socket.socket, authority: Authority) -> None:
    """Answers questions from a connected stream socket until its other end closes or this is cancelled."""
    reader, writer = await asyncio.open_connection(sock=sock, limit=SERVER_MESSAGE_BYTES)
    answering: set[asyncio.Task[None]] = set()
    try:
        while (frame := await _read(reader)) is not None:
            task = asyncio.create_task(_answer(authority, unpack_bytes(_Question, frame), writer))
            answering.add(task)
            task.add_done_callback(answering.discard)
    except (OSError, WireError) as error:
        _log.error("bus lost", error=repr(error))
    finally:
        for task in answering:
            task.cancel()
        writer.close()


async def _answer(authority: Authority, question: _Question, writer: asyncio.StreamWriter) -> None:
    try:
        body = pack_bytes(await _dispatch(authority, question))
        answer = _Answer(question.number, HTTPStatus.OK, "", "", body)
    except BusError as error:
        answer = _Answer(question.number, error.status, error.code, error.sentence, b"")
    except Exception as error:  # noqa: BLE001  a defect in one answer must not end the bus
        _log.error("question failed", op=question.op, error=repr(error))
        answer = _Answer(question.number, _FAILED.status, _FAILED.code, _FAILED.sentence, b"")
    _write(writer, answer)


async def _dispatch(authority: Authority, question: _Question) -> object:
    kind, ask = _QUESTIONS[question.op]
    return await ask(authority, unpack_bytes(kind, question.body))


async def _text(answer: Awaitable[str]) -> Text:
    return Text(await answer)


_QUESTIONS: Final[dict[str, tuple[type, Callable[[Authority, Any], Awaitable[object]]]]] = {
    "playable": (AskPlayable, lambda to, ask: to.playable()),
    "create_session": (CreateSession, lambda to, ask: to.create_session(ask)),
    "describe_session": (DescribeSession, lambda to, ask: to.describe_session(ask.code)),
    "join": (Join, lambda to, ask: to.join(ask.code, ask.team, ask.seat, ask.name)),
    "score_of": (ScoreOf, lambda to, ask: _text(to.score_of(ask.run, ask.token))),
    "metrics": (AskMetrics, lambda to, ask: _text(to.metrics())),
    "health": (AskHealth, lambda to, ask: to.health()),
}


def _fresh(error: BusError) -> BusError:
    """A new error like this one: an exception that is raised twice would keep both tracebacks alive."""
    return BusError(error.status, error.code, error.sentence)


def _write(writer: asyncio.StreamWriter, frame: object) -> None:
    data = pack_bytes(frame)
    writer.write(len(data).to_bytes(_LENGTH_BYTES, "big") + data)


async def _read(reader: asyncio.StreamReader) -> bytes | None:
    """The next frame, or None at the end of the stream."""
    try:
        length = int.from_bytes(await reader.readexactly(_LENGTH_BYTES), "big")
        return await reader.readexactly(length)
    except asyncio.IncompleteReadError:
        return None
