"""The mask's seal in its windows, the ventilator, and oxygen for who breathes by himself."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from game.log import Fact
from game.rules.commands import SEAL_LEFT_KEY, SEAL_RIGHT_KEY, SQUEEZE_KEY
from game.rules.skills.params import skills
from game.stations import Role
from tests.rules.bedside import BEATING, OPIOID, case, head, hold_the_mask, said, seated
from tests.rules.conftest import Team

if TYPE_CHECKING:
    from game.content import Level, Pack

SET_S = 16.5
"""Thirty compressions."""


@pytest.fixture
def vf(level: Level, pack: Pack) -> Team:
    return Team(case(level), pack, seed=1)


def passed(team: Team) -> list[tuple[int, int]]:
    """Volume (mL) and seal (%) of every breath on record."""
    return [(fact.args[2], fact.args[4]) for fact in team.facts(Fact.BREATH)]  # type: ignore[misc]


def test_a_breath_through_a_held_mask_arrives_whole_and_through_a_free_one_it_does_not(vf: Team) -> None:
    vf.compress(SET_S)
    vf.wait(800)
    assert head(vf).window
    vf.breathe()
    hold_the_mask(vf)
    vf.breathe()
    (free_ml, free_pct), (held_ml, held_pct) = passed(vf)
    assert free_pct < 75
    assert held_pct >= 95
    assert free_ml < 0.75 * held_ml
    assert 500 <= held_ml <= 600


def test_two_breaths_close_the_window_and_the_next_one_lies_anew(vf: Team) -> None:
    vf.compress(SET_S)
    vf.wait(800)
    hold_the_mask(vf)
    vf.edges(Role.AIRWAY, SEAL_LEFT_KEY, False, vf.room.now_ms)
    vf.breathe()
    vf.breathe()
    seal = head(vf).seal
    assert not head(vf).window
    assert seal is not None
    assert seal.drift_per_s == 0
    vf.compress(SET_S)
    vf.wait(800)
    again = head(vf).seal
    assert again is not None
    assert abs(again.dot) >= 1000
    assert again.drift_per_s * again.dot > 0


def test_masks_of_one_patient_lie_the_same_way_in_every_playing(level: Level, pack: Pack) -> None:
    seals = []
    for _ in range(2):
        team = Team(case(level), pack, seed=4)
        team.compress(SET_S)
        team.wait(800)
        seals.append(head(team).seal)
    assert seals[0] == seals[1]


def test_a_chest_that_is_compressed_takes_little(vf: Team) -> None:
    hold_the_mask(vf)
    vf.compress(3)
    start_ms = vf.room.now_ms
    vf.edges(Role.AIRWAY, SQUEEZE_KEY, True, start_ms)
    vf.compress(1.1)
    vf.edges(Role.AIRWAY, SQUEEZE_KEY, False, start_ms + 1100)
    ((_, pct),) = passed(vf)
    assert pct <= 40


def test_an_airway_needs_no_seal(level: Level, pack: Pack) -> None:
    team = Team(case(level, start=seated("sga")), pack, seed=1)
    team.wait(1000)
    assert head(team).seal is None
    team.breathe()
    assert passed(team)[0][1] == 100


def test_the_guideline_may_begin_with_breaths(level: Level, pack: Pack) -> None:
    drowned = Team(case(level), replace(pack, first_breaths=5), seed=1)
    drowned.wait(1000)
    assert head(drowned).window
    assert head(drowned).breaths_due == 5
    for _ in range(5):
        drowned.breathe()
    assert not head(drowned).window


def test_a_patient_with_a_pulse_is_bagged_every_few_seconds_unless_he_breathes(level: Level, pack: Pack) -> None:
    quiet = Team(case(level, OPIOID), pack, seed=1)
    quiet.wait(90_000)
    assert said(quiet, Role.AIRWAY).get("breathing", "none") in ("none", "gasping", "slow")
    assert head(quiet).window
    quiet.breathe()
    assert not head(quiet).window
    quiet.wait(6000)
    assert head(quiet).window
    awake = Team(case(level, BEATING), pack, seed=1)
    awake.wait(30_000)
    assert not head(awake).window


def test_a_ventilator_breathes_by_itself_at_its_rate(level: Level, pack: Pack) -> None:
    team = Team(case(level, start=seated("tube")), pack, seed=1)
    assert team.act(Role.AIRWAY, "ventilator", 10) == 0
    team.wait(59_000)
    breaths = team.facts(Fact.BREATH)
    assert len(breaths) == 10
    assert {after.ms - before.ms for before, after in pairwise(breaths)} == {6000}
    assert team.facts(Fact.VENTILATOR)[0].args == (10,)
    team.breathe()
    assert {fact.args[1] for fact in team.facts(Fact.BREATH)} == {skills().ventilator.breath_ms}
    assert team.act(Role.AIRWAY, "ventilator", 0) == 0
    count = len(team.facts(Fact.BREATH))
    team.wait(20_000)
    assert len(team.facts(Fact.BREATH)) == count


def test_a_ventilator_needs_an_airway_and_ends_with_it(level: Level, pack: Pack) -> None:
    masked = Team(case(level), pack, seed=1)
    assert masked.act(Role.AIRWAY, "ventilator", 10) != 0
    tubed = Team(case(level, start=seated("tube", ventilator_per_min=10)), pack, seed=1)
    tubed.act(Role.AIRWAY, "remove_airway")
    tubed.wait(pack.tasks_ms["remove_airway"] + 1000)
    assert head(tubed).device == "mask"
    assert head(tubed).ventilator_per_min == 0


def test_oxygen_reaches_who_breathes_by_himself(level: Level, pack: Pack) -> None:
    air, oxygen = (Team(case(level, BEATING, alveolar_oxygen=0.08), pack, seed=1) for _ in range(2))
    oxygen.act(Role.AIRWAY, "oxygen", 15)
    for team in (air, oxygen):
        team.wait(60_000)
    assert oxygen.room.game.patient.body.lungs.oxygen_mmhg > 200
    assert air.room.game.patient.body.lungs.oxygen_mmhg < 130


def test_breaths_of_a_set_fit_into_four_seconds(vf: Team) -> None:
    vf.compress(SET_S)
    released_ms = vf.compressions()[-1].ms + vf.compressions()[-1].down_ms
    while not head(vf).window:
        vf.wait(50)
    for key in (SEAL_LEFT_KEY, SEAL_RIGHT_KEY):
        vf.edges(Role.AIRWAY, key, True, vf.room.now_ms)
    while (seal := head(vf).seal) is not None and seal.pct < 90:
        vf.wait(50)
    vf.breathe(1000)
    vf.breathe(1000)
    assert vf.room.now_ms - released_ms <= 4000
    assert all(pct >= 90 for _, pct in passed(vf))


def test_a_press_in_the_middle_of_a_breath_spoils_it(vf: Team) -> None:
    hold_the_mask(vf)
    vf.compress(SET_S)
    vf.wait(400)
    start_ms = vf.room.now_ms
    vf.edges(Role.AIRWAY, SQUEEZE_KEY, True, start_ms)
    vf.compress(1.1)
    vf.edges(Role.AIRWAY, SQUEEZE_KEY, False, start_ms + 1100)
    ((_, pct),) = passed(vf)
    assert pct <= 40
