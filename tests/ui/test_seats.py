"""Where the person at a device sits: in a team, alone, or trying a station while the team gathers."""

from __future__ import annotations

import pygame

from game.net.link import LocalWire
from game.platform import InputEvent, Kind, Ticket
from game.ui.app import App
from game.wire.codec import encode
from game.wire.messages import Ev, Full, Resync, RosterSeat, Welcome
from tests.ui.table import StillPlatform, Table

TEAM = tuple(
    RosterSeat(seat, stations, "Otter" if seat == 0 else None, 0) for seat, stations in enumerate((1, 2, 12, 16))
)


class Pocket(StillPlatform):
    """A platform that can be put away, and whose seat can be given up."""

    seen = True

    def shown(self) -> bool:
        return self.seen

    def leave(self) -> None:
        self.seat_of(None)


class Device:
    """A device on virtual time, and the far end of its wire to a server."""

    def __init__(self, ticket: Ticket) -> None:
        self.wire = LocalWire()
        self.platform = Pocket(self.wire.client, 0, "S01")
        self.platform.seat_of(ticket)
        self.app = App(self.platform, self.wire.client)
        self.surface = self.app.open()

    def play(self, seconds: float) -> None:
        until = self.platform.time_ms + seconds * 1000
        while self.platform.time_ms < until:
            self.app.frame(self.surface)
            self.platform.time_ms += 16

    def press(self, button: str) -> None:
        """A button of the page."""
        self.platform.queue.append(InputEvent(Kind.ACT, button, True, self.platform.time_ms, 0, 0, 0))
        self.play(0.1)

    def gather(self) -> None:
        """The server lets a team gather."""
        self.play(0.1)
        full = Full("lobby", TEAM, "S01", "aha2025", "real", b"", (), 1, 0, 0, "", "", True, ())
        for message in (Welcome(0, 1, 1, 0, 0, "", "token"), Resync(full)):
            self.wire.host.send(encode(message))
        self.play(0.1)

    @property
    def phase(self) -> str:
        """What the page is told."""
        return self.platform.scenes[-1].phase


def alone(level: str = "S01", seat: int = 0, **solo: object) -> Ticket:
    return Ticket("alone 1", "alone", seat, "Otter", "", level, {"players": 4, **solo})


def in_a_team() -> Ticket:
    return Ticket("K7M4QX", "Kestrel", 0, "Otter", "token", "S01")


def test_a_ticket_for_practice_is_played_without_a_word_to_the_server(canvas: pygame.Surface) -> None:
    device = Device(alone())
    device.play(4)
    assert device.phase == "playing"
    assert device.platform.scenes[-1].alone
    assert device.app.client.connected
    assert device.app.client.team == "Practice"
    assert device.wire.host.receive() == []


def test_the_pace_of_slower_practice_is_on_the_screen(canvas: pygame.Surface) -> None:
    device = Device(alone(slow=True))
    device.play(9)
    assert device.app.client.team == "Practice 0.75x"
    assert abs(device.app.client.room_ms(device.platform.time_ms) - 0.75 * (9000 - 4000)) < 200


def test_a_case_that_nobody_carries_is_given_back(canvas: pygame.Surface) -> None:
    device = Device(alone("Z99"))
    device.play(0.1)
    assert device.platform.ticket() is None


def test_a_hidden_tab_rests_and_goes_on_where_it_was(canvas: pygame.Surface) -> None:
    device = Device(alone())
    device.play(6)
    before_ms = device.app.client.room_ms(device.platform.time_ms)
    device.platform.seen = False
    device.play(30)
    assert device.phase == "frozen"
    device.platform.seen = True
    device.play(0.2)
    assert device.phase == "playing"
    assert before_ms <= device.app.client.room_ms(device.platform.time_ms) <= before_ms + 400


def test_the_menu_stops_the_clock_of_whoever_plays_alone(canvas: pygame.Surface) -> None:
    device = Device(alone())
    device.play(6)
    device.platform.queue.append(InputEvent(Kind.KEY, "Escape", True, device.platform.time_ms, 0, 0, 0))
    device.play(0.5)
    first_ms = device.app.client.room_ms(device.platform.time_ms)
    device.play(5)
    assert device.phase == "frozen"
    assert device.app.client.room_ms(device.platform.time_ms) == first_ms


def test_while_the_team_gathers_a_station_can_be_tried_and_the_seat_stays(canvas: pygame.Surface) -> None:
    device = Device(in_a_team())
    device.gather()
    device.press("try")
    device.play(1)
    assert (device.phase, device.app.client.team) == ("playing", "Try-out, one minute")
    device.press("leave")
    assert (device.phase, device.app.client.team) == ("lobby", "Kestrel")
    assert device.platform.ticket() is not None


def test_a_try_out_ends_by_itself_in_the_lobby(canvas: pygame.Surface) -> None:
    device = Device(in_a_team())
    device.gather()
    device.press("try")
    device.play(62)
    assert (device.phase, device.platform.scenes[-1].alone) == ("lobby", False)


def test_when_the_team_begins_the_try_out_is_over(canvas: pygame.Surface) -> None:
    device = Device(in_a_team())
    device.gather()
    device.press("try")
    device.play(1)
    device.wire.host.send(encode(Ev(1, 1, -3000, "phase-is", -1, ("countdown", 3000, 10_000))))
    device.play(0.1)
    assert (device.phase, device.app.client.team) == ("countdown", "Kestrel")


def test_nobody_tries_a_station_in_the_middle_of_a_case(canvas: pygame.Surface) -> None:
    table = Table(0)
    table.play(1)
    table.platform.queue.append(InputEvent(Kind.ACT, "try", True, table.platform.time_ms, 0, 0, 0))
    table.play(0.2)
    assert table.app.client.team == "Kestrel"
