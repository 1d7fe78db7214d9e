"""The Leader's board: targets after the pulse is back, how orders end, and reported facts that find their cause."""

from dataclasses import replace

import pygame
import pytest

from game.rules.views import ReportedView
from game.stations import Station
from game.ui.screen import Finished, Intent, Local, Mode
from game.ui.screens.lead import LeadScreen
from game.ui.screens.leading import book, causes, orders, reported, targets
from tests.ui import moments, views
from tests.ui.stills import Still
from tests.ui.table import Table
from tests.ui.views import NOW_MS


def said(still: Still, *reports: tuple[str, str]) -> Still:
    lead = still.view.lead
    assert lead is not None
    told = tuple(ReportedView(key, value, NOW_MS - 5_000, 1) for key, value in reports)
    still.view = replace(still.view, lead=replace(lead, reported=told))
    return still


def tile(still: Still, name: str) -> targets.Tile:
    lead = still.view.lead
    assert lead is not None
    shown = targets.tiles(still, lead, NOW_MS)
    return shown[[target.name for target in targets.HELD].index(name)]


def acts(still: Still) -> list[Intent]:
    screen = LeadScreen()
    screen.draw(pygame.display.set_mode((1280, 720)), still, NOW_MS)
    return [control.intent for control in screen.controls()]


def test_targets_take_the_place_of_the_causes_once_the_pulse_is_back(canvas: pygame.Surface) -> None:
    assert not any(intent.op == "cause" for intent in acts(moments.pulse_back()))
    assert any(intent.op == "cause" for intent in acts(moments.lead()))


def test_a_pulse_that_was_never_lost_leaves_the_board_of_causes(canvas: pygame.Surface) -> None:
    check = replace(views.view(Station.LEAD).check, pulse="felt", hands_off_ms=-1)
    assert any(intent.op == "cause" for intent in acts(Still(Station.LEAD, 3, check=check)))


def test_the_causes_can_be_looked_at_while_there_are_targets(canvas: pygame.Surface) -> None:
    still = moments.pulse_back()
    still.input.mode = Mode(look=True)
    assert any(intent.op == "cause" for intent in acts(still))


@pytest.mark.parametrize(
    ("name", "key", "inside", "outside"),
    [
        ("spo2", "spo2", "94", "99"),
        ("map", "nibp", "110/60 (76)", "92/50 (64)"),
        ("breaths", "breaths", "10", "16"),
        ("co2", "etco2", "40", "31"),
        ("temp", "temperature.core_tenth_degc", "368", "382"),
    ],
)
def test_a_target_is_met_by_the_band_of_the_pack(name: str, key: str, inside: str, outside: str) -> None:
    assert tile(said(moments.pulse_back(), (key, inside)), name).state == "ok"
    assert tile(said(moments.pulse_back(), (key, outside)), name).state == "warn"


def test_what_nobody_has_said_is_a_question_until_it_is_asked() -> None:
    still = said(moments.pulse_back())
    still.view = replace(still.view, orders=())
    assert tile(still, "ecg12").value == "?"
    still.view = replace(still.view, orders=(views.order(1, Station.CHEST, "ecg12"),))
    assert tile(still, "ecg12").state == "asked"


def test_a_tap_on_a_target_asks_the_seat_that_says_it(canvas: pygame.Surface) -> None:
    asked = acts(moments.pulse_back())
    assert Intent("order", (int(Station.CHEST), "nibp")) in asked
    assert Intent("order", (int(Station.AIRWAY), "temperature")) in asked


def test_the_board_says_how_the_last_orders_ended() -> None:
    still = moments.lead(orders=())
    still.finished = (Finished(1, 2, "suction", (), "done", NOW_MS - 5_000), Finished(2, 2, "sga", (), "lapsed", 0))
    assert [row.order_id for row in orders.rows(still, NOW_MS)] == [1]


def test_an_order_that_is_done_stays_on_the_board_for_a_while(canvas: pygame.Surface) -> None:
    table = Table(3)
    table.play(0.5)
    table.app.client.command("order", int(Station.AIRWAY), "suction")
    table.play(12)
    ended = [(over.op, over.state) for over in table.app.client.finished]
    assert ("suction", "done") in ended


def test_every_report_can_be_read_in_the_book() -> None:
    keys = [(f"gas.{number}", "1") for number in range(40)]
    still = said(moments.lead(), *keys)
    lead = still.view.lead
    assert lead is not None
    read: set[str] = set()
    for page in range(3):
        still.input.mode = Mode(paper=True, page=page)
        read |= {report.key for report in book.on_page(still, lead)}
    assert read == {key for key, _ in keys}


@pytest.mark.parametrize("way", ["stack", "title"])
def test_the_book_opens_from_the_stack_and_from_the_reports(canvas: pygame.Surface, way: str) -> None:
    still = moments.lead()
    screen = LeadScreen()
    screen.draw(canvas, still, NOW_MS)
    rect = orders.STACK if way == "stack" else pygame.Rect(reported.REPORTED.topleft, (400, reported.HEAD))
    top = next(control for control in reversed(screen.controls()) if control.rect.collidepoint(rect.center))
    assert top.intent == Intent(Local.PAPER)


def test_a_reported_fact_is_put_on_a_cause_by_two_taps(canvas: pygame.Surface) -> None:
    still = moments.lead()
    assert Intent(Local.FACT, ("etco2",)) in acts(still)
    assert still.input.mean(Intent(Local.FACT, ("etco2",)), 0) == []
    assert still.mode.fact == "etco2"
    wanted = Intent("cause", ("hypoxia", "possible"))
    assert wanted in acts(still)
    assert still.input.mean(wanted, 0) == [wanted]
    assert still.mode.fact == ""


def test_a_fact_that_is_picked_again_is_let_go() -> None:
    still = moments.lead()
    for expected in ("etco2", ""):
        still.input.mean(Intent(Local.FACT, ("etco2",)), 0)
        assert still.mode.fact == expected


def test_painters_take_their_place_from_whoever_draws_them(canvas: pygame.Surface) -> None:
    still = moments.lead()
    lead = still.view.lead
    assert lead is not None
    small = pygame.Rect(10, 10, 600, 130)
    tiles = tuple(pygame.Rect(12 + place * 48, 50, 46, 80) for place in range(12))
    assert [control.rect for control in causes.controls(still, lead, tiles)] == list(tiles)
    canvas.fill("#000000")
    causes.paint(canvas, lead, board=small, places=tiles)
    beyond = canvas.subsurface((640, 0, 640, 720))
    assert pygame.transform.average_color(beyond)[:3] == (0, 0, 0)
