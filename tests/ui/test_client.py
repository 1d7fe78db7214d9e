"""The client's half of the conversation: what it shows, what it sends, and what it sends again."""

import pytest

from game.log import Fact
from game.net.link import LocalWire
from game.platform import Ticket
from game.rules.commands import PUSH_KEY
from game.rules.refusals import Refusal
from game.rules.setup import Sight
from game.stations import Station
from game.ui.client import Client
from game.ui.input import Notice, Stroke
from game.ui.screen import Intent
from game.wire.codec import decode_client, encode
from game.wire.messages import (
    Ack,
    ClientMessage,
    Close,
    CloseCode,
    Cmd,
    Edges,
    Ev,
    Full,
    Hello,
    Nak,
    Resync,
    RosterSeat,
    ServerMessage,
    Snap,
    Sync,
    Synced,
    TeamEvent,
    Welcome,
)
from game.wire.schema import pack_bytes
from tests.ui import views

CREW = tuple(
    RosterSeat(seat, stations, name, 0)
    for seat, (stations, name) in enumerate(((1, "Badger"), (2, "Otter"), (12, "Lynx"), (16, "Hare")))
)


class Room:
    """The authority's end of the wire, worked by hand."""

    def __init__(self, seat: int = 0, phase: str = "playing") -> None:
        self.wire = LocalWire()
        self.now_ms = 1_000.0
        self.renewed: list[str] = []
        self.client = Client(self.wire.client, "test", self.renewed.append)
        self.client.sit(Ticket("K7M4QX", "Kestrel", seat, "Badger", "first", "S01"))
        self.seat = seat
        self.turn()
        self.welcome()
        self.resync(phase)

    def welcome(self, token: str = "next") -> None:
        self.say(Welcome(self.seat, CREW[self.seat].stations, 1, 0, 0, "", token))

    def resync(self, phase: str = "playing", epoch: int = 1, result: str = "") -> None:
        view = pack_bytes(views.view(Station(CREW[self.seat].stations)))
        self.say(Resync(Full(phase, CREW, "S01", "aha2025", "real", view, (), epoch, 10, 0, "run", result, True)))

    def say(self, *messages: ServerMessage) -> None:
        for message in messages:
            self.wire.host.send(encode(message))
        self.client.receive(self.now_ms)

    def event(self, seq: int, kind: str, seat: int, *args: object, epoch: int = 1) -> None:
        self.say(Ev(seq, epoch, 5_000, kind, seat, args))  # type: ignore[arg-type]  # plain values by construction

    def turn(self) -> list[ClientMessage]:
        """One frame of the client, and what it sent."""
        self.client.receive(self.now_ms)
        self.client.flush(self.now_ms)
        self.now_ms += 16
        return [decode_client(data) for data in self.wire.host.receive()]

    def sent(self, kind: type[ClientMessage]) -> list[ClientMessage]:
        return [message for message in self.turn() if isinstance(message, kind)]


def test_a_link_that_opens_is_greeted_with_the_last_event_held() -> None:
    room = Room()
    room.event(11, Fact.CALLOUT, 3, "ten_seconds", 0)
    room.wire.join()
    hello = room.sent(Hello)
    assert [(message.token, message.last_seq) for message in hello if isinstance(message, Hello)] == [("next", 11)]
    assert room.renewed == ["next"]


def test_what_is_not_answered_is_sent_again_after_the_next_welcome() -> None:
    room = Room()
    room.client.command("stop")
    room.client.command("callout", "help")
    room.turn()
    room.say(Ack(1))
    room.wire.join()
    room.turn()
    room.welcome("third")
    again = [(message.seq, message.op) for message in room.sent(Cmd) if isinstance(message, Cmd)]
    assert again == [(2, "callout")]


def test_nothing_is_lost_that_is_pressed_while_the_link_is_down() -> None:
    room = Room()
    room.wire.cut()
    room.client.command("stop")
    room.wire.join()
    room.turn()
    room.welcome("third")
    assert [message.op for message in room.sent(Cmd) if isinstance(message, Cmd)] == ["stop"]


def test_presses_travel_in_room_time_as_one_message_a_frame() -> None:
    room = Room()
    room.turn()
    room.say(Synced(round(room.now_ms), 40_000, 40_000))
    base = room.now_ms
    strokes = [
        Stroke(PUSH_KEY, True, base + 1),
        Stroke(PUSH_KEY, False, base + 171),
        Stroke(PUSH_KEY, True, base + 546),
    ]
    room.client.perform(strokes, base + 550)
    edges = room.sent(Edges)
    assert len(edges) == 1
    assert isinstance(edges[0], Edges)
    assert edges[0].first_is_down
    assert edges[0].stamps_ms == (40_001, 40_171, 40_546)


def test_an_edge_that_does_not_alternate_is_no_edge() -> None:
    room = Room()
    room.client.perform([Stroke(PUSH_KEY, False, 10), Stroke(PUSH_KEY, True, 20), Stroke(PUSH_KEY, True, 30)], 40)
    edges = room.sent(Edges)
    assert [len(message.stamps_ms) for message in edges if isinstance(message, Edges)] == [1]


def test_own_hands_show_before_the_authority_knows() -> None:
    room = Room()
    room.turn()
    room.say(Synced(round(room.now_ms), 40_000, 40_000))
    room.client.perform([Stroke(PUSH_KEY, True, room.now_ms)], room.now_ms)
    assert room.client.hands.push_since_ms == 40_000
    room.client.perform([Stroke(PUSH_KEY, False, room.now_ms + 170)], room.now_ms + 170)
    assert room.client.hands.push_since_ms == -1
    assert room.client.hands.push_up_ms == 40_170


