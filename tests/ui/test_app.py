"""The whole client at a table of bots, on virtual time: real keys in, real pictures out."""

import pygame
import pytest

from game.log import Fact, Input
from game.platform import InputEvent, Kind
from game.stations import Station
from game.ui import text
from game.ui.theme import ECG
from tests.ui.table import Table


def facts(table: Table, kind: Fact) -> list[tuple[object, ...]]:
    return [entry.args for entry in table.log if entry.kind == kind]


def commands(table: Table) -> list[tuple[object, ...]]:
    return [entry.args for entry in table.log if entry.kind == Input.COMMAND and entry.seat == table.seat]


def test_space_held_and_released_makes_compressions_of_the_right_depth(canvas: pygame.Surface) -> None:
    table = Table(0)
    table.play(1)
    table.push(6, every_ms=545, hold_ms=165)
    pressed = facts(table, Fact.COMPRESSION)
    assert 10 <= len(pressed) <= 12
    assert all(48_000 <= int(str(depth)) <= 58_000 for *_, depth, _ in pressed)


def test_hands_sink_in_the_same_frame_as_the_press(canvas: pygame.Surface) -> None:
    table = Table(0)
    table.play(1)
    table.push(2)
    table.play(0.3)
    wrists = pygame.Rect(440, 190, 150, 180)
    before = pygame.image.tobytes(table.surface.subsurface(wrists), "RGB")
    table.key("Space", down=True)
    table.frame()
    table.platform.time_ms += 60
    table.frame()
    assert pygame.image.tobytes(table.surface.subsurface(wrists), "RGB") != before


def test_the_leader_starts_orders_and_checks_with_the_digits(canvas: pygame.Surface) -> None:
    table = Table(3)
    table.play(1)
    table.tap("Digit1")
    table.play(0.5)
    assert table.app.client.view.lead is not None
    assert table.app.client.view.lead.started
    for key in ("Digit4", "Digit1", "Digit1"):
        table.tap(key)
    table.play(0.5)
    assert ("order", int(Station.CART), "give", "epinephrine", 1000) in commands(table)
    table.tap("Digit1")
    table.play(0.5)
    assert table.app.client.view.check.since_ms >= 0


def test_the_leader_confirms_a_read_back_with_r(canvas: pygame.Surface) -> None:
    table = Table(3)
    table.play(1)
    table.tap("Digit1")
    for key in ("Digit4", "Digit1", "Digit1"):
        table.tap(key)
    for _ in range(60):
        table.play(1)
        if any(order.state == "read_back" for order in table.app.client.view.orders):
            break
    table.tap("KeyR")
    table.play(0.5)
    assert facts(table, Fact.CONFIRMED)


def test_the_leader_sees_the_ecg_and_the_compressor_does_not(canvas: pygame.Surface) -> None:
    green = pygame.Color(ECG)

    def traced(table: Table) -> bool:
        right = table.surface.subsurface(pygame.Rect(824, 100, 440, 130))
        return any(right.get_at((x, y))[:3] == green[:3] for x in range(0, 440, 2) for y in range(130))

    leader = Table(3)
    leader.play(3)
    assert traced(leader)
    compressor = Table(0)
    compressor.play(3)
    assert not traced(compressor)


@pytest.mark.parametrize("seat", range(4))
def test_no_frame_of_play_loads_a_font_or_makes_a_run_it_had_before(canvas: pygame.Surface, seat: int) -> None:
    table = Table(seat)
    table.play(8)
    fonts, runs = text.font.cache_info().misses, text.run.cache_info().misses
    table.play(2)
    assert text.font.cache_info().misses <= fonts + 1
    assert text.run.cache_info().misses - runs < 60


@pytest.mark.parametrize("seat", range(4))
def test_every_seat_is_marked_for_tests_and_benchmarks(canvas: pygame.Surface, seat: int) -> None:
    table = Table(seat)
    table.play(1)
    marks = table.platform.marks
    assert marks["phase"] == "playing"
    assert marks["seat"] == str(seat)
    assert float(marks["frame_ms_median"]) >= 0


def test_captions_reach_people_who_do_not_see_the_canvas(canvas: pygame.Surface) -> None:
    table = Table(0)
    table.play(4)
    assert any(said.startswith("Leader") for said in table.platform.captions)


def test_a_finger_on_the_stage_pushes_as_the_key_does(canvas: pygame.Surface) -> None:
    table = Table(0)
    table.play(1)
    for down, frames in ((True, 10), (False, 25)) * 4:
        pressed = InputEvent(Kind.POINTER, "", down, table.platform.time_ms, 512, 284, 1)
        table.platform.queue.append(pressed)
        for _ in range(frames):
            table.frame()
    assert len(facts(table, Fact.COMPRESSION)) == 4


def test_r_says_that_an_order_was_heard(canvas: pygame.Surface) -> None:
    table = Table(0)
    table.play(0.3)
    table.host.command(3, 0, "order", (int(Station.CHEST), "feel"))
    table.play(0.4)
    table.tap("KeyR")
    table.play(0.3)
    assert facts(table, Fact.HEARD)


def test_a_run_ends_at_its_result(canvas: pygame.Surface) -> None:
    """Whatever the phase, there is a picture and no error."""
    table = Table(3)
    table.play(1)
    for phase in ("frozen", "ended", "debrief", "lobby"):
        table.app.client.phase = phase
        table.play(0.2)
