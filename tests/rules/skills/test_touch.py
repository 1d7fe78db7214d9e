"""Fingers on a pulse: a strong one is felt soon, a doubtful one late."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from game.rules.skills.params import skills
from game.rules.skills.touch import certain_ms, felt


@given(st.integers(0, 250), st.integers(0, 250))
def test_more_pressure_is_felt_more_and_told_sooner(one: int, other: int) -> None:
    weak, strong = sorted((one, other))
    assert 0 <= felt(weak, skills()) <= felt(strong, skills()) <= 100
    assert certain_ms(felt(strong, skills()), skills()) <= certain_ms(felt(weak, skills()), skills())


@given(st.integers(0, 100))
def test_certainty_takes_three_to_five_seconds(touch: int) -> None:
    assert 3000 <= certain_ms(touch, skills()) <= 5000
