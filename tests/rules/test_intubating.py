"""Intubation: three steps, a clock, and a result that nobody is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from game.log import Fact
from game.rules.refusals import Refusal
from game.rules.setup import Setup
from game.rules.skills import intubation
from game.rules.skills.params import skills
from game.stations import Role
from tests.rules.bedside import at_a_good_moment, case, head, intubate, said, seated, work
from tests.rules.conftest import Team

if TYPE_CHECKING:
    from game.content import Level, Pack


@pytest.fixture
def vf(level: Level, pack: Pack) -> Team:
    return Team(case(level), pack, seed=1)


def outcome(level: Level, pack: Pack, wanted: tuple[str, str]) -> Team:
    """A patient whose tube goes where it is wanted: luck is drawn by seed."""
    for seed in range(200):
        team = Team(case(level), pack, seed)
        intubate(team, pack)
        if team.room.game.state.airway.sits == wanted:
            return team
    raise AssertionError(f"no seed of 200 puts a tube into {wanted}")


def test_steady_hands_get_it_in_most_of_the_time(level: Level, pack: Pack) -> None:
    placed = 0
    for seed in range(12):
        team = Team(case(level), pack, seed)
        intubate(team, pack)
        placed += head(team).device == "tube"
    assert placed >= 7


def test_blade_then_cords_then_tube(vf: Team, pack: Pack) -> None:
    assert vf.act(Role.AIRWAY, "tube_aim") is Refusal.NOT_NOW
    vf.act(Role.AIRWAY, "tube")
    vf.wait(pack.tasks_ms["tube"])
    tube = head(vf).tube
    assert tube is not None
    assert tube.step == "view"
    assert vf.act(Role.AIRWAY, "tube_pass") is Refusal.NOT_NOW
    at_a_good_moment(vf, "tube_aim")
    tube = head(vf).tube
    assert tube is not None
    assert tube.step == "cords"


def test_nobody_aims_at_what_he_does_not_see(vf: Team, pack: Pack) -> None:
    vf.act(Role.AIRWAY, "tube")
    vf.wait(pack.tasks_ms["tube"])
    for _ in range(100):
        tube = head(vf).tube
        assert tube is not None
        if abs(intubation.offset(tube, vf.room.now_ms + 50, skills())) > skills().tube.view_edge:
            assert vf.act(Role.AIRWAY, "tube_aim") is Refusal.NOT_SENSED
            return
        vf.wait(50)
    raise AssertionError("the cords were always in view")


def test_an_attempt_is_over_after_half_a_minute(vf: Team) -> None:
    vf.act(Role.AIRWAY, "tube")
    vf.wait(30_100)
    assert head(vf).tube is None
    assert ("tube", "broken") in [fact.args for fact in vf.facts(Fact.TASK)]
    assert vf.act(Role.AIRWAY, "suction") is Refusal.DONE


def test_a_squeeze_ends_the_attempt_but_not_a_tube_that_is_being_passed(vf: Team, pack: Pack) -> None:
    vf.act(Role.AIRWAY, "tube")
    vf.wait(pack.tasks_ms["tube"])
    vf.breathe()
    assert head(vf).tube is None
    vf.act(Role.AIRWAY, "tube")
    vf.wait(pack.tasks_ms["tube"])
    at_a_good_moment(vf, "tube_aim")
    at_a_good_moment(vf, "tube_pass")
    breaths = len(vf.facts(Fact.BREATH))
    vf.breathe()
    assert len(vf.facts(Fact.BREATH)) == breaths
    task = vf.view(Role.AIRWAY).task
    assert task is not None
    assert task.op == "tube_pass"


def test_hands_on_the_blade_do_nothing_else_and_can_take_it_out(vf: Team, pack: Pack) -> None:
    vf.act(Role.AIRWAY, "tube")
    vf.wait(pack.tasks_ms["tube"])
    assert vf.act(Role.AIRWAY, "suction") is Refusal.BUSY
    assert vf.act(Role.AIRWAY, "remove_airway") is Refusal.DONE
    assert vf.act(Role.AIRWAY, "suction") is Refusal.DONE


def test_a_tube_in_the_gullet_looks_like_a_tube_and_only_its_signs_tell(level: Level, pack: Pack) -> None:
    team = outcome(level, pack, ("tube", "oesophagus"))
    assert head(team).device == "tube"
    assert ("tube", "oesophagus") in [fact.args for fact in team.facts(Fact.AIRWAY)]
    work(team, pack, Role.AIRWAY, "co2")
    for _ in range(8):
        team.breathe()
        team.wait(1000)
    assert said(team, Role.AIRWAY)["capnogram"] in ("flat", "fading")
    assert said(team, Role.AIRWAY)["chest_rise"] == "none"
    work(team, pack, Role.AIRWAY, "listen")
    assert said(team, Role.AIRWAY)["stomach_gurgle"] == "heard"


def test_a_minute_in_the_gullet_is_a_critical_error_and_only_once(level: Level, pack: Pack) -> None:
    team = outcome(level, pack, ("tube", "oesophagus"))
    team.wait(50_000)
    assert not team.facts(Fact.SAFETY)
    team.wait(80_000)
    assert [fact.args[:2] for fact in team.facts(Fact.SAFETY)] == [("oesophageal", 1)]


def test_a_tube_taken_out_in_time_is_none(level: Level, pack: Pack) -> None:
    team = outcome(level, pack, ("tube", "oesophagus"))
    team.wait(30_000)
    work(team, pack, Role.AIRWAY, "remove_airway")
    team.wait(60_000)
    assert head(team).device == "mask"
    assert not team.facts(Fact.SAFETY)


def test_a_tube_too_deep_is_pulled_back(level: Level, pack: Pack) -> None:
    team = outcome(level, pack, ("tube", "bronchus"))
    team.breathe()
    team.wait(500)
    assert said(team, Role.AIRWAY)["chest_rise"] == "right"
    work(team, pack, Role.AIRWAY, "pull_back")
    assert team.room.game.state.airway.sits == ("tube", "trachea")


def test_an_order_for_a_tube_stays_open_until_one_is_in(level: Level, pack: Pack) -> None:
    for seed in range(30):
        team = Team(case(level), pack, seed)
        team.act(Role.LEADER, "order", 2, "tube")
        intubate(team, pack)
        placed = head(team).device == "tube"
        assert bool(team.facts(Fact.CLOSED)) == placed
        assert (("tube",) in [fact.args for fact in team.facts(Fact.DONE)]) == placed
        if not placed:
            assert ("airway.failed", "tube") in [fact.args for fact in team.facts(Fact.SHOWN)]
            return
    raise AssertionError("no attempt of 30 failed")


def test_what_is_in_must_come_out_first(level: Level, pack: Pack) -> None:
    team = Team(case(level, start=seated("sga")), pack, seed=1)
    assert team.act(Role.AIRWAY, "sga") is Refusal.ALREADY_DONE
    assert team.act(Role.AIRWAY, "tube") is Refusal.NOT_NOW
    assert team.act(Role.AIRWAY, "pull_back") is Refusal.NOT_NOW
    work(team, pack, Role.AIRWAY, "remove_airway")
    assert team.act(Role.AIRWAY, "tube") is Refusal.DONE


def test_a_hand_on_the_blade_takes_up_nothing_at_another_station_either(level: Level, pack: Pack) -> None:
    pair = Team(case(level), pack, 1, Setup(players=2))
    assert pair.act(Role.COMPRESSOR, "tube") is Refusal.DONE
    pair.wait(pack.tasks_ms["tube"])
    assert pair.act(Role.COMPRESSOR, "nibp") is Refusal.BUSY
