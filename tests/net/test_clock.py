"""What the client believes room time to be, and how gently it changes its mind."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.net.clock import FIRST_SAMPLES, JUMP_MS, LATER_INTERVAL_MS, RoomClock


def exchange(clock: RoomClock, now_ms: float, offset_ms: float, out_ms: float, back_ms: float) -> None:
    """One SYNC that starts at `now_ms`; the authority's clock is the local one plus `offset_ms`."""
    t0_ms = round(now_ms)
    at_server_ms = round(now_ms + out_ms + offset_ms)
    clock.answer(t0_ms, at_server_ms, at_server_ms, now_ms + out_ms + back_ms)


def test_before_the_first_sample_there_is_no_room_time() -> None:
    clock = RoomClock()
    assert not clock.synced
    assert clock.room_ms(5_000.0) == 0


def test_a_stamp_becomes_room_time_counted_from_the_collapse() -> None:
    clock = RoomClock()
    clock.zero_ms = 70_000
    exchange(clock, 1_000.0, 80_000.0, 10.0, 10.0)
    assert clock.room_ms(1_500.0) == 11_500
    assert clock.room_ms(-20_000.0) < 0


def test_the_sample_with_the_shortest_round_trip_wins() -> None:
    clock = RoomClock()
    for now_ms, out_ms, back_ms in ((0, 5, 5), (100, 200, 0), (200, 0, 300), (300, 80, 10)):
        exchange(clock, now_ms, 1_000.0, out_ms, back_ms)
    assert clock.round_trip_ms == pytest.approx(10.0, abs=1.0)
    assert clock.room_ms(1_000.0) == pytest.approx(2_000, abs=1)


@given(
    st.floats(-1e9, 1e9),
    st.lists(st.tuples(st.floats(0, 400), st.floats(0, 400)), min_size=1, max_size=8),
)
def test_the_error_is_at_most_half_the_shortest_round_trip(offset_ms: float, trips: list[tuple[float, float]]) -> None:
    clock = RoomClock()
    for place, (out_ms, back_ms) in enumerate(trips):
        exchange(clock, place * 1_000.0, offset_ms, out_ms, back_ms)
    shortest_ms = min(out_ms + back_ms for out_ms, back_ms in trips)
    assert abs(clock.room_ms(0.0) - offset_ms) <= shortest_ms / 2 + 3


def test_in_a_run_the_estimate_slews_at_most_5_ms_a_second_and_never_steps() -> None:
    clock = RoomClock()
    exchange(clock, 0.0, 1_000.0, 20.0, 20.0)
    clock.in_run = True
    clock.tick(40.0)
    exchange(clock, 100.0, 1_050.0, 2.0, 2.0)
    assert clock.room_ms(104.0) == pytest.approx(1_104, abs=2)
    earlier = clock.tick(104.0)
    for second in range(1, 21):
        later = clock.tick(104.0 + second * 1_000.0)
        assert 994 <= later - earlier <= 1_006
        earlier = later
    assert clock.tick(21_000.0) == pytest.approx(22_050, abs=2)


def test_outside_a_run_the_best_sample_holds_at_once() -> None:
    clock = RoomClock()
    exchange(clock, 0.0, 1_000.0, 50.0, 50.0)
    exchange(clock, 200.0, 1_040.0, 1.0, 1.0)
    assert clock.room_ms(300.0) == pytest.approx(1_340, abs=2)


def test_room_time_never_runs_backwards_while_slewing() -> None:
    clock = RoomClock()
    exchange(clock, 0.0, 1_000.0, 20.0, 20.0)
    clock.in_run = True
    exchange(clock, 100.0, 900.0, 1.0, 1.0)
    seen = [clock.tick(110.0 + frame * 16.7) for frame in range(600)]
    assert seen == sorted(seen)


def test_a_jump_of_more_than_100_ms_in_a_run_is_flagged() -> None:
    clock = RoomClock()
    exchange(clock, 0.0, 1_000.0, 20.0, 20.0)
    clock.in_run = True
    exchange(clock, 100.0, 1_000.0 + JUMP_MS / 2, 5.0, 5.0)
    assert not clock.jumped
    exchange(clock, 200.0, 1_000.0 + JUMP_MS * 3, 1.0, 1.0)
    assert clock.jumped


def test_eight_samples_come_at_once_then_one_every_five_seconds() -> None:
    clock = RoomClock()
    asked = [now_ms for now_ms in range(0, 30_000, 10) if clock.ask(float(now_ms)) is not None]
    assert len([now_ms for now_ms in asked if now_ms < 1_000]) == FIRST_SAMPLES
    assert {later - earlier for earlier, later in pairwise(asked[8:])} == {LATER_INTERVAL_MS}


def test_a_new_connection_is_measured_afresh_but_nothing_is_forgotten() -> None:
    clock = RoomClock()
    exchange(clock, 0.0, 1_000.0, 5.0, 5.0)
    for now_ms in range(0, 1_000, 100):
        clock.ask(float(now_ms))
    clock.reconnected()
    assert clock.ask(1_000.0) == 1_000
    assert clock.room_ms(2_000.0) == pytest.approx(3_000, abs=1)


def test_an_answer_from_before_its_question_is_ignored() -> None:
    clock = RoomClock()
    clock.answer(1_000, 5_000, 5_900, 1_100.0)
    assert not clock.synced


def test_a_faster_authority_of_a_test_build_is_followed() -> None:
    clock = RoomClock(rate=10)
    asked = clock.ask(100.0)
    assert asked == 1_000
    clock.answer(asked, 3_010, 3_010, 102.0)
    assert clock.room_ms(202.0) == pytest.approx(4_020, abs=2)
    assert clock.round_trip_ms == pytest.approx(2.0)
