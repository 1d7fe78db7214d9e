"""The four stations on a phone: everything under a thumb, nothing outside the canvas, every act within reach."""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Final

import pygame
import pytest

from game.platform import DESK, PHONE, PHONE_LOW, shape_of
from game.rules.commands import commands_of
from game.rules.views import OrderView, SwitchView
from game.stations import Station
from game.ui.company import company
from game.ui.phone.airway import AirwayPlaces
from game.ui.phone.chest import ChestPlaces
from game.ui.phone.defib import DefibPlaces
from game.ui.phone.furniture import answer_rect
from game.ui.phone.meds import MedsPlaces
from game.ui.phone.places import HELP, MENU, TOP, Places
from game.ui.screen import Control, Intent, Jolt, Local, Screen
from game.ui.traylist import TRAY
from tests.ui import moments
from tests.ui.stills import Still
from tests.ui.table import Table
from tests.ui.views import NOW_MS

MOCKUPS: dict[str, dict[str, list[int]]] = json.loads(
    Path(__file__).with_name("mockup_rects.json").read_text(encoding="utf-8")
)
SIZES = (PHONE, PHONE_LOW)
SEATS = {
    "chest": Station.CHEST,
    "airway": Station.AIRWAY,
    "meds": Station.CART | Station.DEFIBRILLATOR,
    "lead": Station.LEAD,
}
TABS = {"chest": 1, "airway": 1, "meds": 4, "lead": 3}
OPENED = {
    "chest": (Intent(Local.GROUP, (TRAY,)), Intent(Local.OPEN, ("pulse",))),
    "airway": (Intent(Local.GROUP, (TRAY,)), Intent(Local.OPEN, ("oxygen",))),
    "meds": (Intent(Local.GROUP, ("lines",)), Intent(Local.GROUP, ("other_drugs",)), Intent(Local.OPEN, ("access",))),
    "lead": tuple(Intent(Local.PAD, (pad,)) for pad in range(3, 7)),
}
EVERYBODY = (Intent(Local.WHEEL), Intent(Local.CAPTIONS))


def still_of(name: str) -> Still:
    """A seat that is asked something."""
    seat = list(SEATS).index(name)
    still = Still(SEATS[name], seat)
    order = OrderView(1, int(SEATS[name]), "switch_ask", (), "sent", NOW_MS - 2_000, ())
    still.view = replace(still.view, orders=(order,))
    return still


def states(name: str) -> Iterator[Still]:
    """The seat on each of its tabs, and with each of its choices open."""
    for tab in range(TABS[name]):
        still = still_of(name)
        still.input.mean(Intent(Local.TAB, (tab,)), 0)
        yield still
    for intent in (*OPENED[name], *EVERYBODY):
        still = still_of(name)
        still.input.mean(intent, 0)
        yield still
    if name in ("airway", "meds"):
        still = still_of(name)
        still.view = replace(still.view, switch=SwitchView(NOW_MS - 1_000, -1, open=False))
        yield still


def checked(still: Still) -> Still:
    """The same seat while the ring is open."""
    still.view = replace(still.view, check=replace(still.view.check, since_ms=NOW_MS - 2_000, hands_off_ms=1_500))
    return still


def drawn(screen: Screen, still: Still, size: tuple[int, int]) -> list[Control]:
    """The controls of a screen after a frame on a canvas of `size`."""
    surface = pygame.display.set_mode(size)
    screen.draw(surface, still, NOW_MS)
    return list(screen.controls())


def made(name: str, size: tuple[int, int]) -> Screen:
    return company(size).screens[name]()


def assert_under_a_thumb(controls: list[Control], size: tuple[int, int]) -> None:
    canvas = pygame.Rect((0, 0), size)
    for control in controls:
        assert canvas.contains(control.rect), control
        assert control.rect.w >= 44, control
        assert control.rect.h >= 44, control
    above = [control for control in controls if control.rect != Places(size[1]).stage]
    for one, other in combinations(above, 2):
        lies_on = one.rect.contains(other.rect) or other.rect.contains(one.rect)
        assert lies_on or one.intent == other.intent or apart(one.rect, other.rect) >= 6, (one, other)


