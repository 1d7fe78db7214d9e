"""Checks in a patient with a pulse, and in a pair."""

from __future__ import annotations

from game.content import Level, Pack
from game.log import Fact
from game.rules.refusals import Refusal
from game.rules.setup import Setup
from game.stations import Role, Station
from tests.rules.conftest import Team


def steps(team: Team) -> list[object]:
    return [fact.args[0] for fact in team.facts(Fact.CHECK)]


def test_a_tachycardia_in_one_with_a_known_pulse_orders_no_compressions(alive: Team) -> None:
    alive.act(Role.LEADER, "check")
    alive.act(Role.LEADER, "call", "vt")
    assert steps(alive) == ["stop", "call", "pulse"]
    assert alive.view(Role.LEADER).check.pulse == "felt"
    assert alive.view(Role.LEADER).check.shock_pending


def test_a_flat_line_takes_back_what_was_said_of_a_pulse(alive: Team) -> None:
    alive.act(Role.LEADER, "check")
    alive.act(Role.LEADER, "call", "flat")
    alive.act(Role.LEADER, "resume")
    assert alive.view(Role.LEADER).check.pulse == ""


def test_fingers_that_find_none_leave_the_ring_open_for_the_push(ward: Team) -> None:
    ward.act(Role.LEADER, "check")
    ward.act(Role.LEADER, "call", "organised_wide")
    ward.act(Role.COMPRESSOR, "feel")
    ward.wait(6000)
    ward.act(Role.COMPRESSOR, "pulse", "none")
    assert ward.view(Role.LEADER).check.since_ms >= 0
    ward.compress(1)
    assert steps(ward)[-1] == "resume"


def test_a_case_that_begins_with_a_pulse_says_so_in_its_log(alive: Team, ward: Team) -> None:
    for team, pulses in ((alive, [(0, (1,))]), (ward, [])):
        team.wait(1000)
        assert [(fact.ms, fact.args) for fact in team.facts(Fact.PULSE)] == pulses


def test_in_a_pair_the_other_one_is_the_partner_of_the_switch(case: Level, pack: Pack) -> None:
    pair = Team(case, pack, 1, Setup(players=2))
    pair.compress(5)
    assert pair.act(Role.COMPRESSOR, "switch_ask") is Refusal.DONE
    assert pair.room.game.state.seats[1].stations & Station.CART
    assert pair.act(Role.AIRWAY, "switch_yes") is Refusal.DONE


def test_who_is_alone_has_nobody_to_switch_with(case: Level, pack: Pack) -> None:
    alone = Team(case, pack, 1, Setup(players=1))
    assert alone.act(Role.COMPRESSOR, "switch_ask") is Refusal.NOT_NOW
