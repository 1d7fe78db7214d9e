"""Runs of compressions, and the token presses that end no pause."""

from __future__ import annotations

import pytest

from game.scoring.record import Press
from game.scoring.runs import build_runs, tokens
from game.scoring.spans import Span
from tests.scoring.logs import WEIGHTS, Log


def presses(*stamps: int, depth_um: int = 50_000) -> list[Press]:
    return [Press(ms, depth_um, 0, 0, 180, 365) for ms in stamps]


def test_three_deep_presses_make_a_run() -> None:
    three = presses(0, 500, 1_000)
    runs = build_runs(three, WEIGHTS.runs)
    assert runs == (Span(0, 1_000),)
    assert not tokens(three, runs)


@pytest.mark.parametrize("stamps", [(0,), (0, 500), (0, 750, 1_500), (0, 1_400, 2_800, 4_200)])
def test_lone_presses_are_tokens(stamps: tuple[int, ...]) -> None:
    runs = build_runs(presses(*stamps), WEIGHTS.runs)
    assert not runs
    assert [token.ms for token in tokens(presses(*stamps), runs)] == list(stamps)


def test_shallow_presses_are_tokens_however_many() -> None:
    shallow = presses(*range(0, 20_000, 500), depth_um=19_999)
    runs = build_runs(shallow, WEIGHTS.runs)
    assert not runs
    assert len(tokens(shallow, runs)) == 40


def test_runs_up_to_a_second_and_a_half_apart_are_one() -> None:
    assert build_runs(presses(0, 500, 1_000, 2_500, 3_000, 3_500), WEIGHTS.runs) == (Span(0, 3_500),)
    assert len(build_runs(presses(0, 500, 1_000, 2_501, 3_001, 3_501), WEIGHTS.runs)) == 2


def test_a_token_neither_lengthens_nor_bridges_runs() -> None:
    train = presses(0, 500, 1_000, 2_400, 3_800, 4_300, 4_800)
    runs = build_runs(train, WEIGHTS.runs)
    assert runs == (Span(0, 1_000), Span(3_800, 4_800))
    assert [token.ms for token in tokens(train, runs)] == [2_400]


def test_a_shallow_press_inside_a_run_is_a_matter_of_quality() -> None:
    train = [*presses(0, 500, 1_000), *presses(1_500, depth_um=10_000), *presses(2_000, 2_500, 3_000)]
    runs = build_runs(train, WEIGHTS.runs)
    assert runs == (Span(0, 3_000),)
    assert not tokens(train, runs)


def test_token_presses_gain_nothing_and_are_listed() -> None:
    honest = Log().train(0, 30_000).train(60_000, 90_000).end(90_000)
    tricky = Log().train(0, 30_000).train(60_000, 90_000).end(90_000)
    for ms in range(31_400, 59_000, 1_400):
        tricky.press(ms)
    assert tricky.score().ccf == honest.score().ccf
    assert tricky.score().pauses == honest.score().pauses
    assert tricky.score().score <= honest.score().score
    assert len(tricky.score().tokens) == len(range(31_400, 59_000, 1_400))
