"""The page in a real browser, with a stub for a server: the form first, the game behind it, nothing from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from game.wire.codec import decode_client
from game.wire.messages import Beat, Hello
from tests.web.stub import Stub, serving

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def stub(site_folder: Path) -> Stub:
    return Stub(site_folder)


class Visit:
    """A page, with everything it said and asked for."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.page: Page = browser.new_page(viewport={"width": 1280, "height": 720})
        self.said: list[str] = []
        self.hosts: set[str] = set()
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        self.address = address

    def fill_in(self) -> None:
        self.page.fill("#code", "k7m4qx")
        self.page.click(".seats label:has-text('Airway')")
        self.page.check("#understood")


@pytest.fixture
def visit(browser: Browser, stub: Stub) -> Iterator[Visit]:
    with serving(stub) as address:
        visit = Visit(browser, address)
        yield visit
        visit.page.close()


def test_a_player_joins_and_the_game_comes_up_behind_the_form(visit: Visit, stub: Stub, artefacts: Path) -> None:
    page = visit.page
    page.goto(visit.address)
    assert page.locator("#submit").is_disabled()
    visit.fill_in()
    page.screenshot(path=artefacts / "join.png")
    page.click("#submit")
    page.wait_for_selector("#lobby:not([hidden])")
    page.wait_for_function("resus.boot.first_frame", timeout=60_000)
    page.wait_for_function("resus.socket.connection === 'open'")
    page.wait_for_timeout(1_200)
    page.screenshot(path=artefacts / "lobby.png")
    assert stub.joined[0]["team"] == "Kestrel"
    assert stub.joined[0]["seat"] == 1
    assert stub.joined[0]["understood"] is True
    first, *others = [decode_client(message) for message in stub.heard]
    assert isinstance(first, Hello)
    assert Beat(visible=True) in others
    assert visit.hosts == {urlsplit(visit.address).netloc}
    assert visit.said == []
    assert page.evaluate("resus.errors") == []


def test_the_seat_survives_loading_the_page_again(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.address + "/j/K7M4QX")
    page.wait_for_selector(".teams label:has-text('Kestrel')")
    page.click(".seats label:has-text('Compressor')")
    page.check("#understood")
    page.click("#submit")
    page.wait_for_selector("#lobby:not([hidden])")
    page.reload()
    page.wait_for_selector("#lobby:not([hidden])")
    assert "Compressor (you)" in page.inner_text("#crew")


def test_a_wrong_code_is_told_in_words(visit: Visit) -> None:
    visit.page.goto(visit.address)
    visit.page.fill("#code", "AAAAAA")
    visit.page.wait_for_selector("#code-note:has-text('There is no session with this code.')")
    note = visit.page.locator("#code-note")
    assert note.evaluate("note => note.scrollWidth <= note.clientWidth"), "cut off"
    assert visit.page.get_attribute("#code", "aria-describedby") == "code-note"
    assert visit.page.locator("#submit").is_disabled()
    visit.page.fill("#code", "K7M4QX")
    visit.page.wait_for_selector("#code-note:not(.error):has-text('Bay 3')")


def test_the_sound_buttons_follow_what_is_heard(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.address)
    button = page.locator("#join .sound-toggle")
    assert button.inner_text().strip() == "Tap to start sound"
    page.click("#reroll")
    page.wait_for_selector("#join .sound-toggle:has-text('Sound 70%')")
    button.click()
    page.wait_for_selector("#join .sound-toggle:has-text('Sound off')")
    page.reload()
    assert button.inner_text().strip() == "Sound off"
    button.click()
    page.wait_for_selector("#join .sound-toggle:has-text('Sound 70%')")


def test_the_lobby_names_the_address_that_others_can_use(visit: Visit) -> None:
    visit.page.goto(visit.address)
    visit.fill_in()
    visit.page.click("#submit")
    visit.page.wait_for_selector("#lobby-address:has-text('192.168.1.4:8000')")


def test_the_frame_rate_cap_holds_and_stamps_do_not_depend_on_it(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.address + "/?fps=10")
    page.wait_for_function("resus.boot.first_frame", timeout=60_000)
    before = page.evaluate("resus.frames")
    page.wait_for_timeout(2_000)
    assert page.evaluate("resus.frames") - before <= 22
    # Python is taken out of the way, the scene put into play: now the shim's own queue shows what the game would get.
    page.evaluate("shim.ask_frame = () => {}; sessionStorage.setItem('resus.ticket', '{}')")
    page.evaluate("Object.defineProperty(resus, 'phase', { value: 'playing' })")
    page.wait_for_timeout(300)
    page.evaluate("shim.drain()")
    page.keyboard.down("Space")
    page.wait_for_timeout(40)
    page.keyboard.up("Space")
    down, up = json.loads(page.evaluate("shim.drain()"))
    assert (down[:3], up[:3]) == ([0, "Space", 1], [0, "Space", 0])
    assert 20 <= up[3] - down[3] <= 95


@pytest.mark.parametrize("size", [(844, 390), (390, 844), (1920, 1080)], ids=["phone", "portrait", "large"])
def test_the_form_can_be_used_on_any_screen(visit: Visit, size: tuple[int, int]) -> None:
    page = visit.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(visit.address)
    visit.fill_in()
    page.locator("#submit").scroll_into_view_if_needed()
    box = page.locator("#submit").bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert 0 <= box["x"] <= box["x"] + box["width"] <= size[0]
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_a_browser_too_old_is_told_so_in_plain_words(visit: Visit) -> None:
    visit.page.add_init_script("delete window.BigInt64Array")
    visit.page.goto(visit.address)
    assert visit.page.locator("#old").is_visible()
    assert not visit.page.locator("#join").is_visible()
    assert "too old" in visit.page.inner_text("#old")
