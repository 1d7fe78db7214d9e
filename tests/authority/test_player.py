"""Real sockets: who comes in, who is sent away and how, and that nobody's bytes ever stop a room."""

from __future__ import annotations

import asyncio
import contextlib
import random
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import msgpack
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from game.rules.refusals import Refusal
from game.wire import (
    PROTOCOL_VERSION,
    Ack,
    Beat,
    Bye,
    Close,
    CloseCode,
    Cmd,
    Edges,
    Ev,
    Hello,
    MessageType,
    Nak,
    Resync,
    Snap,
    Sync,
    Synced,
    Welcome,
    encode,
)
from server.authority import player, team
from server.authority.limits import RATES
from server.authority.service import Authority
from server.bus import CreateSession
from tests.authority.fakes import ObedientRoom
from tests.authority.net import SMALL_BUFFER_BYTES, Client, authority_on_port

GAME_MS = 60_000


@pytest.fixture(autouse=True)
def short_countdown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(team, "COUNTDOWN_MS", 50)


class Here:
    """A living authority with one session, whose room obeys."""

    def __init__(self, authority: Authority, port: int, code: str, team: str) -> None:
        self.authority = authority
        self.port = port
        self.code = code
        self.team = team

    async def join(self, seat: int) -> str:
        """Takes a seat; its token."""
        return (await self.authority.directory.join(self.code, self.team, seat)).token

    async def enter(self, seat: int) -> Client:
        return await Client.enter(self.port, await self.join(seat))


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Here]:
    async with authority_on_port(tmp_path, make=lambda case, seed: ObedientRoom(GAME_MS)) as (authority, port):
        created = await authority.directory.create_session(CreateSession("S01"))
        yield Here(authority, port, created.code, created.team)


@pytest.fixture
async def playing(here: Here) -> AsyncIterator[tuple[Here, Client]]:
    """A run under way, with a leader whose room must go on whatever happens."""
    leader = await here.enter(3)
    beating = asyncio.create_task(leader.beat())
    await leader.say(Cmd(1, "start"))
    await leader.phase("playing")
    yield here, leader
    beating.cancel()
    # In a room that was closed a beat may come too late.
    with contextlib.suppress(asyncio.CancelledError, ConnectionClosed):
        await beating
    await leader.connection.close()


async def test_a_player_comes_in_plays_and_is_shown_the_room(playing: tuple[Here, Client]) -> None:
    _, leader = playing
    assert isinstance(await leader.command(2, "charge"), Ack)
    event = next(message for message in leader.heard if isinstance(message, Ev) and message.kind == "callout")
    assert event.args == ("charge", 0)
    first = await leader.until(Snap)
    second = await leader.until(Snap)
    assert second.room_ms > first.room_ms


async def test_the_clock_is_told_at_once(here: Here) -> None:
    client = await here.enter(0)
    await client.say(Sync(123))
    synced = await client.until(Synced)
    assert synced.t0_ms == 123
    assert abs(synced.t1_ms - synced.t2_ms) <= 1


def random_bytes() -> bytes:
    return random.Random(7).randbytes(60)


HOSTILE: dict[str, tuple[bytes | str, CloseCode | int]] = {
    "random": (random_bytes(), CloseCode.BAD_MESSAGE),
    "empty": (b"", CloseCode.BAD_MESSAGE),
    "text": ("hello", CloseCode.BAD_MESSAGE),
    "wrong type": (msgpack.packb([MessageType.CMD, "1", "charge", []]), CloseCode.BAD_MESSAGE),
    "unknown message": (msgpack.packb([99]), CloseCode.BAD_MESSAGE),
    "message of the server": (msgpack.packb([MessageType.ACK, 1]), CloseCode.BAD_MESSAGE),
    "nested": (b"\x91" * 1500 + b"\x00", CloseCode.BAD_MESSAGE),
    "promising gigabytes": (b"\xdd\xff\xff\xff\xff", CloseCode.BAD_MESSAGE),
    "huge": (bytes(1_000_000), 1009),
    "second hello": (encode(Hello(PROTOCOL_VERSION, "x", 0, "")), CloseCode.BAD_MESSAGE),
}


