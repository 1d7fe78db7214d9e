"""How many rooms of four people does one core carry before ticks come late, and what does a room cost?

A real authority process with its store; people are real WebSockets over socket pairs, whose other ends live in this
process, on another core. They send what the bots of a recorded run did, and throw away what they are shown.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Final

from tests.bench.authority import AuthorityProcess, authority_process
from tests.bench.crowd import Crowd
from tests.bench.figure import Figure

LATE_MS: Final = 10.0
LADDER: Final = (10, 30, 50, 70, 85, 100, 120, 150, 200)
"""How many rooms to try, up to the first number at which ticks are late."""
GROW_S: Final = 1.5
WATCH_S: Final = 4.0


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of the authority with so many rooms: tick lateness, and processor time a second."""

    rooms: int
    late_p99_ms: float
    cpu_ms_per_s: float


def bench() -> Iterator[Figure]:
    """Rooms are added until the 99th percentile of tick lateness stays over 10 ms."""
    empty, *steps = asyncio.run(_scan())
    kept = [step for step in steps if step.late_p99_ms <= LATE_MS]
    best = max(kept, key=lambda step: step.rooms, default=steps[0])
    ladder = ", ".join(f"{step.rooms}: {step.late_p99_ms:.1f} ms" for step in steps)
    end = "; more were not tried" if len(kept) == len(steps) else ""
    yield Figure("rooms_per_core", best.rooms if kept else 0, "rooms", f"p99 with {ladder}{end}")
    cost = best.cpu_ms_per_s / best.rooms
    yield Figure(
        "cpu_ms_per_room_s", cost, "ms", f"{best.rooms} rooms; the empty authority takes {empty.cpu_ms_per_s:.0f}"
    )
    yield Figure("tick_late_ms_p99_without_rooms", empty.late_p99_ms, "ms", "the machine's own noise in this run")


async def _scan() -> list[Seen]:
    """The authority without any room, and every step up to the first that was late."""
    with tempfile.TemporaryDirectory() as folder:
        async with authority_process(Path(folder)) as authority:
            crowd = Crowd(authority.take_seats, authority.dial)
            seen = [await _watch(authority, crowd)]
            try:
                for rooms in LADDER:
                    await crowd.grow(rooms, GROW_S)
                    seen.append(await _watch(authority, crowd))
                    if seen[-1].late_p99_ms > LATE_MS:
                        break
            finally:
                await crowd.close()
            return seen


async def _watch(authority: AuthorityProcess, crowd: Crowd) -> Seen:
    """What is seen in some seconds; if ticks were late, the better of two looks, since other work is not our doing."""
    seen = await _look(authority, crowd)
    if seen.late_p99_ms > LATE_MS:
        seen = min(seen, await _look(authority, crowd), key=lambda each: each.late_p99_ms)
    crowd.check()
    return seen


async def _look(authority: AuthorityProcess, crowd: Crowd) -> Seen:
    before, cpu_s, began_s = await authority.lateness(), authority.cpu_s(), monotonic()
    await asyncio.sleep(WATCH_S)
    late = (await authority.lateness()).since(before)
    cpu_ms_per_s = (authority.cpu_s() - cpu_s) / (monotonic() - began_s) * 1000
    return Seen(crowd.size, late.quantile_ms(0.99), cpu_ms_per_s)
