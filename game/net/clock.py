"""The client's idea of room time: the SYNC sample with the shortest round trip wins, and no run is ever stepped.

Learned is the *authority's* clock, which never steps; room time is that clock minus the run's `zero_ms`. Pure: the
local clock (`Platform.now_ms`) is always an argument. All times in ms.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Final

FIRST_SAMPLES: Final = 8
"""Samples taken at once after joining."""
FIRST_INTERVAL_MS: Final = 100
LATER_INTERVAL_MS: Final = 5_000
KEPT_SAMPLES: Final = 8
SLEW_MS_PER_S: Final = 5.0
"""How fast the estimate may move in a run: slower than anyone can tell, faster than any quartz drifts."""
JUMP_MS: Final = 100.0
"""A wish to move by more than this makes the run's timing unreliable."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One SYNC exchange: its round trip and the offset it suggests (authority's clock minus local clock)."""

    round_trip_ms: float
    offset_ms: float


class RoomClock:
    """Turns local stamps into room time.

    `rate` is `Welcome.clock_rate`: 1, except in slower practice and in test builds whose authority lives faster.
    """

    def __init__(self, rate: float = 1) -> None:
        self.rate = rate
        self.zero_ms = 0
        """Room time 0 (the moment of collapse) on the authority's clock; comes with Full and with each phase-is."""
        self.in_run = False
        """While True the estimate slews; otherwise it follows the best sample at once."""
        self.jumped = False
        """True once a sample asked for more than JUMP_MS during a run; clear it when a new run starts."""
        self._samples: deque[Sample] = deque(maxlen=KEPT_SAMPLES)
        self._asked = 0
        self._next_ask_ms = float("-inf")
        self._offset_ms = 0.0
        self._aim_ms = 0.0
        self._moved_at_ms = 0.0

    @property
    def synced(self) -> bool:
        """True once there is an estimate."""
        return bool(self._samples)

    @property
    def round_trip_ms(self) -> float:
        """The round trip of the sample in use, in the player's own ms; 0 before the first."""
        return min((sample.round_trip_ms for sample in self._samples), default=0.0) / self.rate

    def reconnected(self) -> None:
        """A new connection may take another path: ask for FIRST_SAMPLES again. What is known stays in use."""
        self._asked = 0
        self._next_ask_ms = float("-inf")

    def ask(self, now_ms: float) -> int | None:
        """`t0_ms` of the SYNC that should be sent now, None while none is due. Call it once a frame."""
        if now_ms < self._next_ask_ms:
            return None
        self._asked += 1
        self._next_ask_ms = now_ms + (FIRST_INTERVAL_MS if self._asked < FIRST_SAMPLES else LATER_INTERVAL_MS)
        return round(now_ms * self.rate)

    def answer(self, t0_ms: int, t1_ms: int, t2_ms: int, now_ms: float) -> None:
        """Take in a SYNC answer that arrived now: asked at `t0_ms`, received at `t1_ms`, answered at `t2_ms`."""
        local_ms = now_ms * self.rate
        round_trip_ms = (local_ms - t0_ms) - (t2_ms - t1_ms)
        # Whole milliseconds may make a quick exchange look quicker than nothing; beyond that the answer is nonsense.
        if round_trip_ms < -1.0 * self.rate:
            return
        first = not self._samples
        self._samples.append(Sample(max(0.0, round_trip_ms), ((t1_ms - t0_ms) + (t2_ms - local_ms)) / 2.0))
        self._slew(now_ms)
        self._aim_ms = min(self._samples, key=lambda sample: sample.round_trip_ms).offset_ms
        if first or not self.in_run:
            self._offset_ms = self._aim_ms
        elif abs(self._aim_ms - self._offset_ms) > JUMP_MS:
            self.jumped = True

    def room_ms(self, stamp_ms: float) -> int:
        """The room time of a local stamp, rounded to whole ms; 0 before the first sample."""
        if not self._samples:
            return 0
        return round(stamp_ms * self.rate + self._offset_ms) - self.zero_ms

    def tick(self, now_ms: float) -> int:
        """Room time now. Moves the estimate towards the best sample: call it once a frame."""
        self._slew(now_ms)
        return self.room_ms(now_ms)

    def _slew(self, now_ms: float) -> None:
        reach_ms = max(0.0, now_ms - self._moved_at_ms) * SLEW_MS_PER_S / 1000.0
        self._offset_ms += max(-reach_ms, min(reach_ms, self._aim_ms - self._offset_ms))
        self._moved_at_ms = now_ms
