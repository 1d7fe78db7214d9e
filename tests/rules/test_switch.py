"""The switch: who may step in for whom, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.log import Fact
from game.rules.commands import PUSH_KEY
from game.rules.refusals import Refusal
from game.stations import Role, Station

if TYPE_CHECKING:
    from game.content import Level, Pack

from game.rules.setup import Setup
from tests.rules.conftest import Team


def test_a_yes_within_a_check_counts_for_that_check(team: Team) -> None:
    team.compress(5)
    team.act(Role.COMPRESSOR, "switch_ask")
    team.act(Role.LEADER, "check")
    team.wait(1500)
    assert team.act(Role.AIRWAY, "switch_yes") is Refusal.DONE
    team.compress(2, role=Role.AIRWAY)
    assert team.view(Role.LEADER).crew[Role.AIRWAY].stations == Station.CHEST


def test_a_yes_while_hands_push_waits_for_the_next_check(team: Team) -> None:
    team.compress(5)
    team.act(Role.COMPRESSOR, "switch_ask")
    team.act(Role.AIRWAY, "switch_yes")
    team.wait(1500)
    assert team.edges(Role.AIRWAY, PUSH_KEY, True, team.room.now_ms) is Refusal.NOT_YOUR_STATION


def test_who_has_a_shock_to_give_steps_in_only_after_it(ward: Team) -> None:
    ward.compress(5)
    ward.act(Role.COMPRESSOR, "switch_ask")
    ward.act(Role.LEADER, "order", int(Station.CART), "switch_yes")
    ward.act(Role.MEDS, "switch_yes")
    ward.act(Role.MEDS, "charge")
    ward.wait(6000)
    ward.act(Role.LEADER, "check")
    ward.wait(1000)
    ward.act(Role.LEADER, "call", "vf")
    assert ward.edges(Role.MEDS, PUSH_KEY, True, ward.room.now_ms) is Refusal.NOT_YOUR_STATION
    ward.act(Role.MEDS, "shock")
    ward.wait(1000)
    ward.compress(2, role=Role.MEDS)
    assert ward.view(Role.LEADER).crew[Role.MEDS].stations == Station.CHEST


def test_nobody_is_asked_where_one_person_holds_all_that_could_step_in(case: Level, pack: Pack) -> None:
    pair = Team(case, pack, 1, Setup(players=2))
    pair.act(Role.AIRWAY, "hand_over", int(Station.CART), 0)
    pair.act(Role.COMPRESSOR, "take", int(Station.CART))
    assert pair.act(Role.COMPRESSOR, "switch_ask") is Refusal.NOT_NOW
    assert not pair.facts(Fact.SWITCH)
