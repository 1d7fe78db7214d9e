"""How long until the game is there in a real browser?

Chromium without a screen, drawing in software, on the same machine as the server and without a network between them.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright
from playwright.sync_api import Error as BrowserError

from tests.bench.bundle import site_files
from tests.bench.figure import BenchError, Figure, median, reach
from tests.bench.serving import ROOT, serving

LOADS: Final = 3
LOADED_WITHIN_MS: Final = 60_000
FIRST_LOAD_BUDGET_S: Final = 5.0
CACHED_LOAD_BUDGET_S: Final = 3.0


def bench() -> Iterator[Figure]:
    """Profiles with nothing in them, and the same again."""
    site_files()
    chromium = chromium_path()
    with serving() as address, sync_playwright() as playwright:
        yield from _loads(playwright, chromium, address)


def chromium_path() -> str:
    """The browser that $CHROMIUM or the search names; raises BenchError if there is none."""
    if named := os.environ.get("CHROMIUM"):
        return named
    found = subprocess.run([ROOT / "tools" / "find_chromium.sh"], capture_output=True, text=True, check=False)
    if found.returncode != 0:
        raise BenchError("no Chromium or Chrome was found: `make bench` installs one, or set CHROMIUM to its path")
    return found.stdout.strip()


@contextlib.contextmanager
def profile(playwright: Playwright, chromium: str, folder: Path) -> Iterator[BrowserContext]:
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
                with profile(playwright, chromium, Path(folder)) as context:
                    page = open_game(context, address)
                    loads.append(_boot_s(page, "first_frame"))
                    if loads is first:
                        form.append(_boot_s(page, "page"))
    yield Figure("first_load_s", median(first), "s", reach(first, 2), FIRST_LOAD_BUDGET_S)
    yield Figure("cached_load_s", median(cached), "s", reach(cached, 2), CACHED_LOAD_BUDGET_S)
    yield Figure("join_form_s", median(form), "s", reach(form, 2))


def open_game(context: BrowserContext, address: str) -> Page:
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
