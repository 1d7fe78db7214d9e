"""Whoever plays alone plays the real game: the same room, bots, score, and nobody asked on the network."""

from __future__ import annotations

import json

import pytest

from game.room.fold import verify
from game.rules.setup import Setup, Sight
from game.solo.wish import TRIAL_MS, Wish
from game.wire.messages import Edges, Resync, Snap, Sync, Synced, Welcome
from tests.solo.alone import Alone, case


def finished(wish: Wish, limit_s: int = 20) -> Alone:
    """A short S01 played to its score."""
    alone = Alone(wish, case(wish.level, limit_s=limit_s))
    alone.live(limit_s / wish.rate + 10)
    return alone


def test_a_run_alone_goes_from_the_countdown_to_a_score() -> None:
    alone = finished(Wish("S01", 3))
    assert alone.phases() == ["countdown", "playing", "ended", "debrief"]
    ((text,),) = alone.events("result")
    result = json.loads(str(text))
    assert result["level"].startswith("S01 ")
    assert result["ended"] == "time"
    assert result["ranked"] is False
    assert "practice" in result["not_ranked"]


def test_the_log_of_a_run_alone_is_what_the_servers_room_makes_of_the_same_inputs() -> None:
    wish = Wish("S01", 0, setup=Setup(Sight.OPEN, 2))
    found = case("S01")
    alone = Alone(wish, found)
    alone.live(4)
    for beat in range(40):
        now_ms = alone.table.room_ms
        alone.say(Edges.of(1000 + beat, 0, True, (now_ms, now_ms + 180)))
        alone.live(0.55)
    alone.command("stop")
    alone.live(2)
    assert verify(*found, 7, alone.table.log, wish.setup).room.now_ms > 20_000


def test_the_same_seed_and_the_same_hands_give_the_same_log() -> None:
    logs = [finished(Wish("S01", 1)).table.log for _ in range(2)]
    assert logs[0] == logs[1]


def test_what_is_asked_for_is_what_is_played() -> None:
    wish = Wish("S03", 1, "erc2025", Setup(Sight.BLIND, 2), "distracted")
    alone = Alone(wish, case("S03", "erc2025"))
    alone.live(0.1)
    (full,) = (said.full for said in alone.heard if isinstance(said, Resync))
    assert (full.level, full.pack, full.sight, len(full.roster)) == ("S03", "erc2025", "blind", 2)
    assert [row.name for row in full.roster] == [None, "Otter"]


def test_again_with_the_same_patient_begins_within_five_seconds_as_the_last_run_began() -> None:
    alone = finished(Wish("S01", 3))
    first = list(alone.table.log)
    told = len(alone.heard)
    alone.command("again", "same")
    alone.live(4)
    assert alone.phases()[-2:] == ["countdown", "playing"]
    fresh = [said.full for said in alone.heard[told:] if isinstance(said, Resync)]
    assert [(full.phase, full.epoch, full.view) for full in fresh] == [("countdown", 2, b"")]
    alone.live(25)
    assert alone.table.log == first


def test_again_draws_a_new_patient() -> None:
    alone = finished(Wish("S01", 3))
    first = list(alone.table.log)
    alone.command("again")
    alone.live(30)
    assert alone.phases()[-1] == "debrief"
    assert alone.table.log != first


def test_a_run_can_be_begun_anew_in_the_middle() -> None:
    alone = Alone(Wish("S01", 3), case("S01"))
    alone.live(20)
    alone.command("again", "same")
    alone.live(5)
    assert alone.phases()[-2:] == ["countdown", "playing"]
    assert alone.table.room_ms < 3000


def test_while_nobody_can_see_it_the_room_stands_still() -> None:
    alone = Alone(Wish("S01", 3), case("S01"))
    alone.live(10)
    before_ms = alone.table.room_ms
    alone.live(60, shown=False, frame_ms=500)
    assert alone.phases()[-1] == "frozen"
    alone.live(1)
    assert alone.phases()[-1] == "playing"
    assert before_ms <= alone.table.room_ms <= before_ms + 1200


def test_a_device_that_slept_goes_on_where_it_was() -> None:
    alone = Alone(Wish("S01", 3), case("S01"))
    alone.live(10)
    before_ms = alone.table.room_ms
    alone.now_ms += 120_000
    alone.live(1)
    assert before_ms <= alone.table.room_ms <= before_ms + 2000
    assert alone.table.log[-1].ms <= alone.table.room_ms


def test_a_slow_device_makes_up_for_short_stutters() -> None:
    alone = Alone(Wish("S01", 3), case("S01"))
    alone.live(10)
    alone.now_ms += 400
    alone.live(2)
    told = [said for said in alone.heard if isinstance(said, Snap)]
    assert alone.table.room_ms - told[-1].room_ms <= 150
    assert alone.phases().count("playing") == 1


def test_slower_practice_plays_three_quarters_of_a_minute_in_a_minute_and_says_so_in_the_result() -> None:
    alone = Alone(Wish("S01", 3, slow=True), case("S01"))
    alone.live(3 / 0.75 + 60)
    assert alone.table.room_ms == pytest.approx(45_000, abs=150)
    result = json.loads(str(finished(Wish("S01", 3, slow=True)).events("result")[0][0]))
    assert "slower" in result["not_ranked"]


def test_the_clock_that_is_told_is_the_clock_of_the_room() -> None:
    alone = Alone(Wish("S01", 3, slow=True), case("S01"))
    alone.live(8)
    alone.say(Sync(123))
    alone.live(0.04)
    welcome = next(said for said in alone.heard if isinstance(said, Welcome))
    answer = next(said for said in alone.heard if isinstance(said, Synced))
    zero_ms = alone.events("phase-is")[-1][2]
    assert welcome.clock_rate == 0.75
    assert answer.t1_ms == pytest.approx((alone.now_ms - 40) * 0.75, abs=1)
    assert answer.t1_ms - int(str(zero_ms)) == pytest.approx(alone.table.room_ms, abs=1)


def test_a_trial_begins_at_once_and_is_over_after_a_minute_without_a_score() -> None:
    alone = Alone(Wish("D1", 0, setup=Setup(Sight.OPEN), trial=True), case("D1"))
    alone.live(0.2)
    assert alone.phases() == ["countdown", "playing"]
    alone.live(90)
    assert alone.table.over
    assert TRIAL_MS <= alone.table.room_ms < TRIAL_MS + 500
    assert alone.events("result") == []


def test_a_seat_alone_is_told_no_more_than_a_seat_in_a_team() -> None:
    alone = Alone(Wish("S01", 0), case("S01"))
    alone.live(30)
    told = {said.kind for said in alone.heard if hasattr(said, "kind")}
    assert not told & {"rhythm", "pulse", "shock", "airway"}


def test_only_the_persons_seat_is_left_to_the_person() -> None:
    alone = Alone(Wish("S01", 0), case("S01"))
    alone.live(60)
    seats = {entry.seat for entry in alone.table.log if entry.kind == "command"}
    assert 0 not in seats
    assert {1, 2, 3} <= seats
