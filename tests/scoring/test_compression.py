"""Compression quality: graded by distance from the band, owed in every window of pulseless time."""

from __future__ import annotations

import pytest

from game.scoring.result import BlockResult
from tests.scoring.logs import Log


def block(log: Log) -> BlockResult:
    return log.score().blocks["compression"]


def test_perfect_compressions_earn_everything() -> None:
    assert block(Log().train(0, 120_000).end(120_000)).points == 120


@pytest.mark.parametrize(("per_minute", "value"), [(100, 1.0), (120, 1.0), (135, 0.1667), (90, 0.5), (150, 0.0)])
def test_rate_is_graded_by_its_distance_from_the_band(per_minute: int, value: float) -> None:
    log = Log().train(0, 120_000, interval_ms=60_000 / per_minute).end(120_000)
    assert block(log).measures["rate"].value == pytest.approx(value, abs=0.03)
    assert log.score().compressions.rate_per_min == pytest.approx(per_minute, abs=0.3)


def test_rate_in_runs_and_delivered_compressions_are_two_figures() -> None:
    figures = Log().train(0, 30_000).train(60_000, 90_000).end(120_000).score().compressions
    assert figures.rate_per_min == pytest.approx(110, abs=0.3)
    assert figures.delivered_per_min == pytest.approx(56, abs=1)


@pytest.mark.parametrize(("depth_um", "value"), [(55_000, 1.0), (46_000, 0.6333), (30_000, 0.0), (72_000, 0.0)])
def test_depth_is_graded_by_its_distance_from_the_band(depth_um: int, value: float) -> None:
    log = Log()
    for ms in range(0, 120_000, 545):
        log.press(ms, depth_um)
    assert block(log.end(120_000)).measures["depth"].value == pytest.approx(value, abs=1e-3)


def test_leaning_costs_recoil() -> None:
    log = Log()
    for ms in range(0, 120_000, 545):
        log.press(ms, residual_um=9_000)
    result = log.end(120_000).score()
    assert result.compressions.full_recoil == 0.0
    assert result.blocks["compression"].measures["recoil"].value == pytest.approx(0.375, abs=1e-3)


def test_a_window_without_compressions_earns_nothing() -> None:
    value = block(Log().train(0, 60_000).end(130_000)).measures["depth"].value
    assert value is not None
    assert value < 0.6


def test_nobody_pressing_earns_no_quality() -> None:
    assert block(Log().end(300_000)).points == 0


def test_shallow_token_presses_are_seen_by_depth() -> None:
    log = Log()
    for ms in range(0, 120_000, 545):
        log.press(ms, depth_um=15_000)
    assert block(log.end(120_000)).points <= 20
