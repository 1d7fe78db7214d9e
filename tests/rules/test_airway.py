"""Breaths: from stamped squeezes to what the patient and the log get."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.log import Fact
from game.rules.commands import SQUEEZE_KEY
from game.stations import Role

if TYPE_CHECKING:
    from tests.rules.conftest import Team


def test_a_squeeze_becomes_a_breath_at_its_own_stamp(team: Team) -> None:
    team.wait(2000)
    team.edges(Role.AIRWAY, SQUEEZE_KEY, True, 800, 1900)
    (breath,) = team.facts(Fact.BREATH)
    assert (breath.ms, breath.args[:2]) == (800, (800, 1100))


def test_a_touch_of_the_bag_is_no_breath(team: Team) -> None:
    team.wait(2000)
    team.edges(Role.AIRWAY, SQUEEZE_KEY, True, 1000, 1050)
    assert not team.facts(Fact.BREATH)


def test_no_breath_ends_before_it_began_or_begins_within_another(team: Team) -> None:
    team.wait(2000)
    team.edges(Role.AIRWAY, SQUEEZE_KEY, True, 1900)
    team.edges(Role.AIRWAY, SQUEEZE_KEY, False, 300)
    assert not team.facts(Fact.BREATH)
    team.edges(Role.AIRWAY, SQUEEZE_KEY, True, 800, 1800)
    team.edges(Role.AIRWAY, SQUEEZE_KEY, True, 900, 1700)
    assert [breath.ms for breath in team.facts(Fact.BREATH)] == [800]


def test_breaths_of_the_last_minute_make_the_rate(team: Team) -> None:
    for _ in range(3):
        team.breathe()
    airway = team.view(Role.AIRWAY).airway
    assert airway is not None
    assert airway.breaths_per_min == 3
    team.wait(60_000)
    airway = team.view(Role.AIRWAY).airway
    assert airway is not None
    assert airway.breaths_per_min == 0
