"""The bot at the head: an ordered tube goes in by its three steps, masks are sealed, a shock meets no oxygen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from game.bots.crew import crew_of_bots
from game.log import Entry, Fact
from game.room.host import NO_REF, Host
from game.stations import LinkState, Role, Station
from tests.bots.conftest import Case, Play


@pytest.fixture(scope="module")
def with_a_tube(cases: Callable[..., Case]) -> list[Entry]:
    """A minute and a half of S01 in which the Leader's seat orders a tube."""
    level, pack = cases("S01")
    host = Host(level, pack, 4, crew_of_bots(level, pack, 4))
    for role in Role:
        host.link(role, LinkState.BOT)
    entries = host.tick(2000).entries
    host.command(Role.LEADER, NO_REF, "order", (int(Station.AIRWAY), "tube"))
    return entries + host.tick(90_000).entries


def test_an_ordered_tube_goes_in_by_blade_cords_and_tube(with_a_tube: list[Entry]) -> None:
    steps = [entry.args[0] for entry in with_a_tube if entry.kind is Fact.TASK and entry.args[1] == "done"]
    assert "tube" in steps
    assert "tube_pass" in steps
    assert [entry for entry in with_a_tube if entry.kind is Fact.AIRWAY and entry.args[0] == "tube"]


def test_two_trained_hands_seal_the_mask(play: Play) -> None:
    breaths = [entry for entry in play("D2") if entry.kind is Fact.BREATH and entry.args[3] == "mask"]
    assert breaths
    assert all(isinstance(seal, int) and seal >= 90 for *_, seal in (entry.args for entry in breaths))


def test_no_oxygen_flows_over_a_face_at_a_shock(play: Play) -> None:
    unsafe = [entry for entry in play("S16") if entry.kind is Fact.SAFETY and entry.args[0] == "oxygen_near_shock"]
    assert not unsafe
