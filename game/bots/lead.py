"""The bot at the foot of the bed: the two-minute loop, orders and calls, after the reference run (clinical 1.7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from game.bots.bot import Act
from game.content import Level, Pack
from game.rules.views import LeadView, SeatView
from game.stations import Station

LIKELY_CAUSE: Final = "thrombosis_coronary"
"""What a crew thinks of first when a shockable rhythm follows chest pain."""
LOOK_MS: Final = 1800
CHARGE_BEFORE_MS: Final = 12_000
FIRST_CHECK_MS: Final = 9000
RESUME_AFTER_MS: Final = 9000
SAY_AGAIN_MS: Final = 2500
CALLS: Final = {
    **dict.fromkeys(("vf", "torsades"), "vf"),
    "vt": "vt",
    **dict.fromkeys(("asystole", "p_waves"), "flat"),
    **dict.fromkeys(("idioventricular", "agonal", "mobitz", "complete_block_wide", "paced"), "organised_wide"),
}
"""What the Leader calls what the trace shows; any other rhythm is organised and narrow."""


class LeadPlayer:
    """Keeps its own count of what it ordered; sees only the Leader's view."""

    def __init__(self, level: Level, pack: Pack) -> None:
        self._pack = pack
        self._questions = tuple(level.questions)
        self._ordered: set[str] = set()
        self._shocks = 0
        self._pending = False
        self._checks = 0
        self._doses: dict[str, int] = {}
        self._last_epinephrine_ms = -1

    def play(self, view: SeatView, lead: LeadView) -> Sequence[Act]:
        """The next thing to say, one at a time."""
        self._count_shocks(view)
        if not lead.started:
            return [Act("start")] if view.now_ms >= 1000 else []
        read_back = next((order for order in view.orders if order.state == "read_back"), None)
        if read_back is not None:
            matches = read_back.said == (read_back.op, *read_back.args)
            return [Act("confirm" if matches else "correct", (read_back.order_id,))]
        if view.check.since_ms >= 0:
            return self._in_check(view, lead)
        if view.check.pulse == "felt":
            return self._after_rosc(view, lead)
        return self._in_cycle(view, lead)

    def _count_shocks(self, view: SeatView) -> None:
        if self._pending and not view.check.shock_pending:
            self._shocks += 1
        self._pending = view.check.shock_pending

    def _in_check(self, view: SeatView, lead: LeadView) -> list[Act]:
        check = view.check
        waited = view.now_ms - check.since_ms
        if lead.ecg.compressing:
            return self._hands_still_on(view, waited)
        if check.hands_off_ms < LOOK_MS:
            return []
        if not check.call:
            return [Act("call", (CALLS.get(lead.ecg.rhythm, "organised_narrow"),))]
        organised = check.call.startswith("organised")
        if check.shock_pending and waited < RESUME_AFTER_MS:
            return []
        if organised and check.pulse in ("", "unsure") and waited < RESUME_AFTER_MS:
            return []
        return [Act("resume")]

    def _hands_still_on(self, view: SeatView, waited_ms: int) -> list[Act]:
        """Say it again every few seconds; a check nobody lets happen is given up."""
        if waited_ms >= RESUME_AFTER_MS:
            return [Act("resume")]
        again = waited_ms >= SAY_AGAIN_MS and self._once(f"hands off {view.check.since_ms} {waited_ms // SAY_AGAIN_MS}")
        return [Act("callout", ("hands_off",))] if again else []

    def _shock_still_due(self, in_cycle_ms: int) -> list[Act]:
        """VF was called with nothing charged: charge while they compress, then one more pause for the shock."""
        if self._once(f"charge late {self._checks}"):
            return [Act("order", (int(Station.DEFIBRILLATOR), "charge"))]
        return [Act("check")] if in_cycle_ms >= CHARGE_BEFORE_MS else []

    def _in_cycle(self, view: SeatView, lead: LeadView) -> list[Act]:
        order = self._next_order(view) if self._checks else None
        if order is not None:
            return [order]
        first = self._checks == 0
        in_cycle = view.now_ms - lead.cycle_ms
        check_at = FIRST_CHECK_MS if first else self._pack.cycle_ms
        if view.check.shock_pending:
            return self._shock_still_due(in_cycle)
        if in_cycle >= check_at:
            self._checks += 1
            return [Act("check")]
        if in_cycle >= check_at - CHARGE_BEFORE_MS and self._once(f"charge{self._checks}"):
            return [Act("order", (int(Station.DEFIBRILLATOR), "charge"))]
        if in_cycle >= self._pack.cycle_ms // 2 and not first and self._once(f"switch{self._checks}"):
            return [Act("order", (int(Station.CHEST), "switch_ask"))]
        if in_cycle >= self._pack.cycle_ms // 2 and not first and self._once(f"summary{self._checks}"):
            return [Act("summary", (view.check.call, self._shocks, self._doses.get("epinephrine", 0)))]
        return []

    def _next_order(self, view: SeatView) -> Act | None:
        """Line, airway, drugs and the cause, each in its turn."""
        if self._checks >= 1 and self._once("access"):
            return Act("order", (int(Station.CART), "access"))
        if self._checks >= 2 and self._once("sga"):
            return Act("order", (int(Station.AIRWAY), "sga"))
        for question in self._questions:
            if view.task is None and self._once(f"ask {question}"):
                return Act("ask", (question,))
        if self._checks >= 2 and self._once("cause"):
            return Act("cause", (LIKELY_CAUSE, "working"))
        return self._next_drug(view)

    def _next_drug(self, view: SeatView) -> Act | None:
        shockable = view.check.call in ("vf", "vt")
        for name in ("epinephrine", "amiodarone"):
            drug, given = self._pack.drugs[name], self._doses.get(name, 0)
            if given < len(drug.after_shock):
                due = self._shocks >= drug.after_shock[given] if shockable else name == "epinephrine"
            else:
                due = drug.repeat_s is not None and self._since_epinephrine(view) >= drug.repeat_s[0] * 1000 + 30_000
            if due:
                self._doses[name] = given + 1
                if name == "epinephrine":
                    self._last_epinephrine_ms = view.now_ms
                dose_ug = drug.doses_ug[min(given, len(drug.doses_ug) - 1)]
                return Act("order", (int(Station.CART), "give", name, dose_ug))
        return None

    def _since_epinephrine(self, view: SeatView) -> int:
        return view.now_ms - self._last_epinephrine_ms if self._last_epinephrine_ms >= 0 else 0

    def _after_rosc(self, view: SeatView, lead: LeadView) -> list[Act]:
        """A rhythm without a pulse shows itself on the ECG: back to compressions."""
        if lead.ecg.rhythm in ("vf", "torsades", "asystole", "p_waves") and not lead.ecg.compressing:
            return [Act("resume"), Act("restart_cycle")]
        if self._once("care"):
            return [Act("callout", ("thank_you",))]
        return []

    def _once(self, what: str) -> bool:
        if what in self._ordered:
            return False
        self._ordered.add(what)
        return True
