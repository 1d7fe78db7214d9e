"""A crew of bots plays like a team that has trained: well, busily, and only from its own seats."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from game.log import Entry, Fact
from game.rules.refusals import Refusal
from game.rules.setup import Setup, Sight
from game.scoring import Score, load_weights, score
from game.stations import Role
from server.level_report import acts_per_min, longest_idle_ms
from tests.bots.conftest import Case, Play, played

CASES = ("S01", "S03", "S06", "S09", "S12", "S13", "S14", "S15", "S16")
BEGIN_WITH_PULSE = ("S12", "S14", "S15", "S16")
LUCKY = ("S01",)
"""Where a fibrillation comes back as chance will have it, no single run tells how good a crew is."""
DRILLS = ("D1", "D2", "D3", "D4")
# Nobody fills a silence with words: who waits for a line, a slip or the clock waits.
MOST_IDLE_MS = {Role.COMPRESSOR: 20_000, Role.AIRWAY: 30_000, Role.MEDS: 100_000, Role.LEADER: 45_000}
LEAST_ACTS_PER_MIN = 6


def outcome(entries: list[Entry]) -> str:
    return next(str(entry.args[1]) for entry in entries if entry.kind is Fact.ENDED)


def refusals(entries: list[Entry]) -> set[object]:
    """Reasons of refusals, but for acts that crossed with the switch that gave a seat other stations."""
    switched = [entry.ms for entry in entries if entry.kind is Fact.SWITCH and entry.args[0] == "done"]
    refused = [entry for entry in entries if entry.kind is Fact.REFUSED]
    return {entry.args[1] for entry in refused if not any(0 <= entry.ms - ms <= 300 for ms in switched)}


@pytest.fixture(scope="module")
def scored(play: Play, cases: Callable[..., Case], root: Path) -> Callable[[str, str], Score]:
    weights = load_weights((root / "levels" / "score.toml").read_text(), "score.toml")

    def result(name: str, skill: str) -> Score:
        level, pack = cases(name)
        return score(play(name, skill=skill), pack, level, weights)

    return result


@pytest.mark.parametrize("name", [name for name in CASES if name not in LUCKY])
def test_an_expert_crew_holds_the_pulse(play: Play, name: str) -> None:
    assert outcome(play(name)) == "pulse_held"


@pytest.mark.parametrize("name", BEGIN_WITH_PULSE)
def test_an_expert_crew_does_not_let_a_pulse_go(play: Play, name: str) -> None:
    assert not [entry for entry in play(name) if entry.kind is Fact.PULSE and entry.args == (0,)]


@pytest.mark.parametrize("name", CASES)
def test_no_seat_of_an_expert_crew_is_without_work_for_long(play: Play, name: str) -> None:
    entries = play(name)
    for role in Role:
        assert longest_idle_ms(entries, role) <= MOST_IDLE_MS[role], role
        assert acts_per_min(entries, role) >= LEAST_ACTS_PER_MIN, role


@pytest.mark.parametrize("name", [*CASES, *DRILLS])
def test_a_bot_never_reaches_for_what_it_does_not_hold_or_know(play: Play, name: str) -> None:
    wrong = {Refusal.UNKNOWN_COMMAND, Refusal.BAD_ARGUMENTS, Refusal.NOT_YOUR_STATION}
    assert refusals(play(name)).isdisjoint(wrong)


@pytest.mark.parametrize("name", ["S01", "S09", "S13"])
def test_experts_make_no_critical_error_and_clearly_beat_the_distracted(
    scored: Callable[[str, str], Score], name: str
) -> None:
    expert = scored(name, "expert")
    assert not expert.critical_errors
    assert expert.score >= scored(name, "distracted").score + 200


def test_the_first_shock_comes_within_twenty_seconds(play: Play) -> None:
    assert next(entry.ms for entry in play("S01") if entry.kind is Fact.SHOCK) <= 20_000


@pytest.mark.parametrize("players", [1, 2, 3])
def test_fewer_bots_hold_more_stations_and_still_compress_shock_and_give_drugs(play: Play, players: int) -> None:
    entries = play("S01", setup=Setup(players=players))
    kinds = {entry.kind for entry in entries}
    assert {Fact.COMPRESSION, Fact.BREATH, Fact.SHOCK, Fact.DRUG} <= kinds
    assert refusals(entries).isdisjoint({Refusal.UNKNOWN_COMMAND, Refusal.BAD_ARGUMENTS})


@pytest.mark.parametrize("sight", Sight)
def test_a_crew_finds_its_way_in_every_sight(play: Play, sight: Sight) -> None:
    entries = play("S01", setup=Setup(sight))
    first = next(entry for entry in entries if entry.kind is Fact.CHECK and entry.args[0] == "call")
    assert first.args[1] == "vf"
    assert [entry for entry in entries if entry.kind is Fact.SHOCK]


def test_the_same_seed_gives_the_same_game(cases: Callable[..., Case], play: Play) -> None:
    assert played(cases("D1"), 1, "distracted") == play("D1", skill="distracted")
