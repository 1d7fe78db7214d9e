"""Whole games played by bots, each played once for all tests of a worker."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from game.bots.crew import crew_of_bots
from game.content import Level, Pack, case_of, level_file
from game.log import Entry
from game.room.host import Host
from game.rules.setup import Setup
from game.stations import LinkState

Case = tuple[Level, Pack]
Play = Callable[..., list[Entry]]
DEFAULT: Final = Setup()


@pytest.fixture(scope="session")
def cases(root: Path) -> Callable[..., Case]:
    """A level by its name and the pack it is played by: its own, or another."""

    @cache
    def find(name: str, pack: str = "") -> Case:
        text = (root / "levels" / f"{level_file(name)[0]}.toml").read_text()
        pack_name = pack or tomllib.loads(text)["pack"]
        return case_of(text, (root / "levels" / "packs" / f"{pack_name}.toml").read_text(), name)

    return find


@pytest.fixture(scope="session")
def play(cases: Callable[..., Case]) -> Play:
    """The log of a level played by bots."""

    @cache
    def game(name: str, seed: int = 1, skill: str = "expert", setup: Setup = DEFAULT, pack: str = "") -> list[Entry]:
        return played(cases(name, pack), seed, skill, setup)

    return game


def played(case: Case, seed: int, skill: str = "expert", setup: Setup = DEFAULT) -> list[Entry]:
    """The log of one game with a bot in every seat."""
    level, pack = case
    host = Host(level, pack, seed, crew_of_bots(level, pack, seed, setup.players, skill), setup)
    for seat in range(setup.players):
        host.link(seat, LinkState.BOT)
    return host.tick(level.time_limit_ms).entries
