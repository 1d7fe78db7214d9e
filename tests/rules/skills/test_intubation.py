"""Intubation: the same for every machine, never still, and a good moment comes soon."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from game.rules.skills.intubation import CORDS, FURTHEST, STEPS, VIEW, in_view, offset, skill_pct
from game.rules.skills.params import skills
from game.rules.views import TubeView

seeds = st.integers(0, (1 << 48) - 1)
steps = st.sampled_from(STEPS)
times = st.integers(0, 30_000)

LONG_MS = 2 * skills().tube.sweep_ms
"""Two sweeps of the blade."""


def attempt(step: str, seed: int, since_ms: int = 0, *, shaking: bool = False) -> TubeView:
    """An attempt as its view shows it."""
    return TubeView(step, since_ms, seed, shaking, 1)


@given(steps, seeds, times, times, st.booleans())
def test_the_offset_is_bounded_and_depends_on_the_view_alone(
    step: str, seed: int, since_ms: int, at_ms: int, shaking: bool
) -> None:
    seen = attempt(step, seed, since_ms, shaking=shaking)
    again = attempt(step, seed, since_ms, shaking=shaking)
    assert offset(seen, at_ms, skills()) == offset(again, at_ms, skills())
    assert abs(offset(seen, at_ms, skills())) <= FURTHEST


@given(steps, seeds, st.booleans())
def test_whoever_waits_sees_it_and_whoever_waits_loses_it_again(step: str, seed: int, shaking: bool) -> None:
    seen = attempt(step, seed, shaking=shaking)
    views = [in_view(seen, ms, skills()) for ms in range(0, LONG_MS, 50)]
    assert any(views)
    assert not all(views)


@given(seeds)
def test_compressions_shake_it(seed: int) -> None:
    still, shaken = attempt(VIEW, seed), attempt(VIEW, seed, shaking=True)
    assert any(offset(still, ms, skills()) != offset(shaken, ms, skills()) for ms in range(0, 2000, 50))


@given(seeds)
def test_a_good_eye_beats_a_trained_one_and_a_blind_hand_hardly_ever_succeeds(seed: int) -> None:
    best = max(skill_pct(offset(attempt(CORDS, seed), ms, skills()), skills()) for ms in range(0, LONG_MS, 10))
    assert 100 <= best <= 110
    assert skill_pct(FURTHEST, skills()) <= 30


@given(st.integers(-FURTHEST, FURTHEST), st.integers(-FURTHEST, FURTHEST))
def test_nearer_the_middle_is_never_worse(one: int, other: int) -> None:
    near, far = sorted((one, other), key=abs)
    assert skill_pct(near, skills()) >= skill_pct(far, skills())
