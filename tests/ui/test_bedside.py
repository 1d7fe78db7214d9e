"""Airway, cart and defibrillator: every command can be played by pointer and by key, with the reason if not."""

import json
from collections.abc import Callable
from dataclasses import replace

import pygame
import pytest

from game.log import Input
from game.platform import InputEvent, Kind
from game.rules.commands import Feel, commands_of
from game.rules.refusals import Refusal
from game.rules.views import SwitchView, TubeView
from game.stations import Station
from game.ui import docks, library, text, tray
from game.ui.drawers import DRAWER_OPS, DRAWERS, drawer_of, tray_of
from game.ui.input import Notice
from game.ui.screen import Control, Intent, Jolt, Local, Mode, Screen
from game.ui.screens.airway import AirwayScreen
from game.ui.screens.chest import ChestScreen
from game.ui.screens.meds import MedsScreen
from game.ui.screens.overlay import Overlay
from game.ui.screens.results import ResultsScreen
from game.ui.screens.ring import RingScreen
from game.ui.screens.shock import ShockScreen
from tests.ui import views
from tests.ui.stills import Still
from tests.ui.table import Table

MEDS = Station.CART | Station.DEFIBRILLATOR
BEDSIDE: list[tuple[Station, int, Callable[[], Screen]]] = [
    (Station.CHEST, 0, ChestScreen),
    (Station.AIRWAY, 1, AirwayScreen),
    (MEDS, 2, MedsScreen),
]


def top_at(controls: list[Control], point: tuple[int, int]) -> Control | None:
    return next((control for control in reversed(controls) if control.rect.collidepoint(point)), None)


def op_of(control: Control) -> str:
    intent = control.intent
    return str(intent.args[0]) if intent.op == Local.OPEN else intent.op


@pytest.mark.parametrize(("stations", "seat", "screen_of"), BEDSIDE)
def test_every_command_of_the_station_has_a_control_that_nothing_covers(
    canvas: pygame.Surface, stations: Station, seat: int, screen_of: Callable[[], Screen]
) -> None:
    screen, free = screen_of(), set()
    for still in moments(stations, seat):
        pages = range(len(tray_of(stations, 0, still.view)))
        set_ = Mode(picked="epinephrine", pulled=1)
        for mode in (set_, *(Mode(tray=place) for place in pages), *(Mode(group=name) for name in DRAWERS)):
            still.input.mode = mode
            screen.draw(canvas, still, views.NOW_MS)
            controls = list(screen.controls())
            shown = {op_of(control) for control in controls if top_at(controls, control.rect.center) is control}
            free |= shown | {op_of(Control(pygame.Rect(0, 0, 0, 0), tile.intent)) for tile in still.tiles}
    assert {row.op for row in commands_of(stations) if row.tray} <= free


def moments(stations: Station, seat: int) -> list[Still]:
    """The states in which a station's controls differ: mask, both steps of a tube, a tube in place; pacing."""
    airway, shocker = views.airway(), views.defibrillator()
    attempts = [TubeView(step, views.NOW_MS, 7, shaking=False, attempts=1) for step in ("view", "cords")]
    parts: list[dict[str, object]] = [{"airway": replace(airway, tube=attempt)} for attempt in attempts]
    parts += [{"airway": replace(airway, device="tube", seal=None)}]
    parts += [{"defibrillator": replace(shocker, pacing=True)}, {"defibrillator": replace(shocker, pads=False)}]
    parts += [{"defibrillator": replace(shocker, charge="idle")}]
    held = {"airway": Station.AIRWAY, "defibrillator": Station.DEFIBRILLATOR}
    fitting = [part for part in parts if all(held[name] & stations for name in part)]
    return [Still(stations, seat), *(Still(stations, seat, **part) for part in fitting)]


