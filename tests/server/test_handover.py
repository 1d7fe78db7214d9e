"""Sockets pass from process to process with their peers and unread bytes, until the sending side ends."""

from __future__ import annotations

import asyncio
import socket

from server.handover import Intake, hand_over, wait_ready


async def test_a_socket_arrives_with_what_was_not_read_yet() -> None:
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    adopted: asyncio.Queue[socket.socket] = asyncio.Queue()
    taking = asyncio.create_task(Intake(theirs, adopted.put).run())
    assert await wait_ready(ours)
    for number in range(3):
        client, accepted = socket.socketpair()
        client.send(bytes([number]))
        assert hand_over(ours, accepted)
        assert accepted.fileno() == -1
        with client, await asyncio.wait_for(adopted.get(), 2) as sock:
            assert sock.recv(10) == bytes([number])
    ours.close()
    await asyncio.wait_for(taking, 2)


async def test_one_adoption_that_fails_stops_no_other() -> None:
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    adopted: list[int] = []

    async def adopt(sock: socket.socket) -> None:
        with sock:
            adopted.append(sock.fileno())
            raise ZeroDivisionError

    taking = asyncio.create_task(Intake(theirs, adopt).run())
    assert await wait_ready(ours)
    for _ in range(2):
        client, accepted = socket.socketpair()
        client.close()
        assert hand_over(ours, accepted)
    async with asyncio.timeout(2):
        while len(adopted) < 2:  # noqa: ASYNC110  adoption tells nobody
            await asyncio.sleep(0.01)
    ours.close()
    await taking


async def test_a_receiver_that_ended_is_noticed() -> None:
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    theirs.close()
    assert not await wait_ready(ours)
    left, right = socket.socketpair()
    with left, right:
        assert not hand_over(ours, right)
    ours.close()


async def test_a_receiver_that_takes_nothing_is_noticed() -> None:
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    with ours, theirs:
        for _ in range(10_000):
            left, right = socket.socketpair()
            left.close()
            if not hand_over(ours, right):
                right.close()
                return
    raise AssertionError("a full channel was never noticed")
