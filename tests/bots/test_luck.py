"""Each bot has luck of its own, and the same seed has the same luck."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from game.bots.luck import Luck


@given(st.integers(0, 2**31), st.integers(0, 3))
def test_the_same_seat_and_seed_have_the_same_luck(seed: int, seat: int) -> None:
    one, other = Luck(seed, seat), Luck(seed, seat)
    assert [one.scatter(50) for _ in range(5)] == [other.scatter(50) for _ in range(5)]
    assert one.wait(1000) == other.wait(1000)


@given(st.integers(0, 2**31), st.integers(1, 500))
def test_scatter_and_picks_stay_in_their_bounds(seed: int, width: int) -> None:
    luck = Luck(seed, 0)
    assert all(abs(luck.scatter(width)) <= width for _ in range(20))
    assert all(0 <= luck.pick(width) < width for _ in range(20))


def test_what_never_happens_draws_nothing() -> None:
    one, other = Luck(7, 1), Luck(7, 1)
    assert not one.happens(0.0)
    assert one.pick(1000) == other.pick(1000)


def test_shares_come_out() -> None:
    luck = Luck(3, 2)
    assert 250 <= sum(luck.happens(0.3) for _ in range(1000)) <= 350
