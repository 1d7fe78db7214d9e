"""The real thing under test: a served game, a browser with real tabs, and people at the keys."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Page, Request, async_playwright

UP = re.compile(r"http://127\.0\.0\.1:(\d+)")
START_S = 30
STOP_S = 10
BROWSER_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--autoplay-policy=no-user-gesture-required",
]
REMEMBER_CAPTIONS = """
window.said = [];
document.addEventListener("DOMContentLoaded", () => {
  for (const id of ["captions", "alarms"]) {
    const region = document.getElementById(id);
    new MutationObserver((changes) => {
      for (const change of changes) for (const line of change.addedNodes) window.said.push(line.textContent);
    }).observe(region, { childList: true });
  }
});
"""


@dataclass
class Served:
    """A running server: where it is, where it keeps its games, and how to stop it."""

    url: str
    data: Path
    process: subprocess.Popen[bytes]

    def resus(self, *words: str) -> subprocess.CompletedProcess[str]:
        """The console command on this server's data."""
        command = [sys.executable, "-m", "server", *words, "--data", str(self.data)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def offered(self) -> dict[str, list[dict[str, str]]]:
        """What a session can be opened with."""
        answer: dict[str, list[dict[str, str]]] = httpx.get(f"{self.url}/api/levels").json()
        return answer

    def open_session(self, level: str, seed: int) -> str:
        """The code of a new session."""
        answer = httpx.post(f"{self.url}/api/sessions", json={"level": level, "seed": seed})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["code"])

    def stop(self) -> int:
        """Ask the server to stop, and its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(STOP_S)


def serve(data: Path, log: Path, *options: str) -> Served:
    """Start `resus serve` on a free port and wait until it is up."""
    command = [sys.executable, "-m", "server", "serve", "--host", "127.0.0.1", "--port", "0", "--no-session", *options]
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*command, "--data", str(data)], stdout=out, stderr=subprocess.STDOUT, env={**os.environ, "RESUS_TEST": "1"}
        )
    for _ in range(START_S * 10):
        if found := UP.search(log.read_text(errors="replace")):
            return Served(found[0], data, process)
        assert process.poll() is None, log.read_text(errors="replace")
        time.sleep(0.1)
    process.kill()
    raise AssertionError(f"the server did not come up in {START_S} s:\n" + log.read_text(errors="replace"))


@pytest.fixture
def served(tmp_path: Path, artefacts: Path, request: pytest.FixtureRequest) -> Iterator[Served]:
    """A server with the bundled levels."""
    server = serve(tmp_path / "data", artefacts / f"{request.node.name}.server.log")
    yield server
    if server.process.poll() is None:
        assert server.stop() == 0


@pytest.fixture
def served_short(tmp_path: Path, root: Path, artefacts: Path, request: pytest.FixtureRequest) -> Iterator[Served]:
    """A server whose S01 is over after twenty seconds of room time, and whose rooms live twice as fast."""
    levels = tmp_path / "levels"
    shutil.copytree(root / "levels", levels)
    text = (levels / "S01.toml").read_text()
    (levels / "S01.toml").write_text(text.replace("time_limit_s = 720", "time_limit_s = 20"))
    log = artefacts / f"{request.node.name}.server.log"
    server = serve(tmp_path / "data", log, "--levels", str(levels), "--clock-rate", "2")
    yield server
    if server.process.poll() is None:
        assert server.stop() == 0


@pytest_asyncio.fixture
async def browser(chromium_path: str) -> AsyncIterator[Browser]:
    """A headless Chromium."""
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=chromium_path, args=BROWSER_ARGS)
        yield chromium
        await chromium.close()


@dataclass
class Tab:
    """One person's browser tab, and everything that went wrong in it."""

    page: Page
    role: str
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Keep console errors, page errors and every address that was asked for."""

        def on_console(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                self.complaints.append(f"{self.role}: {message.text}")

        def on_request(request: Request) -> None:
            self.requests.append(request.url)

        self.page.on("console", on_console)
        self.page.on("request", on_request)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.role}: {error}"))
        self.page.on("websocket", lambda socket: self.requests.append(socket.url))

    async def press(self, code: str, hold_ms: int = 60) -> None:
        """A key goes down and up."""
        await self.page.keyboard.down(code)
        await asyncio.sleep(hold_ms / 1000)
        await self.page.keyboard.up(code)

    async def phase(self) -> str:
        """The phase this tab believes the run is in."""
        return str(await self.page.evaluate("window.resus.phase"))

    async def said(self) -> list[str]:
        """All captions this tab has shown."""
        return [str(line) for line in await self.page.evaluate("window.said")]

    async def heard(self, words: str, timeout_s: float = 20) -> None:
        """Wait until a caption with these words was shown."""
        for _ in range(int(timeout_s * 10)):
            if any(words in line for line in await self.said()):
                return
            await asyncio.sleep(0.1)
        raise AssertionError(f"{self.role} never heard {words!r}, only {await self.said()}; {self.complaints}")


async def visit_page(browser: Browser, address: str, role: str) -> Tab:
    """A person opens the page."""
    context = await browser.new_context(viewport={"width": 1280, "height": 720})
    tab = Tab(await context.new_page(), role)
    tab.watch()
    await tab.page.add_init_script(REMEMBER_CAPTIONS)
    await tab.page.goto(address)
    return tab


async def open_tab(browser: Browser, url: str, code: str, role: str, seat: int) -> Tab:
    """A person opens the page, takes a seat and waits in the lobby."""
    tab = await visit_page(browser, f"{url}/j/{code}?fps=15", role)
    await take_seat(tab.page, seat)
    return tab


async def take_seat(page: Page, seat: int) -> None:
    """Fill in the join form and wait for the lobby."""
    await page.locator(f"input[name=seat][value='{seat}']").check(force=True, timeout=60_000)
    await page.locator("#understood").check()
    await page.locator("#submit").click()
    await page.locator("#lobby").wait_for(state="visible", timeout=60_000)


async def until(tab: Tab, question: str, timeout_s: float = 120) -> None:
    """Wait until an expression is true in this tab."""
    for _ in range(int(timeout_s * 5)):
        if await tab.page.evaluate(f"Boolean({question})"):
            return
        await asyncio.sleep(0.2)
    raise AssertionError(f"{tab.role}: {question} never came true; {tab.complaints}")


async def until_playing(tab: Tab, timeout_s: float = 120) -> None:
    """Wait until this tab draws the game."""
    await until(tab, "window.resus.phase === 'playing' && window.resus.frames > 0", timeout_s)
