"""A seat's events are numbered without holes and come again to whoever missed them."""

from __future__ import annotations

from game.wire import Ev, RecentEvent, TeamEvent, decode_server
from server.authority.limits import EVENTS_KEPT, RECENT_EVENTS
from server.authority.stream import EventStream


def event(ms: int) -> RecentEvent:
    return RecentEvent(ms, "callout", 0, ("here", ms))


def numbers(messages: list[bytes] | None) -> list[int]:
    assert messages is not None
    events = [decode_server(message) for message in messages]
    return [event.seq for event in events if isinstance(event, Ev)]


def test_the_missed_events_come_again_and_no_others() -> None:
    stream = EventStream()
    for ms in range(5):
        stream.add(1, event(ms))
    assert numbers(stream.since(3)) == [4, 5]
    assert numbers(stream.since(5)) == []
    assert numbers(stream.since(0)) == [1, 2, 3, 4, 5]


def test_more_than_is_kept_needs_a_resync() -> None:
    stream = EventStream()
    for ms in range(EVENTS_KEPT + 10):
        stream.add(1, event(ms))
    assert stream.since(9) is None
    assert numbers(stream.since(10)) == list(range(11, EVENTS_KEPT + 11))
    assert len(stream.recent()) == RECENT_EVENTS


def test_a_number_that_never_was_needs_a_resync() -> None:
    stream = EventStream()
    stream.add(1, event(0))
    assert stream.since(2) is None


def test_a_new_run_goes_on_counting_and_forgets_the_old() -> None:
    stream = EventStream()
    stream.add(1, event(0))
    stream.restart()
    assert stream.since(0) is None
    assert stream.recent() == ()
    stream.add(2, event(0))
    assert numbers(stream.since(1)) == [2]


def test_what_a_resync_says_by_itself_is_no_recent_event() -> None:
    stream = EventStream()
    stream.add(1, event(0))
    stream.add(1, RecentEvent(1, TeamEvent.RESULT, -1, ("x" * 100_000,)))
    assert stream.recent() == (event(0),)
    assert numbers(stream.since(0)) == [1, 2]
