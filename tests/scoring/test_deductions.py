"""Every point lost can be asked why: deductions and score add up to 1000, each with its rule, source and events."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

from game.log import Entry, Fact
from game.scoring import Score
from game.scoring.deductions import CENTS
from tests.scoring.logs import LEVEL, WEIGHTS_TEXT, Log
from tests.scoring.reference import vf_run
from tests.scoring.test_tally import ENTRIES, scored


def assert_adds_up(result: Score) -> None:
    cents = [round(deduction.points * CENTS) for deduction in result.deductions]
    assert all(cents)
    assert sum(cents) + result.score * CENTS == result.of * CENTS


def sloppy() -> Log:
    """A run in which a little of everything goes wrong."""
    log = Log().vf().train(22_000, 60_000).check(60_500, resume_ms=14_000).shock(75_000, 74_000).sets(80_000, 200_000)
    log.dose(90_000).fact(95_000, Fact.SAFETY, "wrong_dose", 0, "epinephrine", seat=2)
    return log.fact(120_000, Fact.SAFETY, "shock_not_clear", 1, seat=2).end(400_000)


@given(ENTRIES)
@settings(max_examples=100, deadline=None)
def test_deductions_and_score_make_a_thousand_whatever_the_log(entries: list[Entry]) -> None:
    assert_adds_up(scored(entries))


@pytest.mark.parametrize("ended", ["time", "stopped"])
def test_deductions_and_score_make_a_thousand_in_a_poor_run(ended: str) -> None:
    log = sloppy()
    log.entries.pop()
    assert_adds_up(log.end(400_000, ended).score())


def test_more_critical_errors_than_points_take_no_more_than_there_was() -> None:
    log = sloppy()
    for number in range(9):
        log.fact(130_000 + number, Fact.SAFETY, "shock_not_clear", 1, seat=2)
    assert log.score().score == 0
    assert_adds_up(log.score())


def test_each_deduction_says_rule_source_words_and_when() -> None:
    for deduction in sloppy().score().deductions:
        assert deduction.rule
        assert deduction.source
        assert deduction.text
        assert "{" not in deduction.text
        assert deduction.events or ".unseen" in deduction.rule, deduction


def test_a_long_check_names_its_length_and_who_led_it() -> None:
    (deduction,) = (each for each in sloppy().score().deductions if each.rule == "check_length.long")
    assert deduction.text == "A check kept hands off for 15.0 s; up to 5 s is good."
    assert [(event.ms, event.kind, event.seat) for event in deduction.events] == [(60_000, "check", 3)]


def test_a_critical_error_is_a_deduction_of_its_own() -> None:
    (deduction,) = (each for each in sloppy().score().deductions if each.rule == "critical")
    assert (deduction.block, deduction.points) == ("", 100.0)


def test_a_run_without_fault_has_no_deduction() -> None:
    assert vf_run().score().deductions == ()


def test_the_json_carries_the_same() -> None:
    result = sloppy().score()
    told = json.loads(json.dumps(result.to_json_dict()))["deductions"]
    assert [each["points"] for each in told] == [each.points for each in result.deductions]
    assert told[0]["events"][0] == list(result.deductions[0].events[0])


def test_every_rule_of_the_weights_can_be_told() -> None:
    """A sentence with a name that no measure fills would fail here, not in front of people."""
    assert WEIGHTS_TEXT.count("why") >= 20
    log = sloppy().fact(100_000, Fact.CAUSE, LEVEL.cause, "working").fact(101_000, Fact.CAUSE, "toxins", "working")
    assert any(each.rule == "cause.wrong" for each in log.score().deductions)
