"""The authority as a whole: store, directory, scheduler and players, put together, started and stopped."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections.abc import AsyncIterator, Collection
from pathlib import Path
from typing import Final

import structlog
from websockets.asyncio.server import ServerConnection

from game.wire import CloseCode
from server.authority.clock import Clock, MonotonicClock
from server.authority.directory import Directory
from server.authority.door import Door
from server.authority.library import Library
from server.authority.metrics import Metrics
from server.authority.player import Player
from server.authority.run import MakeRoom, make_room
from server.authority.scheduler import Scheduler
from server.authority.scorer import Scorer
from server.store.live import LiveStore
from server.store.retention import forget_old

_log: Final = structlog.get_logger("resus.authority")

SWEEP_EVERY_S: Final = 10.0


class Authority:
    """One authority process. Use as `async with running(...)`."""

    def __init__(
        self, library: Library, store: LiveStore, scorer: Scorer, clock: Clock, make: MakeRoom, origins: Collection[str]
    ) -> None:
        self.metrics = Metrics()
        self.scheduler = Scheduler(clock, store, self.metrics)
        self.directory = Directory(library, store, self.scheduler, self.metrics, clock, make, scorer.score)
        self.door = Door(self._attend, origins)
        self._clock = clock
        self._players: set[Player] = set()
        self.living = asyncio.create_task(self._live(), name="authority")

    async def adopt(self, sock: socket.socket) -> None:
        """Takes over a socket accepted elsewhere."""
        await self.door.adopt(sock)

    async def _live(self) -> None:
        """Ticks and sweeps until cancelled; it ends by itself only by a defect."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.scheduler.run(), name="scheduler")
            tasks.create_task(self._sweep(), name="sweep")

    async def stop(self) -> None:
        """The last tick; then everybody is told that the server will be back, and let go."""
        self.living.cancel()
        await asyncio.wait([self.living])
        self.scheduler.tick_all()
        for team in self.scheduler.teams:
            team.abandon(CloseCode.GOING_DOWN)
        await self.door.shut()

    async def _attend(self, connection: ServerConnection) -> None:
        player = Player(connection, self.directory, self._clock, self.metrics)
        self._players.add(player)
        try:
            await player.serve()
        finally:
            self._players.discard(player)

    async def _sweep(self) -> None:
        while True:
            backlogs = [player.line.backlog_bytes for player in self._players]
            self.metrics.clients.set(len(backlogs))
            self.metrics.out_queue.labels("all").set(sum(backlogs))
            self.metrics.out_queue.labels("largest").set(max(backlogs, default=0))
            self.directory.sweep()
            await asyncio.sleep(SWEEP_EVERY_S)


@contextlib.asynccontextmanager
async def running(
    library: Library,
    folder: Path,
    *,
    clock: Clock | None = None,
    make: MakeRoom = make_room,
    origins: Collection[str] = (),
) -> AsyncIterator[Authority]:
    """A living authority with its store in `folder`; stopped cleanly, with everything committed, at the end.

    Raises StoreError if the store cannot be used.
    """
    forgotten = forget_old(folder, time.time_ns() // 1_000_000)
    if forgotten:
        _log.info("old runs deleted", runs=forgotten)
    with LiveStore(folder) as store, contextlib.closing(Scorer(folder, library.weights)) as scorer:
        authority = Authority(library, store, scorer, clock or MonotonicClock(), make, origins)
        try:
            yield authority
        finally:
            await authority.stop()
