"""A team at a bedside for tests of the rules: seats act, time passes, and the log tells."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from game.content import Level, Pack, load_level, load_pack
from game.log import NO_SEAT, Entry, Fact, Input, Plain
from game.room.room import DEFAULT_SETUP, TICK_MS, Room
from game.rules.commands import PUSH_KEY, SITES, SQUEEZE_KEY
from game.rules.refusals import Refusal
from game.rules.setup import Setup
from game.rules.views import SeatView
from game.sim import Compression
from game.stations import Role

LEVELS = Path(__file__).parents[2] / "levels"


class Team:
    """Four people and the room they play in. Acts happen at the next tick."""

    def __init__(self, level: Level, pack: Pack, seed: int, setup: Setup = DEFAULT_SETUP) -> None:
        self.room = Room(level, pack, seed, setup)
        self.entries: list[Entry] = []

    def act(self, role: Role, op: str, *args: Plain) -> Refusal:
        """One command by one seat, answered."""
        return self._tick(Entry(0, Input.COMMAND, role, (op, *args)))

    def do(self, role: Role, op: str, *args: Plain) -> None:
        """An act that must be possible, to the end of the time it takes."""
        assert self.act(role, op, *args) is Refusal.DONE
        while self.room.game.state.seats[role].task is not None:
            self.wait(TICK_MS)

    def line(self) -> str:
        """A line that is open, after as many tries as it takes."""
        lines = self.room.game.state.cart.lines
        for site in SITES:
            if "open" not in lines.values():
                self.do(Role.MEDS, "access", site)
        return next(site for site, state in lines.items() if state == "open")

    def push(self, drug: str, dose_ug: int, way: str = "", *, flush: bool = True) -> None:
        """Draw a drug and give it, into a line unless another way is named."""
        self.do(Role.MEDS, "draw", drug, dose_ug)
        self.do(Role.MEDS, "give", way or self.line())
        if flush and not way:
            self.do(Role.MEDS, "flush", self.line())

    def inject(self, key: str) -> Refusal:
        """The instructor's surprise."""
        return self._tick(Entry(0, Input.INJECT, NO_SEAT, (key,)))

    def safety(self) -> list[tuple[Plain, ...]]:
        """The safety events so far: code, critical, why."""
        return [fact.args for fact in self.facts(Fact.SAFETY)]

    def done(self) -> list[tuple[Plain, ...]]:
        """The acts so far: op and arguments."""
        return [fact.args for fact in self.facts(Fact.DONE)]

    def edges(self, role: Role, key: int, first_is_down: bool, *stamps_ms: int) -> Refusal:
        """Presses and releases by one seat."""
        return self._tick(Entry(0, Input.EDGES, role, (key, int(first_is_down), *stamps_ms)))

    def wait(self, ms: int) -> None:
        """Let time pass."""
        for _ in range(ms // TICK_MS):
            self.room.tick()
        self.entries += self.room.take_log()

    def compress(
        self, seconds: float, role: Role = Role.COMPRESSOR, hold_ms: int = 190, interval_ms: int = 550
    ) -> None:
        """Press in time for a while."""
        end_ms = self.room.now_ms + round(seconds * 1000)
        while self.room.now_ms + interval_ms <= end_ms:
            start_ms = self.room.now_ms
            self.edges(role, PUSH_KEY, True, start_ms)
            self.wait(hold_ms // TICK_MS * TICK_MS)
            self.edges(role, PUSH_KEY, False, start_ms + hold_ms)
            self.wait((start_ms + interval_ms - self.room.now_ms) // TICK_MS * TICK_MS)

    def breathe(self, hold_ms: int = 1100) -> None:
        """One squeeze of the bag."""
        start_ms = self.room.now_ms
        self.edges(Role.AIRWAY, SQUEEZE_KEY, True, start_ms)
        self.wait(hold_ms)
        self.edges(Role.AIRWAY, SQUEEZE_KEY, False, start_ms + hold_ms)

    def facts(self, kind: Fact) -> list[Entry]:
        """What happened, of one kind."""
        return [entry for entry in self.entries if entry.kind is kind]

    def compressions(self) -> list[Compression]:
        """The compressions of the log."""
        return [
            Compression(*(arg for arg in fact.args if isinstance(arg, int))) for fact in self.facts(Fact.COMPRESSION)
        ]

    def view(self, role: Role) -> SeatView:
        """What a seat is shown."""
        return self.room.view(role)

    def _tick(self, entry: Entry) -> Refusal:
        (answer,) = self.room.tick([entry])
        self.entries += self.room.take_log()
        return answer


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load_pack((LEVELS / "packs" / "aha2025.toml").read_text(), "aha2025.toml")


@pytest.fixture(scope="session")
def level() -> Level:
    return load_level((LEVELS / "S01.toml").read_text(), "S01.toml")


def level_of(**changes: object) -> Level:
    """The case of `a_case.toml`, with other settings of its patient or another start."""
    text = (Path(__file__).parent / "a_case.toml").read_text()
    for key, value in changes.items():
        written = f'"{value}"' if isinstance(value, str) else str(value).lower()
        text, count = re.subn(rf"(?m)^{key} = .*$", f"{key} = {written}", text)
        assert count == 1, key
    return load_level(text, "a_case.toml")


@pytest.fixture(scope="session")
def case() -> Level:
    """A case with something of everything, for the rules alone."""
    return level_of()


@pytest.fixture
def ward(case: Level, pack: Pack) -> Team:
    return Team(case, pack, seed=1)


@pytest.fixture(scope="session")
def beating() -> Level:
    """The same case while the heart still beats: a complete block with a pulse."""
    return level_of(rhythm="complete_block", energy=0.9)


@pytest.fixture
def alive(beating: Level, pack: Pack) -> Team:
    return Team(beating, pack, seed=1)


@pytest.fixture
def team(level: Level, pack: Pack) -> Team:
    return Team(level, pack, seed=1)
