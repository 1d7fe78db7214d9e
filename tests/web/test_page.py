"""The page in a real browser, with a stub for a server: the form first, the game behind it, nothing from elsewhere."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

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


def until(true: Callable[[], bool], timeout_s: float = 20) -> None:
    """Wait until something has come true outside the page."""
    for _ in range(int(timeout_s * 20)):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("it never came true")


def hidden_controls(page: Page) -> list[str]:
    """The form's controls whose middle is not theirs, or whose words do not fit in."""
    found: list[str] = page.evaluate("""() => {
      const shown = [...document.querySelectorAll("#join-form :is(button, select, summary, label, #code)")].filter(
        (each) => each.checkVisibility());
      return shown.filter((each) => {
        each.scrollIntoView({ block: "center" });
        const box = each.getBoundingClientRect();
        const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        const owns = each.contains(top) || top?.contains(each) && top.closest("label, section");
        const cut = each.matches(".seats label") && each.scrollHeight > each.clientHeight;
        return !owns || cut;
      }).map((each) => each.id || each.textContent.trim());
    }""")
    return found


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
    until(lambda: len(stub.heard) > 1)
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


def test_a_code_that_was_cleared_does_not_come_back_with_a_late_answer(visit: Visit) -> None:
    page = visit.page
    late: list[Route] = []

    def keep(route: Route) -> None:
        late.append(route)

    page.route("**/api/sessions/*", keep)
    page.goto(visit.address)
    page.fill("#code", "K7M4QX")
    page.wait_for_timeout(300)
    page.fill("#code", "")
    assert late
    with page.expect_response("**/api/sessions/*"):
        for route in late:
            route.continue_()
    page.wait_for_timeout(300)
    assert page.locator("#level").is_visible()
    assert not page.locator("#teams").is_visible()


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
    before, began_ms = page.evaluate("[resus.frames, performance.now()]")
    page.wait_for_timeout(2_000)
    drawn, now_ms = page.evaluate("[resus.frames, performance.now()]")
    assert drawn - before <= (now_ms - began_ms) / 100 + 2
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


def test_a_key_is_let_go_even_when_play_is_over_by_then(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.address)
    page.wait_for_function("resus.boot.first_frame", timeout=60_000)
    page.evaluate("shim.ask_frame = () => {}")
    page.evaluate("window.phase = 'debrief'; Object.defineProperty(resus, 'phase', { get: () => window.phase })")
    page.wait_for_timeout(300)
    page.evaluate("shim.drain()")
    for phase in ("lobby", "debrief"):
        page.keyboard.down("KeyL")
        page.evaluate("(phase) => { window.phase = phase; }", phase)
        page.keyboard.up("KeyL")
        page.evaluate("window.phase = 'debrief'")
    assert [event[:3] for event in json.loads(page.evaluate("shim.drain()"))] == [[0, "KeyL", 1], [0, "KeyL", 0]] * 2


def test_a_session_of_ones_own_is_chosen_by_keyboard_too(visit: Visit, artefacts: Path) -> None:
    page = visit.page
    page.goto(visit.address)
    page.wait_for_selector("#level option", state="attached")
    groups = page.locator("#level optgroup").evaluate_all("groups => groups.map((group) => group.label)")
    assert groups == ["Cases", "Two-minute drills"]
    assert page.locator("#level option").all_inner_texts()[:2] == ["S01 · Bay 3: man, 58", "S01, form B"]
    assert page.locator("#level option").all_inner_texts()[2:] == ["D1 · Drill: compressions", "D1, form B"]
    assert page.input_value("#level") == "S01"
    unnamed = page.locator("#own select").evaluate_all("found => found.filter((each) => !each.labels.length).length")
    assert unnamed == 0
    page.focus("#choices summary")
    page.keyboard.press("Enter")
    page.screenshot(path=artefacts / "join-choices.png")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "pack"
    page.focus("#players")
    page.keyboard.press("3")
    assert page.locator("#seats b").all_inner_texts() == ["Compressor", "Airway", "Meds + Leader"]
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert not page.locator("#players").is_visible()


@pytest.mark.parametrize("size", [(1280, 720), (844, 390), (390, 844)], ids=["desk", "phone", "portrait"])
def test_nothing_of_the_form_lies_over_anything_else(visit: Visit, size: tuple[int, int]) -> None:
    page = visit.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(visit.address)
    page.wait_for_selector("#level option", state="attached")
    assert hidden_controls(page) == []
    page.locator("#players").select_option("2", force=True)
    assert page.locator("#seats b").all_inner_texts() == ["Compressor + Airway", "Meds + Leader"]
    assert hidden_controls(page) == []
    page.fill("#code", "K7M4QX")
    page.wait_for_selector("#teams label")
    assert hidden_controls(page) == []


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
