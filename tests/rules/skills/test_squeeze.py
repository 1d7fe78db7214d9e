"""The bag: a longer squeeze gives more, a leak takes its share."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from game.rules.skills.params import skills
from game.rules.skills.squeeze import fio2_pct, volume_ml


@given(st.integers(0, 3000), st.integers(0, 3000), st.integers(0, 100))
def test_a_longer_squeeze_never_gives_less(one_ms: int, other_ms: int, seal_pct: int) -> None:
    short_ms, long_ms = sorted((one_ms, other_ms))
    assert volume_ml(short_ms, seal_pct=seal_pct, skills=skills()) <= volume_ml(
        long_ms, seal_pct=seal_pct, skills=skills()
    )


@given(st.integers(0, 3000), st.integers(0, 100))
def test_what_leaks_does_not_arrive(hold_ms: int, seal_pct: int) -> None:
    whole = volume_ml(hold_ms, seal_pct=100, skills=skills())
    assert volume_ml(hold_ms, seal_pct=seal_pct, skills=skills()) == whole * seal_pct // 100


def test_a_second_gives_half_a_litre() -> None:
    assert volume_ml(1000, seal_pct=100, skills=skills()) == 500


def test_air_without_a_flow_and_nearly_pure_oxygen_with_a_full_one() -> None:
    assert fio2_pct(0, skills()) == 21
    assert fio2_pct(15, skills()) >= 90
