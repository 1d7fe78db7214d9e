"""The cases go as their scenarios say: care that finds the cause wins in time, care that misses it does not last.

Care is laid out by time, without rules or bots, so what is tried here is the patient that a level describes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from game.content import Level, case_of
from game.sim import (
    AirwayAct,
    Case,
    Dose,
    Event,
    Fluid,
    Infuse,
    Oxygen,
    Pace,
    Patient,
    PulseChanged,
    Shock,
    Treat,
)
from tests.sim.care import MINUTE_MS, Als, breaths

LEVELS = Path(__file__).parents[2] / "levels"
LINE, OTHER_LINE = "io_humerus", "iv"
HELD_MS = 2 * MINUTE_MS
SIDES = ("left", "right")


def minutes(m: float) -> int:
    return int(m * MINUTE_MS)


def given(m: float, drug: str, micro: float, line: str = LINE) -> Dose:
    return Dose(minutes(m), drug, int(micro), line, True)


def level(name: str) -> Level:
    text = (LEVELS / f"{name[:3]}.toml").read_text()
    return case_of(text, (LEVELS / "packs" / "aha2025.toml").read_text(), name)[0]


def lying_there(case: Level, seed: int) -> Patient:
    made = Patient.new(Case.of(**case.patient), seed)
    if case.start.airway == "tube":
        made.apply(AirwayAct(0, "tube", 300))
    return made


# ---- the pulse is gone at the start ----


@dataclass(frozen=True)
class Arrest:
    """What treats the cause, and by when a pulse that lasts should be there (minutes)."""

    treatment: tuple[Event, ...]
    from_min: float
    to_min: float
    poor_until_min: float
    care: Mapping[str, int] = field(default_factory=dict)


def chest_of(side: str) -> tuple[Event, ...]:
    return Treat(minutes(2.5), "needle", side), Treat(minutes(4), "thoracostomy", side)


POTASSIUM: tuple[Event, ...] = (
    given(3.2, "calcium_chloride", 1e6),
    given(4.5, "bicarbonate", 50e3, OTHER_LINE),
    given(6.5, "insulin", 10e6, OTHER_LINE),
    given(7, "glucose", 25e6, OTHER_LINE),
    given(8, "calcium_chloride", 1e6),
)
BLOOD: tuple[Event, ...] = (
    Fluid(minutes(4), 1000, minutes(6)),
    *(Fluid(minutes(5.5 + 3 * unit), 300, minutes(3), "blood") for unit in range(5)),
    given(8, "calcium_chloride", 1e6),
    Treat(minutes(6.5), "stop_bleeding"),
)

ARRESTS = {
    "S03": Arrest(BLOOD, 7, 13, 11),
    "S06": Arrest(POTASSIUM, 3.3, 12, 11),
    "S09": Arrest(chest_of("left"), 2.5, 6, 9, {"tube_ms": 0}),
    "S09B": Arrest(chest_of("right"), 2.5, 6, 9, {"tube_ms": 0}),
    "S13": Arrest((given(6, "alteplase", 50e3),), 7, 18, 13),
}
ARRESTS |= {f"{name}B": ARRESTS[name] for name in ("S03", "S06", "S13")}


def course(name: str, seed: int, *, treated: bool) -> Als:
    arrest = ARRESTS[name]
    acts = arrest.treatment if treated else ()
    team = Als(lying_there(level(name), seed), acts, **arrest.care)  # type: ignore[arg-type]
    return team.work(minutes(arrest.to_min + 3 if treated else arrest.poor_until_min), HELD_MS if treated else 0)


@pytest.mark.parametrize("name", ARRESTS)
def test_the_treatment_of_the_cause_brings_a_pulse_that_lasts_in_its_time(name: str) -> None:
    seeds = (3, 5) if name.endswith("B") else (0, 1, 4)
    teams = [course(name, seed, treated=True) for seed in seeds]
    assert sum(team.held_ms >= HELD_MS for team in teams) >= len(seeds) - 1
    first = [team.rosc_ms for team in teams if team.rosc_ms is not None]
    assert all(minutes(ARRESTS[name].from_min) <= ms <= minutes(ARRESTS[name].to_min) for ms in first)


@pytest.mark.parametrize("name", ARRESTS)
def test_good_care_that_misses_the_cause_has_no_pulse_in_the_end(name: str) -> None:
    seeds = (2,) if name.endswith("B") else (0, 3)
    assert [course(name, seed, treated=False).held_ms for seed in seeds] == [0] * len(seeds)


def test_volume_and_calcium_do_not_move_a_clot_in_the_lung() -> None:
    guesses = (
        Fluid(minutes(0.7), 1000, minutes(8)),
        Fluid(minutes(0.9), 600, minutes(6), "blood"),
        given(1.3, "calcium_chloride", 1e6),
    )
    for seed in (0, 1):
        team = Als(lying_there(level("S13B"), seed), guesses, line_ms=25_000)
        assert team.work(minutes(10)).held_ms == 0


def test_the_wrong_side_does_not_save() -> None:
    for name, side in (("S09", "right"), ("S09B", "left")):
        team = Als(lying_there(level(name), 1), chest_of(side), tube_ms=0)
        assert team.work(minutes(8)).rosc_ms is None


@pytest.mark.parametrize("name", ["S01", "S01B"])
def test_shocks_and_compressions_alone_win_the_first_case_mostly(name: str) -> None:
    teams = [Als(lying_there(level(name), seed)).work(minutes(10), 1) for seed in range(4)]
    assert sum(team.rosc_ms is not None for team in teams) >= 3


def test_nobody_coming_is_the_end_of_the_first_case() -> None:
    made = lying_there(level("S01"), 1)
    made.advance(minutes(12))
    assert not made.has_pulse


# ---- the pulse is there at the start ----


@dataclass(frozen=True)
class Beating:
    """Care in time, care that misses the point, and when the pulse is lost under the second (minutes)."""

    good: Sequence[Event]
    poor: Sequence[Event]
    from_min: float
    to_min: float


BAGGED: tuple[Event, ...] = (
    AirwayAct(25_000, "open"),
    AirwayAct(40_000, "opa"),
    *breaths(45_000, minutes(7), per_min=10, airway="mask"),
    given(3, "naloxone", 400, OTHER_LINE),
)
CARED_FOR: tuple[Event, ...] = (
    *breaths(500, minutes(1.2), per_min=24),
    *breaths(minutes(1.2), minutes(9), per_min=10),
    Infuse(minutes(3), "norepinephrine", 10, OTHER_LINE),
    Infuse(minutes(4.5), "norepinephrine", 20, OTHER_LINE),
    Infuse(minutes(6), "potassium_chloride", 333, OTHER_LINE),
    given(7, "magnesium_sulfate", 2e6),
)
PACED: tuple[Event, ...] = (Oxygen(40_000, 60), given(2.5, "atropine", 1000, OTHER_LINE), Pace(minutes(4.8), 70, 110))
CARDIOVERTED: tuple[Event, ...] = (
    given(2, "midazolam", 2000, OTHER_LINE),
    *(Shock(minutes(m), energy_j, synchronised=True) for m, energy_j in ((3, 100), (3.3, 150), (3.6, 200), (3.9, 200))),
    given(5, "magnesium_sulfate", 2e6, OTHER_LINE),
)

BEATING = {
    "S12": Beating(BAGGED, [given(1, "naloxone", 400, OTHER_LINE)], 2, 5),
    "S14": Beating(CARED_FOR, breaths(500, minutes(9), per_min=24), 3.5, 7),
    "S15": Beating(PACED, [given(2 + 3 * dose, "atropine", 1000, OTHER_LINE) for dose in range(2)], 5.5, 9),
    "S16": Beating(CARDIOVERTED, [given(1.5, "adenosine", 6000, OTHER_LINE)], 3.8, 7),
}
BEATING |= {f"{name}B": plan for name, plan in BEATING.items()}


def pulse_lost_min(name: str, seed: int, care: Sequence[Event]) -> float | None:
    made = lying_there(level(name), seed)
    assert made.has_pulse
    for event in care:
        made.apply(event)
    made.advance(minutes(9))
    gone = [happening.ms for happening in made.drain() if isinstance(happening, PulseChanged) and not happening.pulse]
    return gone[0] / MINUTE_MS if gone else None


@pytest.mark.parametrize("name", BEATING)
def test_care_in_time_keeps_the_pulse(name: str) -> None:
    assert [pulse_lost_min(name, seed, BEATING[name].good) for seed in (0, 1, 3)] == [None] * 3


@pytest.mark.parametrize("name", BEATING)
def test_care_that_misses_the_point_loses_the_pulse_when_the_scenario_says(name: str) -> None:
    for seed in (0, 1, 3):
        lost = pulse_lost_min(name, seed, BEATING[name].poor)
        assert lost is not None
        assert BEATING[name].from_min <= lost <= BEATING[name].to_min
