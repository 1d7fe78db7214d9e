"""A team at a bedside for tests of the rules: seats act, time passes, and the log tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.content import Level, Pack, load_level, load_pack
from game.log import Entry, Fact, Input, Plain
from game.room.room import TICK_MS, Room
from game.rules.commands import PUSH_KEY, SQUEEZE_KEY
from game.rules.refusals import Refusal
from game.rules.views import SeatView
from game.sim import Compression
from game.stations import Role

LEVELS = Path(__file__).parents[2] / "levels"


class Team:
    """Four people and the room they play in. Acts happen at the next tick."""

    def __init__(self, level: Level, pack: Pack, seed: int) -> None:
        self.room = Room(level, pack, seed)
        self.entries: list[Entry] = []

    def act(self, role: Role, op: str, *args: Plain) -> Refusal:
        """One command by one seat, answered."""
        return self._tick(Entry(0, Input.COMMAND, role, (op, *args)))

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


@pytest.fixture
def team(level: Level, pack: Pack) -> Team:
    return Team(level, pack, seed=1)
