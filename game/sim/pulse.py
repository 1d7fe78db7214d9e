"""Whether there is a pulse: the heart's own beats, compressions taken away, must hold a pressure for a while."""

from __future__ import annotations

from dataclasses import dataclass

from game.sim.parameters import HeartParameters


@dataclass(slots=True)
class Pulse:
    """State. `systolic_mmhg` is what the heart's own contraction reaches, smoothed over beats; -1 ms: not so now."""

    present: bool
    since_ms: int
    systolic_mmhg: float = 0.0
    strong_since_ms: int = -1
    weak_since_ms: int = -1

    def reset(self, now_ms: int) -> None:
        """No beats any more."""
        self.present = False
        self.since_ms = now_ms
        self.systolic_mmhg = 0.0
        self.strong_since_ms = self.weak_since_ms = -1

    def judge(self, p: HeartParameters, now_ms: int, peak_mmhg: float) -> bool:
        """Take the peak of the beat just over; True if the pulse came or went with it."""
        self.systolic_mmhg += (p.pulse_smoothing if self.systolic_mmhg else 1.0) * (peak_mmhg - self.systolic_mmhg)
        if self.present:
            if self.systolic_mmhg >= p.pulse_lost_mmhg:
                self.weak_since_ms = -1
            elif self.weak_since_ms < 0:
                self.weak_since_ms = now_ms
            changed = 0 <= self.weak_since_ms <= now_ms - int(1000.0 * p.pulse_lost_s)
        else:
            if self.systolic_mmhg < p.pulse_mmhg:
                self.strong_since_ms = -1
            elif self.strong_since_ms < 0:
                self.strong_since_ms = now_ms
            changed = 0 <= self.strong_since_ms <= now_ms - int(1000.0 * p.pulse_hold_s)
        if changed:
            self.present = not self.present
            self.since_ms = now_ms
            self.strong_since_ms = self.weak_since_ms = -1
        return changed
