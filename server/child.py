"""What the two processes behind the gate have in common: how they are started, and when they stop."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Final

from server.handover import Intake

CANNOT_START: Final = 2
"""Exit code of a child that has told people itself why it cannot work."""


@dataclass(frozen=True, slots=True)
class ChildOptions:
    """What a child is told on its command line: descriptors it inherits, and settings. No secrets.

    `intake_fd` brings accepted sockets, `bus_fd` joins front and authority; `host` is the address the gate listens on;
    folders are absolute paths.
    """

    intake_fd: int
    bus_fd: int
    host: str
    data_dir: str
    levels_dir: str
    site_dir: str
    origins: tuple[str, ...]
    trust_proxy: bool
    clock_rate: int

    def sockets(self) -> tuple[socket.socket, socket.socket]:
        """The inherited sockets: intake and bus."""
        return socket.socket(fileno=self.intake_fd), socket.socket(fileno=self.bus_fd)


async def start(module: str, options: ChildOptions) -> Process:
    """Starts `python -m module` with these options, importing from where this process does."""
    # A session of its own: Ctrl+C at the terminal reaches the gate alone, which then tells its children.
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", module, json.dumps(asdict(options))),
        pass_fds=(options.intake_fd, options.bus_fd),
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        start_new_session=True,
    )


def read_options(arguments: list[str]) -> ChildOptions:
    """The options this process was started with."""
    (text,) = arguments
    values = json.loads(text)
    return ChildOptions(**{**values, "origins": tuple(values["origins"])})


async def work(
    intake: socket.socket, adopt: Callable[[socket.socket], Awaitable[None]], *others: asyncio.Future[None]
) -> None:
    """Takes sockets until SIGTERM comes or the gate is gone. If one of `others` ends before, its error is raised."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    taking = asyncio.create_task(Intake(intake, adopt).run(), name="intake")
    # The gate's end is heeded like a signal.
    taking.add_done_callback(lambda _: stop.set())
    stopping = asyncio.create_task(_wait(stop), name="stop")
    try:
        done, _ = await asyncio.wait({stopping, *others}, return_when=asyncio.FIRST_COMPLETED)
        for future in done:
            future.result()
    finally:
        taking.cancel()
        stopping.cancel()


async def _wait(event: asyncio.Event) -> None:
    await event.wait()


def cannot_start(sentence: str) -> int:
    """Tells people why this process cannot work; returns its exit code."""
    sys.stderr.write(f"resus: {sentence}\n")
    return CANNOT_START
