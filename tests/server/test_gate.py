"""One port for pages and games; clear words when it cannot be had; a clean end."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from game.wire import CloseCode, Cmd
from server import gate, handover
from server.gate import AUTHORITY, FRONT, Gate, GateError, ServeOptions, destination, serve
from tests.authority.net import Client
from tests.server.serving import Server, serving, start

HEAD = b"GET /ws HTTP/1.1\r\nHost: here\r\n\r\n"


async def enter(server: Server, seat: int = 3) -> Client:
    """A new session and a player in it."""
    created = await server.ask("POST", "/api/sessions", {"level": "S01"})
    joining = {"team": created["team"], "seat": seat, "understood": True}
    joined = await server.ask("POST", f"/api/sessions/{created['code']}/join", joining)
    return await Client.enter(server.port, str(joined["token"]))


async def test_pages_and_games_share_one_port_and_end_cleanly(tmp_path: Path) -> None:
    async with serving(tmp_path) as server:
        assert (await server.ask("GET", "/healthz"))["status"] == "ok"
        client = await enter(server)
        await client.say(Cmd(1, "start"))
        await client.phase("countdown")
        listening = asyncio.create_task(client.until_closed())
        begun_s = time.monotonic()
        code, errors = await server.end(signal.SIGTERM)
        assert time.monotonic() - begun_s < 5
        assert code == 0, errors
        assert (await listening)[0] == CloseCode.GOING_DOWN


async def test_the_log_holds_no_name_token_or_code(tmp_path: Path) -> None:
    async with serving(tmp_path) as server:
        created = await server.ask("POST", "/api/sessions", {"level": "S01"})
        joining = {"team": created["team"], "seat": 3, "name": "Anastasia", "understood": True}
        joined = await server.ask("POST", f"/api/sessions/{created['code']}/join", joining)
        client = await Client.enter(server.port, str(joined["token"]))
        await client.connection.send(b"\xc1 hostile")
        await client.until_closed()
        _, errors = await server.end(signal.SIGTERM)
        assert '"event": "up"' in errors
        for secret in ("Anastasia", "127.0.0.1", "hostile", joined["token"], client.token, created["code"]):
            assert str(secret) not in errors


async def test_ctrl_c_is_a_clean_end_too(tmp_path: Path) -> None:
    async with serving(tmp_path) as server:
        code, errors = await server.end(signal.SIGINT)
        assert code == 0, errors


@pytest.mark.parametrize("which", [0, 1])
async def test_a_process_of_ours_that_dies_ends_the_server(tmp_path: Path, which: int) -> None:
    async with serving(tmp_path) as server:
        os.kill(server.children()[which], signal.SIGKILL)
        code, errors = await server.end()
        assert code == 1
        assert "process died" in errors


async def test_children_end_with_a_gate_that_was_killed(tmp_path: Path) -> None:
    async with serving(tmp_path) as server:
        children = server.children()
        await server.end(signal.SIGKILL)
        async with asyncio.timeout(5):
            while any(is_alive(child) for child in children):  # noqa: ASYNC110  they are nobody's children any more
                await asyncio.sleep(0.05)


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


async def test_a_store_that_cannot_be_used_is_said_and_ends_the_server(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    server = await start(tmp_path / "file")
    code, errors = await server.end()
    assert code == 1
    assert "resus: " in errors
    assert "cannot be opened" in errors
    assert "Traceback" not in errors


def options(tmp_path: Path, port: int = 0, host: str = "127.0.0.1", clock_rate: int = 1) -> ServeOptions:
    return ServeOptions(host, port, tmp_path, clock_rate=clock_rate)


def test_a_taken_port_is_said_with_a_way_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(GateError, match=f"port {port} is taken.*--port"):
            serve(options(tmp_path, port))


def test_an_impossible_port_or_address_is_said(tmp_path: Path) -> None:
    with pytest.raises(GateError, match="99999 is no port"):
        serve(options(tmp_path, 99_999))
    with pytest.raises(GateError, match=r"cannot listen on 192\.0\.2\.1"):
        serve(options(tmp_path, host="192.0.2.1"))


def test_only_a_test_build_runs_a_faster_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RESUS_TEST", raising=False)
    with pytest.raises(GateError, match="RESUS_TEST"):
        serve(options(tmp_path, clock_rate=8))


@pytest.mark.parametrize(
    ("line", "where"),
    [
        (b"GET /ws HTTP/1.1", AUTHORITY),
        (b"GET /ws?x=1 HTTP/1.1", AUTHORITY),
        (b"GET /wsx HTTP/1.1", FRONT),
        (b"GET / HTTP/1.1", FRONT),
        (b"POST /api/sessions HTTP/1.1", FRONT),
        (b"GET /ws", FRONT),
        (b"\xff\x00", FRONT),
        (b"", FRONT),
    ],
)
def test_the_first_line_says_whose_a_connection_is(line: bytes, where: str) -> None:
    assert destination(line + b"\r\nHost: here\r\n\r\n") == where


class Door:
    """The gate's router alone, with the receiving ends of both channels."""

    def __init__(self, tmp_path: Path) -> None:
        self.gate = Gate(options(tmp_path))
        self.taken: dict[str, socket.socket] = {}
        for name in (AUTHORITY, FRONT):
            ours, self.taken[name] = socket.socketpair()
            ours.setblocking(False)
            self.gate._channels[name] = ours

    def knock(self) -> socket.socket:
        """A connection that is being routed; the client's end."""
        client, accepted = socket.socketpair()
        client.setblocking(False)
        asyncio.get_running_loop().create_task(self.gate._route(accepted)).set_name("route")
        return client

    async def handed_to(self, name: str) -> bytes:
        """What the receiver of a handed over connection can read from it."""
        _, fds, _, _ = await asyncio.to_thread(socket.recv_fds, self.taken[name], 1, 1)
        with socket.socket(fileno=fds[0]) as sock:
            return sock.recv(1_000)

    def close(self) -> None:
        for end in (*self.gate._channels.values(), *self.taken.values()):
            end.close()


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    door = Door(tmp_path)
    yield door
    door.close()


