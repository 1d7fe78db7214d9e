"""Longer languages and larger text fit: no run of words leaves its part of the picture or lies over another."""

import pygame
import pytest

from game.stations import Station
from game.ui.screen import Mode, Sheet
from game.ui.settings import Settings
from tests.ui import moments
from tests.ui.gallery import SHOTS, Shot
from tests.ui.overflow import faults
from tests.ui.stills import Still

LOOKS = {"pseudo": Settings(pseudo=True), "large": Settings(text_pct=130)}
MENUS = {
    "settings": Sheet(),
    "keys": Sheet("keys"),
    "grab": Sheet("keys", grab="KeyP"),
    "clash": Sheet("keys", grab="KeyP", clash="KeyC"),
    "sound": Sheet("sound"),
    "captions": Sheet("captions"),
    "leave": Sheet("leave", asked=True),
}
SIZES = [(1280, 720), (960, 720), (844, 390), (844, 330)]


def opened(sheet: Sheet) -> Still:
    still = moments.joint(~Station(0))
    still.input.mode = Mode(menu=sheet)
    return still


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("sheet", MENUS)
def test_the_menu_fits(monkeypatch: pytest.MonkeyPatch, canvas: pygame.Surface, sheet: str, look: str) -> None:
    shot = Shot(lambda: opened(MENUS[sheet]))
    found = [each for each in faults(monkeypatch, shot, LOOKS[look]) if each.startswith(("place", "panel"))]
    assert not found


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", SHOTS)
def test_every_screen_fits(monkeypatch: pytest.MonkeyPatch, canvas: pygame.Surface, name: str, look: str) -> None:
    assert not faults(monkeypatch, SHOTS[name], LOOKS[look])
