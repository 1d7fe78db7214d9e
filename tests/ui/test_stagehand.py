"""Which picture is up: the station's own, the ring while a check is open, and what comes over both."""

import pygame
import pytest

from game.stations import Station
from game.ui import notices
from game.ui.company import SCREENS
from game.ui.desk import Desk
from game.ui.drawers import STATIONS
from game.ui.modes import LIT_MS
from game.ui.screens import overlay
from game.ui.stagehand import Stagehand
from game.ui.theme import livery
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
    for name, station in STATIONS.items():
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
    table.play(LIT_MS / 1000 + 0.2)
    assert table.surface.get_at((12, 680)) == before


@pytest.mark.parametrize("seat", range(4))
def test_the_help_key_lists_the_keys_of_the_seat_as_long_as_it_is_held(canvas: pygame.Surface, seat: int) -> None:
    table = Table(seat)
    table.play(1)
    edge = (notices.KEYS.centerx, notices.KEYS.y + 1)
    border = pygame.Color(livery(table.app.client.stations).colour)
    table.key("ShiftLeft", down=True)
    table.key("Slash", down=True)
    table.play(LIT_MS / 1000 + 1)
    assert table.surface.get_at(edge) == border
    table.key("Slash", down=False)
    table.play(0.3)
    assert table.surface.get_at(edge) != border


@pytest.mark.parametrize(
    ("seat", "keys"),
    [
        (0, {"Space", "S", "P", "R", "0"}),
        (1, {"Space", "D", "S", "R", "0", ", . /"}),
        (2, {"C", "V", "X", "G", "R", "0", "Q A"}),
        (3, {"1", "2", "3", "4", "5", "6", "R", "0", "H T"}),
    ],
)
def test_the_list_of_keys_names_what_the_seat_is_played_with(canvas: pygame.Surface, seat: int, keys: set[str]) -> None:
    table = Table(seat)
    table.play(1)
    client = table.app.client
    desk = Desk(client.level, client.pack, client.view)
    listed = [cap for cap, _ in notices.key_lines(client, desk)]
    assert keys <= set(listed[: notices.KEYS_SHOWN])
    assert len(listed) <= notices.KEYS_SHOWN


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


@pytest.mark.parametrize("seat", range(4))
def test_nothing_can_be_pressed_while_stations_change_hands(canvas: pygame.Surface, seat: int) -> None:
    table = Table(seat)
    table.play(1)
    client, hand = table.app.client, Stagehand()
    hand.draw(canvas, client, table.platform.time_ms)
    assert hand.controls(client)
    others = int(Station.CHEST | Station.LEAD)
    client._regroup(tuple(line._replace(stations=others) for line in client.roster), table.platform.time_ms)
    assert not client.seen
    assert list(hand.controls(client)) == []
