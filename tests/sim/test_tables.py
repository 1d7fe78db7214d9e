"""Curves from plain arithmetic agree with the mathematics they stand for."""

from __future__ import annotations

import math
from statistics import NormalDist

import pytest

from game.sim.tables import LN_2, LN_10, Table, clamp, cube_root, decay, exp, log, logistic, normal_quantile, ramp


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


@pytest.mark.parametrize(("x", "held"), [(-1.0, 2.0), (2.0, 2.0), (3.5, 3.5), (5.0, 5.0), (9.0, 5.0)])
def test_clamp_holds_a_number_between_two(x: float, held: float) -> None:
    assert clamp(x, 2.0, 5.0) == held


@pytest.mark.parametrize(("x", "share"), [(0.0, 0.0), (2.0, 0.0), (3.0, 0.25), (6.0, 1.0), (8.0, 1.0)])
def test_a_ramp_rises_from_none_to_full_whichever_is_higher(x: float, share: float) -> None:
    assert ramp(x, 2.0, 6.0) == share
    assert ramp(-x, -2.0, -6.0) == share


@pytest.mark.parametrize("x", [0.2, 0.343, 1.0, 3.0, 6.0])
def test_cube_root(x: float) -> None:
    assert cube_root(x) ** 3 == pytest.approx(x, rel=1e-3)


def test_the_natural_logarithms_of_two_and_ten() -> None:
    assert pytest.approx(math.log(2.0), abs=0.0) == LN_2
    assert pytest.approx(math.log(10.0), abs=0.0) == LN_10
