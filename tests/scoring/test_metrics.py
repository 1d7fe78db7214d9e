"""The 37 measures of the clinical reference: complete, right on hand-made logs, honest about what was not seen."""

from __future__ import annotations

import pytest

from game.log import Fact
from game.scoring.metrics import FROM_FINDINGS, READERS, Metric
from game.stations import Station
from tests.scoring.logs import WEIGHTS, Log
from tests.scoring.reference import vf_run

GIVE = ("give", "epinephrine", 1_000)


def metric(log: Log, key: str) -> Metric:
    return next(each for each in log.score().measures if each.key == key)


def value(log: Log, key: str) -> float | None:
    return metric(log, key).value


def test_there_are_37_each_with_name_target_source_and_reader() -> None:
    assert [entry.number for entry in WEIGHTS.register] == list(range(1, 38))
    assert {entry.key for entry in WEIGHTS.register} == {*READERS, *FROM_FINDINGS}
    assert all(entry.name and entry.unit and entry.target and entry.source for entry in WEIGHTS.register)


def test_an_empty_log_has_all_of_them_and_none_is_met_by_nothing() -> None:
    verdicts = {each.key: each.verdict for each in Log().score().measures}
    assert len(verdicts) == 37
    assert {key for key, verdict in verdicts.items() if verdict == "met"} <= {"safety_events", "duplicates"}


def test_what_the_log_does_not_hold_is_not_computable() -> None:
    assert metric(Log().train(0, 60_000).end(60_000), "etco2").verdict == "not_computable"


def test_recognition_and_first_compression_are_told_apart() -> None:
    log = Log().act(6_000, "start", seat=3).train(14_000, 60_000).end(60_000)
    assert value(log, "recognition") == 6.0
    assert value(log, "first_compression") == 8.0


def test_time_to_the_first_shock_and_its_pauses() -> None:
    log = Log().vf().train(0, 30_000).check(30_000).shock(34_000, 28_000).train(37_000, 60_000).end(60_000)
    assert [value(log, f"{part}_shock") for part in ("first", "pre", "post", "peri")] == [34.0, 4.0, 3.0, 7.0]
    assert value(log, "check_pause") == 4.0


def test_epinephrine_is_timed_only_where_no_shock_was_due_first() -> None:
    pea = Log().fact(0, Fact.RHYTHM, "pea").train(5_000, 200_000).dose(105_000).end(200_000)
    assert value(pea, "epinephrine") == 100.0
    assert metric(Log().vf().train(5_000, 200_000).dose(105_000).end(200_000), "epinephrine").verdict == "not_seen"


def test_an_airway_is_confirmed_by_the_first_breath_with_a_capnograph() -> None:
    log = Log().fact(100_000, Fact.AIRWAY, "sga", "trachea").act(104_000, "co2", seat=1).breath(110_000, airway="sga")
    assert value(log.vitals(100_000, 130_000).end(200_000), "airway_confirmed") == 10.0


def test_flow_and_its_complement() -> None:
    log = Log().train(20_000, 100_000).end(100_000)
    assert (value(log, "ccf"), value(log, "no_flow_fraction")) == (0.8, 0.2)
    assert (value(log, "no_flow"), value(log, "low_flow"), value(log, "longest_pause")) == (20.0, 80.0, 20.0)


def test_pauses_over_ten_seconds_are_counted() -> None:
    log = Log().train(0, 30_000).train(42_000, 60_000).train(65_000, 90_000).end(90_000)
    assert (value(log, "long_pauses"), metric(log, "long_pauses").parts["pauses"]) == (1, 2)


def test_compressions_must_be_deep_and_released_to_count_as_good() -> None:
    log = Log()
    for number in range(100):
        log.press(545 * number, depth_um=54_000 if number % 2 else 40_000)
    log.end(60_000)
    assert value(log, "depth_recoil_duty") == 0.5
    assert metric(log, "depth_recoil_duty").parts["duty"] == pytest.approx(0.33, abs=0.01)
    assert value(log, "rate") == pytest.approx(110.1, abs=0.1)