@pytest.mark.parametrize(("stations", "seat", "screen_of"), BEDSIDE)
def test_controls_are_large_enough_for_a_finger(
    canvas: pygame.Surface, stations: Station, seat: int, screen_of: Callable[[], Screen]
) -> None:
    still, screen = Still(stations, seat), screen_of()
    still.input.mode = Mode(path=("access",)) if stations & Station.CART else Mode(path=("oxygen",))
    screen.draw(canvas, still, views.NOW_MS)
    small = [control for control in screen.controls() if min(control.rect.size) < 44]
    assert small == []


@pytest.mark.parametrize(("stations", "seat", "screen_of"), BEDSIDE)
@pytest.mark.parametrize("reason", [Refusal.BUSY, Refusal.NO_PADS, Refusal.RUN_OVER])
def test_what_does_not_work_is_disabled_and_says_why(
    canvas: pygame.Surface, stations: Station, seat: int, screen_of: Callable[[], Screen], reason: Refusal
) -> None:
    rows = commands_of(stations)
    still = Still(stations, seat, ready=(int(reason),) * len(rows))
    screen = screen_of()
    screen.draw(canvas, still, views.NOW_MS)
    for control in screen.controls():
        if op_of(control) in {row.op for row in rows if row.tray} - {"squeeze", "oxygen", "energy"}:
            assert not control.enabled
            assert still.input._why_not(control.intent) == [Notice(op_of(control), reason)]


def test_a_tile_says_the_reason_in_words() -> None:
    rows = commands_of(Station.AIRWAY)
    still = Still(Station.AIRWAY, 1, ready=tuple(int(Refusal.BUSY) if row.op == "tube" else 0 for row in rows))
    said = {cell.op: cell.detail for cell in tray.cells(still, ("tube", "sga"))}
    assert said == {"tube": "hands busy", "sga": "no pause"}


def test_a_command_without_art_still_has_its_tile() -> None:
    still = Still(Station.AIRWAY, 1)
    rects = tray.grid(pygame.Rect(0, 0, 208, 358), 13)
    assert len(rects) == 13
    assert min(rect.h for rect in rects) >= tray.TOUCH
    assert all(not one.colliderect(other) for one in rects for other in rects if one is not other)
    assert [cell.icon for cell in tray.cells(still, ("suction",))] == ["suction"]


DRAWN: dict[str, Callable[[], tuple[Screen, Still]]] = {
    "airway": lambda: (AirwayScreen(), Still(Station.AIRWAY, 1, task=views.task("sga"))),
    "meds": lambda: (MedsScreen(), Still(MEDS, 2, orders=(views.order(1, Station.CART, "give", "epinephrine", 1000),))),
    "ring of the lead": lambda: (RingScreen(), Still(Station.LEAD, 3, check=views.ring())),
    "ring of the chest": lambda: (RingScreen(), Still(Station.CHEST, 0, check=views.ring("organised_wide"))),
    "ring of meds": lambda: (RingScreen(), Still(MEDS, 2, check=views.ring("vf", shock_pending=True))),
    "ring of the airway": lambda: (
        RingScreen(),
        Still(Station.AIRWAY, 1, check=views.ring(), switch=SwitchView(0, 1, open=True)),
    ),
    "shock": lambda: (ShockScreen(), shocked()),
    "results": lambda: (ResultsScreen(), Still(Station.LEAD, 3)),
}


def shocked() -> Still:
    still = Still(Station.CHEST, 0)
    still.jolt = Jolt(views.NOW_MS - 900, 2, 200, 2, frozenset())
    return still


@pytest.mark.parametrize("name", DRAWN)
def test_a_frame_opens_no_font_and_renders_no_words_it_has_rendered(canvas: pygame.Surface, name: str) -> None:
    screen, still = DRAWN[name]()
    for now_ms in range(views.NOW_MS, views.NOW_MS + 1_000, 50):
        screen.draw(canvas, still, now_ms)
    fonts, runs = text.font.cache_info().misses, text.run.cache_info().misses
    for _ in range(5):
        screen.draw(canvas, still, views.NOW_MS + 1_000)
    screen.draw(canvas, still, views.NOW_MS + 1_000)
    assert text.font.cache_info().misses == fonts
    assert text.run.cache_info().misses - runs <= 2


