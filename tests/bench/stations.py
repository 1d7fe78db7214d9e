"""How much work is a frame of each station in a real browser, and what of it are words, traces, thought and the rest?

Chromium without a screen, drawing in software. Every station is played for a minute beside bots, then a while with
clocks around its parts; a loop that only clears and shows the canvas runs in the same page.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from time import monotonic
from typing import Final

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page, Playwright, sync_playwright

from game.stations import Role
from tests.bench.browser import LOADED_WITHIN_MS, chromium_path, open_game, profile
from tests.bench.bundle import site_files
from tests.bench.figure import BenchError, Figure, median, quantile
from tests.bench.serving import serving

WARM_S: Final = 5.0
PLAY_S: Final = 60.0
CLOCKED_S: Final = 10.0
BARE_S: Final = 4.0
PUSH_MS: Final = 545
HOLD_MS: Final = 150
BUDGETS: Final = {"median": 6.0, "p95": 12.0, "p995": 30.0}
SHARES: Final = {"median": 0.5, "p95": 0.95, "p995": 0.995}

ACTS: Final[Mapping[Role, tuple[str, ...]]] = {
    Role.COMPRESSOR: ("Space",) * 6 + ("Digit1",),
    Role.AIRWAY: ("Space", "Space", "KeyE", "Digit1", "Comma", "Period"),
    Role.MEDS: ("ArrowRight", "ArrowDown", "KeyQ", "KeyA", "KeyC", "KeyV", "Digit1"),
    Role.LEADER: ("Digit1", "Digit4", "Escape", "Digit5", "Escape", "KeyR", "KeyZ"),
}
"""Keys that keep a station busy, one after another at the rate of compressions."""

CLOCKS: Final = """
import time
from game.ui import text
from game.ui.app import App
from game.ui.client import Client
from game.ui.traces import Sweep
from game.ui.stagehand import Stagehand
spent = {"words": 0.0, "traces": 0.0, "thought": 0.0, "picture": 0.0}
depth = [0]
def clocked(kind, work):
    def measured(*given, **named):
        if kind == "words" and depth[0]:
            return work(*given, **named)
        depth[0] += kind == "words"
        began = time.perf_counter()
        try:
            return work(*given, **named)
        finally:
            spent[kind] += (time.perf_counter() - began) * 1000
            depth[0] -= kind == "words"
    return measured
for name in ("write", "rich", "middle", "fit", "width"):
    setattr(text, name, clocked("words", getattr(text, name)))
Sweep.draw = clocked("traces", Sweep.draw)
for name in ("receive", "flush"):
    setattr(Client, name, clocked("thought", getattr(Client, name)))
App._take_input = clocked("thought", App._take_input)
Stagehand.draw = clocked("picture", Stagehand.draw)
"""
SPENT: Final = "import json\nfound = json.dumps(spent)\nfor name in spent: spent[name] = 0.0\nfound"
BARE: Final = """
from game.ui.app import App
App.frame = lambda self, surface: surface.fill("#0A1017")
"""


def bench() -> Iterator[Figure]:
    """Each station for a minute, then with clocks, then nothing but clear and show."""
    site_files()
    chromium = chromium_path()
    work: dict[Role, list[float]] = {}
    with serving() as address, sync_playwright() as playwright:
        for role in ACTS:
            yield from _station(playwright, chromium, address, role, work)
    busiest = max(work, key=lambda role: median(work[role]))
    for name, share in SHARES.items():
        value = quantile(work[busiest], share)
        yield Figure(f"wasm_frame_ms_{name}", value, "ms", f"the busiest: {busiest.name.lower()}", BUDGETS[name])


def _station(
    playwright: Playwright, chromium: str, address: str, role: Role, work: dict[Role, list[float]]
) -> Iterator[Figure]:
    name = role.name.lower()
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        profile(playwright, chromium, Path(folder)) as context,
    ):
        page = open_game(context, address)
        _sit_alone(page, role)
        _play(page, role, WARM_S)
        work[role] = _measured(page, role, PLAY_S)
        yield Figure(f"wasm_{name}_ms_median", median(work[role]), "ms", "", BUDGETS["median"])
        yield Figure(f"wasm_{name}_ms_p95", quantile(work[role], 0.95), "ms", "", BUDGETS["p95"])
        yield Figure(f"wasm_{name}_ms_p995", quantile(work[role], 0.995), "ms", "", BUDGETS["p995"])
        _python(page, CLOCKS)
        _python(page, SPENT)
        total = sum(_measured(page, role, CLOCKED_S))
        spent: dict[str, float] = json.loads(_python(page, SPENT))
        drawing = spent["picture"] - spent["words"] - spent["traces"]
        told = {"drawing": drawing, "words": spent["words"], "traces": spent["traces"], "thought": spent["thought"]}
        yield from (Figure(f"wasm_{name}_{part}_share", ms / total, "") for part, ms in told.items())
        _python(page, BARE)
        page.wait_for_timeout(500)
        bare = _measured(page, role, BARE_S)
        yield Figure(f"wasm_{name}_times_bare", median(work[role]) / median(bare), "", f"bare {median(bare):.2f} ms")


def _python(page: Page, words: str) -> str:
    found: object = page.evaluate("words => String(window.resus.python.runPython(words))", words)
    return str(found)


def _measured(page: Page, role: Role, length_s: float) -> list[float]:
    """The work of every frame of the next seconds, ms."""
    before: int = page.evaluate("window.resus.frames")
    _play(page, role, length_s)
    drawn: int = page.evaluate("window.resus.frames") - before
    ring: list[float] = page.evaluate("window.resus.work_ms")
    after: int = page.evaluate("window.resus.frames")
    kept = len(ring)
    if drawn > kept:
        raise BenchError(f"{drawn} frames were drawn, and the page keeps the last {kept} only")
    newest = after % kept if after > kept else kept
    in_order = ring[newest:] + ring[:newest]
    return in_order[-drawn:]


def _sit_alone(page: Page, role: Role) -> None:
    """Takes a seat with bots in the others, and waits for the collapse."""
    page.locator(f'#seats input[value="{role.value}"]').check(force=True)
    page.locator("#understood").check(force=True)
    page.locator("#alone").click()
    try:
        page.wait_for_function('window.resus.phase === "playing"', timeout=LOADED_WITHIN_MS)
    except BrowserError:
        raise BenchError("the run did not begin: does `resus serve` work by hand?") from None


def _play(page: Page, role: Role, length_s: float) -> None:
    until_s, turn = monotonic() + length_s, 0
    if role is Role.AIRWAY:
        page.keyboard.down("KeyF")
        page.keyboard.down("KeyJ")
    while monotonic() < until_s:
        key = ACTS[role][turn % len(ACTS[role])]
        page.keyboard.press(key, delay=HOLD_MS)
        page.wait_for_timeout(PUSH_MS - HOLD_MS)
        turn += 1