def test_presses_outside_play_are_nobodys() -> None:
    room = Room(phase="lobby")
    room.client.perform([Stroke(PUSH_KEY, True, 20)], 40)
    assert room.sent(Edges) == []


def test_a_refusal_is_said_in_words() -> None:
    room = Room(seat=2)
    room.client.perform([Intent("shock")], room.now_ms)
    room.turn()
    room.say(Nak(1, int(Refusal.NOT_CHARGED)))
    assert [toast.words for toast in room.client.toasts] == ["Not charged: nothing to give"]


def test_a_control_that_does_not_work_says_why_without_asking_the_authority() -> None:
    room = Room(seat=2)
    room.client.perform([Notice("access", Refusal.BUSY)], room.now_ms)
    assert [toast.words for toast in room.client.toasts] == ["IV or IO: hands busy"]
    assert room.sent(Cmd) == []


def test_an_event_comes_once() -> None:
    room = Room()
    for _ in range(2):
        room.event(11, Fact.CALLOUT, 3, "ten_seconds", 0)
    assert [caption.words for caption in room.client.captions if caption.seat == 3] == ["Ten seconds."]


def test_a_read_back_is_captioned_with_what_the_order_asked() -> None:
    room = Room(seat=2)
    room.event(11, Fact.ORDER, 3, 1, 4, "give", "epinephrine", 1000)
    room.event(12, Fact.CORRECTED, 3, 1)
    assert room.client.captions[-1].words == "Not that. Listen: Epinephrine 1 mg."


def test_a_snapshot_of_another_run_is_dropped() -> None:
    room = Room()
    before = room.client.view
    room.say(Snap(1, 0, 0, pack_bytes(views.view(Station.CHEST, findings=()))))
    assert room.client.view is before


def test_a_switch_trades_the_stations_and_waits_for_a_view_that_fits() -> None:
    room = Room()
    room.event(11, Fact.SWITCH, 1, "done", 0)
    seen = [room.client.seen]
    room.say(Snap(2, 1, 0, pack_bytes(views.view(Station.AIRWAY))))
    assert [*seen, room.client.seen] == [False, True]
    assert room.client.stations == Station.AIRWAY
    assert room.client.new_keys_until_ms > room.now_ms


def test_a_shock_has_its_moment_with_who_was_touching() -> None:
    room = Room(phase="lobby")
    room.event(11, Fact.CHARGE, 2, "delivered", 200)
    assert room.client.jolt is not None
    assert (room.client.jolt.energy_j, room.client.jolt.number, room.client.jolt.touching) == (200, 1, frozenset({0}))


def test_who_comes_late_does_not_number_the_shocks() -> None:
    room = Room()
    room.event(11, Fact.CHARGE, 2, "delivered", 200)
    assert room.client.jolt is not None
    assert room.client.jolt.number is None


@pytest.mark.parametrize(("seen_ms", "number"), [(4_950, 3), (5_000, 2)])
def test_the_defibrillators_own_count_numbers_the_shocks(seen_ms: int, number: int) -> None:
    """Its view says two; it counts the shock of this moment only if it was taken after it."""
    room = Room(seat=2)
    held = Station.CART | Station.DEFIBRILLATOR
    room.say(Snap(2, 1, seen_ms, pack_bytes(views.view(held, now_ms=seen_ms))))
    room.event(11, Fact.CHARGE, 2, "delivered", 200)
    assert room.client.jolt is not None
    assert room.client.jolt.number == number


def test_a_new_run_begins_with_a_clean_table() -> None:
    room = Room()
    room.event(11, Fact.CHARGE, 2, "delivered", 200)
    room.event(12, TeamEvent.PHASE, -1, "countdown", 3_000, 90_000, epoch=2)
    assert room.client.phase == "countdown"
    assert room.client.jolt is None
    assert not room.client.captions
    assert room.client.countdown_ms(room.now_ms) > 0
    assert not room.client.seen


def test_the_result_is_kept_for_its_screen() -> None:
    room = Room()
    room.event(11, TeamEvent.PHASE, -1, "ended", 0, 0)
    room.event(12, TeamEvent.RESULT, -1, '{"score": 700}')
    assert room.client.phase == "ended"
    assert room.client.result == '{"score": 700}'
    assert room.client.desk is None


@pytest.mark.parametrize("code", list(CloseCode))
def test_every_way_of_being_closed_is_said(code: CloseCode) -> None:
    room = Room()
    room.say(Close(code, -1))
    assert room.client.toasts
    assert not room.client.connected


def test_the_clock_is_asked_once_it_is_due() -> None:
    room = Room()
    assert len(room.sent(Sync)) == 1
    assert room.sent(Sync) == []


def test_a_message_nobody_can_read_is_left_out() -> None:
    room = Room()
    room.wire.host.send(b"\xc1nonsense")
    room.client.receive(room.now_ms)
    assert room.client.seen


def test_a_resync_tells_level_form_pack_and_how_much_is_seen() -> None:
    room = Room(seat=3)
    view = pack_bytes(views.view(Station.LEAD))
    room.say(Resync(Full("playing", CREW, "S03B", "erc2025", "blind", view, (), 2, 0, 0, "run", "", True)))
    client = room.client
    assert (client.level.name, client.pack.name, client.sight) == ("S03B", "erc2025", Sight.BLIND)


def test_a_station_that_was_taken_changes_hands() -> None:
    room = Room(seat=1)
    room.event(11, Fact.HANDOVER, 2, "offered", 8, 1)
    assert room.client.stations == Station.AIRWAY
    room.event(12, Fact.HANDOVER, 1, "taken", 8, 1)
    assert room.client.stations == Station.AIRWAY | Station.DEFIBRILLATOR
    assert [seated.stations for seated in room.client.roster] == [1, 10, 4, 16]
    assert not room.client.seen
