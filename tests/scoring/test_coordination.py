"""Coordination: the level's loops, read-backs, switches, thinking ahead, shared pauses, summaries."""

from __future__ import annotations

import pytest

from game.log import Fact
from game.scoring.result import MeasureResult
from game.stations import Station
from tests.scoring.logs import Log

GIVE = ("give", "epinephrine", 1_000)


def measure(log: Log, key: str) -> MeasureResult:
    return log.score().blocks["coordination"].measures[key]


def full(log: Log) -> list[str]:
    return [loop.op for loop in log.score().loops if loop.full]


def test_a_loop_is_full_when_heard_read_back_and_done() -> None:
    assert full(Log().order(10_000, Station.CART, *GIVE, said=GIVE, closed_ms=30_000).end(60_000)) == ["give"]


@pytest.mark.parametrize("said", [(), ("give", "epinephrine", 100), ("give", "amiodarone", 300_000)])
def test_a_drug_loop_without_a_matching_read_back_is_not_full(said: tuple[str | int, ...]) -> None:
    assert full(Log().order(10_000, Station.CART, *GIVE, said=said, closed_ms=30_000).end(60_000)) == []


def test_a_loop_heard_after_eight_seconds_is_not_full() -> None:
    log = Log().fact(10_000, Fact.ORDER, 1, int(Station.AIRWAY), "sga", seat=3).fact(18_500, Fact.HEARD, 1, seat=1)
    assert full(log.fact(30_000, Fact.CLOSED, 1, seat=1).end(60_000)) == []


def test_a_visible_act_closes_itself() -> None:
    log = Log().fact(10_000, Fact.ORDER, 1, int(Station.DEFIBRILLATOR), "charge", seat=3)
    assert full(log.fact(22_000, Fact.CLOSED, 1, seat=2).end(60_000)) == ["charge"]


def test_a_loop_that_came_due_without_an_order_is_missing() -> None:
    log = Log().vf().shock(40_000, 35_000).shock(160_000, 155_000).end(400_000)
    assert measure(log, "loops").value == 0.0
    assert [loop.ordered_ms for loop in log.score().loops] == [None] * 5


def test_the_order_of_a_planned_drug_is_owed_with_its_dose() -> None:
    log = Log().vf().shock(40_000, 35_000).end(400_000)
    assert "give" not in [loop.op for loop in log.score().loops]


def test_extra_orders_earn_nothing() -> None:
    log = Log().order(10_000, Station.DEFIBRILLATOR, "charge", closed_ms=12_000)
    before = measure(log.end(60_000), "loops")
    log.order(20_000, Station.AIRWAY, "listen", closed_ms=25_000)
    log.order(30_000, Station.DEFIBRILLATOR, "charge", closed_ms=32_000)
    assert measure(log, "loops") == before


def test_each_dose_asks_for_an_order_that_was_read_back() -> None:
    assert measure(Log().give(60_000).end(90_000), "read_backs").value == 1.0
    assert measure(Log().give(60_000).dose(80_000).end(90_000), "read_backs").value == 0.5


def test_a_drug_outside_the_plan_is_ordered_and_read_back_like_any_other() -> None:
    assert measure(Log().give(60_000).dose(80_000, "atropine").end(90_000), "read_backs").value == 0.5


def test_a_confirmed_mismatch_is_a_shared_error() -> None:
    wrong = ("give", "epinephrine", 100)
    log = Log().order(10_000, Station.CART, *GIVE, said=wrong, closed_ms=30_000).dose(30_000).end(60_000)
    assert measure(log, "read_backs").value == 0.0


def test_a_corrected_read_back_counts_as_it_was_in_the_end() -> None:
    log = (
        Log().order(10_000, Station.CART, *GIVE).fact(14_000, Fact.READ_BACK, 1, "give", "amiodarone", 300_000, seat=2)
    )
    log.fact(15_000, Fact.CORRECTED, 1, seat=3).fact(25_000, Fact.READ_BACK, 1, *GIVE, seat=2)
    assert measure(log.fact(26_000, Fact.CONFIRMED, 1, 1, seat=3).dose(30_000).end(60_000), "read_backs").value == 1.0


def switched(turn_ms: int, *, asked: bool = True) -> Log:
    log = Log().train(0, turn_ms, seat=0).train(turn_ms + 3_000, turn_ms + 60_000, seat=1).end(turn_ms + 60_000)
    if asked:
        log.fact(turn_ms - 9_000, Fact.SWITCH, "asked", 1, seat=0).fact(turn_ms - 8_000, Fact.SWITCH, "yes", 0, seat=1)
    return log.fact(turn_ms + 3_000, Fact.SWITCH, "done", 0, seat=1)


def test_a_switch_in_time_that_was_asked_and_answered_is_clean() -> None:
    assert measure(switched(120_000), "switches").value == 1.0


def test_a_switch_without_a_handshake_or_too_late_is_worth_half() -> None:
    assert measure(switched(120_000, asked=False), "switches").value == 0.5
    assert measure(switched(150_000), "switches").value == 0.5


def test_one_person_on_the_chest_for_three_minutes_is_a_missed_switch() -> None:
    assert measure(Log().train(0, 190_000).end(190_000), "switches").value == 0.0
    assert measure(Log().train(0, 100_000).end(100_000), "switches").value is None


def test_a_switch_should_share_a_pause_that_was_due() -> None:
    assert measure(switched(120_000), "bundled").value == 0.0
    assert measure(switched(120_000).vf().check(120_500), "bundled").value == 1.0


def test_a_drug_is_ready_when_read_back_or_given_at_its_time() -> None:
    shocks = Log().vf().shock(40_000, 35_000).shock(160_000, 155_000).end(240_000)
    assert measure(shocks, "drug_ready").value == 0.0
    assert measure(shocks.order(150_000, Station.CART, *GIVE, said=GIVE), "drug_ready").value == 1.0


def test_one_summary_a_cycle_counts_by_its_true_chips() -> None:
    log = Log().fact(20_000, Fact.SUMMARY, 3, seat=3).fact(130_000, Fact.SUMMARY, 1, seat=3)
    log.fact(140_000, Fact.SUMMARY, 3, seat=3)
    assert measure(log.end(300_000), "summaries").value == pytest.approx((3 / 3 + 1 / 3) / 2, abs=1e-4)
