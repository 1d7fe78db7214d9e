"""The bot at the foot of the bed: the two-minute loop and the rhythm check (clinical 1.2 and 1.7)."""

from __future__ import annotations

from typing import Final

from game.bots.bot import Act
from game.bots.habits import Leading
from game.bots.luck import Luck
from game.bots.mind import Mind
from game.bots.plan import Plan
from game.bots.scene import Scene
from game.content import Level, Pack
from game.rules.views import LeadView, OrderView
from game.stations import Station

SAY_AGAIN_MS: Final = 2500
SETTLED_CALLS: Final = ("vf", "vt", "flat")
"""Calls that say that there is no pulse."""
LIFELESS: Final = ("vf", "flat")
"""What a trace is called that cannot carry a pulse."""


class LeadPlayer:
    """Keeps the clock; what to order, ask and think is the plan's."""

    def __init__(self, level: Level, pack: Pack, leading: Leading, luck: Luck) -> None:
        self._leading = leading
        self._luck = luck
        self._pack = pack
        self._mind = Mind(level, pack, leading)
        self._plan = Plan(self._mind, luck)
        self._checks = 0
        self._first = True
        self._spoke_ms = 0
        self._said: set[str] = set()
        self._judged: dict[int, bool] = {}

    def act(self, scene: Scene, lead: LeadView) -> Act | None:
        """The next thing to say, one at a time; where there is nothing to say, thanks for what was reported."""
        self._mind.watch(scene, lead)
        act = self._next(scene, lead)
        if act is None and not scene.in_check:
            act = self._thanks(scene, lead)
        if act is not None:
            self._spoke_ms = scene.now_ms
        return act

    def _thanks(self, scene: Scene, lead: LeadView) -> Act | None:
        """Once in a run, when he has been silent for a while, the Leader thanks for a report."""
        after_ms = self._leading.thanks_after_ms
        heard_ms = max((report.at_ms for report in lead.reported), default=-1)
        silent = after_ms and scene.now_ms - self._spoke_ms >= after_ms
        return Act("callout", ("thank_you",)) if silent and heard_ms > self._spoke_ms and self._once("thanks") else None

    def _next(self, scene: Scene, lead: LeadView) -> Act | None:
        if not lead.started:
            return Act("start") if scene.now_ms >= self._leading.starts_after_ms else None
        read_back = next((order for order in scene.view.orders if order.state == "read_back"), None)
        if read_back is not None:
            return self._judge(read_back)
        if scene.in_check:
            return self._in_check(scene)
        if scene.pulse:
            return self._with_pulse()
        return self._in_cycle(scene, lead)

    def _judge(self, order: OrderView) -> Act:
        """Right or wrong, as far as this Leader listened."""
        listens = self._judged.setdefault(order.order_id, self._luck.happens(self._leading.checks_read_back))
        matches = not listens or order.said == (order.op, *order.args)
        return Act("confirm" if matches else "correct", (order.order_id,))

    def _in_check(self, scene: Scene) -> Act | None:
        check = scene.view.check
        waited = scene.now_ms - check.since_ms
        if self._mind.compressing:
            return self._hands_still_on(scene, waited)
        if check.hands_off_ms < self._leading.look_ms and waited < self._leading.look_ms:
            return None
        if not check.call:
            return Act("call", (self._mind.call,))
        unsettled = check.call not in SETTLED_CALLS and check.pulse in ("", "unsure")
        waits = check.shock_pending or unsettled
        return None if waits and waited < self._leading.resume_after_ms else Act("resume")

    def _hands_still_on(self, scene: Scene, waited_ms: int) -> Act | None:
        """Say it again every few seconds; a check nobody lets happen is given up."""
        if waited_ms >= self._leading.resume_after_ms:
            return Act("resume")
        turn = f"hands off {scene.view.check.since_ms} {waited_ms // SAY_AGAIN_MS}"
        return Act("callout", ("hands_off",)) if waited_ms >= SAY_AGAIN_MS and self._once(turn) else None

    def _with_pulse(self) -> Act | None:
        """A rhythm without a pulse shows itself on the trace: back to compressions, and soon to a check."""
        self._first = True
        lifeless = self._mind.sees_trace and self._mind.call in LIFELESS and not self._mind.compressing
        return Act("resume") if lifeless else self._plan.next()

    def _in_cycle(self, scene: Scene, lead: LeadView) -> Act | None:
        if lead.cycle_ms < 0:
            return Act("restart_cycle")
        in_cycle = scene.now_ms - lead.cycle_ms
        if scene.view.check.shock_pending:
            return self._shock_still_due(in_cycle) or self._plan.next()
        left = (self._leading.first_check_ms if self._first else self._pack.cycle_ms) - in_cycle
        sees = self._mind.sees_trace or in_cycle >= self._pack.cycle_ms
        if left <= 0 and sees and scene.can("check"):
            self._checks, self._first = self._checks + 1, False
            return Act("check")
        if left <= self._leading.charge_before_ms and self._once(f"charge {self._checks}"):
            return self._plan.order(Station.DEFIBRILLATOR, ("charge",))
        if not self._first and left <= self._leading.switch_before_ms and self._once(f"switch {self._checks}"):
            return self._switch(scene)
        if not self._first and left <= self._leading.warn_before_ms and self._once(f"warn {self._checks}"):
            return Act("callout", ("ten_seconds",))
        if not self._first and in_cycle >= self._leading.summary_after_ms and self._once(f"summary {self._checks}"):
            return self._plan.summary()
        return self._plan.next()

    def _switch(self, scene: Scene) -> Act | None:
        """Arms tire before they say so."""
        asked = scene.view.switch.asked_ms >= 0
        return None if asked else self._plan.order(Station.CHEST, ("switch_ask",))

    def _shock_still_due(self, in_cycle_ms: int) -> Act | None:
        """VF was called with nothing charged: charge while they compress, then one more pause for the shock."""
        if self._once(f"charge late {self._checks}"):
            return self._plan.order(Station.DEFIBRILLATOR, ("charge",))
        waits_ms = self._pack.charge_ms + self._leading.look_ms + SAY_AGAIN_MS
        return Act("check") if in_cycle_ms >= waits_ms else None

    def _once(self, what: str) -> bool:
        if what in self._said:
            return False
        self._said.add(what)
        return True
