"""The authority process: started by the gate, fed by it with sockets, asked by the front over the bus."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Final

import structlog

from game.content import ContentError
from server import child, logs
from server.authority.clock import MonotonicClock
from server.authority.library import Library, load_library
from server.authority.service import running
from server.bus import serve_bus
from server.store.tables import StoreError

_log: Final = structlog.get_logger("resus.authority")

SWITCH_INTERVAL_S: Final = 0.001
"""A thread at work (a score, a checkpoint) gives way to the tick after this long; Python's own 5 ms are half a tick."""


def main(arguments: list[str]) -> int:
    """Runs until told to stop; returns the exit code."""
    options = child.read_options(arguments)
    logs.configure("authority")
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    try:
        library = load_library(Path(options.levels_dir))
        asyncio.run(_work(options, library))
    except (ContentError, StoreError, OSError) as error:
        return child.cannot_start(str(error))
    return 0


async def _work(options: child.ChildOptions, library: Library) -> None:
    intake, bus = options.sockets()
    clock = MonotonicClock(options.clock_rate)
    async with running(library, Path(options.data_dir), clock=clock, origins=options.origins) as authority:
        answering = asyncio.create_task(serve_bus(bus, authority.directory), name="bus")
        _log.info("up", levels=len(library.levels))
        try:
            await child.work(intake, authority.adopt, authority.living)
        finally:
            answering.cancel()
    _log.info("down")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