async def read(client: socket.socket) -> bytes:
    async with asyncio.timeout(2):
        return await asyncio.get_running_loop().sock_recv(client, 1_000)


async def test_a_head_in_pieces_arrives_whole_and_unread(door: Door) -> None:
    client = door.knock()
    for piece in (HEAD[:3], HEAD[3:-1], HEAD[-1:]):
        client.send(piece)
        await asyncio.sleep(0.03)
    assert await door.handed_to(AUTHORITY) == HEAD
    client.close()


async def test_a_head_that_never_ends_is_dropped(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "HEAD_WAIT_MS", 50)
    with door.knock() as silent, door.knock() as slow:
        slow.send(HEAD[:10])
        assert await read(silent) == b""
        with pytest.raises(ConnectionResetError):
            await read(slow)


async def test_a_head_too_large_is_told_so(door: Door) -> None:
    with door.knock() as client:
        client.send(HEAD[:-2] + b"X: " + b"x" * gate.HEAD_BYTES)
        assert (await read(client)).startswith(b"HTTP/1.1 431 ")


async def test_a_process_that_takes_nothing_is_a_503(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handover, "hand_over", lambda channel, sock: False)
    with door.knock() as client:
        client.send(HEAD)
        assert (await read(client)).startswith(b"HTTP/1.1 503 ")


async def test_a_client_that_goes_away_leaves_nothing_behind(door: Door) -> None:
    door.knock().close()
    async with asyncio.timeout(2):
        while any(task.get_name() == "route" for task in asyncio.all_tasks()):  # noqa: ASYNC110  the end of a task
            await asyncio.sleep(0.01)
