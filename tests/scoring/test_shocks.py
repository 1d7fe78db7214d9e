"""Shocks: the pauses around them, the call before them, the charge ahead of them."""

from __future__ import annotations

import pytest

from game.log import Fact
from game.scoring.result import ShockResult
from tests.scoring.logs import Log


def shocked(log: Log, resume_ms: int = 36_000) -> ShockResult:
    """A shock at 33 s in a pause that starts at 30 s."""
    log.train(0, 30_000).train(resume_ms, 60_000).end(60_000)
    (shock,) = log.score().shocks
    return shock


def called(charged_ms: int = 25_000) -> Log:
    return Log().vf().check(30_000, call_ms=1_500).shock(33_000, charged_ms)


def test_the_pause_around_a_shock_has_a_part_before_and_a_part_after() -> None:
    shock = shocked(called())
    assert (shock.pre_ms, shock.post_ms, shock.peri_ms) == (3_000, 3_000, 6_000)


def test_a_returning_pulse_ends_the_pause_after_a_shock() -> None:
    assert shocked(called().fact(33_400, Fact.PULSE, 1)).post_ms == 400


def test_a_shock_with_hands_on_has_no_pause_and_is_not_clear() -> None:
    log = Log().vf().check(20_000).shock(33_000, 25_000).fact(33_000, Fact.SAFETY, "shock_not_clear", 1, seat=2)
    result = log.train(0, 60_000).end(60_000).score()
    assert (result.shocks[0].peri_ms, result.shocks[0].clear) == (0, False)
    assert [error.code for error in result.critical_errors] == ["shock_not_clear"]


def test_a_near_miss_costs_nothing() -> None:
    log = called().fact(33_000, Fact.SAFETY, "near_miss", 0, seat=2)
    log.train(0, 30_000).train(36_000, 60_000).end(60_000)
    result = log.score()
    assert result.shocks[0].clear
    assert result.blocks["safety"].points == result.blocks["safety"].of


@pytest.mark.parametrize(
    ("log", "is_called"),
    [
        (called(), True),
        (Log().vf().shock(33_000, 25_000), False),
        (Log().vf().check(16_000, call_ms=1_000).shock(33_000, 25_000), False),
        (Log().vf().check(30_000, "flat", 1_500).shock(33_000, 25_000), False),
        (Log().fact(0, Fact.RHYTHM, "asystole").check(30_000, "vf", 1_500).shock(33_000, 25_000), False),
    ],
    ids=["called", "silent", "too long ago", "another call", "wrong call"],
)
def test_a_shock_needs_a_right_call_within_fifteen_seconds(log: Log, is_called: bool) -> None:
    assert shocked(log).called is is_called


@pytest.mark.parametrize(("charged_ms", "ahead"), [(14_900, False), (15_100, True), (29_900, True), (30_500, False)])
def test_a_charge_is_ahead_when_complete_within_fifteen_seconds_before_hands_off(charged_ms: int, ahead: bool) -> None:
    assert shocked(called(charged_ms)).charged_ahead is ahead


def test_a_shock_that_ends_its_rhythm_at_once_was_given_to_that_rhythm() -> None:
    assert shocked(called().fact(33_000, Fact.RHYTHM, "sinus").fact(33_000, Fact.PULSE, 1)).called
