"""Four people use every tool of every station once, in four real tabs, by real keys and real touches.

The tasks of this pack take a second each; everything else is as in any case. What came in, the server's log says.
"""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Browser

from game.log import Fact, Input
from game.rules.commands import EDGE_OPS, TABLE, Feel
from game.stations import AIRWAY, CART, CHEST, DEFIBRILLATOR, Role
from game.ui.stock import stock
from server.store.reader import reading
from tests.e2e.conftest import REMEMBER_CAPTIONS, Served, Tab, serve, take_seat, until, until_playing
from tests.e2e.hands import By, Hands

SEED: Final = 3
TASK_S: Final = 1
LIMIT_S: Final = 3600
EPINEPHRINE: Final = next(key for key, each in stock().items() if each.drug == "epinephrine")
SITES: Final = ("iv_left", "io_tibia", "iv_right", "io_humerus")
TUBES: Final = 5
"""How often a tube is tried that did not go in."""
MAY_FAIL: Final = frozenset({"tube_aim", "tube_pass", "end"})
"""Acts whose moment a hand can miss, or that are too soon."""
DOSE_UG: Final = 1000
PATIENT: Final = 60
"""How often the Leader tries to end what the room still thinks about."""


@pytest.fixture
def served_quick(tmp_path: Path, root: Path, artefacts: Path, request: pytest.FixtureRequest) -> Iterator[Served]:
    """A server whose S01 begins without pads and does not end, and whose tasks are over soon."""
    levels = tmp_path / "levels"
    shutil.copytree(root / "levels", levels)
    level = (levels / "S01.toml").read_text("utf-8")
    level = level.replace("pads = true", "pads = false").replace("time_limit_s = 720", f"time_limit_s = {LIMIT_S}")
    (levels / "S01.toml").write_text(level, "utf-8")
    for file in (levels / "packs").glob("*.toml"):
        before, tasks = file.read_text("utf-8").split("[tasks]")
        file.write_text(before + "[tasks]" + re.sub(r"(?m)^(\w+) = \d+$", rf"\1 = {TASK_S}", tasks), "utf-8")
    log = artefacts / f"{request.node.name}.server.log"
    server = serve(tmp_path / "data", log, "--levels", str(levels))
    yield server
    if server.process.poll() is None:
        assert server.stop() == 0
    assert '"level": "error"' not in log.read_text("utf-8")


async def sit(browser: Browser, served: Served, code: str, role: Role) -> Tab:
    """A person with a keyboard and a touch screen takes a seat."""
    context = await browser.new_context(viewport={"width": 1280, "height": 720}, has_touch=True)
    tab = Tab(await context.new_page(), role.name.lower())
    tab.watch()
    await tab.page.add_init_script(REMEMBER_CAPTIONS)
    await tab.page.goto(f"{served.url}/j/{code}?fps=10")
    await take_seat(tab.page, role)
    return tab


async def compress(hands: Hands) -> None:
    """The chest, alone: what is pressed, felt and found there, and what every seat can say."""
    await hands.some_do("hear")
    await hands.stroke("push")
    for op in ("examine", "nibp", "ecg12", "feel", "feel"):
        await hands.do(op)
        await hands.free()
    await hands.some_do("report")
    await hands.do("callout", "say_again")
    await hands.do("call_to", "concern", AIRWAY, via=(("wheel",), ("target", AIRWAY)))
    await hands.do("stop")


async def ventilate(hands: Hands) -> None:
    """The head of the bed, alone: mask, throat, what hangs beside it, and at last the tube."""
    for op in ("squeeze", "seal_left", "seal_right"):
        await hands.stroke(op)
    await hands.some_do("oxygen")
    for op in ("suction", "oral", "nasal", "co2", "listen", "look", "open_airway", "spo2", "glucose", "temperature"):
        await hands.do(op)
        await hands.free()
    await hands.do("decompress", "needle", "left")
    for op in ("magill", "head_up", "cool", "sga"):
        await hands.do(op)
        await hands.free()
    await hands.until("an airway in place", lambda seen: seen.facts["ready"]["ventilator"] == "DONE")
    await hands.do("ventilator", 10)
    await hands.do("remove_airway")
    await hands.free()
    await intubate(hands)


