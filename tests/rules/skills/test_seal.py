"""The mask's seal: two hands hold it, none lets it leak, and everybody can foresee it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from game.rules.skills.params import skills
from game.rules.skills.seal import dot_at, passes_pct, pct_at
from game.rules.state import Seal

NUMBERS = skills().seal

starts = st.integers(NUMBERS.start_least, NUMBERS.start_most)
drifts = st.integers(NUMBERS.drift_least_per_s, NUMBERS.drift_most_per_s)
sides = st.sampled_from((-1, 1))
hands = st.booleans()
times = st.integers(0, 60_000)


def anew(side: int, start: int, drift: int, *, left: bool = False, right: bool = False) -> Seal:
    """A mask that has just been put on, slipping outwards."""
    return Seal(dot=side * start, drift_per_s=side * drift, left=left, right=right)


@given(sides, starts, drifts, times)
def test_two_hands_bring_it_to_the_middle_and_keep_it_there(side: int, start: int, drift: int, wait_ms: int) -> None:
    held = anew(side, start, drift, left=True, right=True)
    centred_ms = 1000 * start // NUMBERS.centre_per_s + 1
    assert dot_at(held, centred_ms + wait_ms, skills()) == 0
    assert pct_at(held, centred_ms + wait_ms, moving=False, skills=skills()) >= 95


@given(sides, starts, drifts, times)
def test_no_hand_lets_it_leak(side: int, start: int, drift: int, at_ms: int) -> None:
    free = anew(side, start, drift)
    assert pct_at(free, at_ms, moving=False, skills=skills()) < 75
    assert pct_at(free, at_ms + 1000, moving=False, skills=skills()) <= pct_at(
        free, at_ms, moving=False, skills=skills()
    )


@given(sides, starts, drifts, st.integers(0, 400))
def test_one_hand_pulls_it_to_its_own_side_whatever_the_drift(side: int, start: int, drift: int, at_ms: int) -> None:
    free = anew(side, start, drift)
    left = anew(side, start, drift, left=True)
    right = anew(side, start, drift, right=True)
    assert dot_at(left, at_ms, skills()) <= dot_at(free, at_ms, skills()) <= dot_at(right, at_ms, skills())
    assert NUMBERS.pull_per_s > NUMBERS.drift_most_per_s


@given(st.integers(-2000, 2000), st.integers(-600, 600), hands, hands, times)
def test_it_is_the_same_in_a_mirror_and_never_leaves_its_bounds(
    dot: int, drift: int, left: bool, right: bool, at_ms: int
) -> None:
    seen = dot_at(Seal(dot, drift, 0, left, right), at_ms, skills())
    mirrored = dot_at(Seal(-dot, -drift, 0, right, left), at_ms, skills())
    assert seen == -mirrored
    assert abs(seen) <= NUMBERS.furthest


@given(st.integers(-2000, 2000), st.integers(-2000, 2000))
def test_nearer_the_middle_never_leaks_more_and_a_moving_chest_always_does(one: int, other: int) -> None:
    near, far = sorted((one, other), key=abs)
    assert passes_pct(near, moving=False, skills=skills()) >= passes_pct(far, moving=False, skills=skills())
    assert passes_pct(one, moving=True, skills=skills()) < passes_pct(one, moving=False, skills=skills())


@given(st.integers(-2000, 2000), st.integers(-600, 600), st.integers(0, 2000), st.integers(0, 2000))
def test_looking_in_between_changes_nothing_while_it_drifts_freely(
    dot: int, drift: int, one_s: int, two_s: int
) -> None:
    """In whole seconds, so that no fraction is cut off on the way."""
    free = Seal(dot, drift)
    half = Seal(dot_at(free, 1000 * one_s, skills()), drift, 1000 * one_s)
    assert dot_at(half, 1000 * (one_s + two_s), skills()) == dot_at(free, 1000 * (one_s + two_s), skills())
