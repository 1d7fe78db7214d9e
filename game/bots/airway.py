"""The bot at the head: oxygen, two breaths a pause, an extraglottic airway on order, then one every six seconds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from game.bots.bot import Act, Edges
from game.content import Pack
from game.rules.commands import SQUEEZE_KEY
from game.rules.views import AirwayView, SeatView

SQUEEZE_MS: Final = 1000
MASK_SQUEEZE_MS: Final = 1150
BETWEEN_MS: Final = 250
SAY_EVERY_MS: Final = 30_000


class AirwayPlayer:
    """Squeezes are planned: down now, up when the volume is in."""

    def __init__(self, pack: Pack) -> None:
        self._oxygen_l_min = max(pack.oxygen_flows_l_min)
        self._up_ms = -1
        self._rest_until_ms = 0
        self._said_ms = 0

    def play(self, view: SeatView, airway: AirwayView) -> Sequence[Act | Edges]:
        """A breath if one is due, else what was ordered or is still missing."""
        now = view.now_ms
        if self._up_ms >= 0:
            return self._release(now)
        if airway.window and now >= self._rest_until_ms and view.check.since_ms < 0 and not view.check.clear_said:
            return self._squeeze(now, airway)
        if view.task is not None:
            return []
        return self._housework(view, airway)

    def step_back(self) -> None:
        """Another person is at the head now."""
        self._up_ms = -1

    def _release(self, now: int) -> list[Act | Edges]:
        if now < self._up_ms:
            return []
        stamp, self._up_ms = self._up_ms, -1
        self._rest_until_ms = stamp + BETWEEN_MS
        return [Edges(SQUEEZE_KEY, False, (stamp,))]

    def _squeeze(self, now: int, airway: AirwayView) -> list[Act | Edges]:
        self._up_ms = now + (MASK_SQUEEZE_MS if airway.device == "mask" else SQUEEZE_MS)
        return [Edges(SQUEEZE_KEY, True, (now,))]

    def _housework(self, view: SeatView, airway: AirwayView) -> list[Act | Edges]:
        ordered = {order.op for order in view.orders}
        if airway.flow_l_min == 0 and view.check.pulse != "felt":
            return [Act("oxygen", (self._oxygen_l_min,))]
        if "sga" in ordered and airway.device == "mask":
            return [Act("sga")]
        if not airway.co2_connected:
            return [Act("co2")]
        if "glucose" in ordered:
            return [Act("glucose")]
        if airway.etco2_mmhg >= 0 and view.now_ms - self._said_ms >= SAY_EVERY_MS:
            self._said_ms = view.now_ms
            return [Act("report", ("etco2",))]
        return []
