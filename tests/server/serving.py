"""The real server as a process of its own, on a free port."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.request import ProxyHandler, Request, build_opener

WAIT_S: Final = 20.0

_SCRIPT: Final = """
import sys
from pathlib import Path
from server.gate import GateError, ServeOptions, serve
try:
    up = lambda port: print(port, flush=True)
    sys.exit(serve(ServeOptions("127.0.0.1", int(sys.argv[1]), Path(sys.argv[2]), on_up=up)))
except GateError as error:
    sys.exit(str(error))
"""
_OPENER: Final = build_opener(ProxyHandler({}))


@dataclass
class Server:
    """A running server. Its standard error is kept for the end."""

    process: Process
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def ask(self, method: str, path: str, body: object = None) -> dict[str, object]:
        """A question to the API."""
        data = None if body is None else json.dumps(body).encode()
        request = Request(self.url + path, data, {"Content-Type": "application/json"}, method=method)
        return await asyncio.to_thread(_ask, request)

    async def end(self, signal_number: int | None = None) -> tuple[int, str]:
        """Waits for the end, after a signal if one is given: exit code and standard error."""
        if signal_number is not None:
            self.process.send_signal(signal_number)
        async with asyncio.timeout(WAIT_S):
            _, errors = await self.process.communicate()
        assert self.process.returncode is not None
        return self.process.returncode, errors.decode()

    def children(self) -> list[int]:
        """Process ids of the processes it has started."""
        pid = self.process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _ask(request: Request) -> dict[str, object]:
    with _OPENER.open(request, timeout=WAIT_S) as response:
        answer: dict[str, object] = json.load(response)
        return answer


async def start(folder: Path, port: int = 0) -> Server:
    """Starts a server without waiting for it."""
    path = os.pathsep.join(entry for entry in sys.path if entry)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", _SCRIPT, str(port), str(folder)),
        stdout=PIPE,
        stderr=PIPE,
        env={**os.environ, "PYTHONPATH": path},
    )
    return Server(process)


@contextlib.asynccontextmanager
async def serving(folder: Path) -> AsyncIterator[Server]:
    """A server that is up; killed at the end if it still is."""
    server = await start(folder)
    try:
        assert server.process.stdout is not None
        async with asyncio.timeout(WAIT_S):
            server.port = int(await server.process.stdout.readline())
        yield server
    finally:
        if server.process.returncode is None:
            server.process.kill()
            await server.process.communicate()
