"""The statistics of the lab, against textbook figures and against what they must obey."""

from __future__ import annotations

import numpy as np
import pytest

from lab import statistics as s

SEED = 5


def test_a_share_has_wilsons_interval() -> None:
    # Newcombe 1998, Stat Med 17:857, table I: 81 of 263 and 0 of 20.
    found = s.share(81, 263)
    assert (found.value, found.lo, found.hi) == pytest.approx((0.3080, 0.2553, 0.3662), abs=5e-5)
    none = s.share(0, 20)
    assert (none.lo, none.hi) == pytest.approx((0.0, 0.1611), abs=5e-5)


def test_a_difference_of_shares_has_newcombes_interval() -> None:
    # Newcombe 1998, Stat Med 17:873, table II: 56 of 70 less 48 of 80.
    found = s.share_difference([1] * 56 + [0] * 14, [1] * 48 + [0] * 32)
    assert (found.value, found.lo, found.hi) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)


def test_one_binary_column_gives_the_odds_ratio_of_the_table() -> None:
    # With Firth's penalty a two-by-two table gives the ratio with half added to each cell.
    outcome = [1] * 30 + [0] * 70 + [1] * 10 + [0] * 90
    exposure = [1] * 100 + [0] * 100
    found = s.odds_ratio(outcome, exposure)
    assert found.value == pytest.approx((30.5 * 90.5) / (70.5 * 10.5), rel=1e-6)
    assert found.lo > 1.0
    inverse = s.odds_ratio(outcome, exposure, per=-1.0)
    assert inverse.value == pytest.approx(1 / found.value)
    assert inverse.lo < inverse.value < inverse.hi


def test_adjusting_removes_a_confounder() -> None:
    draw = np.random.default_rng(SEED)
    sick = draw.normal(size=4000)
    treated = (draw.random(4000) < 1 / (1 + np.exp(-2 * sick))).astype(float)
    died = (draw.random(4000) < 1 / (1 + np.exp(-1.5 * sick))).astype(float)
    assert s.odds_ratio(died, treated).lo > 1.5
    adjusted = s.odds_ratio(died, treated, [sick])
    assert adjusted.lo < 1.0 < adjusted.hi


def test_logistic_regression_finds_the_law_that_made_the_data_in_any_unit() -> None:
    draw = np.random.default_rng(SEED)
    x = draw.normal(1000.0, 200.0, size=20000)
    y = (draw.random(20000) < 1 / (1 + np.exp(-(0.01 * x - 11)))).astype(float)
    intercept, slope = s.logistic(y, x)
    assert slope.lo < 0.01 < slope.hi
    assert intercept.lo < -11 < intercept.hi
    assert slope.hi - slope.lo < 0.001


def test_seeing_each_patient_ten_times_tells_no_more() -> None:
    draw = np.random.default_rng(SEED)
    x = draw.normal(size=400)
    y = (draw.random(400) < 1 / (1 + np.exp(-x))).astype(float)
    once = s.odds_ratio(y, x)
    tenfold = s.odds_ratio(np.repeat(y, 10), np.repeat(x, 10), groups=np.repeat(np.arange(400), 10))
    naive = s.odds_ratio(np.repeat(y, 10), np.repeat(x, 10))
    assert tenfold.hi - tenfold.lo == pytest.approx(once.hi - once.lo, rel=0.1)
    assert naive.hi - naive.lo < 0.5 * (once.hi - once.lo)


def test_a_column_that_separates_all_outcomes_stays_finite() -> None:
    found = s.odds_ratio([0] * 20 + [1] * 20, list(range(40)))
    assert 1.0 < found.value < 100.0
    assert found.hi < 1e6


def test_what_cannot_be_told_is_unknown() -> None:
    assert not s.odds_ratio([1, 1, 1, 1], [0, 1, 0, 1]).known
    assert not s.odds_ratio([0, 1, 0, 1, 1], [2, 2, 2, 2, 2]).known
    assert not s.mean([]).known
    assert not s.share(0, 0).known
    assert not s.roc_area([1, 2], [1, 1]).known
    assert not s.share_difference([], [1]).known


def test_rows_with_a_hole_do_not_count() -> None:
    hole = float("nan")
    assert s.mean([1.0, hole, 3.0]).value == 2.0
    assert s.paired_difference([1.0, hole, 1.0], [0.0, 0.0, 1.0]).n == 2
    assert s.logistic([1, 0, 1, 0, hole], [1, 2, hole, 4, 5])[0].n == 3


def test_pairs_make_a_difference_narrower() -> None:
    draw = np.random.default_rng(SEED)
    luck = draw.random(500)
    a, b = (luck < 0.30).astype(float), (luck < 0.25).astype(float)
    paired, apart = s.paired_difference(a, b), s.share_difference(a, b)
    assert paired.value == pytest.approx(apart.value)
    assert paired.hi - paired.lo < 0.5 * (apart.hi - apart.lo)


def test_pairs_that_never_differ_leave_the_difference_uncertain() -> None:
    same = s.paired_difference([0.0] * 97 + [1.0] * 3, [0.0] * 97 + [1.0] * 3)
    assert same.value == 0.0
    assert same.lo == pytest.approx(-same.hi)
    assert 0.001 < same.hi < 0.05
    none = s.paired_difference([0.0] * 50, [0.0] * 50)
    assert none.hi == pytest.approx(s.share(0, 50).hi, rel=1e-9)


