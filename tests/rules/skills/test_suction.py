"""Suction: a pass that was long enough has cleared the throat, whatever calls the hands away."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from game.content import Pack
from game.rules.skills.params import skills
from game.rules.skills.suction import clears


@given(st.integers(0, 600_000), st.integers(0, 20_000), st.integers(0, 20_000))
def test_what_is_clear_stays_clear(start_ms: int, one_ms: int, other_ms: int) -> None:
    early_ms, late_ms = sorted((one_ms, other_ms))
    assert clears(start_ms, start_ms + late_ms, skills()) or not clears(start_ms, start_ms + early_ms, skills())


def test_a_whole_pass_always_clears(pack: Pack) -> None:
    assert skills().suction.clears_ms <= pack.tasks_ms["suction"] <= 10_000
