"""Numbers beside the traces, as a monitor shows them: dashes where there is nothing to count, renewed each second."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from game.ui.words import say

if TYPE_CHECKING:
    from game.rules.views import AirwayView, EcgView
    from game.ui.traces.train import Train

EVERY_MS: Final = 1_000
BEATS: Final = 8
"""A rate is the mean of this many intervals."""
LOST_MS: Final = 5_000
"""Without a beat for as long there is no rate to show."""


def heart_rate(view: EcgView) -> str:
    """Beats a minute; dashes without leads or beats, and while compressions shake the trace."""
    counted = view.connected and not view.compressing and view.rate_per_min > 0
    return str(view.rate_per_min) if counted else say("monitor.none")


def spo2(view: AirwayView) -> str:
    """Saturation: OFF without a probe, dashes without a pulse it can find."""
    if not view.spo2_connected:
        return say("monitor.off")
    return str(view.spo2_pct) if view.spo2_pct >= 0 else say("monitor.searching")


def etco2(view: AirwayView) -> str:
    """Expired CO2: OFF without a line, dashes without a breath that came back."""
    if not view.co2_connected:
        return say("monitor.off")
    return str(view.etco2_mmhg) if view.etco2_mmhg >= 0 else say("monitor.searching")


class Rate:
    """The rate of the beats on a glass, over the last of them, renewed each second."""

    def __init__(self) -> None:
        self._renewed_ms = -EVERY_MS
        self._shown = ""

    def shown(self, view: EcgView, train: Train, at_ms: int) -> str:
        """What stands on the screen at `at_ms`, a time of the trace."""
        if abs(at_ms - self._renewed_ms) >= EVERY_MS or not self._shown:
            self._renewed_ms = at_ms
            self._shown = self._counted(view, train, at_ms)
        return self._shown

    def _counted(self, view: EcgView, train: Train, at_ms: int) -> str:
        seen = [beat.at_ms for beat in train if beat.at_ms <= at_ms][-BEATS - 1 :]
        if not view.connected or view.compressing or len(seen) < 2 or at_ms - seen[-1] > LOST_MS:
            return say("monitor.none")
        return str(round(60_000 * (len(seen) - 1) / (seen[-1] - seen[0])))