def test_paired_shares_have_newcombes_interval() -> None:
    # Altman, Statistics with Confidence, ch. 6: 14 both, 5 and 0 one only, 22 neither: phi = 287.5 / sqrt(158004).
    a, b = [1.0] * 19 + [0.0] * 22, [1.0] * 14 + [0.0] * 27
    found = s.paired_difference(a, b)
    first, second, phi = s.share(19, 41), s.share(14, 41), 287.5 / np.sqrt(158004)
    low, high = first.value - first.lo, second.hi - second.value
    assert found.value == pytest.approx(5 / 41)
    assert found.value - found.lo == pytest.approx(np.sqrt(low**2 - 2 * phi * low * high + high**2))
    assert 0.0 < found.lo < found.value < found.hi < 0.3
    assert s.share_difference(a, b).lo < 0.0


def test_chances_are_compared_by_their_means() -> None:
    found = s.paired_difference([0.5, 0.4, 0.3], [0.4, 0.2, 0.3])
    assert found.value == pytest.approx(0.1)
    assert found.hi - found.value == pytest.approx(4.3027 * 0.1 / np.sqrt(3), rel=1e-4)


@pytest.mark.parametrize(
    ("freedom", "deviate"), [(1, 12.706), (2, 4.303), (3, 3.182), (5, 2.571), (11, 2.201), (30, 2.042)]
)
def test_few_observations_make_a_wide_mean(freedom: int, deviate: float) -> None:
    assert s.t95(freedom) == pytest.approx(deviate, abs=0.002)
    half = s.mean([0.0, 1.0] * ((freedom + 1) // 2) + [0.5] * ((freedom + 1) % 2))
    assert half.hi - half.value > s.Z95 * 0.5 / np.sqrt(freedom + 1) * 0.9


def test_flags_of_the_same_patients_are_worth_fewer() -> None:
    draw = np.random.default_rng(SEED)
    flags = (draw.random(300) < 0.3).astype(float)
    alone, fivefold = s.share_of(flags), s.share_of(np.tile(flags, 5), np.tile(np.arange(300.0), 5))
    assert (fivefold.value, fivefold.n) == (alone.value, 1500)
    assert fivefold.hi - fivefold.lo == pytest.approx(alone.hi - alone.lo, rel=0.02)
    assert s.share_of(flags, np.arange(300.0)).hi == pytest.approx(alone.hi, rel=0.01)
    assert s.share_of([0.0] * 10, [1.0] * 5 + [2.0] * 5).hi == s.share(0, 2).hi


def test_a_covariate_counts_by_the_rows_that_count() -> None:
    hole = float("nan")
    outcome = [1, 0, 1, 0, 0, 1, 0, hole, hole]
    exposure = [2, 1, 3, 2, 1, 2, 2, 1, 3]
    # It varies only among rows without an outcome.
    constant_here = [5, 5, 5, 5, 5, 5, 5, 1, 2]
    assert s.odds_ratio(outcome, exposure, [constant_here]) == s.odds_ratio(outcome, exposure)
    unknown_here = [hole] * 7 + [1, 2]
    assert s.odds_ratio(outcome, exposure, [unknown_here]) == s.odds_ratio(outcome, exposure)


def test_the_roc_area_counts_pairs() -> None:
    assert s.roc_area([1, 2, 3, 4], [0, 0, 1, 1]).value == 1.0
    assert s.roc_area([1, 2, 3, 4], [0, 1, 0, 1]).value == 0.75
    assert s.roc_area([2, 2, 2, 2], [0, 1, 0, 1]).value == 0.5


def test_quantiles_lie_between_their_bounds() -> None:
    found = s.median(list(range(101)))
    assert (found.value, found.n) == (50.0, 101)
    # Ranks 40 and 62 of 101: as far from either end.
    assert found.lo == 39.0
    assert found.hi == 61.0
    assert s.quantile([1.0, 2.0, 3.0, 4.0], 0.25).value == 1.75


def test_a_rate_is_events_over_exposure() -> None:
    found = s.rate(25, 500.0)
    assert found.value == 0.05
    assert found.lo < 0.05 < found.hi
    none = s.rate(0, 10.0)
    assert none.value == none.lo == 0.0
    assert none.hi > 0.1
    assert not s.rate(0, 0.0).known


def test_least_squares_finds_a_plane() -> None:
    draw = np.random.default_rng(SEED)
    a, b = draw.uniform(0, 10, 5000), draw.uniform(0, 10, 5000)
    y = (draw.random(5000) < 0.9 - 0.02 * a - 0.05 * b).astype(float)
    level, by_a, by_b = s.linear(y, a, b)
    assert level.lo < 0.9 < level.hi
    assert by_a.lo < -0.02 < by_a.hi
    assert by_b.lo < -0.05 < by_b.hi
    assert not s.linear(y, a, a)[1].known


def _peaked(seed: int) -> tuple[s.Floats, s.Floats]:
    """Outcomes whose log odds are a parabola with its peak at 125."""
    draw = np.random.default_rng(seed)
    x = draw.uniform(60, 180, 4000)
    return x, (draw.random(4000) < 1 / (1 + np.exp(1 + ((x - 125) / 40) ** 2))).astype(float)


def test_the_peak_of_a_curve_is_found() -> None:
    held = 0
    for seed in range(40):
        x, y = _peaked(seed)
        peak, bend = s.vertex(y, x)
        held += peak.lo < 125 < peak.hi
        assert peak.hi - peak.lo < 10
        assert bend.hi < 0
    assert held >= 35


def test_a_trough_has_no_peak() -> None:
    x, y = _peaked(SEED)
    peak, bend = s.vertex(1 - y, x)
    assert not peak.known
    assert bend.lo > 0
