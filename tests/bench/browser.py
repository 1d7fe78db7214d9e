"""How long until the game is there in a real browser, and how long does a frame of it take?

Chromium without a screen, drawing in software, on the same machine as the server and without a network between them.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import Final

from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright
from playwright.sync_api import Error as BrowserError

from game.stations import Role
from tests.bench.bundle import site_files
from tests.bench.figure import BenchError, Figure, median, quantile, reach
from tests.bench.serving import ROOT, serving

LOADS: Final = 3
LOADED_WITHIN_MS: Final = 60_000
WARM_S: Final = 2.0
PLAY_S: Final = 10.0
PUSH_MS: Final = 545
HOLD_MS: Final = 150
FIRST_LOAD_BUDGET_S: Final = 5.0
CACHED_LOAD_BUDGET_S: Final = 3.0
FRAME_BUDGET_MS: Final = 16.0
SEATS: Final = (Role.COMPRESSOR, Role.LEADER)


def bench() -> Iterator[Figure]:
    """Profiles with nothing in them and the same again; then a seat is played, pushing at 110 a minute."""
    site_files()
    chromium = chromium_path()
    with serving() as address, sync_playwright() as playwright:
        yield from _loads(playwright, chromium, address)
        yield from _frames(playwright, chromium, address)


def chromium_path() -> str:
    """The browser that $CHROMIUM or the search names; raises BenchError if there is none."""
    if named := os.environ.get("CHROMIUM"):
        return named
    found = subprocess.run([ROOT / "tools" / "find_chromium.sh"], capture_output=True, text=True, check=False)
    if found.returncode != 0:
        raise BenchError("no Chromium or Chrome was found: `make bench` installs one, or set CHROMIUM to its path")
    return found.stdout.strip()


@contextlib.contextmanager
def _profile(playwright: Playwright, chromium: str, folder: Path) -> Iterator[BrowserContext]:
    """A browser of its own whose caches live in `folder`, as a person's do."""
    try:
        context = playwright.chromium.launch_persistent_context(
            str(folder),
            executable_path=chromium,
            headless=True,
            # Root may not use the sandbox, and tests in containers run as root.
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
            viewport={"width": 1280, "height": 720},
        )
    except BrowserError as error:
        raise BenchError(f"{chromium} could not be started: {str(error).splitlines()[0]}") from None
    try:
        yield context
    finally:
        context.close()


def _loads(playwright: Playwright, chromium: str, address: str) -> Iterator[Figure]:
    first: list[float] = []
    cached: list[float] = []
    form: list[float] = []
    for _ in range(LOADS):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            for loads in (first, cached):
                with _profile(playwright, chromium, Path(folder)) as context:
                    page = _open(context, address)
                    loads.append(_boot_s(page, "first_frame"))
                    if loads is first:
                        form.append(_boot_s(page, "page"))
    yield Figure("first_load_s", median(first), "s", reach(first, 2), FIRST_LOAD_BUDGET_S)
    yield Figure("cached_load_s", median(cached), "s", reach(cached, 2), CACHED_LOAD_BUDGET_S)
    yield Figure("join_form_s", median(form), "s", reach(form, 2))


def _open(context: BrowserContext, address: str) -> Page:
    """The page once the game has drawn its first frame."""
    page = context.pages[0] if context.pages else context.new_page()
    page.goto(address)
    try:
        page.wait_for_function(
            "window.resus?.boot.first_frame || window.resus?.errors.length", timeout=LOADED_WITHIN_MS
        )
    except BrowserError:
        raise BenchError(f"the game drew no frame within {LOADED_WITHIN_MS / 1000:.0f} s") from None
    if errors := page.evaluate("window.resus.errors"):
        raise BenchError(f"the game did not start: {errors[0]}")
    return page


def _boot_s(page: Page, mark: str) -> float:
    """Seconds from the navigation to a mark."""
    ms: float = page.evaluate("mark => window.resus.boot[mark]", mark)
    return ms / 1000


def _frames(playwright: Playwright, chromium: str, address: str) -> Iterator[Figure]:
    work: dict[Role, list[float]] = {}
    rate: dict[Role, float] = {}
    for role in SEATS:
        with (
            tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
            _profile(playwright, chromium, Path(folder)) as context,
        ):
            page = _open(context, address)
            _sit_alone(page, role)
            rate[role] = _play(page, role)
            work[role] = page.evaluate("window.resus.work_ms")
    slow = max(SEATS, key=lambda role: median(work[role]))
    beside = ", ".join(f"{role.name.lower()} {median(work[role]):.1f}" for role in SEATS)
    yield Figure("wasm_frame_ms_median", median(work[slow]), "ms", f"the slower of {beside}", FRAME_BUDGET_MS)
    beside = ", ".join(f"{role.name.lower()} {quantile(work[role], 0.95):.1f}" for role in SEATS)
    slow_p95 = max(quantile(work[role], 0.95) for role in SEATS)
    yield Figure("wasm_frame_ms_p95", slow_p95, "ms", f"the slower of {beside}", FRAME_BUDGET_MS)
    beside = ", ".join(f"{role.name.lower()} {rate[role]:.0f}" for role in SEATS)
    yield Figure("wasm_frames_per_s", min(rate.values()), "1/s", f"the slower of {beside}")


def _sit_alone(page: Page, role: Role) -> None:
    """Takes a seat with bots in the others, and waits for the collapse."""
    page.locator(f'#seats input[value="{role.value}"]').check(force=True)
    page.locator("#understood").check(force=True)
    page.locator("#alone").click()
    try:
        page.wait_for_function('window.resus.phase === "playing"', timeout=LOADED_WITHIN_MS)
    except BrowserError:
        raise BenchError("the run did not begin: does `resus serve` work by hand?") from None


def _play(page: Page, role: Role) -> float:
    """Plays the seat until the page's ring of frames holds nothing older; the frames a second."""
    if role is Role.LEADER:
        page.keyboard.press("1", delay=HOLD_MS)
    _push_for(page, WARM_S)
    frames, began_s = page.evaluate("window.resus.frames"), monotonic()
    _push_for(page, PLAY_S)
    drawn: int = page.evaluate("window.resus.frames") - frames
    return drawn / (monotonic() - began_s)


def _push_for(page: Page, length_s: float) -> None:
    until_s = monotonic() + length_s
    while monotonic() < until_s:
        page.keyboard.down("Space")
        page.wait_for_timeout(HOLD_MS)
        page.keyboard.up("Space")
        page.wait_for_timeout(PUSH_MS - HOLD_MS)
