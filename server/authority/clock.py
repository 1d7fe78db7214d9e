"""The authority's clock: real milliseconds for people and links, game milliseconds for rooms."""

from __future__ import annotations

import time
from typing import NamedTuple, Protocol


class Moment(NamedTuple):
    """One instant. `real_ms` counts real time; `game_ms` is the clock on the wire, faster in test builds only."""

    real_ms: int
    game_ms: int


class Clock(Protocol):
    """Never steps and never runs backwards."""

    rate: int

    def now(self) -> Moment: ...


class MonotonicClock:
    """Starts at 0 with the process; `rate` is how many times faster than real time rooms live."""

    def __init__(self, rate: int = 1) -> None:
        self.rate = rate
        self._start_ns = time.monotonic_ns()

    def now(self) -> Moment:
        passed_ns = time.monotonic_ns() - self._start_ns
        return Moment(passed_ns // 1_000_000, passed_ns * self.rate // 1_000_000)
