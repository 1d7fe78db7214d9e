"""Every case and every drill opens from the page, is played in a real browser and ends with a result.

Rooms live faster than people here, so whoever sits at the keys only tries them: what is tested is that nothing breaks.
"""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from playwright.async_api import Browser

from game.log import Fact
from server.store.reader import reading
from tests.e2e.conftest import Served, Tab, serve, take_seat, until, until_playing, visit_page

CLOCK_RATE: Final = 16
CASE_S: Final = 150
"""Cases end by the clock after this much room time; drills are as short by themselves."""
LEAST_MS: Final = 120_000
SHOWN_S: Final = 60
"""Room time at which the picture of play is taken."""


class Visit(NamedTuple):
    """A session as one person opens it, and the seat they take."""

    level: str
    pack: str
    seat: int
    sight: str = "real"
    players: int = 4
    bots: str = "expert"


VISITS: Final = (
    Visit("S01", "aha2025", 0),
    Visit("S03B", "erc2025", 1),
    Visit("S06", "aha2025", 2, sight="open"),
    Visit("S09B", "erc2025", 3, sight="blind"),
    Visit("S12", "erc2025", 0, players=2),
    Visit("S13B", "aha2025", 1, bots="trainee"),
    Visit("S14", "erc2025", 2, players=3),
    Visit("S15B", "aha2025", 3, bots="distracted"),
    Visit("S16", "erc2025", 0, players=1),
    Visit("D1", "aha2025", 0),
    Visit("D2B", "erc2025", 1),
    Visit("D3", "erc2025", 2),
    Visit("D4B", "aha2025", 3),
)

ACTS: Final = (
    *("Digit1", "KeyR", "Space", "Tab Tab", "Period", "Digit2", "KeyP", "KeyK KeyK", "Space", "Backquote", "KeyC"),
    *("KeyV", "Digit1", "KeyS", "KeyE", "KeyR", "Digit6", "KeyF", "Tab Tab", "KeyD"),
)
"""Keys that a curious person tries in turn; nothing here ends a run."""

REMEMBER_WORDS: Final = """
from game.ui import text
drawn = set()
def remembering(surface, x, y, words, *rest, write=text.write, **named):
    drawn.add(words)
    return write(surface, x, y, words, *rest, **named)
text.write = remembering
"""


@pytest.fixture
def served_all(tmp_path: Path, root: Path, artefacts: Path) -> Iterator[Served]:
    """A server with all levels, whose cases end early and whose rooms live much faster."""
    levels = tmp_path / "levels"
    shutil.copytree(root / "levels", levels)
    for file in levels.glob("S*.toml"):
        text = file.read_text("utf-8")
        file.write_text(re.sub(r"(?m)^time_limit_s = \d+", f"time_limit_s = {CASE_S}", text), "utf-8")
    log = artefacts / "every-level.server.log"
    server = serve(tmp_path / "data", log, "--levels", str(levels), "--clock-rate", str(CLOCK_RATE))
    yield server
    if server.process.poll() is None:
        assert server.stop() == 0
    assert '"level": "error"' not in log.read_text("utf-8")


async def open_and_join(tab: Tab, visit: Visit) -> None:
    """Open a session in the form, with everything chosen there, and take the seat."""
    page = tab.page
    await page.locator("#code").fill("")
    await page.locator("#level").select_option(visit.level)
    await page.locator("#choices summary").click()
    for name in ("pack", "sight", "players", "bots"):
        await page.locator(f"#{name}").select_option(str(getattr(visit, name)))
    await page.locator("#create").click()
    await page.locator("#teams input").first.wait_for(state="attached")
    await take_seat(page, visit.seat)


async def try_keys(tab: Tab, picture: Path) -> None:
    """Press what there is until the run is over; one picture on the way."""
    shown, began_s = False, time.monotonic()
    for turn in range(400):
        if await tab.phase() != "playing":
            assert shown, f"{tab.role} was over too soon for a picture"
            return
        if not shown and time.monotonic() - began_s >= SHOWN_S / CLOCK_RATE:
            await tab.page.screenshot(path=picture)
            shown = True
        for key in ACTS[turn % len(ACTS)].split():
            await tab.press(key)
        await asyncio.sleep(0.1)
    raise AssertionError(f"{tab.role}: the run does not end: " + "\n".join(tab.complaints))


async def words_drawn(tab: Tab) -> set[str]:
    """Every text on the canvas since this was asked last."""
    words = "import json\nfound = json.dumps(list(drawn))\ndrawn.clear()\nfound"
    return set(json.loads(await tab.page.evaluate("(words) => window.resus.python.runPython(words)", words)))


async def play_all(tab: Tab, visits: Sequence[Visit], packs: dict[str, str], artefacts: Path) -> None:
    """One person plays session after session in the same tab."""
    await until(tab, "window.resus.boot.first_frame")
    await tab.page.evaluate("(words) => window.resus.python.runPython(words)", REMEMBER_WORDS)
    for visit in visits:
        tab.role = f"{visit.level} seat {visit.seat}"
        played, result = artefacts / f"level-{visit.level}.png", artefacts / f"level-{visit.level}-result.png"
        await open_and_join(tab, visit)
        await until(tab, "window.resus.socket.connection === 'open'")
        await tab.page.locator("#lobby-legal", has_text=packs[visit.pack]).wait_for()
        await tab.page.locator("#start").click()
        await until_playing(tab)
        await try_keys(tab, played)
        await until(tab, "window.resus.phase === 'debrief' && window.resus.marks.screen === 'results'")
        await tab.page.screenshot(path=result)
        assert any(packs[visit.pack] in words for words in await words_drawn(tab)), f"{visit.level} by no pack"
        await tab.press("KeyL")
        await tab.page.locator("#join").wait_for(state="visible")
        assert await tab.page.evaluate("window.resus.errors") == []
        assert tab.complaints == []


@pytest.mark.asyncio
async def test_every_level_is_played_to_a_result(served_all: Served, browser: Browser, artefacts: Path) -> None:
    offered = served_all.offered()
    assert {visit.level[:3].rstrip("B") for visit in VISITS} == {level["name"] for level in offered["levels"]}
    packs = {pack["name"]: pack["label"] for pack in offered["packs"]}
    tabs = [await visit_page(browser, f"{served_all.url}/?fps=10", f"tab {number}") for number in range(2)]
    await asyncio.gather(*(play_all(tab, VISITS[number::2], packs, artefacts) for number, tab in enumerate(tabs)))

    with reading(served_all.data) as reader:
        runs = reader.runs()
        ends = {run.level: entry.ms for run in runs for entry in reader.entries(run.run) if entry.kind is Fact.ENDED}
    assert set(ends) == {visit.level for visit in VISITS}
    assert {level: ms for level, ms in ends.items() if ms < LEAST_MS} == {}
    for run in runs:
        if run.level in ("S06", "S12", "S16"):
            replayed = served_all.resus("log", "replay", run.run)
            assert replayed.returncode == 0, f"{run.level}: {replayed.stdout}{replayed.stderr}"
