"""The front process: uvicorn serving the front's application on sockets that the gate accepted."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Final

import structlog
import uvicorn

from server import child, logs
from server.bus import AuthorityClient
from server.front.app import create_app
from server.front.site import Site, SiteError

_log: Final = structlog.get_logger("resus.front")

KEEP_ALIVE_S: Final = 20
"""How long an idle connection is kept: a page's files come over a few connections, its questions now and then."""
REQUESTS: Final = 2_000
"""With more connections than this the answer is 503."""
NICENESS: Final = 5
"""Where cores are few, downloads give way to ticks."""
STOP_WAIT_S: Final = 2
"""How long downloads may go on once told to stop."""


class AdoptingServer(uvicorn.Server):
    """uvicorn on sockets that were accepted elsewhere; signals are heeded elsewhere too."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield

    async def adopt(self, sock: socket.socket) -> None:
        """Serves a connected socket whose request has not been read yet."""
        await asyncio.get_running_loop().connect_accepted_socket(self._protocol, sock)

    def _protocol(self) -> asyncio.Protocol:
        protocol: asyncio.Protocol = self.config.http_protocol_class(  # type: ignore[call-arg]
            config=self.config, server_state=self.server_state, app_state=self.lifespan.state
        )
        return protocol


def main(arguments: list[str]) -> int:
    """Runs until told to stop; returns the exit code."""
    options = child.read_options(arguments)
    logs.configure("front")
    os.nice(NICENESS)
    try:
        site = Site.load(Path(options.site_dir))
    except SiteError:
        site = None
    asyncio.run(_work(options, site))
    return 0


async def _work(options: child.ChildOptions, site: Site | None) -> None:
    intake, bus = options.sockets()
    authority = await AuthorityClient.connect(bus)
    server = AdoptingServer(
        uvicorn.Config(
            create_app(authority, site, trust_proxy=options.trust_proxy, bound=options.host),
            http="httptools",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            limit_concurrency=REQUESTS,
            timeout_keep_alive=KEEP_ALIVE_S,
            timeout_graceful_shutdown=STOP_WAIT_S,
        )
    )
    serving = asyncio.create_task(server.serve(sockets=[]), name="uvicorn")
    await server.up.wait()
    _log.info("up", site=site is not None)
    try:
        await child.work(intake, server.adopt, serving)
    finally:
        server.should_exit = True
        await serving
        await authority.close()
    _log.info("down")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
