"""Therapy: first compression, first shock, doses in their windows, the cause, the care that follows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.log import Fact
from game.scoring.record import read
from game.scoring.result import MeasureResult
from game.scoring.tally import score_record
from game.scoring.targets import KeyAct, targets_of
from tests.scoring.logs import LEVEL, PACK, WEIGHTS, Log

CAUSE = LEVEL.cause


def measure(log: Log, key: str) -> MeasureResult:
    return log.score().blocks["therapy"].measures[key]


def two_shocks() -> Log:
    return Log().vf().shock(40_000, 35_000).shock(160_000, 155_000)


def verdicts(log: Log) -> list[tuple[str, str]]:
    return [(drug.plan, drug.verdict) for drug in log.score().drugs]


@pytest.mark.parametrize(("start_ms", "value"), [(8_000, 1.0), (20_000, 0.8), (60_000, 0.4), (120_000, 0.0)])
def test_the_first_compression_is_worth_less_the_later_it_comes(start_ms: int, value: float) -> None:
    assert measure(Log().train(start_ms, start_ms + 9_000).end(150_000), "first_compression").value == value


def test_a_team_that_never_compresses_earns_nothing_for_it() -> None:
    assert measure(Log().end(300_000), "first_compression").value == 0.0


def test_the_first_shock_is_timed_from_the_first_shockable_rhythm() -> None:
    log = Log().fact(0, Fact.RHYTHM, "pea").vf(100_000).check(146_000).shock(150_000, 145_000).end(200_000)
    assert measure(log, "first_shock").detail == {"first_ms": 50_000}


def test_a_shockable_rhythm_that_begins_within_a_cycle_counts_from_the_next_check() -> None:
    log = Log().fact(0, Fact.RHYTHM, "pea").vf(60_000).check(170_000).shock(174_000, 169_000).end(300_000)
    assert measure(log, "first_shock").value == 1.0
    unchecked = Log().fact(0, Fact.RHYTHM, "pea").vf(60_000).end(600_000)
    assert measure(unchecked, "first_shock").value == 0.0
    assert measure(log, "first_shock").value == 1.0


def test_the_level_tells_the_rhythm_at_the_collapse() -> None:
    assert measure(Log().check(46_000).shock(50_000, 45_000).end(100_000), "first_shock").detail == {"first_ms": 50_000}


def test_no_shock_is_owed_to_a_rhythm_that_no_shock_ends() -> None:
    assert measure(Log().fact(0, Fact.RHYTHM, "asystole").end(300_000), "first_shock").value is None


def test_epinephrine_is_due_after_the_second_shock() -> None:
    assert verdicts(two_shocks().dose(170_000).end(200_000)) == [("epinephrine", "on_time")]
    assert verdicts(two_shocks().dose(250_000).end(300_000)) == [("epinephrine", "late")]
    assert verdicts(two_shocks().dose(100_000).end(200_000)) == [("epinephrine", "early")]
    assert verdicts(two_shocks().end(300_000)) == [("epinephrine", "missing")]


def test_epinephrine_is_due_at_once_in_a_rhythm_that_no_shock_ends() -> None:
    assert verdicts(Log().fact(0, Fact.RHYTHM, "pea").dose(100_000).end(120_000)) == [("epinephrine", "on_time")]


def test_a_dose_that_is_only_just_due_costs_nothing_yet() -> None:
    assert verdicts(two_shocks().end(200_000)) == []
    assert measure(two_shocks().end(200_000), "first_epinephrine").value is None


@pytest.mark.parametrize(
    ("gap_s", "value", "verdict"), [(240, 1.0, "on_time"), (150, 0.5, "early"), (360, 0.5, "late"), (100, 0.0, "early")]
)
def test_repeats_belong_into_three_to_five_minutes(gap_s: int, value: float, verdict: str) -> None:
    log = two_shocks().dose(170_000).dose(170_000 + gap_s * 1000).end(170_000 + gap_s * 1000)
    assert measure(log, "redose").value == value
    assert verdicts(log)[1] == ("redose", verdict)


def test_time_with_a_pulse_does_not_run_the_clock_of_the_next_dose() -> None:
    log = two_shocks().dose(170_000).fact(200_000, Fact.PULSE, 1).fact(500_000, Fact.PULSE, 0)
    assert measure(log.end(600_000), "redose").value is None


def test_the_antiarrhythmic_is_due_after_the_third_shock() -> None:
    log = two_shocks().shock(280_000, 275_000)
    assert ("antiarrhythmic", "on_time") in verdicts(log.dose(290_000, "amiodarone", 300_000).end(320_000))


def test_an_antiarrhythmic_before_the_third_shock_is_worth_nothing() -> None:
    assert measure(two_shocks().dose(170_000, "lidocaine", 100_000).end(200_000), "antiarrhythmic").value == 0.0


def test_no_antiarrhythmic_is_owed_once_the_rhythm_has_changed() -> None:
    log = two_shocks().shock(280_000, 275_000).fact(290_000, Fact.RHYTHM, "pea").end(700_000)
    assert measure(log, "antiarrhythmic").value is None


def clued() -> Log:
    return (
        Log()
        .fact(10_000, Fact.SHOWN, "question.pain", "x", seat=3)
        .fact(20_000, Fact.REPORT, "ecg_before", "x", seat=2)
    )


def test_the_cause_counts_when_named_after_two_reported_clues() -> None:
    named = clued().fact(60_000, Fact.CAUSE, CAUSE, "working", seat=3).end(600_000)
    assert measure(named, "cause").value == 1.0
    guessed = Log().fact(60_000, Fact.CAUSE, CAUSE, "working", seat=3).end(600_000)
    assert measure(guessed, "cause").value == 0.5


def test_an_answer_to_the_leader_is_a_clue_said_aloud() -> None:
    log = (
        Log()
        .fact(10_000, Fact.REPORT, "ecg_before", "x", seat=2)
        .fact(20_000, Fact.SHOWN, "question.pain", "x", seat=3)
    )
    assert measure(log.fact(60_000, Fact.CAUSE, CAUSE, "working").end(600_000), "cause").value == 1.0


def test_two_changes_of_mind_are_free_and_a_third_is_not() -> None:
    log = clued()
    for number, cause in enumerate(("toxins", "hypoxia", CAUSE)):
        log.fact(30_000 + number * 1_000, Fact.CAUSE, cause, "working", seat=3)
    assert measure(log.end(600_000), "cause").value == 1.0
    log.fact(40_000, Fact.CAUSE, "hypoxia", "working", seat=3)
    log.fact(41_000, Fact.CAUSE, CAUSE, "working", seat=3)
    assert measure(log, "cause").value == 0.25


def test_a_wrong_cause_earns_nothing() -> None:
    assert measure(clued().fact(60_000, Fact.CAUSE, "toxins", "working", seat=3).end(600_000), "cause").value == 0.0


@pytest.mark.parametrize(("done_ms", "value"), [(350_000, 1.0), (520_000, 0.5), (None, 0.0)])
def test_care_after_the_return_is_owed_by_its_own_limit(done_ms: int | None, value: float) -> None:
    targets = replace(
        targets_of(PACK, LEVEL), care=(KeyAct("ecg12", "12-lead", (("ecg12",),), 1, 100_000, "rosc", treats=False),)
    )
    log = Log().fact(300_000, Fact.PULSE, 1).fact(300_000, Fact.PULSE_FELT, "felt", seat=0)
    log.end(720_000, "held", "pulse_held")
    if done_ms is not None:
        log.act(done_ms, "ecg12", seat=0)
    result = score_record(read(log.entries), targets, WEIGHTS)
    assert result.blocks["therapy"].measures["rosc_care"].value == value


def test_a_shock_that_nobody_called_is_not_the_first_shock() -> None:
    blind = Log().vf().shock(20_000, 15_000).check(146_000).shock(150_000, 145_000).end(200_000)
    assert measure(blind, "first_shock").detail == {"first_ms": 150_000}


def test_a_report_that_bears_on_no_cause_is_no_clue() -> None:
    log = Log().fact(10_000, Fact.SHOWN, "question.holiday", "x", seat=3).fact(20_000, Fact.REPORT, "ecg_before", "x")
    assert measure(log.fact(60_000, Fact.CAUSE, CAUSE, "working").end(600_000), "cause").value == 0.5
