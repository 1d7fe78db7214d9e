"""Esc opens a menu that works by keys and by pointer, changes the device at once, and never takes the seat away."""

import pygame
import pytest

from game.log import Fact
from game.stations import SEAT_SETS
from game.ui.controls import controls_of, every_control
from game.ui.keyboard import FIXED, cap
from game.ui.look import wear
from game.ui.menu import SHEETS, Menu, rows
from game.ui.screen import Control, Intent, Local, Sheet
from game.ui.screens.menu import MenuScreen
from game.ui.settings import Palette, Press, Settings
from tests.ui.table import Table

SIZES = [(1280, 720), (960, 720), (844, 390), (844, 330)]


@pytest.fixture(autouse=True)
def plain_look() -> object:
    yield
    wear(Settings())


@pytest.fixture
def table() -> Table:
    table = Table(0)
    table.play(1)
    return table


def menu(sheet: Sheet, settings: Settings | None = None, stations: int = 1) -> Menu:
    return Menu(sheet, settings or Settings(), stations, played=True)


def controls(canvas: pygame.Surface, shown: Menu) -> list[Control]:
    screen = MenuScreen(canvas.get_size())
    screen.draw(canvas, shown)
    return list(screen.controls())


def up(table: Table) -> Sheet | None:
    """The sheet of the menu that is up."""
    return table.app.client.mode.menu


def settings_of(table: Table) -> Settings:
    return table.app.client.settings


def test_escape_opens_and_closes_the_menu_and_the_seat_stays(table: Table) -> None:
    table.tap("Escape")
    assert up(table)
    table.tap("Escape")
    assert up(table) is None
    assert table.app.client.connected


def test_hands_go_on_pushing_under_the_open_menu(table: Table) -> None:
    table.tap("Escape")
    table.push(3)
    table.play(2)
    assert sum(entry.kind is Fact.COMPRESSION and entry.seat == 0 for entry in table.log) >= 4
    assert up(table)


def test_what_is_chosen_acts_at_once_and_is_remembered(table: Table) -> None:
    table.tap("Escape")
    for code in ("ArrowRight", "ArrowDown", "ArrowRight", "ArrowDown", "Enter"):
        table.tap(code)
    chosen = settings_of(table)
    assert (chosen.palette, chosen.text_pct, chosen.calm) == (Palette.CLINICAL_A, 115, True)


@pytest.mark.parametrize("place", range(len(SHEETS)))
def test_every_sheet_opens_by_its_digit_and_by_tab(table: Table, place: int) -> None:
    table.tap("Escape")
    table.tap(f"Digit{place + 2}")
    assert up(table) == Sheet(SHEETS[place])
    table.tap("Tab")
    assert up(table) == Sheet(SHEETS[(place + 1) % len(SHEETS)])
    table.tap("Digit1")
    assert up(table) is None


def test_leaving_asks_and_enter_means_stay(table: Table) -> None:
    for code in ("Escape", "Digit6", "ArrowDown", "Enter"):
        table.tap(code)
    assert up(table) == Sheet("leave", 0, asked=True)
    table.tap("Enter")
    assert up(table) == Sheet("leave", 1)


def test_leaving_is_two_presses_and_one_answer() -> None:
    asked = menu(Sheet("leave", 1)).turn(Local.TAKE, ()).sheet
    assert asked is not None
    assert menu(asked._replace(row=1)).turn(Local.TAKE, ()).act == Intent("leave")


def test_a_control_takes_the_next_key_pressed_and_its_cap_follows(table: Table) -> None:
    table.tap("Escape")
    table.tap("Digit3")
    place = list(controls_of(1)).index("KeyP")
    for code in (*("ArrowDown",) * place, "Enter", "Semicolon"):
        table.tap(code)
    assert up(table) == Sheet("keys", place)
    assert settings_of(table).keys == {"KeyP": "Semicolon", "Semicolon": "KeyP"}
    assert cap("KeyP") == ";"


@pytest.mark.parametrize(("answer", "swapped"), [("Enter", True), ("Escape", False)])
def test_a_key_that_is_taken_is_named_and_swapped_only_on_a_yes(table: Table, answer: str, swapped: bool) -> None:
    table.tap("Escape")
    table.tap("Digit3")
    place = list(controls_of(1)).index("KeyP")
    for code in (*("ArrowDown",) * place, "Enter", "KeyC"):
        table.tap(code)
    menu = table.app.client.input.menu
    assert menu is not None
    assert (menu.sheet.clash, menu.taker) == ("KeyC", "Charge"), "another seat's key: stations change hands"
    table.tap(answer)
    assert settings_of(table).keys == ({"KeyP": "KeyC", "KeyC": "KeyP"} if swapped else {})


def test_escape_cannot_be_given_away_and_ends_the_waiting() -> None:
    turn = menu(Sheet("keys", 1, grab="KeyP")).pressed("Escape")
    assert turn.sheet == Sheet("keys", 1)
    assert not turn.settings.keys


def test_keys_go_back_to_the_design_with_one_act() -> None:
    turn = menu(Sheet("keys"), Settings(keys={"KeyA": "KeyB", "KeyB": "KeyA"})).turn(Local.KEYS, ("reset",))
    assert not turn.settings.keys


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("sheet", SHEETS)
def test_every_option_can_be_pressed_with_a_finger(canvas: pygame.Surface, sheet: str, size: tuple[int, int]) -> None:
    shown = menu(Sheet(sheet))
    canvas = pygame.display.set_mode(size)
    made = controls(canvas, shown)
    wanted = {
        Intent(Local.SET, (row.name, place))
        for row in rows(sheet, Settings())
        for place in range(len(row.options))
        if len(row.options) <= 4
    }
    assert wanted <= {control.intent for control in made}
    buttons = [control.rect for control in made[2:]]
    assert all(rect.w >= 44 and rect.h >= 40 for rect in buttons)
    assert all(canvas.get_rect().contains(rect) for rect in buttons)
    assert all(not one.colliderect(other) for place, one in enumerate(buttons) for other in buttons[place + 1 :]), (
        "no two lie over each other"
    )


@pytest.mark.parametrize("stations", sorted({int(held) for seats in SEAT_SETS.values() for held in seats}))
def test_every_control_of_a_seat_is_on_a_page_of_keys(canvas: pygame.Surface, stations: int) -> None:
    listed: set[str] = set()
    for row in range(len(controls_of(stations))):
        made = controls(canvas, menu(Sheet("keys", row), stations=stations))
        listed |= {str(each.intent.args[0]) for each in made if each.intent.op == Local.GRAB}
    assert listed == set(controls_of(stations)) - FIXED


def test_steps_of_the_volume_stop_at_the_ends() -> None:
    sound = menu(Sheet("sound", 1), Settings(volume=100))
    assert sound.turn(Local.NUDGE, (1,)).settings.volume == 100
    assert sound.turn(Local.NUDGE, (-1,)).settings.volume == 90


def test_every_kind_of_press_can_be_chosen() -> None:
    options = next(row.options for row in rows("settings", Settings()) if row.name == "press")
    assert [option.value for option in options] == list(Press)
    assert set(every_control())
