"""Expired carbon dioxide by time, from the breaths that the view tells of.

Shapes: the project's physiology reference, 4.6, and its clinical reference, 3.2: a box, the fin of a narrow airway,
the fading waves of a tube in the gullet, nothing.
"""

from __future__ import annotations

import math
from collections import deque
from typing import TYPE_CHECKING, Final

from game.ui.traces.sampling import DELAY_MS
from game.ui.traces.wander import Compressions

if TYPE_CHECKING:
    from game.rules.views import AirwayView

FIN: Final = "shark_fin"
"""The sign's word for a narrow airway."""

BREATHS_KEPT: Final = 12


class Capnogram:
    """Expired CO2, mmHg: it rises as the breath comes out, runs on at its level, and falls with the next breath in."""

    RISE_MS: Final = 80.0
    FIN_MS: Final = 500.0
    """Time constants of the rise, in a free and in a narrow airway."""
    FALL_MS: Final = 60.0
    DEAD_MS: Final = 120
    """Gas of the tube and the mouth comes first: it holds none."""
    IN_MS: Final = 1000
    """A breath goes in for about as long, which ends the wave before it."""
    SLOPE: Final = 0.08
    OUT_MS: Final = 2_600
    RIPPLE: Final = 0.11
    """How much compressions shake the level, as a share of it."""
    LONGEST_MS: Final = 3_800
    """Without a next breath, the air in the mouth thins out the sample after this."""

    def __init__(self) -> None:
        self._breaths: deque[int] = deque(maxlen=BREATHS_KEPT)
        self._artefact = Compressions()
        self._level = 0.0
        self._wanted = 0.0
        self._value = 0.0
        self._rise_ms = self.RISE_MS
        self._compressing = False
        self._own_gap_ms = 0.0
        self._connected = False
        self._last_ms = -1

    def note(self, view: AirwayView) -> None:
        """Takes in what the view says of the latest breath, its shape, and the level that came back."""
        if not view.co2_connected:
            self._breaths.clear()
        self._connected = view.co2_connected
        self._wanted = float(max(0, view.etco2_mmhg))
        if view.capnogram == "flat":
            self._wanted = 0.0
        self._rise_ms = self.FIN_MS if view.capnogram == FIN else self.RISE_MS
        self._compressing = view.compressing
        bagged = view.last_breath_ms >= 0
        self._own_gap_ms = 60_000 / view.own_breaths_per_min if view.own_breaths_per_min > 0 else 0.0
        if bagged and (not self._breaths or view.last_breath_ms > self._breaths[-1]):
            self._breaths.append(view.last_breath_ms)

    def step(self, at_ms: int) -> float:
        """Expired CO2 at `at_ms`, mmHg."""
        at_ms -= DELAY_MS
        passed_ms = min(100, max(1, at_ms - self._last_ms)) if self._last_ms >= 0 else 4
        self._last_ms = at_ms
        self._level += (self._wanted - self._level) * min(1.0, passed_ms / 250)
        out_ms = self._out_ms(at_ms)
        if out_ms < 0:
            target, lag_ms = 0.0, self.FALL_MS
        else:
            target = self._level * (1 - self.SLOPE + self.SLOPE * min(1.0, out_ms / self.OUT_MS))
            lag_ms = self._rise_ms
        self._value += (target - self._value) * (1 - math.exp(-passed_ms / lag_ms))
        shaken = self._artefact.step(at_ms, compressing=self._compressing)
        if self._value > 0.3 * self._level:
            shaken = self.RIPPLE * (shaken - 0.6 * self._artefact.hiding) * self._value
            return max(0.0, self._value + shaken)
        return max(0.0, self._value)

    def _out_ms(self, at_ms: int) -> int:
        """How long a breath has been coming out, -1 while it goes in or there is none."""
        if not self._connected:
            return -1
        after: int | None = None
        since = -1
        for breath in reversed(self._breaths):
            if breath <= at_ms:
                since = at_ms - breath
                break
            after = breath
        if self._own_gap_ms and (since < 0 or since > self._own_gap_ms):
            since = round(at_ms % self._own_gap_ms)
            return since - self.DEAD_MS if self.DEAD_MS <= since < 0.62 * self._own_gap_ms else -1
        if since < self.DEAD_MS or since > self.LONGEST_MS or (after is not None and after - at_ms < self.IN_MS):
            return -1
        return since - self.DEAD_MS
