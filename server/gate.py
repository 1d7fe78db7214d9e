"""One public port: connections are accepted here, and handed by their first line to the authority or to the front.

Both are processes of their own, so that a download never touches a tick; neither listens anywhere. A connection is
routed once, by its first request: behind a reverse proxy, `/ws` must have upstream connections of its own.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import signal
import socket
from asyncio.subprocess import Process
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import structlog

from game.wire.limits import Limit
from server import child, handover, logs, resources
from server.child import ChildOptions

_log: Final = structlog.get_logger("resus.gate")

AUTHORITY: Final = "authority"
FRONT: Final = "front"
_MODULES: Final = {AUTHORITY: "server.authority", FRONT: "server.front_process"}

HEAD_WAIT_MS: Final = Limit(5_000, "ms for the head of a first request", "the connection is dropped")
HEAD_BYTES: Final = Limit(16_384, "bytes of the head of a first request", "answered 431 and closed")
WAITING: Final = Limit(1_000, "connections without a head", "the next is dropped at once")
STOP_WAIT_MS: Final = Limit(4_000, "ms for a child to stop", "it is killed")
PEEK_EVERY_S: Final = 0.02
"""A head that comes in pieces is looked at this often."""
BACKLOG: Final = 1_024

TEST_BUILD: Final = "RESUS_TEST"
"""Only with this in the environment, set to 1, may rooms live faster than people."""

_END_OF_HEAD: Final = b"\r\n\r\n"
_TOO_LARGE: Final = b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_BUSY: Final = b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 2\r\nContent-Length: 0\r\n\r\n"


class GateError(Exception):
    """The server cannot be started as asked: a sentence for people."""


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """What `resus serve` was asked for. Port 0 takes any free one.

    `origins` are those of pages, besides this server's own, that may open a WebSocket; `trust_proxy` believes forwarded
    addresses; `clock_rate` makes rooms live faster, in test builds only. `on_up` is told the port once all is up.
    """

    host: str
    port: int
    data_dir: Path
    levels_dir: Path = field(default_factory=resources.levels_dir)
    site_dir: Path = field(default_factory=resources.site_dir)
    origins: tuple[str, ...] = ()
    trust_proxy: bool = False
    clock_rate: int = 1
    on_up: Callable[[int], None] = lambda port: None


def serve(options: ServeOptions) -> int:
    """Serves until SIGTERM or SIGINT; the exit code: 0 after a clean stop, 1 if a process of ours died.

    Raises GateError if it cannot start as asked.
    """
    if options.clock_rate != 1 and os.environ.get(TEST_BUILD) != "1":
        raise GateError(f"only a test build ({TEST_BUILD}=1) may run a faster clock")
    logs.configure("gate")
    with contextlib.closing(_listen(options.host, options.port)) as listener:
        return asyncio.run(_serve(options, listener))


def _listen(host: str, port: int) -> socket.socket:
    if not 0 <= port < 2**16:
        raise GateError(f"{port} is no port; choose one from 1024 to 65535 with --port")
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise GateError(_listen_problem(host, port, error)) from None
    listener.setblocking(False)
    return listener


def _listen_problem(host: str, port: int, error: OSError) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return f"port {port} is taken by another program; choose another with --port, or any free one with --port 0"
        case errno.EACCES:
            return f"port {port} needs special rights; choose one above 1023 with --port"
        case _:
            return f"cannot listen on {host}, port {port}: {error.strerror}"


async def _serve(options: ServeOptions, listener: socket.socket) -> int:
    gate = Gate(options)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, gate.stopping.set)
    return await gate.run(listener)


class Gate:
    """The acceptor and its two children."""

    def __init__(self, options: ServeOptions) -> None:
        self.stopping = asyncio.Event()
        self._options = options
        self._channels: dict[str, socket.socket] = {}
        self._children: dict[str, Process] = {}
        self._waiting: set[asyncio.Task[None]] = set()

    async def run(self, listener: socket.socket) -> int:
        """Starts the children, then routes connections until told to stop or until a child dies."""
        try:
            await self._start_children()
            endings = [asyncio.create_task(process.wait()) for process in self._children.values()]
            stopping = asyncio.create_task(self.stopping.wait())
            if await self._all_ready(endings, stopping):
                self._options.on_up(listener.getsockname()[1])
                accepting = asyncio.create_task(self._accept(listener), name="accept")
                await asyncio.wait({stopping, accepting, *endings}, return_when=asyncio.FIRST_COMPLETED)
                accepting.cancel()
            stopping.cancel()
            died = self._say_who_died()
            listener.close()
            return max(await self._stop_children(), died)
        finally:
            for channel in self._channels.values():
                channel.close()

    async def _start_children(self) -> None:
        buses = dict(zip(_MODULES, socket.socketpair(), strict=True))
        for name, module in _MODULES.items():
            ours, theirs = socket.socketpair()
            ours.setblocking(False)
            with theirs, buses[name] as bus:
                self._children[name] = await child.start(module, self._options_for(theirs.fileno(), bus.fileno()))
            self._channels[name] = ours

    def _options_for(self, intake_fd: int, bus_fd: int) -> ChildOptions:
        options = self._options
        return ChildOptions(
            intake_fd=intake_fd,
            bus_fd=bus_fd,
            host=options.host,
            data_dir=str(options.data_dir.absolute()),
            levels_dir=str(options.levels_dir.absolute()),
            site_dir=str(options.site_dir.absolute()),
            origins=options.origins,
            trust_proxy=options.trust_proxy,
            clock_rate=options.clock_rate,
        )

    async def _all_ready(self, endings: list[asyncio.Task[int]], stopping: asyncio.Task[bool]) -> bool:
        """True once both children take sockets; False if one ended, or we are to stop, before."""
        ready = asyncio.create_task(self._wait_ready(), name="ready")
        await asyncio.wait({ready, stopping, *endings}, return_when=asyncio.FIRST_COMPLETED)
        if not ready.done():
            ready.cancel()
            return False
        return ready.result()

    async def _wait_ready(self) -> bool:
        return all(await asyncio.gather(*(handover.wait_ready(channel) for channel in self._channels.values())))

    def _say_who_died(self) -> int:
        """The exit code for children that ended unasked: 0 if none did."""
        code = 0
        for name, process in self._children.items():
            if process.returncode is not None:
                code = 1
                if process.returncode != child.CANNOT_START:
                    _log.error("process died, stopping", child=name, code=process.returncode)
        return code

    async def _stop_children(self) -> int:
        """Tells the children to stop, and waits. 1 if one had to be killed or failed while stopping."""
        codes = await asyncio.gather(*(_stop(name, process) for name, process in self._children.items()))
        return max(codes)

    async def _accept(self, listener: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                sock, _ = await loop.sock_accept(listener)
            except OSError as error:
                # Out of descriptors, or the peer has gone already: neither is cured by haste.
                _log.warning("accept failed", error=error.strerror)
                await asyncio.sleep(PEEK_EVERY_S)
                continue
            if len(self._waiting) >= WAITING:
                sock.close()
                continue
            task = asyncio.create_task(self._route(sock), name="route")
            self._waiting.add(task)
            task.add_done_callback(self._waiting.discard)

    async def _route(self, sock: socket.socket) -> None:
        """Waits for the head of the first request, unread, and hands the connection to whom it is for."""
        try:
            async with asyncio.timeout(HEAD_WAIT_MS / 1000):
                head = await _peek_head(sock)
        except (TimeoutError, OSError):
            head = b""
        if _END_OF_HEAD not in head:
            _end(sock, _TOO_LARGE if len(head) >= HEAD_BYTES else b"")
        elif not handover.hand_over(self._channels[destination(head)], sock):
            _end(sock, _BUSY)


def destination(head: bytes) -> str:
    """Who answers a request with this head: the authority for `/ws`, the front for everything else."""
    words = head.split(b"\r\n", 1)[0].split(b" ")
    is_socket = len(words) == 3 and words[1].partition(b"?")[0] == b"/ws"
    return AUTHORITY if is_socket else FRONT


async def _peek_head(sock: socket.socket) -> bytes:
    """What of a request can be seen once its head is complete, too long, or will not come; nothing is read."""
    sock.setblocking(False)
    while True:
        await _readable(sock)
        head = sock.recv(HEAD_BYTES, socket.MSG_PEEK)
        if not head or _END_OF_HEAD in head or len(head) >= HEAD_BYTES:
            return head
        # The socket stays readable as long as the bytes are left in it, so waiting for more means looking again.
        await asyncio.sleep(PEEK_EVERY_S)


async def _readable(sock: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    ready = asyncio.Event()
    loop.add_reader(sock, ready.set)
    try:
        await ready.wait()
    finally:
        loop.remove_reader(sock)


def _end(sock: socket.socket, answer: bytes) -> None:
    """Closes a connection that nobody gets, with an answer if there is one (it fits in any socket's buffer)."""
    with contextlib.suppress(OSError), sock:
        if answer:
            sock.send(answer)


async def _stop(name: str, process: Process) -> int:
    """Ends a child: 0 if it stopped by itself in time and well."""
    if process.returncode is not None:
        return 0
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        async with asyncio.timeout(STOP_WAIT_MS / 1000):
            code = await process.wait()
    except TimeoutError:
        _log.error("process killed", child=name)
        process.kill()
        await process.wait()
        return 1
    return int(code != 0)
