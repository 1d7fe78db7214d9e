"""Pauses: what caused them, who held them, and how much of each was avoidable."""

from __future__ import annotations

import pytest

from game.log import Fact
from game.scoring.result import PauseResult
from tests.scoring.logs import Log

AWAY, HERE = 1, 0


def paused(log: Log, start_ms: int = 30_000, end_ms: int = 42_000) -> PauseResult:
    """The pause that `log` puts between two trains of compressions."""
    log.train(0, start_ms).train(end_ms, 60_000, seat=0).end(60_000)
    (pause,) = log.score().pauses
    return pause


def test_a_pause_over_ten_seconds_has_an_owner() -> None:
    pause = paused(Log())
    assert (pause.cause, pause.owner_seat, pause.length_ms) == ("none", 0, 12_000)
    assert pause.avoidable_ms == 12_000


def test_a_pause_for_breaths_belongs_to_airway_and_is_free_for_five_seconds() -> None:
    pause = paused(Log().breath(31_000).breath(40_000))
    assert (pause.cause, pause.owner_seat, pause.breaths) == ("vent", 1, 2)
    assert (pause.allowed_ms, pause.avoidable_ms) == (5_000, 7_000)


def test_a_pause_that_outlasts_its_breaths_belongs_to_the_chest() -> None:
    assert paused(Log().breath(31_000).breath(32_500)).owner_seat == 0


@pytest.mark.parametrize(
    ("volume_ml", "airway", "count"), [(500, "mask", 1), (200, "mask", 2), (500, "sga", 2)], ids=["one", "small", "sga"]
)
def test_only_two_delivered_mask_breaths_make_a_pause_free(volume_ml: int, airway: str, count: int) -> None:
    log = Log()
    for number in range(count):
        log.breath(31_000 + 1_500 * number, volume_ml, airway)
    assert paused(log).allowed_ms == 0


def test_breaths_long_before_a_set_is_done_make_no_free_pause() -> None:
    log = Log().train(0, 5_000).breath(6_000).breath(7_000).train(9_000, 40_000).end(40_000)
    assert log.score().pauses[0].allowed_ms == 0


def test_a_due_check_is_free_for_five_seconds_and_belongs_to_the_leader() -> None:
    pause = paused(Log().vf().check(30_500, resume_ms=11_000))
    assert (pause.cause, pause.owner_seat, pause.allowed_ms) == ("check", 3, 5_000)


def test_a_second_check_in_the_same_cycle_is_not_free() -> None:
    log = Log().train(0, 30_000).check(30_500).train(35_000, 60_000).check(60_500).train(65_000, 90_000).end(90_000)
    assert [pause.allowed_ms for pause in log.score().pauses] == [5_000, 0]


def test_a_due_shock_is_free_for_five_seconds_and_belongs_to_its_seat() -> None:
    log = Log().vf().check(20_000, resume_ms=1_500).shock(31_500, 26_000)
    log.train(0, 30_000).train(34_000, 60_000).end(60_000)
    (pause,) = log.score().pauses
    assert (pause.cause, pause.owner_seat, pause.allowed_ms) == ("shock", 2, 4_000)


def test_a_shock_nobody_called_for_is_not_free() -> None:
    log = Log().vf().shock(31_500, 26_000).train(0, 30_000).train(34_000, 60_000).end(60_000)
    (pause,) = log.score().pauses
    assert (pause.cause, pause.allowed_ms) == ("shock", 0)


def test_the_first_ten_seconds_are_free_and_a_re_arrest_has_its_own() -> None:
    log = Log().train(14_000, 30_000).fact(30_000, Fact.PULSE, 1).fact(60_000, Fact.PULSE, 0)
    result = log.train(75_000, 90_000).end(90_000).score()
    assert [(pause.cause, pause.avoidable_ms) for pause in result.pauses] == [("start", 4_000), ("start", 5_000)]


def test_a_pause_of_a_lost_link_belongs_to_the_connection() -> None:
    pause = paused(Log().link(31_000, AWAY, seat=0).link(41_000, HERE, seat=0))
    assert (pause.cause, pause.owner_seat, pause.avoidable_ms) == ("connection", -1, 12_000)


def test_a_lost_link_of_somebody_else_is_no_excuse() -> None:
    assert paused(Log().link(31_000, AWAY, seat=2).link(41_000, HERE, seat=2)).cause == "none"


@pytest.mark.parametrize(("op", "seat", "cause"), [("tube", 1, "airway"), ("access", 2, "access")])
def test_a_pause_for_a_task_belongs_to_whoever_does_it(op: str, seat: int, cause: str) -> None:
    log = Log().fact(29_000, Fact.TASK, op, "started", seat=seat).fact(41_000, Fact.TASK, op, "done", seat=seat)
    pause = paused(log)
    assert (pause.cause, pause.owner_seat) == (cause, seat)


def test_a_switch_names_its_pause() -> None:
    assert paused(Log().fact(42_050, Fact.SWITCH, "done", 0, seat=1)).cause == "switch"


def test_gaps_up_to_a_second_and_a_half_are_no_pauses() -> None:
    assert not Log().train(0, 10_000).train(11_500, 20_000).end(20_000).score().pauses