@pytest.mark.parametrize("what", HOSTILE)
async def test_hostile_bytes_close_their_sender_and_stop_no_room(playing: tuple[Here, Client], what: str) -> None:
    here, leader = playing
    data, expected = HOSTILE[what]
    offender = await here.enter(0)
    await offender.connection.send(data)
    code, reason = await offender.until_closed()
    assert code == expected
    assert reason
    if expected in set(CloseCode):
        assert offender.heard[-1] == Close(CloseCode(expected), -1)
    assert isinstance(await leader.command(2, "charge"), Ack)
    assert await here.authority.directory.metrics()
    assert len(here.authority.scheduler.teams) == 1


async def test_a_replayed_command_is_done_once(playing: tuple[Here, Client]) -> None:
    here, leader = playing
    for _ in range(5):
        await leader.say(Cmd(2, "charge"))
    await leader.command(3, "clear")
    run = next(iter(here.authority.scheduler.teams)).run
    assert run is not None
    assert isinstance(run.room, ObedientRoom)
    assert run.room.done == [(3, "charge"), (3, "clear")]


async def test_edges_with_wild_stamps_are_an_ordinary_message(playing: tuple[Here, Client]) -> None:
    _, leader = playing
    await leader.say(Edges(2, 31, -86_400_000, (60_000,) * 63))
    assert isinstance(await leader.answer_to(2), Ack | Nak)


async def test_a_flood_closes_its_sender_and_touches_nobody_else(playing: tuple[Here, Client]) -> None:
    here, leader = playing
    flooder = await here.enter(0)
    for _ in range(RATES[MessageType.BEAT].burst + 20):
        await flooder.say(Beat(visible=True))
    assert (await flooder.until_closed())[0] == CloseCode.TOO_MANY
    assert isinstance(await leader.command(2, "charge"), Ack)


