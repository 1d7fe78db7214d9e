"""Keys can be moved, and whatever is moved: no key means two things, and caps show what the player presses."""

from itertools import combinations

import pytest

from game.stations import SEAT_SETS, Station
from game.ui.controls import controls_of, every_control
from game.ui.keyboard import ALTERNATE, FIXED, cap, is_sign, letter, meaning, moved, place, wear
from game.ui.keymap import keymap, menu_layer
from game.ui.screen import Mode, Sheet
from game.ui.settings import Settings
from tests.ui.test_keymap import desk, moments

SETS = [Station(sum(group)) for count in range(1, 6) for group in combinations([int(one) for one in Station], count)]
MODES = (Mode(), Mode(pad=4), Mode(wheel=True), Mode(path=("oxygen",)), Mode(history=True))


@pytest.mark.parametrize("stations", SETS)
def test_the_sheet_of_keys_lists_every_key_that_can_mean_anything(stations: Station) -> None:
    meant = {
        key
        for changes in moments(stations)
        for mode in MODES
        for key in keymap(stations, 0, desk(stations, **changes), mode, tiles=8)
    }
    assert meant - FIXED <= controls_of(int(stations)).keys()


@pytest.mark.parametrize("stations", sorted({held for seats in SEAT_SETS.values() for held in seats}))
def test_after_any_move_no_key_means_two_things_and_none_is_lost(stations: Station) -> None:
    controls = [key for key in controls_of(int(stations)) if key not in FIXED]
    physical = [*every_control(), "Semicolon", "F13"]
    for key in controls:
        for pressed in physical:
            keys = moved(moved({}, key, pressed), controls[0], "KeyP")
            settings = Settings(keys=keys)
            where = [place(each, keys) for each in every_control()]
            assert len(set(where)) == len(where)
            assert [meaning(each, settings) for each in where] == list(every_control())


def test_swapping_back_leaves_nothing_moved() -> None:
    assert not moved(moved({}, "KeyC", "KeyP"), "KeyC", "KeyC")


def test_the_alternate_set_takes_one_of_three_keys_elsewhere() -> None:
    settings = Settings(keys=ALTERNATE)
    assert [place(key, ALTERNATE) for key in ("KeyF", "KeyJ", "Space")] == ["KeyF", "KeyJ", "Enter"]
    assert {meaning(key, settings) for key in ("Space", "Enter")} == {"Space", "Enter"}


def test_without_letter_keys_only_space_and_named_keys_mean_anything() -> None:
    off = Settings(letter_keys=False)
    assert not any(meaning(key, off) for key in every_control() if is_sign(key))
    assert {meaning(key, off) for key in ("Space", "Tab", "Enter", "Escape", "ArrowUp")} == {
        "Space", "Tab", "Enter", "Escape", "ArrowUp",
    }  # fmt: skip


def test_caps_show_the_letter_of_the_players_keyboard_and_where_the_key_was_put() -> None:
    wear(Settings(caps={"KeyQ": "a", "KeyA": "q", "Comma": ";"}, keys={"KeyC": "KeyA", "KeyA": "KeyC"}))
    try:
        assert [cap(key) for key in ("KeyQ", "KeyC", "KeyA", "Comma", "Digit3")] == ["A", "Q", "C", ";", "3"]
    finally:
        wear(Settings())
    assert [letter(key, {}) for key in ("KeyQ", "Digit0", "Slash", "Backquote")] == ["Q", "0", "/", "`"]


@pytest.mark.parametrize("stations", SETS)
def test_hands_and_stop_go_on_under_the_open_menu(stations: Station) -> None:
    keys = keymap(stations, 0, desk(stations), Mode(menu=Sheet()), tiles=0)
    assert "Digit0" in keys
    assert ("Space" in keys) is bool(stations & (Station.CHEST | Station.AIRWAY))
    own = [binding.key for binding in menu_layer()]
    assert len(own) == len(set(own))
    assert not set(own) & (keys.keys() - {"Escape"})
