"""Two phones held sideways: thumbs push and bag beside two bots, from the form to the result."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Browser

from game.log import Fact, Input
from game.platform import PHONE
from game.rules.commands import EDGE_OPS
from game.stations import Role
from server.store.reader import reading
from tests.e2e.conftest import Served, Tab, serve, take_seat, until, until_playing
from tests.e2e.hands import By, Hands

LIMIT_S: Final = 75
PUSHES: Final = 12
BREATHS: Final = 3


@pytest.fixture
def served_minute(tmp_path: Path, root: Path, artefacts: Path, request: pytest.FixtureRequest) -> Iterator[Served]:
    """A server whose S01 is over soon."""
    levels = tmp_path / "levels"
    shutil.copytree(root / "levels", levels)
    text = (levels / "S01.toml").read_text("utf-8")
    (levels / "S01.toml").write_text(text.replace("time_limit_s = 720", f"time_limit_s = {LIMIT_S}"), "utf-8")
    server = serve(tmp_path / "data", artefacts / f"{request.node.name}.server.log", "--levels", str(levels))
    yield server
    if server.process.poll() is None:
        assert server.stop() == 0


async def sit(browser: Browser, served: Served, code: str, role: Role) -> Tab:
    """A person with a phone takes a seat."""
    width, height = PHONE
    context = await browser.new_context(
        viewport={"width": width, "height": height}, has_touch=True, is_mobile=True, device_scale_factor=2
    )
    tab = Tab(await context.new_page(), role.name.lower())
    tab.watch()
    await tab.page.goto(f"{served.url}/j/{code}?fps=15")
    await take_seat(tab.page, role)
    return tab


async def push(tab: Tab) -> None:
    """Compressions with a thumb on the chest."""
    hands = await Hands.at(tab, (By.TOUCH,))
    for _ in range(PUSHES):
        await hands.stroke("push")
    assert (await hands.look()).facts["size"] == list(PHONE)


async def bag(tab: Tab) -> None:
    """Two thumbs hold the mask while a finger squeezes the bag."""
    hands = await Hands.at(tab, (By.TOUCH,))
    for _ in range(BREATHS):
        seen = await hands.until("the mask", lambda seen: seen.way(By.TOUCH, "seal_left") is not None)
        for op in ("seal_left", "seal_right"):
            way = seen.way(By.TOUCH, op)
            assert way is not None
            await hands.down(seen, way)
        await hands.until("a seal", lambda seen: {"seal_left", "seal_right"} <= set(seen.facts["down"]))
        await hands.stroke("squeeze")
        for _ in ("left", "right"):
            await hands.lift()
        await hands.until("hands off", lambda seen: not seen.facts["down"])


@pytest.mark.asyncio
async def test_two_phones_play_to_the_end(served_minute: Served, browser: Browser, artefacts: Path) -> None:
    code = served_minute.open_session("S01", 1)
    tabs = [await sit(browser, served_minute, code, role) for role in (Role.COMPRESSOR, Role.AIRWAY)]
    for tab in tabs:
        await until(tab, "window.resus.socket.connection === 'open'")
    await tabs[0].page.locator("#start:enabled").tap()
    for tab in tabs:
        await until_playing(tab)
    await asyncio.gather(push(tabs[0]), bag(tabs[1]))
    for tab in tabs:
        await tab.page.screenshot(path=artefacts / f"phone-{tab.role}.png")
        await until(tab, "window.resus.phase === 'debrief' && window.resus.marks.screen === 'results'")
    assert [line for tab in tabs for line in tab.complaints] == []
    with reading(served_minute.data) as reader:
        (run,) = reader.runs()
        entries = reader.entries(run.run)
    edges = [(entry.seat, EDGE_OPS[int(str(entry.args[0]))]) for entry in entries if entry.kind is Input.EDGES
             for _ in entry.args[2:]]  # fmt: skip
    assert edges.count((Role.COMPRESSOR, "push")) == 2 * PUSHES
    assert edges.count((Role.AIRWAY, "squeeze")) == edges.count((Role.AIRWAY, "seal_left")) == 2 * BREATHS
    assert any(entry.kind is Fact.COMPRESSION and entry.seat == Role.COMPRESSOR for entry in entries)
