"""A real tab on a bad network: it says that it reconnects, gets its seat back, and nothing is counted twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from playwright.async_api import Browser

from game.log import Entry, Fact, Input
from game.stations import LinkState
from server.store.reader import reading
from tests.e2e.conftest import Served, Tab, open_tab, until, until_playing
from tests.net.badnet import BadNet

CALLS = "window.said.filter((line) => line.includes('Say again')).length"


def entries_of(served: Served) -> Sequence[Entry]:
    with reading(served.data) as reader:
        (run,) = reader.runs()
        return reader.entries(run.run)


def linked(seat: int, states: Sequence[LinkState]) -> str:
    """True in a tab that is told that a seat's link is one of these."""
    wanted = [int(state) for state in states]
    return f"{wanted}.includes(window.resus.scene.crew.find((member) => member.seat === {seat})?.link)"


async def push(tab: Tab, times: int) -> None:
    for _ in range(times):
        await tab.press("Space", hold_ms=180)


@pytest.mark.asyncio
async def test_a_seat_comes_back_and_nothing_is_counted_twice(served: Served, browser: Browser) -> None:
    code = served.open_session("S01", 1)
    host, port = served.url.removeprefix("http://").split(":")
    async with BadNet(host, int(port)) as net:
        leader = await open_tab(browser, served.url, code, "leader", 3)
        chest = await open_tab(browser, net.url, code, "compressor", 0)
        for tab in (leader, chest):
            await until(tab, "window.resus.socket.connection === 'open'")
        await leader.page.locator("#start:enabled").click()
        for tab in (leader, chest):
            await until_playing(tab)
        offline = chest.page.locator("#offline")
        await push(chest, 3)

        # Cut off without a farewell, and nobody answers: what is done meanwhile waits for the way back.
        net.go_dark()
        net.reset()
        await offline.wait_for(state="visible")
        await chest.press("Digit6")
        await push(chest, 2)
        net.light_up()
        await offline.wait_for(state="hidden")
        await until(leader, f"{CALLS} === 1")

        # Silence on an open line: others see the seat go away, and come back with all that was held up.
        async with net.blackout():
            await chest.press("Digit6")
            await until(leader, linked(0, (LinkState.AWAY, LinkState.BOT)))
        await until(leader, linked(0, (LinkState.HERE,)))
        await until(leader, f"{CALLS} === 2")
        await push(chest, 2)
        await until(chest, "window.resus.socket.connection === 'open'")
        await chest.page.reload()
        await until_playing(chest)
        assert await leader.page.evaluate(CALLS) == 2
        assert leader.complaints == []

    assert served.stop() == 0
    entries = entries_of(served)
    calls = [entry for entry in entries if entry.kind is Input.COMMAND and entry.args[:2] == ("callout", "say_again")]
    assert [entry.seat for entry in calls] == [0, 0]
    stamps = Counter(ms for entry in entries if entry.kind is Input.EDGES and entry.seat == 0 for ms in entry.args[2:])
    assert stamps
    assert {ms for ms, count in stamps.items() if count > 1} == set()
    pushed = Counter(entry.ms for entry in entries if entry.kind is Fact.COMPRESSION)
    assert max(pushed.values(), default=0) == 1
