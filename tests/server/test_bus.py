"""The front asks, the authority answers: over a real socket, in any order, with one error type."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest

from server import bus
from server.bus import (
    AuthorityClient,
    BusError,
    Created,
    CreateSession,
    Health,
    Joined,
    LevelInfo,
    PackInfo,
    Playable,
    SeatInfo,
    SessionInfo,
    TeamInfo,
    serve_bus,
)

SEATS = (SeatInfo(0, "compressor", True, "Badger", 0), SeatInfo(1, "airway", False, None, 2))
TEAMS = (TeamInfo("Kestrel", "lobby", SEATS),)
SESSION = SessionInfo("K7M4QX", "S01", "Bay 3: man, 58", "He fell.", "AHA 2025", "aha2025", "lobby", TEAMS)
PLAYABLE = Playable(
    (LevelInfo("S01", "case", "Bay 3: man, 58", ("S01", "S01B")),),
    (PackInfo("aha2025", "AHA 2025"),),
    ("real",),
    ("expert",),
    (("compressor", "airway"),),
)


class Directory:
    """An authority with one session, and with a defect when asked for its health."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()

    async def playable(self) -> Playable:
        return PLAYABLE

    async def create_session(self, wish: CreateSession) -> Created:
        return Created("K7M4QX", f"key-{wish.level}-{wish.pack}-{wish.seed}", "Kestrel")

    async def describe_session(self, code: str) -> SessionInfo:
        await self.gate.wait()
        return SESSION

    async def join(self, code: str, team: str, seat: int, name: str | None = None) -> Joined:
        if seat == 0:
            raise BusError(409, "seat-taken", "Somebody sits there.")
        return Joined("token", seat, "airway", name or "Otter", team, "S01")

    async def score_of(self, run: str, token: str) -> str:
        return '{"score": 700}'

    async def metrics(self) -> str:
        return "rooms 1\n"

    async def health(self) -> Health:
        raise ZeroDivisionError


@pytest.fixture
async def client() -> AsyncIterator[AuthorityClient]:
    ours, theirs = socket.socketpair()
    directory = Directory()
    serving = asyncio.create_task(serve_bus(theirs, directory))
    client = await AuthorityClient.connect(ours)
    asyncio.get_running_loop().call_later(0.05, directory.gate.set)
    yield client
    await client.close()
    await asyncio.wait_for(serving, 2)


async def test_every_question_has_its_answer(client: AuthorityClient) -> None:
    assert await client.playable() == PLAYABLE
    wish = CreateSession("S01", 7, "erc2025")
    assert await client.create_session(wish) == Created("K7M4QX", "key-S01-erc2025-7", "Kestrel")
    assert await client.join("K7M4QX", "Kestrel", 1) == Joined("token", 1, "airway", "Otter", "Kestrel", "S01")
    assert await client.score_of("run", "token") == '{"score": 700}'
    assert await client.metrics() == "rooms 1\n"


async def test_a_slow_answer_does_not_hold_up_others(client: AuthorityClient) -> None:
    slow = asyncio.create_task(client.describe_session("K7M4QX"))
    assert await client.metrics() == "rooms 1\n"
    assert not slow.done()
    assert await slow == SESSION


async def test_a_refusal_keeps_its_status_code_and_sentence(client: AuthorityClient) -> None:
    with pytest.raises(BusError, match=r"Somebody sits there\.") as caught:
        await client.join("K7M4QX", "Kestrel", 0, "Badger")
    assert (caught.value.status, caught.value.code) == (409, "seat-taken")


async def test_a_defect_in_one_answer_is_a_500_and_ends_nothing(client: AuthorityClient) -> None:
    with pytest.raises(BusError) as caught:
        await client.health()
    assert caught.value.status == 500
    assert await client.metrics() == "rooms 1\n"


async def test_an_authority_that_is_gone_is_a_503() -> None:
    ours, theirs = socket.socketpair()
    client = await AuthorityClient.connect(ours)
    waiting = asyncio.create_task(client.metrics())
    await asyncio.sleep(0)
    theirs.close()
    for question in (waiting, client.health()):
        with pytest.raises(BusError) as caught:
            await question
        assert (caught.value.status, caught.value.code) == (503, "authority-gone")
    await client.close()


async def test_an_answer_that_never_comes_is_a_504(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bus, "ANSWER_WAIT_MS", 50)
    ours, theirs = socket.socketpair()
    client = await AuthorityClient.connect(ours)
    with pytest.raises(BusError) as caught:
        await client.metrics()
    assert caught.value.status == 504
    await client.close()
    theirs.close()
