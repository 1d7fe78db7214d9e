"""Skills differ as they should: who is less trained is slower, sees less and forgets more."""

from __future__ import annotations

from itertools import pairwise

import pytest

from game.bots.habits import SKILLS, Habits, habits


@pytest.fixture
def by_skill() -> list[Habits]:
    return [habits(skill) for skill in SKILLS]


def test_less_skill_is_slower_and_forgets_more(by_skill: list[Habits]) -> None:
    for better, worse in pairwise(by_skill):
        assert better.attention.think_ms < worse.attention.think_ms
        assert better.attention.hear_after_ms < worse.attention.hear_after_ms
        assert better.attention.forgets < worse.attention.forgets
        assert better.lead.look_ms < worse.lead.look_ms
        assert better.breaths.seals > worse.breaths.seals


def test_a_trained_person_neither_forgets_nor_guesses() -> None:
    expert = habits("expert")
    assert (expert.attention.forgets, expert.attention.wrong_dose, expert.lead.skips, expert.lead.wrong_guess) == (
        0.0, 0.0, 0.0, 0.0,
    )  # fmt: skip


def test_nobody_knows_another_skill() -> None:
    with pytest.raises(KeyError):
        habits("brilliant")
