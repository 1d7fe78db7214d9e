"""Do ticks stay on time while thirty browsers fetch the client through the same port?

The whole server, with rooms of four people over real WebSockets. The same rooms are watched before, during and after.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Final
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

from websockets.asyncio.client import ClientConnection, connect

from server.bus import CreateSession
from server.client import Api
from tests.bench.bundle import SiteFile, site_files
from tests.bench.case import LEVEL, SEED
from tests.bench.crowd import Crowd
from tests.bench.figure import BenchError, Figure
from tests.bench.lateness import Histogram
from tests.bench.serving import serving

ROOMS: Final = 10
BROWSERS: Final = 30
LINK_BYTES_PER_S: Final = 125_000_000
"""What a gigabit network carries for all browsers together: loopback would be many times that, on our own cores."""
WATCH_S: Final = 8.0
GROW_S: Final = 2.0
PIECE_BYTES: Final = 65_536
BUDGET_MS: Final = 10.0


def bench() -> Iterator[Figure]:
    """Lateness by the authority's own histogram."""
    files = site_files()
    with serving() as address:
        before, during, after, fetched = asyncio.run(_measure(address, files))
    whole = sum(file.http_bytes for file in files)
    rest = max(before.quantile_ms(0.99), after.quantile_ms(0.99))
    yield Figure(
        "tick_late_ms_p99_during_downloads",
        during.quantile_ms(0.99),
        "ms",
        f"{BROWSERS} browsers, {fetched / whole:.0f} bundles, {ROOMS} rooms",
        BUDGET_MS,
    )
    yield Figure("tick_late_ms_p99_before_downloads", before.quantile_ms(0.99), "ms", f"after them at most {rest:.1f}")
    yield Figure("download_mb_s", fetched / 1e6 / WATCH_S, "MB/s", f"at most {LINK_BYTES_PER_S / 1e6:.0f}")


async def _measure(address: str, files: Sequence[SiteFile]) -> tuple[Histogram, Histogram, Histogram, int]:
    """Lateness before, during and after the downloads, and the bytes that were fetched."""
    api = Api(address)

    async def take_seats() -> list[str]:
        created = await api.create(CreateSession(LEVEL, SEED))
        return [(await api.join(created.code, created.team, seat)).token for seat in range(4)]

    async def dial() -> ClientConnection:
        return await connect(api.socket_url, compression=None, proxy=None, ping_interval=None)

    crowd = Crowd(take_seats, dial)
    try:
        await crowd.grow(ROOMS, GROW_S)
        looks = [await _lateness(address)]
        await asyncio.sleep(WATCH_S)
        looks.append(await _lateness(address))
        fetched = await _download(address, files)
        looks.append(await _lateness(address))
        await asyncio.sleep(WATCH_S)
        looks.append(await _lateness(address))
        crowd.check()
    finally:
        await crowd.close()
    start, before, during, after = looks
    return before.since(start), during.since(before), after.since(during), fetched


async def _lateness(address: str) -> Histogram:
    def read() -> str:
        with build_opener(ProxyHandler({})).open(f"{address}/metrics", timeout=10) as answer:
            text: bytes = answer.read()
        return text.decode()

    return Histogram.read(await asyncio.to_thread(read))


async def _download(address: str, files: Sequence[SiteFile]) -> int:
    """Every browser fetches the bundle again and again until the time is over; the bytes of all."""
    link = _Link()
    browsers = [asyncio.create_task(_browse(address, files, link)) for _ in range(BROWSERS)]
    await asyncio.sleep(WATCH_S)
    for browser in browsers:
        browser.cancel()
    done = await asyncio.gather(*browsers, return_exceptions=True)
    for error in done:
        if isinstance(error, Exception):
            raise BenchError(f"a download failed: {error!r}")
    return link.carried


@dataclass(slots=True)
class _Link:
    """The network that all browsers share: whoever took bytes waits until it has had the time to carry them."""

    carried: int = 0
    free_s: float = 0.0

    async def carry(self, count: int) -> None:
        self.carried += count
        self.free_s = max(self.free_s, monotonic()) + count / LINK_BYTES_PER_S
        await asyncio.sleep(max(0.0, self.free_s - monotonic()))


async def _browse(address: str, files: Sequence[SiteFile], link: _Link) -> None:
    where = urlsplit(address)
    reader, writer = await asyncio.open_connection(where.hostname, where.port, limit=PIECE_BYTES)
    try:
        while True:
            for file in files:
                head = f"GET {file.path} HTTP/1.1\r\nHost: {where.netloc}\r\nAccept-Encoding: gzip\r\n\r\n"
                writer.write(head.encode())
                await _read_answer(reader, link)
    finally:
        writer.close()


async def _read_answer(reader: asyncio.StreamReader, link: _Link) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    status, *rows = head.splitlines()
    lengths = [int(row.partition(":")[2]) for row in rows if row.startswith("content-length:")]
    if " 200 " not in f"{status} " or not lengths:
        raise BenchError(f"the server answered {status!r} to a download")
    left = lengths[0]
    while left:
        piece = await reader.read(min(left, PIECE_BYTES))
        if not piece:
            raise BenchError("the server closed a connection in the middle of a file")
        left -= len(piece)
        await link.carry(len(piece))
