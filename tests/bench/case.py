"""The opening case as the benches play it: by its bots once, then the same inputs again and again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from game.bots.crew import crew_of_bots
from game.log import Entry, Input, is_input
from game.room.host import Host
from game.room.room import TICK_MS
from game.stations import LinkState, Role
from game.wire import Cmd, Edges, encode
from server.authority.library import Case, Library, load_library
from server.resources import levels_dir

LEVEL: Final = "S01"
SEED: Final = 7


def library() -> Library:
    """The levels, packs and weights that ship with the program."""
    return load_library(levels_dir())


def opening_case() -> Case:
    """S01 and its pack."""
    return library().case(LEVEL)


def bots_host(case: Case) -> Host:
    """A room at the moment of collapse with a bot in every seat."""
    host = Host(case.level, case.pack, SEED, crew_of_bots(case.level, case.pack, SEED))
    for role in Role:
        host.link(role.value, LinkState.BOT)
    return host


def played_by_bots(case: Case, to_ms: int) -> list[Entry]:
    """The log of the bots' run up to `to_ms` of room time."""
    return bots_host(case).tick(to_ms).entries


def inputs_by_tick(entries: Sequence[Entry], to_ms: int) -> list[list[Entry]]:
    """What entered the room at each of its ticks."""
    ticks: list[list[Entry]] = [[] for _ in range(to_ms // TICK_MS)]
    for entry in entries:
        if is_input(entry) and entry.ms <= to_ms:
            ticks[entry.ms // TICK_MS - 1].append(entry)
    return ticks


@dataclass(frozen=True, slots=True)
class Sent:
    """One message of one seat, and the room time at which its client sends it."""

    at_ms: int
    seat: int
    data: bytes


def script(entries: Sequence[Entry], first_seq: int) -> list[Sent]:
    """What four people's clients would have sent for these inputs, numbered from `first_seq` in every seat."""
    return list(_sent(entries, {role.value: first_seq for role in Role}))


def _sent(entries: Sequence[Entry], seqs: dict[int, int]) -> Iterator[Sent]:
    for entry in entries:
        if entry.kind not in (Input.COMMAND, Input.EDGES):
            continue
        seq = seqs[entry.seat]
        seqs[entry.seat] += 1
        yield Sent(entry.ms - TICK_MS, entry.seat, _encoded(entry, seq))


def _encoded(entry: Entry, seq: int) -> bytes:
    if entry.kind is Input.COMMAND:
        op, *args = entry.args
        return encode(Cmd(seq, str(op), tuple(args)))
    key, down, *stamps = (arg for arg in entry.args if isinstance(arg, int))
    return encode(Edges.of(seq, key, bool(down), tuple(stamps)))
