"""Which picture is up: the station's own, the ring while a check is open, and what comes over both."""

import pygame
import pytest

from game.stations import Station
from game.ui.screens import overlay
from game.ui.stagehand import SCREENS, STATIONS, Stagehand
from tests.ui.table import Table


@pytest.mark.parametrize(("seat", "screen"), [(0, "chest"), (1, "airway"), (2, "meds"), (3, "lead")])
def test_every_seat_sees_its_station(canvas: pygame.Surface, seat: int, screen: str) -> None:
    table = Table(seat)
    table.play(1)
    assert table.platform.marks["screen"] == screen


@pytest.mark.parametrize("seat", range(4))
def test_a_check_shows_the_ring_to_everybody(canvas: pygame.Surface, seat: int) -> None:
    table = Table(seat)
    table.play(1)
    table.host.command(3, 0, "start", ())
    table.host.command(3, 0, "check", ())
    table.play(0.6)
    assert table.app.client.view.check.since_ms >= 0
    table.play(0.6)
    assert table.platform.marks["screen"] == "ring"


def test_every_station_has_a_screen() -> None:
    together = Station(0)
    for station, name in STATIONS:
        assert name in SCREENS
        together |= station
    assert together == Station.CHEST | Station.AIRWAY | Station.CART | Station.DEFIBRILLATOR | Station.LEAD


def test_the_help_key_lights_the_next_useful_control(canvas: pygame.Surface) -> None:
    table = Table(3)
    table.play(1)
    start = (20, 652)
    before = table.surface.get_at((12, 680))
    table.key("ShiftLeft", down=True)
    table.frame()
    table.tap("Slash")
    assert table.surface.get_at((13, 680)) != before or table.surface.get_at(start) != before
    table.key("ShiftLeft", down=False)
    table.play(2.2)
    assert table.surface.get_at((12, 680)) == before


def test_a_press_that_cannot_work_says_why_in_a_toast(canvas: pygame.Surface) -> None:
    table = Table(0)
    table.play(1)
    table.push(1)
    empty = table.surface.subsurface(overlay.TOASTS[0]).copy()
    table.click(690, 678)
    table.play(0.1)
    assert table.app.client.toasts
    shown = table.surface.subsurface(overlay.TOASTS[0])
    assert pygame.image.tobytes(shown, "RGB") != pygame.image.tobytes(empty, "RGB")


def test_screens_are_made_while_nobody_plays(canvas: pygame.Surface) -> None:
    table = Table(0)
    hand = Stagehand()
    for _ in range(len(SCREENS) + 1):
        hand.draw(canvas, table.app.client, 0.0)
    assert set(hand._screens) == set(SCREENS)
