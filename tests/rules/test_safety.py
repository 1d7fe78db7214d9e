"""Hands and shocks: who touches the patient is settled when every press of that moment is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from game.rules.commands import PUSH_KEY
from game.stations import Role

if TYPE_CHECKING:
    from tests.rules.conftest import Team

NOT_CLEAR = ("shock_not_clear", 1)
NEAR_MISS = ("near_miss", 0)


@pytest.mark.parametrize(
    ("stamps_ms", "finding"),
    [
        ([-1600, -1400, -1050, -850], None),
        ([-600, -300, 900, 1100], None),
        ([200, 400, 750, 950], NEAR_MISS),
        ([-100, 200], NEAR_MISS),
        ([-700, -500, -150, 50, 400, 600], NOT_CLEAR),
        ([-700, -500, -250, -50, 300, 500], NOT_CLEAR),
        ([-400], NOT_CLEAR),
    ],
    ids=["hands long off", "lifted in time", "on at once after", "a slip", "under a press", "between two", "leaning"],
)
def test_a_shock_finds_hands_that_do_not_leave_the_chest(
    ward: Team, stamps_ms: list[int], finding: tuple[str, int] | None
) -> None:
    ward.act(Role.MEDS, "charge")
    ward.act(Role.LEADER, "check")
    ward.wait(6000)
    ward.act(Role.LEADER, "call", "vf")
    shock_ms = ward.room.now_ms + 50
    ward.act(Role.MEDS, "shock")
    ward.wait(1200)
    ward.edges(Role.COMPRESSOR, PUSH_KEY, True, *(shock_ms + at for at in stamps_ms))
    ward.wait(4000)
    assert ward.safety() == ([finding] if finding else [])
