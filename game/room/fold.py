"""Replay: the same inputs through a new room must give the same facts, hashes and all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.content import Level, Pack
from game.log import Entry, is_input
from game.room.room import DEFAULT_SETUP, TICK_MS, Room
from game.rules.setup import Setup


class ReplayError(Exception):
    """A replay that does not reproduce its log: the first line that differs."""

    def __init__(self, line: int, logged: Entry | None, replayed: Entry | None) -> None:
        super().__init__(f"entry {line} of the log: logged {logged}, replayed {replayed}")
        self.line = line
        self.logged = logged
        self.replayed = replayed


@dataclass(frozen=True, slots=True)
class Folded:
    """A room folded from a log, and every entry that came out on the way."""

    room: Room
    entries: list[Entry]


def fold(
    level: Level,
    pack: Pack,
    seed: int,
    entries: Sequence[Entry],
    *,
    setup: Setup = DEFAULT_SETUP,
    to_ms: int | None = None,
) -> Folded:
    """Play the inputs of `entries` through a new room until `to_ms`, by default until the log's last tick."""
    inputs = [entry for entry in entries if is_input(entry)]
    end_ms = max((entry.ms for entry in entries), default=0) if to_ms is None else to_ms
    room = Room(level, pack, seed, setup)
    out: list[Entry] = []
    at = 0
    while room.now_ms < end_ms and not room.ended:
        tick_ms = room.now_ms + TICK_MS
        first = at
        while at < len(inputs) and inputs[at].ms == tick_ms:
            at += 1
        room.tick(inputs[first:at])
        out += room.take_log()
    return Folded(room, out)


def verify(level: Level, pack: Pack, seed: int, entries: Sequence[Entry], setup: Setup = DEFAULT_SETUP) -> Folded:
    """Fold a log and hold every entry against what comes out; raises ReplayError at the first that differs."""
    folded = fold(level, pack, seed, entries, setup=setup)
    for line in range(max(len(entries), len(folded.entries))):
        logged = entries[line] if line < len(entries) else None
        replayed = folded.entries[line] if line < len(folded.entries) else None
        if logged != replayed:
            raise ReplayError(line + 1, logged, replayed)
    return folded
