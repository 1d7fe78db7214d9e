"""Measurements: taken by one station, back after their time, read where they belong."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from game.content.clues import clues
from game.log import Fact
from game.room.room import Room
from game.rules.setup import Setup
from game.rules.slips import READER, pressure
from game.rules.state import Slip
from game.sim import Case, Patient
from game.sim.events import SAMPLES
from game.sim.findings import sample, sample_delay_ms
from game.stations import Role
from tests.rules.bedside import BARE, BEATING, VF, case, head, said, trunk, work
from tests.rules.conftest import Team

if TYPE_CHECKING:
    from game.content import Level, Pack


def test_every_measurement_has_a_reader_and_every_value_a_band() -> None:
    assert set(READER) == set(SAMPLES)
    at = Case.of()
    body = Patient.new(at, 1).body
    names = {f"{kind}.{name}" for kind in SAMPLES for name, _ in sample(kind, body, at.parameters)}
    assert names <= set(clues().bands)


def test_the_strip_is_read_after_its_time(level: Level, pack: Pack) -> None:
    team = Team(case(level, glucose_mmol_l=1.4), pack, seed=1)
    work(team, pack, Role.AIRWAY, "glucose")
    (waiting,) = head(team).slips
    assert (waiting.kind, waiting.values) == ("glucose", ())
    assert waiting.due_ms > team.room.now_ms
    team.wait(waiting.due_ms - team.room.now_ms + 50)
    (back,) = head(team).slips
    assert back.values[0][0] == "glucose_tenth_mmol_l"
    assert back.values[0][1] <= 20
    assert said(team, Role.AIRWAY)["glucose.glucose_tenth_mmol_l"] == str(back.values[0][1])
    shown = [fact for fact in team.facts(Fact.SHOWN) if fact.args[0] == "glucose.glucose_tenth_mmol_l"]
    assert [fact.seat for fact in shown] == [Role.AIRWAY]


def test_stickers_by_the_chest_are_read_at_the_cart(level: Level, pack: Pack) -> None:
    team = Team(case(level, BEATING), pack, seed=1)
    work(team, pack, Role.COMPRESSOR, "ecg12")
    team.wait(sample_delay_ms("ecg12") + 1000)
    cart = team.view(Role.MEDS).cart
    assert cart is not None
    assert [slip.kind for slip in cart.slips] == ["ecg12"]
    assert not trunk(team).slips
    assert not [key for key in said(team, Role.COMPRESSOR) if key.startswith("ecg12")]


def test_the_cuff_says_a_pressure_or_dashes(level: Level, pack: Pack) -> None:
    beating, dead = (Team(case(level, patient), pack, seed=1) for patient in (BEATING, VF))
    for team in (beating, dead):
        team.wait(1000)
        work(team, pack, Role.COMPRESSOR, "nibp")
        team.wait(sample_delay_ms("nibp") + 1000)
    assert said(dead, Role.COMPRESSOR)["nibp"] == "---"
    systolic, rest = said(beating, Role.COMPRESSOR)["nibp"].split("/")
    diastolic, mean = rest.rstrip(")").split(" (")
    assert int(systolic) > int(mean) > int(diastolic) > 30
    assert (
        pressure(Slip("nibp", 0, 0, [("systolic_mmhg", 88), ("diastolic_mmhg", 50), ("mean_mmhg", 63)])) == "88/50 (63)"
    )


def test_only_telling_values_are_offered_to_say(level: Level, pack: Pack) -> None:
    team = Team(case(level, BEATING, potassium_mmol_l=7.9), pack, seed=1)
    team.wait(1000)
    work(team, pack, Role.MEDS, "gas")
    team.wait(sample_delay_ms("gas") + 1000)
    cart = team.view(Role.MEDS).cart
    assert cart is not None
    values = dict(cart.slips[0].values)
    offered = {key.removeprefix("gas.") for key in said(team, Role.MEDS) if key.startswith("gas.")}
    assert "potassium_tenth_mmol_l" in offered
    assert offered < set(values)
    for name, value in values.items():
        telling = not clues().is_normal(f"gas.{name}", value) or bool(clues().of(f"gas.{name}", str(value)))
        assert (name in offered) == telling


def test_an_old_paper_is_kept_until_the_new_one_is_there(level: Level, pack: Pack) -> None:
    team = Team(case(level, BEATING), pack, seed=1)
    work(team, pack, Role.COMPRESSOR, "nibp")
    team.wait(sample_delay_ms("nibp") + 1000)
    first = said(team, Role.COMPRESSOR)["nibp"]
    work(team, pack, Role.COMPRESSOR, "nibp")
    assert said(team, Role.COMPRESSOR)["nibp"] == first
    assert len(trunk(team).slips) == 2
    team.wait(sample_delay_ms("nibp") + 1000)
    assert len(trunk(team).slips) == 1


def test_twelve_leads_without_a_beat_tell_only_that(level: Level, pack: Pack) -> None:
    team = Team(case(level), pack, seed=1)
    work(team, pack, Role.COMPRESSOR, "ecg12")
    team.wait(sample_delay_ms("ecg12") + 1000)
    assert [key for key in said(team, Role.MEDS) if key.startswith("ecg12.")] == ["ecg12.rate_per_min"]


@pytest.mark.parametrize("players", [1, 2, 3])
def test_fewer_players_read_the_same_papers(level: Level, pack: Pack, players: int) -> None:
    team = Team(case(level), pack, seed=1)
    team.room = Room(replace(case(level, BEATING), start=BARE), pack, 1, Setup(players=players))
    reader = team.room.game.seat_of(READER["temperature"])
    team.act(Role(reader), "temperature")
    team.wait(pack.tasks_ms["temperature"] + sample_delay_ms("temperature") + 1500)
    view = team.view(Role(reader)).airway
    assert view is not None
    assert view.slips[0].values[0][0] == "core_tenth_degc"