@pytest.mark.parametrize(("every_ms", "verdict"), [(6_000, "met"), (3_000, "missed")])
def test_fast_bagging_through_a_tube_is_seen(every_ms: int, verdict: str) -> None:
    log = Log().train(0, 200_000)
    for ms in range(1_000, 200_000, every_ms):
        log.breath(ms, airway="tube")
    log.end(200_000)
    assert metric(log, "ventilation_rate").verdict == verdict
    assert (value(log, "hyperventilation") == 0) is (verdict == "met")


def test_a_long_turn_on_the_chest_is_seen() -> None:
    assert metric(Log().train(0, 170_000).end(170_000), "switch_interval").verdict == "missed"


def test_drugs_are_counted_by_interval_and_shock() -> None:
    log = Log().vf().dose(60_000).dose(300_000).dose(400_000)
    for ms in (40_000, 160_000, 280_000):
        log.shock(ms, ms - 5_000)
    log.dose(290_000, "lidocaine", 100_000).end(420_000)
    assert value(log, "epinephrine_interval") == 0.5
    assert value(log, "antiarrhythmic_timing") == 3


def test_a_shock_left_out_and_one_too_many_are_seen() -> None:
    log = Log().vf().check(30_000).check(150_000).shock(154_000, 149_000)
    log.fact(160_000, Fact.RHYTHM, "asystole").shock(200_000, 195_000).end(300_000)
    assert value(log, "shock_appropriateness") == 0.5
    assert metric(log, "shock_appropriateness").parts["omitted"] == 1
    assert value(log, "cycle_length") == 120.0


def test_carbon_dioxide_counts_without_a_pulse_only() -> None:
    log = Log().vitals(0, 60_000, etco2=15).vitals(60_000, 120_000, etco2=45).fact(60_000, Fact.PULSE, 1)
    assert value(log.end(120_000), "etco2") == 15.0
    assert metric(log, "etco2").parts == {"at_least_10": 1.0, "at_least_20": 0.0}


def test_loops_clarity_and_doubles() -> None:
    log = Log().order(10_000, Station.CART, *GIVE, said=GIVE, closed_ms=40_000)
    log.order(20_000, Station.CART, *GIVE).order(30_000, Station.CART, "give", "amiodarone")
    log.end(60_000)
    assert value(log, "closed_loops") == pytest.approx(1 / 3, abs=1e-3)
    assert metric(log, "closed_loops").parts == {"heard_s": 2.0, "read_back_s": 4.0}
    assert value(log, "order_clarity") == pytest.approx(2 / 3, abs=1e-3)
    assert value(log, "duplicates") == 1


def test_idle_hands_while_an_order_waits_are_seen() -> None:
    log = Log().fact(10_000, Fact.ORDER, 1, int(Station.CART), "gas", seat=3).fact(70_000, Fact.HEARD, 1, seat=2)
    assert value(log.fact(80_000, Fact.CLOSED, 1, seat=2).end(90_000), "idle_overlap") == 50.0


def test_the_recognition_of_a_returned_pulse_is_timed() -> None:
    log = Log().fact(100_000, Fact.PULSE, 1).fact(118_000, Fact.PULSE_FELT, "felt", seat=0).end(300_000)
    assert (value(log, "rosc_lag"), metric(log, "rosc_lag").verdict) == (18.0, "met")


def test_a_check_that_is_used_for_a_switch_and_a_shock_is_bundled() -> None:
    log = Log().vf().train(0, 30_000).check(30_000).shock(34_000, 28_000).fact(37_000, Fact.SWITCH, "done", 0, seat=1)
    assert value(log.train(37_000, 60_000, seat=1).end(60_000), "pause_bundling") == 1.0


def test_the_reference_run_does_every_required_step_right() -> None:
    assert value(vf_run(), "adherence") == 1.0
    assert value(vf_run(), "anticipation") == 1.0
    assert value(vf_run(rosc_at_shock=4), "rosc_bundle") == 1.0
