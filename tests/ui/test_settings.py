"""What a player chooses is remembered, acts at once, and rubbish never stops the game."""

from collections.abc import Mapping

import pytest

from game.ui.look import look_of
from game.ui.settings import KEPT, Palette, Press, Settings


class Device:
    """A place to remember things in."""

    def __init__(self, kept: Mapping[str, str] | None = None, query: Mapping[str, str] | None = None) -> None:
        self.kept = dict(kept or {})
        self._query = query or {}

    def query(self, name: str, default: str = "") -> str:
        return self._query.get(name, default)

    def setting(self, name: str, default: str = "") -> str:
        return self.kept.get(name, default)

    def keep(self, name: str, value: str) -> None:
        self.kept[name] = value


CHOSEN = Settings(
    sound=False, volume=30, team_alarms=False, metronome=True, captions=False, palette=Palette.CONTRAST, text_pct=130,
    calm=True, press=Press.SWITCH, letter_keys=False, keys={"KeyC": "KeyP", "KeyP": "KeyC"},
)  # fmt: skip


def test_a_new_device_has_the_settings_of_the_design() -> None:
    assert Settings.read(Device()) == Settings()


def test_what_was_chosen_is_read_again_on_the_same_device() -> None:
    device = Device()
    CHOSEN.keep(device, Settings())
    assert Settings.read(device) == CHOSEN
    assert set(device.kept) == set(KEPT)


def test_only_what_differs_is_written() -> None:
    device = Device()
    Settings().changed(volume=10).keep(device, Settings())
    assert device.kept == {"volume": "10"}


@pytest.mark.parametrize("rubbish", ["", "?", "101", "-1", "true", "[1]", "{}", '{"KeyA": 1}', "[" * 100_000, "\ud800"])
def test_rubbish_is_as_if_nothing_had_been_chosen(rubbish: str) -> None:
    assert Settings.read(Device(dict.fromkeys((*KEPT, "caps"), rubbish))) == Settings()


def test_two_controls_are_never_read_onto_one_key() -> None:
    assert not Settings.read(Device({"keys": '{"KeyA": "KeyQ", "KeyB": "KeyQ"}'})).keys
    assert not Settings.read(Device({"keys": '{"KeyA": "KeyQ"}'})).keys, "Q is a control of its own"


def test_the_page_may_tell_reduced_motion_and_the_letters_of_the_keyboard() -> None:
    told = Settings.read(Device({"calm": "on", "caps": '{"KeyQ": "a"}'}, {"words": "pseudo"}))
    assert (told.calm, told.caps["KeyQ"], told.pseudo) == (True, "a", True)


@pytest.mark.parametrize("press", Press)
def test_a_device_that_makes_the_rhythm_is_assisted(press: Press) -> None:
    assert Settings(press=press).assisted is (press is not Press.HAND)


def test_only_what_is_drawn_makes_another_look() -> None:
    plain = Settings()
    assert look_of(plain) == look_of(plain.changed(volume=0, sound=False, metronome=True))
    for choice in ({"palette": Palette.CONTRAST}, {"text_pct": 115}, {"keys": {"KeyA": "KeyQ", "KeyQ": "KeyA"}}):
        assert look_of(plain.changed(**choice)) != look_of(plain)
