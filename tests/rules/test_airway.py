"""Breaths: from stamped squeezes to what the patient and the log get."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from game.log import Fact
from game.rules.commands import SEAL_LEFT_KEY, SEAL_RIGHT_KEY, SQUEEZE_KEY
from game.rules.refusals import Refusal
from game.stations import Role
from tests.rules.bedside import BEATING, case, head, hold_the_mask, work
from tests.rules.conftest import Team

if TYPE_CHECKING:
    from game.content import Level, Pack


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


def test_a_bag_that_is_held_empty_gives_no_longer_breath(team: Team) -> None:
    team.wait(1000)
    team.breathe(10_000)
    (breath,) = team.facts(Fact.BREATH)
    assert breath.args[1] == 3000


@pytest.mark.parametrize(
    ("op", "shown"), [("oral", "oral"), ("nasal", "nasal"), ("co2", "co2_connected"), ("spo2", "spo2_connected")]
)
def test_what_is_put_in_place_is_seen_there_and_put_once(level: Level, pack: Pack, op: str, shown: str) -> None:
    team = Team(case(level), pack, seed=1)
    team.wait(1000)
    assert not getattr(head(team), shown)
    work(team, pack, Role.AIRWAY, op)
    team.wait(200)
    assert getattr(head(team), shown)
    assert team.act(Role.AIRWAY, op) is Refusal.ALREADY_DONE
    assert (op,) in [fact.args for fact in team.facts(Fact.DONE)]


def test_an_extraglottic_airway_sits_at_the_first_try_in_most(level: Level, pack: Pack) -> None:
    placed = 0
    for seed in range(20):
        team = Team(case(level), pack, seed)
        work(team, pack, Role.AIRWAY, "sga")
        placed += head(team).device == "sga"
    assert 14 <= placed < 20


def test_cooling_and_a_raised_head_are_done_once(level: Level, pack: Pack) -> None:
    team = Team(case(level, BEATING, temperature_degc=38.5), pack, seed=1)
    for op in ("head_up", "cool"):
        work(team, pack, Role.AIRWAY, op)
        assert team.act(Role.AIRWAY, op) is Refusal.ALREADY_DONE
    assert head(team).head_up
    assert head(team).cooling


def test_hands_on_mask_bag_or_blade_are_hands_on(level: Level, pack: Pack) -> None:
    team = Team(case(level), pack, seed=1)
    team.wait(1000)
    assert not team.view(Role.LEADER).crew[Role.AIRWAY].hands_on
    hold_the_mask(team)
    assert team.view(Role.LEADER).crew[Role.AIRWAY].hands_on
    team.edges(Role.AIRWAY, SEAL_LEFT_KEY, False, team.room.now_ms)
    team.edges(Role.AIRWAY, SEAL_RIGHT_KEY, False, team.room.now_ms)
    assert not team.view(Role.LEADER).crew[Role.AIRWAY].hands_on


def test_a_breath_ends_a_suction_that_was_long_enough_and_undoes_a_shorter_one(level: Level, pack: Pack) -> None:
    team = Team(case(level), pack, seed=1)
    for seconds, done in ((3, False), (6, True)):
        team.act(Role.AIRWAY, "suction")
        team.wait(seconds * 1000)
        team.breathe()
        assert team.view(Role.AIRWAY).task is None
        assert (("suction",) in [fact.args for fact in team.facts(Fact.DONE)]) == done
    assert len(team.facts(Fact.BREATH)) == 2
