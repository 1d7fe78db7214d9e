"""Patients for tests of the head of the bed and of what hands find: any case, nothing in the level's own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from game.content import Level, Pack, Start
from game.rules.commands import SEAL_LEFT_KEY, SEAL_RIGHT_KEY
from game.rules.refusals import Refusal
from game.rules.skills import intubation
from game.rules.skills.params import skills
from game.rules.views import AirwayView, ChestView
from game.stations import Role

if TYPE_CHECKING:
    from tests.rules.conftest import Team

BARE: Start = Start(
    pads=False, co2=False, spo2=False, oxygen_l_min=0, lines=(), airway="mask", ventilator_per_min=0, awake=False
)

Settings = Mapping[str, float | str]

VF: Settings = {"rhythm": "vf", "energy": 0.9}
BEATING: Settings = {"rhythm": "sinus", "energy": 0.9}
OPIOID: Settings = {
    "rhythm": "sinus",
    "energy": 0.7,
    "opioid_level": 1.0,
    "alveolar_oxygen": 0.05,
    "carbon_dioxide_mmhg": 88,
}
"""A pulse, no breath (clinical S12)."""


def case(level: Level, patient: Settings = VF, *, start: Start = BARE, **more: float | str) -> Level:
    """A level without findings of its own: `patient` and `more` of him as he is, `start` as what is in place."""
    settings = {**VF, **patient, **more}
    return replace(level, start=start, patient=settings, findings=(), hold_ms=1_800_000, time_limit_ms=3_600_000)


def seated(airway: str, *, co2: bool = True, ventilator_per_min: int = 0) -> Start:
    """An airway in place, with its capnograph."""
    return replace(BARE, airway=airway, co2=co2, oxygen_l_min=15, ventilator_per_min=ventilator_per_min)


def head(team: Team) -> AirwayView:
    """What the head of the bed shows."""
    view = team.view(Role.AIRWAY).airway
    assert view is not None
    return view


def trunk(team: Team) -> ChestView:
    """What the hands at the chest know."""
    view = team.view(Role.COMPRESSOR).chest
    assert view is not None
    return view


def said(team: Team, role: Role) -> dict[str, str]:
    """What a seat could say now."""
    return {found.key: found.value for found in team.view(role).findings}


def hold_the_mask(team: Team) -> None:
    """Both hands on the mask until it sits."""
    for key in (SEAL_LEFT_KEY, SEAL_RIGHT_KEY):
        team.edges(Role.AIRWAY, key, True, team.room.now_ms)
    team.wait(700)


def work(team: Team, pack: Pack, role: Role, op: str, *args: str) -> None:
    """A timed task from its start to a moment after its end."""
    assert team.act(role, op, *args) is Refusal.DONE
    team.wait(pack.tasks_ms[str(args[0]) if op == "decompress" else op] + 600)


def at_a_good_moment(team: Team, op: str) -> None:
    """The next step of an intubation, when the eye says so."""
    for _ in range(300):
        tube = head(team).tube
        assert tube is not None, "the attempt is over"
        if abs(intubation.offset(tube, team.room.now_ms + 50, skills())) < 150:
            assert team.act(Role.AIRWAY, op) is Refusal.DONE
            return
        team.wait(50)
    raise AssertionError("no good moment came")


def intubate(team: Team, pack: Pack) -> None:
    """A whole attempt by steady hands."""
    assert team.act(Role.AIRWAY, "tube") is Refusal.DONE
    team.wait(pack.tasks_ms["tube"])
    at_a_good_moment(team, "tube_aim")
    at_a_good_moment(team, "tube_pass")
    team.wait(pack.tasks_ms["tube_pass"] + 600)
