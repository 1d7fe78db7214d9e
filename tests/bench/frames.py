"""Frame work of the desktop client, without a browser: `python -m tests.bench.frames` plays each seat beside bots."""

import json
import os
import time
from typing import Final

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

from tests.ui.table import Table

SECONDS: Final = 10
SEATS: Final = ("chest", "airway", "meds", "lead")


class TimedTable(Table):
    """A table that times the client's own work on each frame with a real clock."""

    def __init__(self, seat: int) -> None:
        self.work_ms: list[float] = []
        super().__init__(seat)

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


def main() -> None:
    """Prints all seats as one JSON object."""
    figures: dict[str, float] = {}
    for seat in range(len(SEATS)):
        figures |= measure(seat)
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
