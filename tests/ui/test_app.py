"""The whole client at a table of bots, on virtual time: real keys in, real pictures out."""

from dataclasses import replace

import pygame
import pytest

from game.log import Fact, Input
from game.net.link import LocalWire
from game.platform import InputEvent, Kind
from game.stations import Station
from game.ui import text
from game.ui.app import App
from game.ui.theme import ECG
from game.wire.codec import decode_client, encode
from game.wire.messages import Cmd, Hello, Welcome
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
    assert table.app.client.view.check.since_ms < 0, "one digit too many stops nobody's hands"
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
        pixels = (right.get_at((x, y)) for x in range(440) for y in range(130))
        return any(all(abs(pixel[i] - green[i]) < 16 for i in range(3)) for pixel in pixels)

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


def test_another_seat_of_the_same_session_is_greeted_in_its_own_name(canvas: pygame.Surface) -> None:
    platform, wire = Table(0).platform, LocalWire()
    first = platform.ticket()
    assert first is not None
    app = App(platform, wire.client)
    app.frame(canvas)
    left = app.client
    left.command("leave")
    wire.host.send(encode(Welcome(0, 1, 1, 0, 0, "", "too late")))
    platform.seat_of(None)
    app.frame(canvas)
    assert not app.client.connected
    wire.join()
    platform.seat_of(replace(first, seat=1, token="second"))
    app.frame(canvas)
    said = [decode_client(data) for data in wire.host.receive()]
    assert [(message.token, message.last_seq) for message in said if isinstance(message, Hello)] == [("second", 0)]
    assert not any(isinstance(message, Cmd) for message in said), "the leave of the first seat is not sent again"
    assert app.client is not left


def test_the_same_seat_can_be_left_and_taken_again(canvas: pygame.Surface) -> None:
    platform, wire = Table(0).platform, LocalWire()
    ticket = platform.ticket()
    app = App(platform, wire.client)
    app.frame(canvas)
    for held in (None, ticket):
        wire.join()
        platform.seat_of(held)
        app.frame(canvas)
    assert any(isinstance(decode_client(data), Hello) for data in wire.host.receive())


def test_a_renewed_token_is_the_same_seat(canvas: pygame.Surface) -> None:
    platform = Table(0).platform
    app = App(platform, LocalWire().client)
    app.frame(canvas)
    sitting, ticket = app.client, platform.ticket()
    assert ticket is not None
    platform.seat_of(replace(ticket, token="renewed"))
    app.frame(canvas)
    assert app.client is sitting


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
