"""Four people at four real browser tabs save one man; a log of it tells the same story again."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.async_api import Browser

from game.log import Entry, Fact
from server.store.export import read_log
from tests.e2e.conftest import Served, Tab, open_tab, until, until_playing

SEED = 8
"""A patient whose first early shock brings organised beats: the team must still press on until the check."""

SET = 30
INTERVAL_S = 0.545
HOLD_S = 0.19
LONGEST_RUN_S = 420


class Voices:
    """What four people say to each other across the bed, besides what the game shows."""

    def __init__(self) -> None:
        self.hands_off = asyncio.Event()
        self.breathe = asyncio.Event()
        self.over = asyncio.Event()
        self.pushes = 0


async def compressor(tab: Tab, voices: Voices) -> None:
    """Thirty presses, then a pause for two breaths; hands off whenever the Leader says so."""
    count = 0
    while not voices.over.is_set():
        if voices.hands_off.is_set():
            count = 0
            await asyncio.sleep(0.05)
            continue
        await tab.press("Space", int(HOLD_S * 1000))
        voices.pushes += 1
        count += 1
        if count == SET:
            count = 0
            voices.breathe.set()
            await asyncio.sleep(3.6)
        else:
            await asyncio.sleep(INTERVAL_S - HOLD_S)


async def airway(tab: Tab, voices: Voices) -> None:
    """Oxygen on, then two breaths in every pause."""
    for _ in range(2):
        await tab.press("Period")
    while not voices.over.is_set():
        if voices.breathe.is_set():
            voices.breathe.clear()
            await asyncio.sleep(0.7)
            for _ in range(2):
                await tab.press("Space", 1100)
                await asyncio.sleep(0.2)
        await asyncio.sleep(0.05)


async def shock(meds: Tab, leader: Tab, compressors: Tab, voices: Voices) -> None:
    """The Leader checks and calls VF; Meds clears and shocks; hands go back on at once."""
    voices.hands_off.set()
    await asyncio.sleep(0.4)
    await leader.press("Digit1")
    await leader.heard("Check the rhythm")
    await asyncio.sleep(2.2)
    await leader.press("KeyV")
    await meds.press("KeyV")
    await compressors.heard("Stand clear")
    await asyncio.sleep(0.3)
    await meds.press("KeyX", 700)
    await compressors.heard("Shock delivered")
    voices.hands_off.clear()


async def pulse_check(leader: Tab, compressors: Tab, voices: Voices) -> None:
    """Hands off, organised beats, fingers on the neck, and the word that ends it."""
    voices.hands_off.set()
    await asyncio.sleep(0.4)
    await leader.press("Digit1")
    await asyncio.sleep(1.0)
    await compressors.press("KeyP")
    await asyncio.sleep(1.2)
    await leader.press("KeyO")
    await leader.press("KeyN")
    await asyncio.sleep(3.5)
    await compressors.press("Digit1")
    await leader.heard("I feel a pulse")


async def wait_for_the_end(tab: Tab, limit_s: float) -> None:
    for _ in range(int(limit_s * 2)):
        if await tab.phase() in ("ended", "debrief"):
            return
        await asyncio.sleep(0.5)
    raise AssertionError(f"the run did not end in {limit_s} s")


def exported_entries(served: Served, run: str, file: Path) -> Sequence[Entry]:
    """The entries of a run, by way of a file that stays."""
    exported = served.resus("log", "export", run, "-o", str(file))
    assert exported.returncode == 0, exported.stderr
    return read_log(file).entries


@pytest.mark.asyncio
async def test_four_people_bring_one_man_back(served: Served, browser: Browser, artefacts: Path) -> None:
    code = served.open_session("S01", SEED)
    roles = ("compressor", "airway", "meds", "leader")
    tabs = [await open_tab(browser, served.url, code, role, seat) for seat, role in enumerate(roles)]
    chest, head, meds, leader = tabs
    for tab in tabs:
        await until(tab, "window.resus.boot.first_frame")
    await leader.page.screenshot(path=artefacts / "lobby.png")
    for tab in tabs:
        await tab.page.locator("#ready").click()
    await asyncio.gather(*(until_playing(tab) for tab in tabs))

    voices = Voices()
    await leader.press("Digit1")
    hands = [asyncio.create_task(compressor(chest, voices)), asyncio.create_task(airway(head, voices))]
    await leader.press("Digit3")
    await leader.press("Digit2")
    await meds.heard("Charge")
    await meds.press("KeyR")
    await meds.press("KeyC")
    await meds.heard("charged")
    await shock(meds, leader, chest, voices)
    await asyncio.sleep(50)
    await asyncio.gather(*(tab.page.screenshot(path=artefacts / f"playing-{tab.role}.png") for tab in tabs))
    await asyncio.sleep(10)
    await pulse_check(leader, chest, voices)
    await asyncio.gather(*(tab.page.screenshot(path=artefacts / f"rosc-{tab.role}.png") for tab in tabs))
    await wait_for_the_end(leader, LONGEST_RUN_S)
    voices.over.set()
    await asyncio.gather(*hands)
    await asyncio.sleep(3)
    await asyncio.gather(*(tab.page.screenshot(path=artefacts / f"results-{tab.role}.png") for tab in tabs))

    complaints = [line for tab in tabs for line in tab.complaints]
    assert complaints == []
    host = served.url.removeprefix("http://")
    assert {address.split("/")[2] for tab in tabs for address in tab.requests if "://" in address} == {host}

    runs = served.resus("log", "list")
    run = runs.stdout.split()[0]
    log = exported_entries(served, run, artefacts / "four-tabs.jsonl.gz")
    compressions = [entry for entry in log if entry.kind is Fact.COMPRESSION]
    assert len(compressions) == voices.pushes > 60
    assert all(entry.args[0] == entry.ms and len(entry.args) == 5 for entry in compressions)
    replayed = served.resus("log", "replay", run)
    assert replayed.returncode == 0, replayed.stdout + replayed.stderr
    scored = served.resus("score", run, "--json")
    score = json.loads(scored.stdout)
    assert score["outcome"] == "pulse_held"
    assert score["critical_errors"] == []
    assert score["ccf"] > 0.6
    assert served.stop() == 0


@pytest.mark.asyncio
async def test_a_man_nobody_touches_is_lost(served_short: Served, browser: Browser, artefacts: Path) -> None:
    code = served_short.open_session("S01", 1)
    roles = ("compressor", "airway", "meds", "leader")
    tabs = [await open_tab(browser, served_short.url, code, role, seat) for seat, role in enumerate(roles)]
    for tab in tabs:
        await until(tab, "window.resus.boot.first_frame")
        await tab.page.locator("#ready").click()
    await asyncio.gather(*(until_playing(tab) for tab in tabs))
    await wait_for_the_end(tabs[3], 60)
    await asyncio.sleep(3)
    await tabs[0].page.screenshot(path=artefacts / "lost.png")
    assert [line for tab in tabs for line in tab.complaints] == []
    run = served_short.resus("log", "list").stdout.split()[0]
    score = json.loads(served_short.resus("score", run, "--json").stdout)
    assert score["outcome"] == "no_pulse"
    assert score["ccf"] == 0
