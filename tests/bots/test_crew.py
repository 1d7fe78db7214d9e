"""A crew of bots plays like a team that has trained: well, busily, and only from its own seats."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from game.bots.crew import crew_of_bots
from game.content import Level, Pack, load_level, load_pack
from game.log import Entry, Fact, Input
from game.room.host import Host
from game.rules.refusals import Refusal
from game.scoring import load_weights, score
from game.stations import LinkState

SEEDS = (1, 5, 8)
Case = tuple[Level, Pack]


@pytest.fixture(scope="module")
def case(root: Path) -> Case:
    levels = root / "levels"
    level = load_level((levels / "S01.toml").read_text(), "S01.toml")
    return level, load_pack((levels / "packs" / "aha2025.toml").read_text(), "aha2025.toml")


@pytest.fixture(scope="module", params=SEEDS)
def entries(case: Case, request: pytest.FixtureRequest) -> list[Entry]:
    """A whole game."""
    level, pack = case
    host = Host(level, pack, request.param, crew_of_bots(level, pack, request.param))
    for seat in range(4):
        host.link(seat, LinkState.BOT)
    return host.tick(level.time_limit_ms).entries


def test_a_trained_crew_scores_over_900_without_a_critical_error(case: Case, entries: list[Entry], root: Path) -> None:
    weights = load_weights((root / "levels" / "score.toml").read_text(), "score.toml")
    result = score(entries, case[1], case[0], weights)
    assert result.score >= 900
    assert not result.critical_errors


def test_a_bot_never_reaches_for_what_it_does_not_hold(entries: list[Entry]) -> None:
    refused = {entry.args[1] for entry in entries if entry.kind is Fact.REFUSED}
    assert refused.isdisjoint({Refusal.NOT_YOUR_STATION, Refusal.UNKNOWN_COMMAND, Refusal.BAD_ARGUMENTS})


def test_the_first_shock_comes_within_twenty_seconds(entries: list[Entry]) -> None:
    assert next(entry.ms for entry in entries if entry.kind is Fact.SHOCK) <= 20_000


def test_no_seat_of_a_crew_is_idle_for_long(entries: list[Entry]) -> None:
    last_ms = entries[-1].ms
    for seat in (0, 1):
        acts = [0, *(e.ms for e in entries if e.seat == seat and e.kind in (Input.COMMAND, Input.EDGES)), last_ms]
        pulseless_end = next((e.ms for e in entries if e.kind is Fact.PULSE), last_ms)
        gaps = [later - sooner for sooner, later in pairwise(acts) if later <= pulseless_end]
        assert max(gaps) <= 20_000
