"""Playing alone in the page, where no server plays: after it has gone, and where there never was one."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.e2e.conftest import Served, Tab, until, until_playing, visit_page
from web import build, static

PUSHES = 4


class Quiet(SimpleHTTPRequestHandler):
    """Python's own file server without its diary."""

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def any_host(tmp_path: Path) -> Iterator[str]:
    """The address of the static folder, put somewhere deep on a plain file server."""
    assert build.main([]) == 0
    static.make(build.SITE, tmp_path / "some" / "where")
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/some/where/"
    server.shutdown()
    server.server_close()
    thread.join()


async def practise(tab: Tab, seat: int, button: str = "#alone") -> None:
    """Fill the form in as somebody does who has nobody to play with."""
    await tab.page.locator(f"input[name=seat][value='{seat}']").check(force=True)
    await tab.page.locator("#understood").check()
    await tab.page.locator(button).click()


async def push(tab: Tab) -> None:
    """Compressions, until the room has taken them: the clock goes on and nobody complains."""
    for _ in range(PUSHES):
        await tab.press("Space", hold_ms=180)
    await until(tab, "Number(window.resus.marks.room_ms) > 3000")
    assert not [address for address in tab.requests if address.startswith("ws")]
    assert tab.complaints == []


@pytest.mark.asyncio
async def test_the_static_folder_plays_from_any_path_of_any_host(any_host: str, browser: Browser) -> None:
    tab = await visit_page(browser, f"{any_host}?fps=15", "compressor")
    assert await tab.page.locator("#submit").count() == 0
    assert await tab.page.locator("#code").is_hidden()
    await practise(tab, 0)
    await until_playing(tab)
    await push(tab)
    assert all(address.startswith(any_host) for address in tab.requests if address.startswith("http"))
    assert await tab.page.locator("#offline").is_hidden()


@pytest.mark.asyncio
async def test_whoever_has_the_page_practises_also_when_the_server_has_gone(served: Served, browser: Browser) -> None:
    tab = await visit_page(browser, f"{served.url}?fps=15", "leader")
    await until(tab, "window.resus.boot.first_frame && document.getElementById('level').value")
    assert served.stop() == 0
    await practise(tab, 3)
    await until_playing(tab)
    await tab.press("Digit1")
    await tab.heard("Leader to Compressor: Compress.")
    # Pictures of the lobby that nobody had seen yet are missing, and nothing else.
    assert [words for words in tab.complaints if "Failed to load resource" not in words] == []


@pytest.mark.asyncio
async def test_a_station_can_be_tried_while_the_team_gathers(served: Served, browser: Browser) -> None:
    code = served.open_session("S01", 1)
    tab = await visit_page(browser, f"{served.url}/j/{code}?fps=15", "compressor")
    await practise(tab, 0, "#submit")
    await until(tab, "window.resus.socket.connection === 'open'")
    await tab.page.locator("#try-station").click()
    await until_playing(tab)
    await tab.press("Space", hold_ms=180)
    await until(tab, "Number(window.resus.marks.room_ms) > 3000")
    other = await visit_page(browser, f"{served.url}/j/{code}?fps=15", "leader")
    await practise(other, 3, "#submit")
    await other.page.locator("#start:enabled").click()
    await until(tab, "window.resus.phase === 'countdown' && !window.resus.scene.alone")
    await until_playing(tab)
    assert [*tab.complaints, *other.complaints] == []
