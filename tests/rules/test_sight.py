"""Open, Real and Blind: who is told what without asking."""

from __future__ import annotations

from itertools import pairwise

from game.content import Level, Pack
from game.log import Fact
from game.rules.setup import Setup, Sight
from game.rules.views import LeadView
from game.stations import Role
from tests.rules.conftest import Team


def lead_of(team: Team) -> LeadView:
    lead = team.view(Role.LEADER).lead
    assert lead is not None
    return lead


def team_of(level: Level, pack: Pack, sight: Sight) -> Team:
    return Team(level, pack, 1, Setup(sight=sight))


def test_in_the_open_view_what_one_station_senses_is_said_at_once(case: Level, pack: Pack) -> None:
    team = team_of(case, pack, Sight.OPEN)
    team.wait(1000)
    said = {fact.args[0]: fact.seat for fact in team.facts(Fact.REPORT)}
    assert said["fistula"] == Role.COMPRESSOR
    assert "dialysis" not in said
    team.do(Role.MEDS, "chart")
    team.wait(1000)
    assert "dialysis" in {report.key for report in lead_of(team).reported}


def test_in_the_open_view_numbers_are_said_again_every_fifteen_seconds(case: Level, pack: Pack) -> None:
    team = team_of(case, pack, Sight.OPEN)
    for _ in range(12):
        team.breathe()
        team.wait(4000)
    times = [fact.ms for fact in team.facts(Fact.REPORT) if fact.args[0] == "breaths"]
    assert 3 <= len(times) <= 5
    assert all(later - sooner >= 15_000 for sooner, later in pairwise(times))


def test_in_the_open_view_a_measurement_is_said_once_and_grows_old(case: Level, pack: Pack) -> None:
    team = team_of(case, pack, Sight.OPEN)
    team.do(Role.AIRWAY, "temperature")
    team.wait(60_000)
    assert [fact.args[0] for fact in team.facts(Fact.REPORT)].count("temperature.core_tenth_degc") == 1


def test_in_the_real_view_nothing_is_said_by_itself(case: Level, pack: Pack) -> None:
    team = team_of(case, pack, Sight.REAL)
    team.wait(20_000)
    assert not team.facts(Fact.REPORT)
    assert lead_of(team).ecg.connected


def test_a_blind_leader_sees_no_trace_and_hears_of_no_beat(case: Level, pack: Pack) -> None:
    team = team_of(case, pack, Sight.BLIND)
    assert not lead_of(team).ecg.connected
    assert lead_of(team).ecg.rhythm == ""
    device = team.view(Role.MEDS).defibrillator
    assert device is not None
    assert device.ecg.connected
    team.compress(2)
    leader = 1 << Role.LEADER
    assert not any(team.room.audience(fact) & leader for fact in team.facts(Fact.COMPRESSION))


def test_the_set_up_is_part_of_the_rooms_state(case: Level, pack: Pack) -> None:
    hashes = {team_of(case, pack, sight).room.state_hash() for sight in Sight}
    assert len(hashes) == 3
