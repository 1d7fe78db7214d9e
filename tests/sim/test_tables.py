"""Curves from plain arithmetic agree with the mathematics they stand for."""

from __future__ import annotations

import math
from statistics import NormalDist

import pytest

from game.sim.tables import Table, decay, exp, log, logistic, normal_quantile


@pytest.mark.parametrize("x", [-30.0, -2.5, -0.01, 0.0, 0.0625, 0.3, 1.0, 12.7, 39.0])
def test_exponential(x: float) -> None:
    assert exp(x) == pytest.approx(math.exp(x), rel=1e-12)


@pytest.mark.parametrize("x", [1e-17, 1e-3, 0.5, 0.99999, 1.0, 1.5, 2.3, 7.0, 1e9])
def test_logarithm(x: float) -> None:
    assert log(x) == pytest.approx(math.log(x), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("x", [0.0, -1.0, math.nan])
def test_there_is_no_logarithm_of_nothing(x: float) -> None:
    with pytest.raises(ValueError, match="no logarithm"):
        log(x)


@pytest.mark.parametrize("x", [-20.0, -8.0, -1.23, 0.0, 0.4, 3.3, 15.99, 50.0])
def test_logistic_curve(x: float) -> None:
    assert logistic(x) == pytest.approx(1.0 / (1.0 + math.exp(-x)), abs=1e-5)


@pytest.mark.parametrize("x", [0.0, 0.011, 0.5, 1.9, 8.0, 15.99])
def test_decay_curve(x: float) -> None:
    assert decay(x) == pytest.approx(math.exp(-x), rel=1e-5)


@pytest.mark.parametrize("u", [1e-12, 0.001, 0.024, 0.025, 0.3, 0.5, 0.7, 0.999, 1 - 1e-12])
def test_normal_quantile(u: float) -> None:
    assert normal_quantile(u) == pytest.approx(NormalDist().inv_cdf(u), rel=1e-7, abs=1e-8)


def test_a_table_is_flat_outside_its_ends() -> None:
    table = Table.of(lambda x: x, 0.0, 1.0, 4)
    assert [table(x) for x in (-1.0, 0.0, 0.3, 1.0, 2.0)] == pytest.approx([0.0, 0.0, 0.3, 1.0, 1.0])


def test_curves_rise_or_fall_without_a_step_back() -> None:
    rising = [logistic(x * 0.001) for x in range(-17_000, 17_000, 7)]
    falling = [decay(x * 0.001) for x in range(0, 17_000, 7)]
    assert rising == sorted(rising)
    assert falling == sorted(falling, reverse=True)
