"""The weights file: complete, consistent, and refused with file, line, value and wish where it is not."""

from __future__ import annotations

import pytest

from game.content import ContentError
from game.scoring.weights import BLOCKS, Curve, load_weights
from tests.scoring.logs import WEIGHTS, WEIGHTS_TEXT


def test_the_blocks_are_those_of_the_decisions() -> None:
    assert dict(WEIGHTS.blocks) == {
        "flow": 300,
        "coordination": 200,
        "therapy": 250,
        "compression": 120,
        "ventilation": 80,
        "safety": 50,
    }


def test_every_measure_has_points_a_formula_and_a_source() -> None:
    for block, keys in BLOCKS.items():
        assert tuple(WEIGHTS.measures[block]) == keys
        assert all(weight.points and weight.formula and weight.source for weight in WEIGHTS.measures[block].values())


def test_a_curve_runs_straight_between_its_points_and_level_outside() -> None:
    curve = Curve((0.0, 10.0, 20.0), (1.0, 0.5, 0.0))
    assert [curve(x) for x in (-5, 0, 5, 10, 15, 20, 99)] == [1.0, 1.0, 0.75, 0.5, 0.25, 0.0, 0.0]
    assert curve.full_until == 0.0


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [
        ("flow = 300", "flow = 301", "blocks that add up to 1000 points"),
        ("points = 160", "points = 161", "measures that add up to 300 points"),
        ("gap_ms = 1500", "gap_ms = 1.5", "a whole number"),
        ("gap_ms = 1500", "gap = 1500", "a value for 'gap_ms'"),
        ("hand_back_ms = 3000", "hand_back_ms = 3000\nsurprise = 1", "a known key"),
        ("at = [8, 20, 40]", "at = [8, 8, 40]", "numbers that rise"),
        ("at = [8, 20, 40]", "at = [8, 40]", "2 numbers, one for each of `at`"),
        ("worth = [1.0, 0.4, 0.0]", "worth = [1.0, 1.4, 0.0]", "a list of numbers from 0 to 1"),
        ('source = "CHESKES, C"', 'source = "GUESS"', "keys of [sources]"),
        ('self_closing = ["push"', "self_closing = [1", "a list of words"),
        ("number = 5\n", "number = 6\n", "5, the next one"),
        ("good = [0, 10]", "good = [10, 0]", "two numbers, the lower first"),
        ('"flow.longest_pause", "therapy.first', '"flow.nothing", "therapy.first', "flow.avoidable"),
        ('missed = "No check', "missed = 7 #", "words in quotes"),
        ("bot_share = 0.20", "bot_share = 20", "a number from 0 to 1"),
    ],
)
def test_a_wrong_figure_is_refused_with_its_place_and_the_wish(right: str, wrong: str, expected: str) -> None:
    text = WEIGHTS_TEXT.replace(right, wrong, 1)
    assert text != WEIGHTS_TEXT
    with pytest.raises(ContentError) as refused:
        load_weights(text, "score.toml")
    assert expected in refused.value.expected
    assert refused.value.file == "score.toml"
    assert refused.value.line > 0
