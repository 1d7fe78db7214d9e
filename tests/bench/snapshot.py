"""How large is what a seat is shown, and how long does it take to make?"""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter_ns
from typing import Final

from game.room.host import Host
from game.stations import Role
from game.wire import Snap, encode, pack_bytes
from tests.bench.case import bots_host, opening_case
from tests.bench.figure import Figure, median

EVERY_MS: Final = 500
TO_MS: Final = 240_000
BUDGET_BYTES: Final = 300.0


def bench() -> Iterator[Figure]:
    """Four minutes of S01, looked at twice a second from every seat."""
    host = bots_host(opening_case())
    sizes: dict[Role, list[float]] = {role: [] for role in Role}
    look_us: list[float] = []
    encode_us: list[float] = []
    keyframes: list[float] = []
    for to_ms in range(EVERY_MS, TO_MS + 1, EVERY_MS):
        host.tick(to_ms)
        for role in Role:
            size, look, pack = _snapshot(host, role.value)
            sizes[role].append(size)
            look_us.append(look)
            encode_us.append(pack)
        keyframes.append(len(host.keyframe()))
    by_seat = {role.name.lower(): median(seat) for role, seat in sizes.items()}
    beside = ", ".join(f"{name} {size:.0f}" for name, size in by_seat.items())
    largest = max(max(seat) for seat in sizes.values())
    mean = sum(by_seat.values()) / len(by_seat)
    yield Figure("snapshot_bytes", mean, "bytes", f"{beside}; largest {largest:.0f}", BUDGET_BYTES)
    yield Figure("snapshot_encode_us", median(encode_us), "us", f"{len(encode_us)} snapshots")
    yield Figure("snapshot_view_us", median(look_us), "us", "making the view before it is encoded")
    yield Figure("keyframe_bytes", max(keyframes), "bytes", f"median {median(keyframes):.0f}", 50_000)


def _snapshot(host: Host, seat: int) -> tuple[int, float, float]:
    """Bytes as sent, microseconds to make the view, and to pack and encode it."""
    began_ns = perf_counter_ns()
    view = host.view(seat)
    seen_ns = perf_counter_ns()
    data = encode(Snap(host.now_ms // 50, 1, host.now_ms, pack_bytes(view)))
    done_ns = perf_counter_ns()
    return len(data), (seen_ns - began_ns) / 1000, (done_ns - seen_ns) / 1000
