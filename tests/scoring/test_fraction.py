"""The compression fraction on the three published-style vectors of the clinical reference, 8.4."""

from __future__ import annotations

import pytest

from game.log import Fact
from game.scoring import Score
from tests.scoring.logs import Log, level_of


def vector_a() -> Log:
    """Arrest 0 to 120 s; 30:2 at 110 a minute from 8 s with gaps of 4.0 s; last compression at 109.82 s."""
    return Log().sets(8_000, 109_830).end(120_000)


def vector_b() -> Log:
    """Arrest 0 to 236 s; continuous 5.00 to 118.45 s and 126.0 to 240.0 s; pulse back at 236 s."""
    return Log().train(5_000, 118_450).train(126_000, 240_000).fact(236_000, Fact.PULSE, 1)


def vector_c() -> Log:
    """Vector B, then a pulse until 300 s, re-arrest until 420 s, compressions 306 to 360 s and 368 to 419.82 s."""
    return vector_b().fact(300_000, Fact.PULSE, 0).train(306_000, 360_000).train(368_000, 419_820).end(420_000)


@pytest.mark.parametrize(
    ("log", "fraction", "pulseless_ms"),
    [
        (vector_a(), 0.6818, 120_000),
        (vector_b().end(300_000), 0.9468, 236_000),
        (vector_c(), 0.9249, 356_000),
    ],
    ids=["A", "B", "C"],
)
def test_the_fraction_of_each_vector_holds_to_four_digits(log: Log, fraction: float, pulseless_ms: int) -> None:
    result = log.score()
    assert result.ccf == fraction
    assert result.pulseless_ms == pulseless_ms
    assert result.hands_on_ms + result.hands_off_ms == pulseless_ms


def test_time_with_a_pulse_is_outside_the_fraction() -> None:
    assert vector_b().end(300_000).score().ccf == vector_b().end(700_000).score().ccf


def test_breath_pauses_leave_the_second_fraction_up_to_ten_seconds_each() -> None:
    result = vector_a().score()
    assert [pause.cause for pause in result.pauses] == ["start", *["vent"] * 5, "none"]
    spared_ms = sum(min(pause.length_ms, 10_000) for pause in result.pauses if pause.cause == "vent")
    assert result.ccf_no_vent == pytest.approx(result.hands_on_ms / (120_000 - spared_ms), abs=1e-4)


def test_a_long_breath_pause_counts_beyond_its_first_ten_seconds() -> None:
    log = Log().train(0, 30_000).breath(31_000).breath(33_000).train(50_000, 60_000).end(60_000)
    assert log.score().ccf_no_vent == pytest.approx(40_000 / 50_000, abs=1e-4)


def test_nothing_after_the_time_limit_counts() -> None:
    def played(seconds: int) -> Score:
        return Log().train(0, seconds * 1000).score(level_of(60))

    assert played(60).ccf == played(90).ccf == 1.0
    assert played(90).end_ms == 60_000


def test_an_empty_log_scores_without_failing() -> None:
    result = Log().score()
    assert (result.ccf, result.pulseless_ms, result.score) == (0.0, 0, result.score)
