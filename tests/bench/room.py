"""What does a tick of a whole room cost, without bots and with four of them?"""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter_ns
from typing import Final

from game.room.room import TICK_MS, Room
from tests.bench.case import SEED, bots_host, inputs_by_tick, opening_case, played_by_bots
from tests.bench.figure import Figure, quantile, reach, settled

ROUNDS: Final = 5
TO_MS: Final = 120_000


def bench() -> Iterator[Figure]:
    """The first two minutes of S01, several times over; the sides take turns."""
    people: list[list[float]] = []
    bots: list[list[float]] = []
    for _ in range(ROUNDS):
        people.append(_room_us())
        bots.append(_bots_us())
    for key, rounds in (("room_tick_us", people), ("room_tick_with_bots_us", bots)):
        ticks = settled(rounds)
        means = [sum(each) / len(each) for each in rounds]
        yield Figure(key, sum(ticks) / len(ticks), "us", f"means {reach(means)}")
        yield Figure(f"{key}_p99", quantile(ticks, 0.99), "us", f"largest {max(ticks):.0f}: the hash every 10 s")


def _room_us() -> list[float]:
    """Patient and rules, fed with what the bots did."""
    case = opening_case()
    room = Room(case.level, case.pack, SEED)
    spent = []
    for inputs in inputs_by_tick(played_by_bots(case, TO_MS), TO_MS):
        began_ns = perf_counter_ns()
        room.tick(inputs)
        spent.append((perf_counter_ns() - began_ns) / 1000)
        room.take_log()
    return spent


def _bots_us() -> list[float]:
    """The same with the bots thinking: as a room is when nobody but bots plays."""
    host = bots_host(opening_case())
    spent = []
    for to_ms in range(TICK_MS, TO_MS + 1, TICK_MS):
        began_ns = perf_counter_ns()
        host.tick(to_ms)
        spent.append((perf_counter_ns() - began_ns) / 1000)
    return spent