@pytest.mark.parametrize("mode", [Mode(wheel=True, cursor=-1), Mode(wheel=True, path=("report",))])
def test_what_lies_over_a_station_takes_the_press_and_a_press_beside_it_closes_it(
    canvas: pygame.Surface, mode: Mode
) -> None:
    still, overlay = Still(Station.AIRWAY, 1), Overlay()
    still.input.mode = mode
    overlay.draw(canvas, still, views.NOW_MS)
    controls = list(overlay.controls())
    tiles = [control for control in controls if control.intent.op == Local.CHOOSE]
    assert len(tiles) == len(still.tiles)
    assert all(top_at(controls, control.rect.center) is control for control in tiles)
    beside = top_at(controls, (20, 570))
    assert beside is not None
    assert beside.intent == Intent(Local.BACK)


def test_a_lost_case_shows_facts_and_no_score(canvas: pygame.Surface) -> None:
    still, screen = Still(Station.LEAD, 3), ResultsScreen()
    still.result = json.dumps({"score": 612, "of": 1000, "outcome": "no_pulse", "end_ms": 700_000, "ccf": 0.86})
    screen.draw(canvas, still, 0)
    lost = {(control.rect.x, control.rect.y) for control in screen.controls()}
    still.result = json.dumps({"score": 612, "of": 1000, "outcome": "pulse_held"})
    screen.draw(canvas, still, 0)
    won = {(control.rect.x, control.rect.y) for control in screen.controls()}
    assert lost.isdisjoint(won)


def test_a_result_nobody_can_read_leaves_the_counting_up(canvas: pygame.Surface) -> None:
    still, screen = Still(Station.LEAD, 3), ResultsScreen()
    still.result = "{not json"
    screen.draw(canvas, still, 0)
    assert {control.intent.op for control in screen.controls()} == {"again", "leave"}


def inputs(table: Table) -> list[tuple[object, ...]]:
    return [entry.args for entry in table.log if entry.kind is Input.COMMAND and entry.seat == table.seat]


def controls_of(table: Table) -> list[Control]:
    assert table.app._stagehand is not None
    return list(table.app._stagehand.controls(table.app.client))


def press(table: Table, control: Control) -> None:
    for down in (True, False):
        x, y = control.rect.center
        table.platform.queue.append(InputEvent(Kind.POINTER, "", down, table.platform.time_ms, x, y, 1))
        table.play(0.5 if control.feel is Feel.HOLD and down else 0.02)


@pytest.mark.parametrize("op", ["suction", "oral", "sga", "tube", "co2", "listen", "glucose", "temperature", "oxygen"])
def test_airway_plays_each_command_by_pointer(canvas: pygame.Surface, op: str) -> None:
    table = Table(1)
    table.play(0.3)
    while not (found := [each for each in controls_of(table) if op_of(each) == op and each.enabled]):
        press(table, next(each for each in controls_of(table) if each.intent.op == Local.MOVE))
    press(table, found[0])
    table.play(0.2)
    assert op in [args[0] for args in inputs(table)]


@pytest.mark.parametrize("op", ["chart", "gas", "labs", "charge", "clear", "sync", "pace"])
def test_meds_plays_each_command_by_pointer(canvas: pygame.Surface, op: str) -> None:
    table = Table(2)
    table.play(0.3)
    if drawer := drawer_of(op):
        press(table, next(each for each in controls_of(table) if each.intent == Intent(Local.GROUP, (drawer,))))
        place = DRAWER_OPS[drawer].index(op)
        press(table, next(each for each in controls_of(table) if each.intent == Intent(Local.CHOOSE, (place,))))
    else:
        press(table, [control for control in controls_of(table) if op_of(control) == op and control.enabled][-1])
    table.play(0.2)
    assert op in [args[0] for args in inputs(table)]


