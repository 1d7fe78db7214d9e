"""What a Leader keeps in mind: reports, shocks, orders that were done, since when there is a pulse."""

from __future__ import annotations

from typing import Final

from game.bots.habits import Leading
from game.bots.knowledge import knowledge
from game.bots.ledger import Ledger
from game.bots.scene import Scene
from game.content import Level, Pack
from game.rules.check import SHOCKABLE_CALLS
from game.rules.views import LeadView

TRACE: Final = "trace"
"""The report of what the trace shows, to a Leader without a monitor."""
WITHOUT_LINE_MS: Final = 100_000
"""After this the Leader orders drugs although nobody said that a line is in."""


class Mind:
    """Renewed from every view; `scene` and `lead` are what was last seen."""

    def __init__(self, level: Level, pack: Pack, leading: Leading) -> None:
        self.level = level
        self.pack = pack
        self.leading = leading
        self.knows = knowledge()
        self.ledger = Ledger()
        self.reports: dict[str, str] = {}
        self.shocks = 0
        self.pulse_ms = -1
        """Since when the team knows of a pulse, -1 while there is none."""
        self.scene: Scene
        self.lead: LeadView
        self._shock_pending = False

    def watch(self, scene: Scene, lead: LeadView) -> None:
        """Take in what changed."""
        self.scene, self.lead = scene, lead
        self.ledger.watch(scene.view.orders, scene.now_ms)
        self.reports = {report.key: report.value for report in lead.reported}
        pending = scene.view.check.shock_pending
        self.shocks += self._shock_pending and not pending
        self._shock_pending = pending
        if not scene.pulse:
            self.pulse_ms = -1
        elif self.pulse_ms < 0:
            self.pulse_ms = scene.now_ms

    @property
    def now_ms(self) -> int:
        """Room time."""
        return self.scene.now_ms

    @property
    def sees_trace(self) -> bool:
        """True where somebody can say what the trace shows."""
        return self.lead.ecg.connected or TRACE in self.reports

    @property
    def compressing(self) -> bool:
        """Hands are on the chest, by the trace or by a look at the bed."""
        ecg = self.lead.ecg
        return ecg.compressing if ecg.connected else self.scene.view.check.hands_off_ms < 0

    @property
    def rhythm(self) -> str:
        """The rhythm on the monitor; without one as the defibrillator's seat said it."""
        return self.lead.ecg.rhythm if self.lead.ecg.connected else self.reports.get(TRACE, "")

    @property
    def rate_per_min(self) -> int:
        """Beats a minute; without a monitor as far as somebody said slow or fast, 0 where nobody did."""
        if self.lead.ecg.connected:
            return self.lead.ecg.rate_per_min
        knows = self.knows.pulse
        said = {"slow": knows.slow_below_per_min - 1, "fast": knows.fast_from_per_min}
        return said.get(self.reports.get("trace_rate", ""), 0)

    @property
    def call(self) -> str:
        """What the trace is called."""
        return self.knows.calls.get(self.rhythm, "organised_narrow")

    @property
    def shockable(self) -> bool:
        """True where the last call asked for a shock."""
        return self.scene.view.check.call in SHOCKABLE_CALLS

    @property
    def has_line(self) -> bool:
        """True with a line from the start, one that was said or placed, or long after one was wanted."""
        told = bool(self.level.start.lines) or "line" in self.reports or bool(self.ledger.times("access"))
        return told or self.now_ms >= WITHOUT_LINE_MS

    @property
    def is_intubated(self) -> bool:
        """An airway was in from the start, or was ordered and placed."""
        return self.level.start.airway != "mask" or any(self.ledger.times(op) for op in ("sga", "tube"))

    def given(self, drug: str) -> int:
        """How many ordered doses of a drug were given."""
        return self.ledger.times("give", drug)
