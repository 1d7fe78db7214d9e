"""The published figures: all there, each with a band that follows from its study, and judged as it says."""

from __future__ import annotations

import pytest

from game.content import ContentError
from lab.measures import MEASURES
from lab.published import published, read
from lab.statistics import UNKNOWN, Estimate
from lab.verdict import Verdict, judge, loss

ROW = """
[C99]
study = "Somebody 1999"
asks = "Does it help?"
grade = "B"
mark = "V"
rule = "observed"
"""


def test_every_row_of_the_table_is_answered_or_says_why_not() -> None:
    rows = published()
    assert [key for key in rows if key.startswith("C")] == [f"C{n}" for n in range(1, 40)]
    for key, row in rows.items():
        assert bool(row.results) != bool(row.unanswered), key
        assert len({result.key for result in row.results}) == len(row.results), key


def test_every_row_about_cohorts_has_a_measure() -> None:
    assert {key for key, row in published().items() if row.specs} == set(MEASURES)


def test_the_rows_of_the_first_fit_are_the_outcomes() -> None:
    wanted = {f"C{n}" for n in (*range(1, 6), *range(11, 18), 20, 23, 24, 25)}
    assert {key for key, row in published().items() if row.outcome} == wanted


def test_published_values_lie_in_their_own_bands() -> None:
    for key, row in published().items():
        for result in row.results:
            if result.band is not None and result.value == result.value:
                assert result.holds(Estimate(result.value)), f"{key} {result.key}"


def test_a_trial_asks_for_its_interval_or_15_percent() -> None:
    results = {result.key: result for result in published()["C16"].results}
    assert results["survival_odds"].band == (1.06, 1.82)
    assert results["rosc_epinephrine"].band == pytest.approx((0.85 * 36.3, 1.15 * 36.3))
    low, high = results["survival_placebo"].band or (0, 0)
    assert low < 0.85 * 2.4
    assert high > 1.15 * 2.4


def test_an_observed_effect_asks_for_half_of_it_to_the_far_end() -> None:
    results = {result.key: result for result in published()["C2"].results}
    assert results["pre_20"].band == pytest.approx((0.27, 0.47**0.5))
    assert results["pre_per_5"].band == pytest.approx((0.82**1.15, 0.82**0.5))
    larsen = {result.key: result for result in published()["C11"].results}
    assert larsen["cpr"].band == pytest.approx((-2.3 * 1.15, -1.15))


def test_a_figure_is_judged_by_band_and_direction() -> None:
    result = next(result for result in published()["C2"].results if result.key == "pre_20")
    assert (result.holds(Estimate(0.5)), result.points_right(Estimate(0.5))) == (True, True)
    assert (result.holds(Estimate(0.9)), result.points_right(Estimate(0.9))) == (False, True)
    assert (result.holds(Estimate(1.1)), result.points_right(Estimate(1.1))) == (False, False)
    assert (result.holds(UNKNOWN), result.points_right(UNKNOWN)) == (None, None)


def test_a_row_agrees_only_when_all_its_deciding_figures_do() -> None:
    row = published()["C25"]
    good = {result.key: Estimate(result.value) for result in row.results}
    assert judge(row, good).inside
    assert judge(row, good | {"within_60": Estimate(0.0)}).inside
    assert not judge(row, good | {"median": Estimate(200.0)}).inside
    assert not judge(row, {key: found for key, found in good.items() if key != "back"}).inside
    with pytest.raises(KeyError, match="asks for no another"):
        judge(row, good | {"another": Estimate(1.0)})


def test_a_row_of_directions_alone_agrees_when_they_are_right() -> None:
    row = published()["C28"]
    assert judge(row, {"restored": Estimate(0.1), "lost": Estimate(0.3)}).inside
    assert not judge(row, {"restored": Estimate(-0.1), "lost": Estimate(0.3)}).inside
    assert not judge(row, {}).mostly_inside


def test_the_edge_of_the_band_is_one_deviation_and_a_fit_feels_the_way_in() -> None:
    result = next(result for result in published()["C16"].results if result.key == "survival_odds")
    assert Verdict(result, Estimate(1.39)).deviation == pytest.approx(0.0)
    assert Verdict(result, Estimate(1.82)).deviation == pytest.approx(1.0)
    assert Verdict(result, Estimate(1.06)).deviation == pytest.approx(-1.0)
    losses = [loss(Verdict(result, Estimate(value))) for value in (1.39, 1.6, 2.0, 4.0, 9.0)]
    assert losses == sorted(losses)
    assert loss(Verdict(result, UNKNOWN)) == 9.0


def test_an_interval_may_reach_a_band_that_the_figure_misses() -> None:
    result = next(result for result in published()["C36"].results)
    assert not Verdict(result, Estimate(82.0, 78.0, 86.0)).inside
    assert Verdict(result, Estimate(82.0, 78.0, 86.0)).reaches
    assert not Verdict(result, Estimate(82.0, 80.0, 84.0)).reaches


@pytest.mark.parametrize(
    ("lines", "wish"),
    [
        ("", "either results, or the reason"),
        ('result = [{ key = "a", says = "b", kind = "guess", value = 1 }]', "one of level, ratio, difference"),
        ('result = [{ key = "a", says = "b", value = 1, ci = [2, 3] }]', "an interval around the value"),
        ('result = [{ key = "a", says = "b" }]', "a value with a band, or a sign"),
        ('result = [{ key = "a", says = "b", value = 1, sigm = 1 }]', "sigm"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line(lines: str, wish: str) -> None:
    with pytest.raises(ContentError, match=wish):
        read(ROW + lines, "published.toml")