def test_a_shock_is_charged_cleared_and_given_by_keys(canvas: pygame.Surface) -> None:
    table = Table(2)
    table.play(0.3)
    table.tap("KeyC")
    table.play(table.app.client.pack.charge_ms / 1000 + 0.5)
    table.tap("KeyV")
    table.key("KeyX", down=True)
    table.play(0.6)
    table.key("KeyX", down=False)
    table.play(0.3)
    assert [args[0] for args in inputs(table)] == ["charge", "clear", "shock"]
    assert table.app.client.jolt is not None
    assert table.platform.marks["screen"] in ("shock", "ring", "meds")


def test_breaths_are_squeezed_with_space(canvas: pygame.Surface) -> None:
    table = Table(1)
    table.play(0.3)
    table.key("Space", down=True)
    table.play(0.5)
    assert table.app.client.hands.squeeze_since_ms >= 0
    table.play(0.5)
    table.key("Space", down=False)
    table.play(0.4)
    airway = table.app.client.view.airway
    assert airway is not None
    assert airway.last_volume_ml > 0


class Over(Still):
    """The run is over: there is no desk to work at."""

    @property
    def desk(self) -> None:
        return None


def lost(**changes: object) -> Still:
    still = Over(Station.LEAD, 3)
    still.result = json.dumps({"outcome": "lost", "score": 612, "of": 1000, "ccf": 0.81, **changes})
    return still


def test_a_lost_case_begins_without_a_score_and_opens_its_figures_and_closes_them_with_one_key(
    canvas: pygame.Surface,
) -> None:
    still, screen = lost(), ResultsScreen()
    pictures = []
    for _ in range(3):
        screen.draw(canvas, still, 0)
        pictures.append(pygame.image.tobytes(canvas, "RGB"))
        assert {"again", "leave", Local.LOOK} <= {control.intent.op for control in screen.controls()}
        for down in (True, False):
            assert still.input.feed(InputEvent(Kind.KEY, "KeyD", down, 0.0, 0, 0, 0), screen.controls()) == []
    assert pictures[0] == pictures[2] != pictures[1]


@pytest.mark.parametrize("off", [True, False])
def test_hands_that_examine_are_not_drawn_pushing(canvas: pygame.Surface, off: bool) -> None:
    """The chest on the Meds' screen agrees with "hands off" on the device, while the compressor takes a pressure."""
    pictures = set()
    for busy in (True, False):
        crew = tuple(replace(seen, hands_on=busy and seen.stations == 1) for seen in views.view(MEDS).crew)
        meds_at(canvas, crew=crew, defibrillator=replace(views.defibrillator(), chest_off=off))
        pictures.add(pygame.image.tobytes(canvas.subsurface((620, 70, 240, 180)), "RGB"))
    assert len(pictures) == 1


def test_nobody_is_mourned_in_a_drill(canvas: pygame.Surface) -> None:
    still, screen = lost(), ResultsScreen()
    still.level = library.level("D4")
    screen.draw(canvas, still, 0)
    assert {control.intent.op for control in screen.controls()} == {"again", "leave"}


def test_a_held_pulse_has_but_one_screen(canvas: pygame.Surface) -> None:
    still, screen = lost(outcome="pulse_held"), ResultsScreen()
    screen.draw(canvas, still, 0)
    assert {control.intent.op for control in screen.controls()} == {"again", "leave"}


def meds_at(canvas: pygame.Surface, **changes: object) -> None:
    MedsScreen().draw(canvas, Still(MEDS, 2, **changes), views.NOW_MS)


def test_a_short_finding_never_cuts_a_dose_from_its_unit() -> None:
    for words in ("epinephrine 1 mg", "amiodarone 300 mg", "lidocaine 100 mg"):
        assert not docks.short(words)[-1].isdigit()