def apart(one: pygame.Rect, other: pygame.Rect) -> int:
    """Pixels between two rects, the larger of across and down."""
    across = max(one.x, other.x) - min(one.right, other.right)
    down = max(one.y, other.y) - min(one.bottom, other.bottom)
    return max(across, down)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SEATS)
def test_every_target_is_a_thumb_large_and_apart_from_the_next(
    canvas: pygame.Surface, name: str, size: tuple[int, int]
) -> None:
    screen = made(name, size)
    for still in states(name):
        assert_under_a_thumb(drawn(screen, still, size), size)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SEATS)
def test_ring_and_shock_are_under_a_thumb_too(canvas: pygame.Surface, name: str, size: tuple[int, int]) -> None:
    assert_under_a_thumb(drawn(made("ring", size), checked(still_of(name)), size), size)
    still = still_of(name)
    still.jolt = Jolt(NOW_MS - 300, 2, 200, 1, frozenset())
    assert_under_a_thumb(drawn(made("shock", size), still, size), size)


@pytest.mark.parametrize("size", SIZES)
def test_results_won_and_lost_are_under_a_thumb_too(canvas: pygame.Surface, size: tuple[int, int]) -> None:
    screen = made("results", size)
    for still in (moments.results(), moments.results("S03", "distracted")):
        for look in (False, True):
            still.input.mode = still.mode._replace(look=look)
            assert_under_a_thumb(drawn(screen, still, size), size)


def ops(intent: Intent) -> set[str]:
    """The commands that a press is about."""
    return {str(intent.args[0])} if intent.op == Local.OPEN else {intent.op}


def reached(name: str, size: tuple[int, int], still: Still) -> set[str]:
    """Every command that a finger finds on a screen, and in the lists that open from it."""
    found: set[str] = set()
    for control in drawn(made(name, size), still, size):
        found |= ops(control.intent)
        if control.intent.op in LISTS:
            found |= listed(still, control.intent)
    return found


LISTS: Final = frozenset({Local.GROUP, Local.PAD, Local.WHEEL})


def listed(still: Still, opens: Intent) -> set[str]:
    """The commands of a list on all its pages, and of the lists in it."""
    before, found = still.mode, set[str]()
    still.input.mean(opens, 0)
    opened = still.mode
    for page in range(9):
        still.input.mode = opened._replace(page=page)
        for tile in still.tiles:
            found |= ops(tile.intent)
            if tile.intent.op in LISTS and opens.op == Local.PAD:
                found |= listed(still, tile.intent)
    still.input.mode = before
    return found


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SEATS)
def test_every_command_of_the_seat_is_reached_by_touch(
    canvas: pygame.Surface, name: str, size: tuple[int, int]
) -> None:
    found = reached("ring", size, checked(still_of(name))) | said_by_hand(name)
    for still in (*states(name), *special(name)):
        found |= reached(name, size, still)
    missing = {row.op for row in commands_of(SEATS[name])} - found
    assert not missing


def said_by_hand(name: str) -> set[str]:
    """What other tests show or what needs a moment of its own: a step of an order, a tube, a station handed over."""
    steps = {"hear", "read_back", "take", "hand_over", "confirm", "correct", "call_to", "assisted"}
    tube = {"tube_aim", "tube_pass", "pull_back"} if name == "airway" else set()
    return steps | tube | ({"draw"} if name == "meds" else set())


def special(name: str) -> Iterator[Still]:
    """Moments at which a command shows that is not there otherwise."""
    if name == "meds":
        for changes in ({"pads": False}, {"pacing": True}, {"charge": "idle"}):
            still = still_of(name)
            assert still.view.defibrillator is not None
            still.view = replace(still.view, defibrillator=replace(still.view.defibrillator, **changes))
            still.input.mean(Intent(Local.TAB, (2,)), 0)
            yield still
    if name == "lead":
        still = still_of(name)
        assert still.view.lead is not None
        still.view = replace(still.view, lead=replace(still.view.lead, started=False))
        yield still