async def test_edges_are_counted_one_by_one_however_they_are_packed(playing: tuple[Here, Client]) -> None:
    here, leader = playing
    drummer = await here.enter(0)
    for seq in range(2, 2 + RATES[MessageType.EDGES].burst // 64 + 1):
        await drummer.say(Edges(seq, 1, 0, (1,) * 63))
    assert (await drummer.until_closed())[0] == CloseCode.TOO_MANY
    assert isinstance(await leader.command(2, "charge"), Ack)


@pytest.mark.parametrize(
    ("hello", "code"),
    [
        (Hello(PROTOCOL_VERSION, "guessed", 0, ""), CloseCode.BAD_TOKEN),
        (Hello(PROTOCOL_VERSION + 1, "guessed", 0, ""), CloseCode.WRONG_VERSION),
        (Beat(visible=True), CloseCode.BAD_MESSAGE),
        (Cmd(1, "start"), CloseCode.BAD_MESSAGE),
    ],
)
async def test_who_does_not_say_hello_properly_stays_outside(
    here: Here, hello: Hello | Beat | Cmd, code: CloseCode
) -> None:
    client = await Client.open(here.port)
    await client.say(hello)
    assert (await client.until_closed())[0] == code


async def test_who_never_says_hello_is_sent_away(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(player, "HELLO_WAIT_MS", 50)
    client = await Client.open(here.port)
    assert (await client.until_closed())[0] == CloseCode.HELLO_LATE


async def test_a_token_opens_one_connection(here: Here) -> None:
    token = await here.join(0)
    first = await Client.enter(here.port, token)
    await first.say(Beat(visible=True))
    await first.say(Sync(1))
    await first.until(Synced)
    thief = await Client.open(here.port)
    await thief.say(Hello(PROTOCOL_VERSION, token, 0, ""))
    assert (await thief.until_closed())[0] == CloseCode.BAD_TOKEN
    await Client.enter(here.port, first.token, last_seq=1)
    assert (await first.until_closed())[0] == CloseCode.REPLACED


async def test_a_welcome_that_was_lost_does_not_lock_its_player_out(here: Here) -> None:
    token = await here.join(0)
    first = await Client.open(here.port)
    await first.say(Hello(PROTOCOL_VERSION, token, 0, ""))
    first.connection.transport.abort()
    await Client.enter(here.port, token)


async def test_a_drop_in_mid_game_loses_no_event(playing: tuple[Here, Client]) -> None:
    here, leader = playing
    first = await here.enter(0)
    assert isinstance(await first.command(1, "one"), Ack)
    await first.say(Cmd(2, "two"))
    first.connection.transport.abort()
    await leader.command(2, "three")
    second = await Client.enter(here.port, first.token, first.last_seq)
    await second.command(3, "four")
    await second.say(Cmd(2, "two"))
    events = [message for message in [*first.heard, *second.heard] if isinstance(message, Ev)]
    # The first connection began with a resync: the stream is whole from there on.
    assert [event.seq for event in events] == list(range(events[0].seq, events[-1].seq + 1))
    ops = [event.args[0] for event in events if event.kind == "callout"]
    assert ops.count("four") == ops.count("three") == ops.count("one") == 1
    assert ops.count("two") <= 1
    assert not any(isinstance(message, Resync) for message in second.heard)


async def test_good_bye_frees_the_seat(here: Here) -> None:
    client = await here.enter(0)
    await client.say(Bye())
    assert (await client.until_closed())[0] == CloseCode.LEFT
    assert await here.join(0)


async def test_a_client_that_takes_nothing_loses_snapshots_then_its_connection(playing: tuple[Here, Client]) -> None:
    here, leader = playing
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER_BYTES)
    sock.connect(("127.0.0.1", here.port))
    token = await here.join(0)
    slow = Client(await connect(f"ws://127.0.0.1:{here.port}/ws", sock=sock, compression=None, proxy=None, max_queue=1))
    await slow.say(Hello(PROTOCOL_VERSION, token, 0, ""))
    await slow.until(Welcome)
    line = here.authority.scheduler.teams[0].seats[0].line
    assert line is not None
    dropped = here.authority.metrics.snapshots_dropped
    for _ in range(100):
        line.tell(bytes(10_000))
        line.show(bytes(10_000))
        await asyncio.sleep(0)
    assert dropped._value.get() > 0
    assert 'resus_closed_total{code="too_slow"} 1.0' in await here.authority.directory.metrics()
    assert isinstance(await leader.command(2, "charge"), Ack)
    slow.connection.transport.abort()


async def test_a_defect_in_a_room_is_an_apology_to_its_players(playing: tuple[Here, Client]) -> None:
    here, leader = playing
    other = await here.authority.directory.create_session(CreateSession("S01"))
    token = (await here.authority.directory.join(other.code, other.team, 0)).token
    neighbour = await Client.enter(here.port, token)
    await leader.say(Cmd(2, "crash"))
    assert (await leader.until_closed())[0] == CloseCode.ROOM_FAILED
    assert any(isinstance(message, Ev) and message.kind == "apology" for message in leader.heard)
    assert isinstance(await neighbour.command(1, "start"), Ack)


async def test_the_server_says_that_it_will_be_back(tmp_path: Path) -> None:
    async with authority_on_port(tmp_path) as (authority, port):
        created = await authority.directory.create_session(CreateSession("S01"))
        token = (await authority.directory.join(created.code, created.team, 0)).token
        client = await Client.enter(port, token)
        listening = asyncio.create_task(client.until_closed())
        await asyncio.sleep(0)
    assert (await listening)[0] == CloseCode.GOING_DOWN
    assert client.heard[-1] == Close(CloseCode.GOING_DOWN, 2_000)


@pytest.mark.parametrize(
    ("path", "origin", "status"),
    [("/ws", "https://elsewhere.example", 403), ("/other", None, 404), ("/ws", "null", 403), ("/ws", "http://[", 403)],
)
async def test_pages_of_others_may_not_come_in(here: Here, path: str, origin: str | None, status: int) -> None:
    with pytest.raises(InvalidStatus) as caught:
        await connect(f"ws://127.0.0.1:{here.port}{path}", origin=origin, proxy=None)  # type: ignore[arg-type]
    assert caught.value.response.status_code == status


async def test_our_own_pages_may_come_in(here: Here) -> None:
    client = await Client.open(here.port, origin=f"http://127.0.0.1:{here.port}")
    await client.connection.close()


async def test_a_command_of_another_station_is_refused_and_nothing_else(tmp_path: Path) -> None:
    """With the real room: who holds the chest cannot charge."""
    async with authority_on_port(tmp_path) as (authority, port):
        created = await authority.directory.create_session(CreateSession("S01"))
        token = (await authority.directory.join(created.code, created.team, 0)).token
        client = await Client.enter(port, token)
        await client.say(Cmd(1, "start"))
        await client.phase("playing")
        await client.say(Cmd(2, "charge"))
        assert await client.answer_to(2) == Nak(2, Refusal.NOT_YOUR_STATION)
        await client.say(Cmd(3, "no such thing", (1, ("x", None))))
        assert await client.answer_to(3) == Nak(3, Refusal.UNKNOWN_COMMAND)
        await client.connection.close()
