"""Signs: what is sensed all the time, what must be looked for, and who senses it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from game.content.level import Finding
from game.log import Fact
from game.room.room import Room
from game.rules.commands import RHYTHM_CALLS
from game.rules.refusals import Refusal
from game.rules.setup import Setup, Sight
from game.rules.signs import table
from game.rules.skills.params import skills
from game.stations import AIRWAY, CHEST, Role, Station
from tests.rules.bedside import BARE, BEATING, OPIOID, case, head, hold_the_mask, said, seated, trunk, work
from tests.rules.conftest import Team

if TYPE_CHECKING:
    from game.content import Level, Pack


@pytest.fixture
def vf(level: Level, pack: Pack) -> Team:
    return Team(case(level), pack, seed=1)


def test_pupils_are_known_once_somebody_has_looked(level: Level, pack: Pack) -> None:
    team = Team(case(level, OPIOID), pack, seed=1)
    team.wait(5000)
    assert "pupils" not in said(team, Role.AIRWAY)
    work(team, pack, Role.AIRWAY, "look")
    assert said(team, Role.AIRWAY)["pupils"] == "pin"
    assert ("pupils", "pin") in [fact.args for fact in team.facts(Fact.SHOWN)]


def test_a_look_keeps_the_words_of_its_moment(level: Level, pack: Pack) -> None:
    team = Team(case(level, BEATING), pack, seed=1)
    work(team, pack, Role.AIRWAY, "look")
    assert said(team, Role.AIRWAY)["pupils"] == "normal"
    team.room.game.patient.body.causes.poison[0] = 1.0
    team.wait(5000)
    assert said(team, Role.AIRWAY)["pupils"] == "normal"


def test_normal_signs_are_told_only_after_a_look(vf: Team, pack: Pack) -> None:
    vf.wait(1000)
    assert not {"trachea", "lips", "odour"} & set(said(vf, Role.AIRWAY))
    work(vf, pack, Role.AIRWAY, "look")
    assert {"trachea", "lips", "odour"} <= set(said(vf, Role.AIRWAY))


def test_what_is_not_normal_comes_before_what_is(vf: Team, pack: Pack) -> None:
    vf.wait(1000)
    work(vf, pack, Role.AIRWAY, "look")
    keys = list(said(vf, Role.AIRWAY))
    assert keys.index("skin_colour") < keys.index("trachea")


@pytest.mark.parametrize("role", [Role.COMPRESSOR, Role.AIRWAY, Role.MEDS, Role.LEADER])
def test_no_seat_senses_what_belongs_to_another(level: Level, pack: Pack, role: Role) -> None:
    team = Team(case(level, OPIOID, start=replace(BARE, pads=True)), pack, seed=1)
    for who, op in ((Role.AIRWAY, "look"), (Role.AIRWAY, "listen"), (Role.COMPRESSOR, "examine")):
        work(team, pack, who, op)
    held = team.room.game.state.seats[role].stations
    own = {sign.name for sign in table() if sign.stations & held}
    assert set(said(team, role)) & {sign.name for sign in table()} <= own


def test_a_level_may_say_a_sign_in_its_own_words(level: Level, pack: Pack) -> None:
    words = Finding("pupils", Station.AIRWAY, "Pupils", "like pin heads", "look", (), (), "C")
    team = Team(replace(case(level, OPIOID), findings=(words,)), pack, seed=1)
    assert "pupils" not in said(team, Role.AIRWAY)
    work(team, pack, Role.AIRWAY, "look")
    assert said(team, Role.AIRWAY)["pupils"] == "like pin heads"


def test_bag_and_rise_are_sensed_only_while_somebody_breathes_for_him(level: Level, pack: Pack) -> None:
    team = Team(case(level, airway_obstruction=1.0), pack, seed=1)
    team.wait(60_000)
    assert not {"bag", "chest_rise"} & set(said(team, Role.AIRWAY))
    hold_the_mask(team)
    team.breathe()
    team.wait(1000)
    assert said(team, Role.AIRWAY)["bag"] == "hard"
    assert said(team, Role.COMPRESSOR)["chest_rise"] == "none"
    assert head(team).bag == "hard"
    team.wait(20_000)
    assert "bag" not in said(team, Role.AIRWAY)


def test_a_blocked_throat_is_found_by_a_look_and_forceps_make_it_worth_another(level: Level, pack: Pack) -> None:
    team = Team(case(level, airway_obstruction=1.0), pack, seed=1)
    team.wait(1000)
    assert head(team).throat == ""
    work(team, pack, Role.AIRWAY, "look")
    assert head(team).throat == said(team, Role.AIRWAY)["throat"] == "blocked"
    work(team, pack, Role.AIRWAY, "magill")
    assert head(team).throat == ""
    for _ in range(6):
        work(team, pack, Role.AIRWAY, "magill")
    work(team, pack, Role.AIRWAY, "look")
    assert head(team).throat == "clear"


def test_vomit_gurgles_without_a_look_and_suction_clears_it(level: Level, pack: Pack) -> None:
    team = Team(case(level), pack, seed=1)
    team.wait(1000)
    team.room.game.patient.body.airway.soiled = 0.8
    team.wait(1000)
    assert said(team, Role.AIRWAY)["throat"] == "vomit"
    work(team, pack, Role.AIRWAY, "suction")
    team.wait(1000)
    assert "throat" not in said(team, Role.AIRWAY)


def test_screens_show_numbers_only_with_their_sensor_on(level: Level, pack: Pack) -> None:
    team = Team(case(level, BEATING), pack, seed=1)
    team.wait(60_000)
    assert not {"etco2", "spo2", "capnogram"} & set(said(team, Role.AIRWAY))
    assert (head(team).etco2_mmhg, head(team).spo2_pct) == (-1, -1)
    work(team, pack, Role.AIRWAY, "spo2")
    work(team, pack, Role.AIRWAY, "co2")
    team.wait(60_000)
    assert 90 <= head(team).spo2_pct <= 100
    assert said(team, Role.AIRWAY)["spo2"] == str(head(team).spo2_pct)
    assert head(team).etco2_mmhg > 20


def test_a_probe_finds_nothing_without_a_pulse(level: Level, pack: Pack) -> None:
    team = Team(case(level, start=replace(BARE, spo2=True)), pack, seed=1)
    team.compress(20)
    assert head(team).spo2_pct == -1


def test_a_pulse_is_felt_by_fingers_and_by_nobody_else(level: Level, pack: Pack) -> None:
    team = Team(case(level, BEATING), pack, seed=1)
    team.wait(2000)
    assert "pulse" not in said(team, Role.COMPRESSOR)
    assert (trunk(team).touch, trunk(team).beat_ms) == (-1, -1)
    team.act(Role.COMPRESSOR, "feel")
    assert "pulse" not in said(team, Role.COMPRESSOR)
    team.wait(3000)
    assert said(team, Role.COMPRESSOR)["pulse"] == "strong"
    assert trunk(team).touch == 100
    assert trunk(team).beat_ms > 0
    assert not {"pulse", "pulse_rate"} & set(said(team, Role.AIRWAY))


def test_fingers_without_a_pulse_do_not_feel_the_heart_of_the_monitor(level: Level, pack: Pack) -> None:
    team = Team(case(level, rhythm="pea", energy=0.3), pack, seed=1)
    team.wait(2000)
    team.act(Role.COMPRESSOR, "feel")
    team.wait(5000)
    assert (trunk(team).touch, trunk(team).beat_ms) == (0, -1)
    assert team.act(Role.COMPRESSOR, "pulse", "none") is Refusal.DONE


def test_the_trace_is_read_with_pads_on_and_hands_off(level: Level, pack: Pack) -> None:
    peaked = case(level, rhythm="pea", potassium_mmol_l=8.5)
    bare = Team(peaked, pack, seed=1)
    bare.wait(2000)
    assert not [key for key in said(bare, Role.LEADER) if key.startswith("trace_")]
    team = Team(replace(peaked, start=replace(BARE, pads=True)), pack, seed=1)
    team.wait(2000)
    for role in (Role.LEADER, Role.MEDS):
        assert said(team, role)["trace_width"] == "wide"
    team.compress(3)
    assert "trace_width" not in said(team, Role.LEADER)


def test_without_pads_nobody_s_screen_holds_the_rhythm(vf: Team) -> None:
    vf.wait(1000)
    lead, device = vf.view(Role.LEADER).lead, vf.view(Role.MEDS).defibrillator
    assert lead is not None
    assert device is not None
    for ecg in (lead.ecg, device.ecg):
        assert (ecg.connected, ecg.rhythm, ecg.rate_per_min, ecg.amplitude_uv, ecg.beat_ms) == (False, "", 0, 0, -1)


def test_a_blind_leader_hears_the_trace_from_the_defibrillator(level: Level, pack: Pack) -> None:
    team = Team(case(level), pack, seed=1)
    room = Room(replace(case(level), start=replace(BARE, pads=True)), pack, 1, Setup(sight=Sight.BLIND))
    team.room = room
    team.wait(2000)
    lead = team.view(Role.LEADER).lead
    assert lead is not None
    assert not lead.ecg.connected
    assert not [key for key in said(team, Role.LEADER) if key.startswith("trace")]
    assert said(team, Role.MEDS)["trace"] == "vf"
    assert said(team, Role.MEDS)["trace"] in RHYTHM_CALLS


def test_examining_hands_find_what_the_trunk_hides(level: Level, pack: Pack) -> None:
    team = Team(case(level, rhythm="pea", pregnancy_weeks=34.0), pack, seed=1)
    team.wait(1000)
    assert "belly" not in said(team, Role.COMPRESSOR)
    work(team, pack, Role.COMPRESSOR, "examine")
    assert said(team, Role.COMPRESSOR)["belly"] == "gravid"
    assert (Fact.DONE, Role.COMPRESSOR, ("examine",)) in [(f.kind, f.seat, f.args) for f in team.facts(Fact.DONE)]


def test_a_push_leaves_whatever_the_hands_were_doing(vf: Team) -> None:
    vf.act(Role.COMPRESSOR, "examine")
    vf.compress(2)
    assert vf.view(Role.COMPRESSOR).task is None
    assert ("examine",) not in [fact.args for fact in vf.facts(Fact.DONE)]


def test_every_sign_is_sensed_by_some_station() -> None:
    assert all(sign.stations for sign in table())
    assert {sign.by for sign in table() if sign.stations == CHEST} == {"", "examine", "fingers"}
    assert {sign.by for sign in table() if sign.stations == AIRWAY} == {"", "look", "listen"}


def test_a_needle_into_a_tense_chest_is_heard(level: Level, pack: Pack) -> None:
    heard = set()
    for seed in range(12):
        team = Team(case(level, start=seated("tube"), rhythm="pea", tension_mmhg=18.0), pack, seed)
        work(team, pack, Role.AIRWAY, "decompress", "thoracostomy", "left")
        heard |= {fact.args[1] for fact in team.facts(Fact.SHOWN) if fact.args[0] == "decompress"}
        assert ("decompress", "thoracostomy", "left") in [fact.args for fact in team.facts(Fact.DONE)]
        if "hiss" in heard:
            return
    raise AssertionError(f"heard only {heard}")


def test_blood_that_wells_up_is_held_off_by_suction_for_a_while(level: Level, pack: Pack) -> None:
    bleeding = case(level, rhythm="pea", blood_loss_ml=1500.0, bleeding_site=3.0)
    team = Team(bleeding, pack, seed=1)
    team.wait(1000)
    assert head(team).throat == said(team, Role.AIRWAY)["throat"] == "blood"
    work(team, pack, Role.AIRWAY, "suction")
    assert head(team).throat == ""
    team.wait(skills().senses.wells_up_ms)
    assert head(team).throat == "blood"