async def intubate(hands: Hands) -> None:
    """The blade, the cords, the tube: each in a moment that passes, until one sits that can be pulled back."""
    for _ in range(TUBES):
        await hands.do("tube")
        for op in ("tube_aim", "tube_pass"):
            while not await hands.do(op, refused=True):
                await hands.ready(op)
        await hands.free()
        seen = await hands.until("a tube or none", lambda seen: seen.facts["ready"]["tube"] in ("DONE", "ALREADY_DONE"))
        if seen.facts["ready"]["tube"] == "ALREADY_DONE":
            break
    await hands.do("pull_back")
    await hands.free()


async def prepare(hands: Hands) -> None:
    """Cart and device, alone: paper, line, pads, what hangs, samples, and what the device can do beside a shock."""
    await hands.do("pads")
    await hands.do("chart")
    for site in SITES:
        await hands.do("access", site, via=(("group", "lines"),))
        await hands.free()
        if (await hands.look()).facts["ready"]["flush"] == "DONE":
            break
    await hands.do("flush", site)
    await hands.do("hang", "crystalloid", 500, site, via=(("group", "bags"),))
    await hands.do("pump", "norepinephrine", 5, site, via=(("group", "bags"),))
    for op in ("gas", "labs", "scan", "drain"):
        await hands.do(op, via=(("group", "samples"),))
        await hands.free()
    await hands.do("treat", "stop_bleeding", via=(("group", "samples"),))
    await hands.pull("arrest_drugs", EPINEPHRINE, 1)
    await hands.some_do("draw", "epinephrine")
    await hands.free()
    await hands.do("discard", via=(("group", "lines"),))
    await hands.do("move_pads", "ap")
    await hands.free()
    await hands.do("energy", 1)
    for op, *args in (("sync",), ("pace",), ("pace_rate", 1), ("pace_current", 1), ("pace",), ("charge",)):
        await hands.do(str(op), *args)
    await hands.some_do("dump")


async def lead(hands: Hands) -> None:
    """The foot of the bed, alone: clocks, causes, the pads of orders and of what is told."""
    tell = (("pad", 6),)
    await hands.do("restart_cycle")
    await hands.do("ask", "pain", via=tell)
    await hands.free()
    await hands.do("call_expert", "cath_lab", via=tell)
    await hands.free()
    await hands.do("cause", "hypoxia", "possible")
    await hands.do("summary", "vf", 0, 0, via=tell)
    await hands.do("hush", via=tell)
    await hands.do("order", DEFIBRILLATOR, "charge", via=(("pad", 3),))
    await hands.do("order", AIRWAY, "suction", via=(("pad", 5),))


async def close_the_loop(meds: Hands, leader: Hands) -> None:
    """An order for a drug: heard, drawn up, read back, corrected, read back again, confirmed, given, flushed."""
    await leader.do("order", CART, "give", "epinephrine", DOSE_UG, via=(("pad", 4),))
    await meds.some_do("hear")
    await meds.pull("arrest_drugs", EPINEPHRINE, 1)
    await meds.some_do("draw", "epinephrine")
    await meds.free()
    await meds.some_do("read_back")
    await leader.some_do("correct")
    await meds.some_do("read_back")
    await leader.some_do("confirm")
    await meds.some_do("give")
    await meds.free()
    await meds.some_do("flush")
    await meds.free()


async def check_the_rhythm(chest: Hands, meds: Hands, leader: Hands) -> None:
    """The ring on every screen: fingers on the neck, calls, clear and shock, and hands back on."""
    await meds.do("charge")
    await leader.do("check")
    await chest.until("the ring", lambda seen: seen.facts["screen"] == "ring")
    await leader.do("call", "organised_narrow", via=(("split",),))
    await chest.do("feel")
    await chest.do("pulse", "none")
    await leader.do("call", "vf")
    await meds.do("clear")
    await meds.do("shock")
    await leader.do("resume")
    await chest.stroke("push")


