"""Coming, leaving and coming back, as people do it in the page."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Browser

from tests.e2e.conftest import Served, open_tab, take_seat, until, until_playing


@pytest.mark.asyncio
async def test_whoever_leaves_can_take_another_seat_and_lead_bots(served: Served, browser: Browser) -> None:
    code = served.open_session("S01", 1)
    tab = await open_tab(browser, served.url, code, "compressor", 0)
    await until(tab, "window.resus.boot.first_frame")
    await tab.page.locator("#leave").click()
    await tab.page.locator("#join").wait_for(state="visible")
    await take_seat(tab.page, 3)
    await until(tab, "document.getElementById('crew').textContent.includes('Leader (you)')")
    await until(tab, "window.resus.socket.connection === 'open'")
    await tab.page.locator("#start").click()
    await until_playing(tab)
    await tab.press("Digit1")
    await tab.heard("Leader to Compressor: Compress.")
    assert tab.complaints == []


@pytest.mark.asyncio
async def test_a_reload_in_the_middle_of_a_case_brings_the_seat_back(served: Served, browser: Browser) -> None:
    code = served.open_session("S01", 1)
    tab = await open_tab(browser, served.url, code, "leader", 3)
    await until(tab, "window.resus.socket.connection === 'open'")
    await tab.page.locator("#start").click()
    await until_playing(tab)
    await asyncio.sleep(1)
    await tab.page.reload()
    await until_playing(tab)
    await tab.press("Digit1")
    await tab.heard("Leader to Compressor: Compress.")
    assert tab.complaints == []


@pytest.mark.asyncio
async def test_a_wrong_code_is_said_beside_the_code(served: Served, browser: Browser) -> None:
    page = await (await browser.new_context()).new_page()
    await page.goto(f"{served.url}/j/ZZZZZZ")
    await page.locator("#code-note", has_text="no session").wait_for()
