"""The player without a screen, against an authority that follows a script."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from websockets.asyncio.server import ServerConnection, serve

from game.wire import (
    Ack,
    Beat,
    Bye,
    ClientMessage,
    Close,
    CloseCode,
    Cmd,
    Edges,
    Ev,
    Full,
    Hello,
    Nak,
    Resync,
    RosterSeat,
    ServerMessage,
    TeamEvent,
    Welcome,
    decode_client,
    encode,
)
from server.bus import Joined
from server.client import Api, ClientError, Player

JOINED = Joined("first-token", 1, "airway", "Otter", "Kestrel", "S01")
ROSTER = (RosterSeat(1, 2, "Otter", 0),)
FULL = Full("lobby", ROSTER, "S01", "aha2025", "real", b"", (), 1, 4, 0, "", "", True)

Script = Callable[[ServerConnection, Hello], Awaitable[None]]


async def heard(socket: ServerConnection, *, quiet: bool = True) -> ClientMessage:
    """The next message of the player, beats left out."""
    while True:
        data = await socket.recv()
        assert isinstance(data, bytes)
        message = decode_client(data)
        if not quiet or not isinstance(message, Beat):
            return message


async def tell(socket: ServerConnection, *messages: ServerMessage) -> None:
    for message in messages:
        await socket.send(encode(message))


def welcome(token: str) -> Welcome:
    return Welcome(seat=1, stations=2, epoch=1, room_ms=0, seq=4, level_hash="", token=token)


@asynccontextmanager
async def authority(*scripts: Script) -> AsyncIterator[str]:
    """Plays one script a connection; yields the address of the socket."""
    left = iter(scripts)

    async def connection(socket: ServerConnection) -> None:
        hello = await heard(socket)
        assert isinstance(hello, Hello)
        await next(left)(socket, hello)

    async with serve(connection, "127.0.0.1", 0, compression=None) as server:
        port = server.sockets[0].getsockname()[1]
        yield f"ws://127.0.0.1:{port}/ws"


async def nothing(message: ServerMessage) -> None:
    """Heeds no message."""


async def good_bye(socket: ServerConnection) -> None:
    await tell(socket, Close(CloseCode.SESSION_OVER, -1))
    await socket.close()


async def test_a_player_says_who_it_is_and_learns_how_things_are() -> None:
    async def script(socket: ServerConnection, hello: Hello) -> None:
        assert (hello.token, hello.last_seq) == ("first-token", 0)
        await tell(socket, welcome("second-token"), Resync(FULL))
        await tell(socket, Ev(5, 1, 0, TeamEvent.PHASE, -1, ("countdown", 3000, 12_000)))
        await tell(socket, Ev(6, 1, 0, TeamEvent.ROSTER, -1, ((1, 3, "Otter", 0), (2, 12, None, 2))))
        await tell(socket, Ev(7, 1, 0, TeamEvent.RESULT, -1, ('{"score": 1}',)))
        await good_bye(socket)

    async with authority(script) as url:
        player = Player(url, JOINED)
        await player.run(nothing)
    assert player.told.phase == "countdown"
    assert player.told.stations == 2
    assert player.told.seq == 7
    assert player.told.roster == (RosterSeat(1, 3, "Otter", 0), RosterSeat(2, 12, None, 2))
    assert player.told.result == '{"score": 1}'
    assert player.here.is_set()


async def test_answers_stand_under_the_number_of_the_command() -> None:
    async def script(socket: ServerConnection, hello: Hello) -> None:
        await tell(socket, welcome("second-token"), Resync(FULL))
        assert await heard(socket) == Cmd(1, "oxygen", (15,))
        assert await heard(socket) == Edges.of(2, 1, True, (100, 900))
        await tell(socket, Ack(1), Nak(2, 3))
        await good_bye(socket)

    async with authority(script) as url:
        player = Player(url, JOINED)
        running = asyncio.create_task(player.run(nothing))
        await player.here.wait()
        assert await player.command("oxygen", 15) == 1
        assert await player.edges(1, True, (100, 900)) == 2
        await running
    assert player.told.answers == {1: 0, 2: 3}


async def test_after_a_loss_it_comes_back_with_its_new_token_and_what_was_not_answered() -> None:
    lost = asyncio.Event()

    async def first(socket: ServerConnection, hello: Hello) -> None:
        await tell(socket, welcome("second-token"), Resync(FULL), Ev(5, 1, 0, "stop", 0, ()))
        assert await heard(socket) == Cmd(1, "suction")
        socket.transport.abort()
        lost.set()

    async def second(socket: ServerConnection, hello: Hello) -> None:
        assert (hello.token, hello.last_seq) == ("second-token", 5)
        await tell(socket, welcome("third-token"))
        assert await heard(socket) == Cmd(1, "suction")
        assert await heard(socket) == Cmd(2, "listen")
        await good_bye(socket)

    async with authority(first, second) as url:
        player = Player(url, JOINED)
        running = asyncio.create_task(player.run(nothing))
        await player.here.wait()
        await player.command("suction")
        await lost.wait()
        await player.command("listen")
        await running


async def test_it_beats_from_the_first_moment() -> None:
    async def script(socket: ServerConnection, hello: Hello) -> None:
        await tell(socket, welcome("second-token"), Resync(FULL))
        assert await heard(socket, quiet=False) == Beat(visible=True)
        await good_bye(socket)

    async with authority(script) as url:
        await Player(url, JOINED).run(nothing)


async def test_leaving_says_good_bye_and_ends() -> None:
    said: list[ClientMessage] = []

    async def script(socket: ServerConnection, hello: Hello) -> None:
        await tell(socket, welcome("second-token"), Resync(FULL))
        said.append(await heard(socket))

    async with authority(script) as url:
        player = Player(url, JOINED)

        async def leave_at_once(message: ServerMessage) -> None:
            if isinstance(message, Resync):
                await player.leave()

        async with asyncio.timeout(5):
            await player.run(leave_at_once)
    assert said == [Bye()]


async def test_a_seat_that_is_not_let_in_says_why() -> None:
    async def script(socket: ServerConnection, hello: Hello) -> None:
        await tell(socket, Close(CloseCode.BAD_TOKEN, -1))
        await socket.close()

    async with authority(script) as url:
        with pytest.raises(ClientError, match="BAD_TOKEN"):
            await Player(url, JOINED).run(nothing)


async def test_a_server_that_talks_nonsense_is_left() -> None:
    async def script(socket: ServerConnection, hello: Hello) -> None:
        await socket.send(b"\xc1")
        await socket.wait_closed()

    async with authority(script) as url:
        with pytest.raises(ClientError, match="no message"):
            await Player(url, JOINED).run(nothing)


async def test_a_server_that_is_not_there_is_named() -> None:
    api = Api("http://127.0.0.1:9")
    with pytest.raises(ClientError, match=r"http://127\.0\.0\.1:9 cannot be reached"):
        await api.session("K7M4QX")
    with pytest.raises(ClientError, match="cannot be reached"):
        await Player(api.socket_url, JOINED).run(nothing)


@pytest.mark.parametrize(("base", "socket"), [("http://a:1/", "ws://a:1/ws"), ("https://b", "wss://b/ws")])
def test_the_socket_stands_beside_the_pages(base: str, socket: str) -> None:
    assert Api(base).socket_url == socket


@pytest.mark.parametrize("base", ["", "a:8080", "ftp://a", "http://"])
def test_what_is_no_address_is_refused(base: str) -> None:
    with pytest.raises(ClientError, match="no server address"):
        Api(base)