def test_the_furniture_of_the_compressor_stands_where_the_design_put_it() -> None:
    places = Places()
    at = ChestPlaces(places)
    assert_near(
        "12-phone-compressor",
        {
            "press pad": at.pad,
            "heard / read back (R)": answer_rect(at.order),
            "order card": at.order,
            "count ring": around(*at.ring),
            "tiring = switch (S)": at.switch,
            "gauge panel": at.panel,
            "depth bar": at.depth,
            "captions bar": places.caption,
            "help key (?)": HELP,
            "menu": MENU,
            "top bar": TOP,
            "dock": places.dock,
            "palpate (hold)": places.slots[4],
            "call-out wheel": places.wheel,
            "stop (0)": places.stop,
        }
        | {f"call-out {place + 1}": rect for place, rect in enumerate(places.slots[:4])},
    )


def test_without_a_device_the_panel_is_what_hands_feel() -> None:
    at = ChestPlaces(Places())
    words = ("Chest", "Sound", "Skin", "Belly")
    rows = {f"feel row {word}": rect for word, rect in zip(words, at.feel_rows(), strict=True)}
    assert_near("12b-phone-no-device", rows | {"feel panel": at.panel, "count ring": around(*at.ring_free)})


def test_the_furniture_of_meds_stands_where_the_design_put_it() -> None:
    places = Places()
    at, defib = MedsPlaces(places), DefibPlaces(places)
    tabs = zip(("Cart", "Build", "Defib", "Chart"), places.tabs, strict=True)
    assert_near(
        "24-phone-meds",
        {
            "order card": at.order,
            "read back (R)": answer_rect(at.order),
            "defib ECG": defib.screen,
            "defib controls": defib.body,
            "energy down": defib.less,
            "energy up": defib.more,
            "charge button": defib.charge,
            "clear call": defib.clear,
            "shock button (hold 400 ms)": defib.shock,
            "sync": defib.sync,
            "pace": defib.pace,
            "dump": defib.dump,
            "say again": places.slots[4],
        }
        | {f"tab {name}": rect for name, rect in tabs},
    )


def around(centre: tuple[int, int], radius: int) -> pygame.Rect:
    return pygame.Rect(centre[0] - radius, centre[1] - radius, 2 * radius, 2 * radius)


def assert_near(mockup: str, built: dict[str, pygame.Rect]) -> None:
    for name, rect in built.items():
        wanted = MOCKUPS[mockup][name]
        assert all(abs(one - other) <= 2 for one, other in zip(rect, wanted, strict=True)), (name, rect, wanted)


def test_thumbs_and_bag_can_be_held_at_the_same_time(canvas: pygame.Surface) -> None:
    for size in SIZES:
        at = AirwayPlaces(Places(size[1]))
        middle = pygame.Rect(at.left.right, at.order.bottom, at.right.x - at.left.right, 80)
        assert not at.left.colliderect(at.right)
        assert middle.w > 300


def test_a_window_gets_the_canvas_that_fits_it() -> None:
    assert shape_of(1280, 720) == DESK
    assert shape_of(844, 390) == PHONE
    assert shape_of(844, 330) == PHONE_LOW
    assert shape_of(390, 844) == PHONE
    assert shape_of(667, 375) == PHONE


@pytest.mark.parametrize("seat", range(4))
def test_a_window_that_changes_its_shape_keeps_seat_and_view(canvas: pygame.Surface, seat: int) -> None:
    table = Table(seat)
    table.play(1)
    shown = table.app.client.view.now_ms
    for size in (PHONE, PHONE_LOW, DESK):
        table.platform.size = size
        table.play(1)
        assert table.surface.get_size() == size
        assert table.app.client.seat == seat
        assert table.app.client.view.now_ms > shown
        shown = table.app.client.view.now_ms
    assert table.app.client.connected


def test_a_drug_is_taken_measured_and_drawn_up_by_touch_alone(canvas: pygame.Surface) -> None:
    at = MedsPlaces(Places())
    table = Table(2)
    table.platform.size = PHONE
    table.play(1)
    for rect in (at.cart.slots[0], Places().tabs[1], at.build.more, at.build.read_back):
        table.click(*rect.center)
    table.play(20)
    cart = table.app.client.view.cart
    assert cart is not None
    assert cart.drug == "epinephrine"
