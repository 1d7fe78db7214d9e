"""A real authority process, started and fed with sockets as the gate does it, without gate and front around it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

from websockets.asyncio.client import ClientConnection, connect

from server import child, handover
from server.bus import AuthorityClient, CreateSession
from server.child import ChildOptions
from server.resources import levels_dir, site_dir
from tests.bench.case import LEVEL, SEED
from tests.bench.figure import BenchError
from tests.bench.lateness import Histogram

STOPS_WITHIN_S: Final = 10.0
READY_WITHIN_S: Final = 10.0


class AuthorityProcess:
    """The process, its bus, and the channel that hands it sockets."""

    def __init__(self, process: Process, bus: AuthorityClient, channel: socket.socket) -> None:
        self._process = process
        self._bus = bus
        self._channel = channel

    async def take_seats(self) -> list[str]:
        """A new session, and the tokens of its four seats."""
        created = await self._bus.create_session(CreateSession(LEVEL, SEED))
        return [(await self._bus.join(created.code, created.team, seat)).token for seat in range(4)]

    async def dial(self) -> ClientConnection:
        """A WebSocket over a socket pair: what a connection costs, less the network."""
        ours, theirs = socket.socketpair()
        if not handover.hand_over(self._channel, theirs):
            raise BenchError("the authority takes no more connections")
        return await connect("ws://bench/ws", sock=ours, compression=None, proxy=None, ping_interval=None)

    async def lateness(self) -> Histogram:
        """How late its ticks were since it began."""
        return Histogram.read(await self._bus.metrics())

    def cpu_s(self) -> float:
        """Processor time it has used; raises BenchError where the system does not tell."""
        try:
            fields = Path(f"/proc/{self._process.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            raise BenchError("the processor time of a process is read from /proc, which only Linux has") from None
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextlib.asynccontextmanager
async def authority_process(data: Path) -> AsyncIterator[AuthorityProcess]:
    """A living authority with its store in `data`, an absolute path; stopped at the end.

    Raises BenchError if it does not come up.
    """
    channel, intake = socket.socketpair()
    asking, answering = socket.socketpair()
    channel.setblocking(False)
    options = ChildOptions(
        intake_fd=intake.fileno(),
        bus_fd=answering.fileno(),
        host="",
        data_dir=str(data),
        levels_dir=str(levels_dir()),
        site_dir=str(site_dir()),
        origins=(),
        trust_proxy=False,
        clock_rate=1,
    )
    with channel:
        with intake, answering:
            process = await child.start("server.authority", options)
        try:
            async with asyncio.timeout(READY_WITHIN_S):
                ready = await handover.wait_ready(channel)
            if not ready:
                raise BenchError("the authority ended instead of coming up: see its log above")
            bus = await AuthorityClient.connect(asking)
            try:
                yield AuthorityProcess(process, bus, channel)
            finally:
                await bus.close()
        finally:
            await _stop(process)


async def _stop(process: Process) -> None:
    if process.returncode is None:
        process.terminate()
    try:
        async with asyncio.timeout(STOPS_WITHIN_S):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
