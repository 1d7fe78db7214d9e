"""Ventilation: pairs of breaths by mask, a slow steady rate with an advanced airway."""

from __future__ import annotations

import pytest

from tests.scoring.logs import Log


def value(log: Log, key: str) -> float | None:
    return log.score().blocks["ventilation"].measures[key].value


def test_two_breaths_after_each_set_earn_everything() -> None:
    result = Log().sets(5_000, 110_000).end(110_000).score()
    assert result.blocks["ventilation"].points == 80
    assert (result.ventilation.pairs, result.ventilation.pairs_due) == (5, 5)


@pytest.mark.parametrize(("breaths", "worth"), [(1, 0.5), (3, 0.8)])
def test_one_breath_or_three_are_worth_less(breaths: int, worth: float) -> None:
    assert value(Log().sets(5_000, 110_000, breaths=breaths).end(110_000), "pairs") == worth


def test_skipped_breaths_hurt() -> None:
    assert value(Log().train(5_000, 110_000).end(110_000), "pairs") == 0.0
    assert value(Log().sets(5_000, 110_000, breaths=0).end(110_000), "pairs") == 0.0


def test_a_check_restarts_the_count_to_thirty() -> None:
    log = Log().train(0, 20_000).check(20_000).sets(24_000, 60_000).end(60_000)
    assert value(log, "pairs") == 1.0


def test_volume_is_graded_by_its_distance_from_the_band() -> None:
    log = Log().train(0, 60_000).breath(10_000, 500).breath(20_000, 800).end(60_000)
    assert value(log, "volume") == pytest.approx((1.0 + 0.4) / 2)


@pytest.mark.parametrize(("every_ms", "worth"), [(6_000, 1.0), (4_000, 0.5), (3_000, 0.0)])
def test_with_an_advanced_airway_the_rate_counts_and_no_pair_is_owed(every_ms: int, worth: float) -> None:
    log = Log().train(0, 240_000)
    for ms in range(1_000, 240_000, every_ms):
        log.breath(ms, airway="tube")
    log.end(240_000)
    assert value(log, "pairs") is None
    assert value(log, "advanced_rate") == pytest.approx(worth, abs=0.02)
    assert log.score().ventilation.per_min == pytest.approx(60_000 / every_ms, abs=0.3)


def test_a_tube_that_nobody_squeezes_earns_nothing() -> None:
    assert value(Log().train(0, 200_000).breath(5_000, airway="tube").end(200_000), "advanced_rate") == 0.0