async def hand_over(meds: Hands, leader: Hands) -> None:
    """The device goes to the Leader, and comes back."""
    await meds.do("hand_over", DEFIBRILLATOR, int(Role.LEADER), via=(("menu",), ("sheet", "leave")))
    await leader.do("take", DEFIBRILLATOR)
    await leader.do("hand_over", DEFIBRILLATOR, int(Role.MEDS), via=(("pad", 6),))
    await meds.do("take", DEFIBRILLATOR)


async def trade_places(chest: Hands, head: Hands, leader: Hands) -> None:
    """Whoever pushes asks for a switch, whoever bags says yes, and steps in at the next check."""
    await chest.do("switch_ask")
    await head.do("switch_yes")
    await leader.do("check")
    await head.until("the way to the chest is free", lambda seen: seen.some(head.by, "push") is not None)
    await head.stroke("push")
    await head.until("the chest is mine", lambda seen: seen.facts["stations"] == CHEST)


async def let_the_device_push(hands: Hands) -> None:
    """A setting for one hand or little strength: the device keeps the rhythm while the key is held."""
    await hands.choose("press", "steady")
    await hands.stroke("push")
    await hands.choose("press", "hand")


async def end(hands: Hands) -> None:
    """The Leader asks whether anybody has another idea; again after a while it is over."""
    await hands.do("end", via=(("pad", 6),))
    for _ in range(PATIENT):
        await asyncio.sleep(1)
        if await hands.do("end", via=(("pad", 6),), refused=True):
            return


def came_in(served: Served) -> tuple[set[str], set[str], list[tuple[int, str, str]]]:
    """Of the one run of this server: the ops of commands and of edges, and what was refused to whom."""
    with reading(served.data) as reader:
        (run,) = reader.runs()
        entries = reader.entries(run.run)
    commands = {str(entry.args[0]) for entry in entries if entry.kind is Input.COMMAND}
    edges = {EDGE_OPS[int(str(entry.args[0]))] for entry in entries if entry.kind is Input.EDGES}
    refused = [(entry.seat, str(entry.args[0]), str(entry.args[1])) for entry in entries if entry.kind is Fact.REFUSED]
    return commands, edges, refused


async def use_every_tool(served: Served, browser: Browser, bys: Sequence[By], artefacts: Path) -> list[Hands]:
    """One case in which four people do all there is to do."""
    code = served.open_session("S01", SEED)
    tabs = [await sit(browser, served, code, role) for role in Role]
    for tab in tabs:
        await until(tab, "window.resus.boot.first_frame")
        await tab.page.locator("#ready").click()
    for tab in tabs:
        await until_playing(tab)
    people = [await Hands.at(tab, bys) for tab in tabs]
    chest, head, meds, leader = people
    await leader.do("start")
    await asyncio.gather(compress(chest), ventilate(head), prepare(meds), lead(leader))
    await asyncio.gather(*(tab.page.screenshot(path=artefacts / f"tools-{tab.role}.png") for tab in tabs))
    await close_the_loop(meds, leader)
    await check_the_rhythm(chest, meds, leader)
    await hand_over(meds, leader)
    await trade_places(chest, head, leader)
    await let_the_device_push(head)
    await end(leader)
    assert [line for tab in tabs for line in tab.complaints] == []
    return people


TOOLS: Final = {row.op for row in TABLE if row.feel is not Feel.EDGES}
STROKES: Final = {row.op for row in TABLE if row.feel is Feel.EDGES}


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "bys",
    [
        pytest.param((By.KEY, By.TOUCH), id="in-turn"),
        pytest.param((By.KEY,), id="key", marks=pytest.mark.long),
        pytest.param((By.TOUCH,), id="touch", marks=pytest.mark.long),
    ],
)
async def test_every_tool(served_quick: Served, browser: Browser, artefacts: Path, bys: Sequence[By]) -> None:
    people = await use_every_tool(served_quick, browser, bys, artefacts)
    commands, edges, refused = came_in(served_quick)
    assert (commands, edges) == (TOOLS, STROKES)
    assert {op for _, op, _ in refused} <= MAY_FAIL
    assert {(op, by) for hands in people for op, by in hands.edges} == {(op, by) for op in STROKES for by in bys}
    assert {by for hands in people for used in hands.used.values() for by in used} == set(bys)
    assert served_quick.stop() == 0
