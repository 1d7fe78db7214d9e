"""The client without a browser: what a frame of each seat costs, and whether twenty minutes of play keep memory flat.

Every seat is played beside bots on virtual time.
"""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.bench.figure import Figure
from tests.ui.table import Table

SECONDS: Final = 10
FEW_FRAMES_S: Final = 1.0
SEATS: Final = ("chest", "airway", "meds", "lead")


class TimedTable(Table):
    """A table that times the client's own work on each frame with a real clock."""

    def __init__(self, seat: int, seed: int = 7) -> None:
        os.environ |= {"SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}
        self.work_ms: list[float] = []
        super().__init__(seat, seed=seed)

    def draw(self) -> None:
        began = time.perf_counter()
        super().draw()
        self.work_ms.append((time.perf_counter() - began) * 1000)


def measure(seat: int, seconds: float = SECONDS) -> dict[str, float]:
    """Median and 95th percentile of a frame's work in ms on this machine, after two seconds of warming up."""
    table = TimedTable(seat)
    table.play(2)
    table.work_ms.clear()
    if seat == 0:
        table.push(seconds)
    else:
        table.play(seconds)
    ranked = sorted(table.work_ms)
    name = f"desktop_frame_ms_{SEATS[seat]}"
    median, p95 = ranked[len(ranked) // 2], ranked[len(ranked) * 19 // 20]
    return {f"{name}_median": round(median, 2), f"{name}_p95": round(p95, 2)}


def bench() -> Iterator[Figure]:
    """Every seat beside bots on virtual time."""
    for seat in range(len(SEATS)):
        for key, value in measure(seat).items():
            yield Figure(key, value, "ms")
    early_kb, late_kb = memory_kb()
    yield Figure("client_memory_growth_mb", (late_kb - early_kb) / 1000, "MB", "from minute 5 to minute 20", 16.0)


def memory_kb() -> tuple[int, int]:
    """Memory of this process after five and after twenty minutes of one seat's play, run after run."""
    seen: list[int] = []
    for minutes in (5, 15):
        played_s = 0.0
        while played_s < minutes * 60:
            table = TimedTable(3, seed=round(played_s) + minutes)
            while not table.host.ended and played_s < minutes * 60:
                table.play(FEW_FRAMES_S)
                played_s += FEW_FRAMES_S
        seen.append(resident_kb())
    return seen[0], seen[1]


def resident_kb() -> int:
    """Memory that this process holds now, kB (Linux)."""
    status = Path("/proc/self/status").read_text("ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
