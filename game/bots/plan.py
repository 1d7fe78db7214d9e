"""What a Leader says between two checks, and once there is a pulse: orders, causes, questions, calls, one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from game.bots import arrest, with_pulse
from game.bots.board import Board
from game.bots.bot import Act
from game.bots.doses import routine
from game.bots.luck import Luck
from game.bots.mind import Mind
from game.bots.wishes import Said, Wish
from game.rules.commands import COMMANDS
from game.stations import Station

URGENT: Final = (
    "give", "sync", "charge", "shock", "decompress", "suction", "pace", "oxygen", "squeeze", "open_airway", "look",
)  # fmt: skip
"""Orders that do not wait for others to be done."""
LONG_WORK: Final = ("access", "pump", "sga", "tube", "drain")
HANDS_OFF_LOOKS: Final = ("scan", "examine")
"""Looks for which the hands must be off: without a pulse they are ordered just before a check, and once for each."""
BOTH_HANDS_LOOKS: Final = ("glucose", "temperature")
"""Looks that take longer than the time between two breaths of somebody who bags a tube."""
BEFORE_CHECK_MS: Final = 25_000
MOST_WAITING: Final = 2
"""So many orders a station has on the board before the next one waits."""
ASK_AGAIN_MS: Final = 20_000
"""An order that was not done is given again after this, and after more each time that it was in vain."""
BREATHLESS_MS: Final = 15_000
"""So long an order to breathe for the patient may wait before the Leader calls it out."""
SETTLED_MS: Final = 60_000
"""So long after a pulse is back hands are free for the telephone."""


class Plan:
    """The most urgent thing first."""

    def __init__(self, mind: Mind, luck: Luck) -> None:
        self._mind = mind
        self._leading = mind.leading
        self._luck = luck
        self._board = Board(mind.leading, mind.knows, luck)
        self._skipped: dict[Said, bool] = {}
        self._ordered_ms = 0
        self._asked_ms = 0
        self._called_out_ms = -1
        self._searched_ms = 0
        self._asked: set[str] = set()
        self._called: set[str] = set()

    def next(self) -> Act | None:
        """The next word."""
        mind = self._mind
        working = self._board.working(mind.lead)
        wanted = (with_pulse if mind.scene.pulse else arrest).wishes(mind, working)
        shockable = mind.shocks > 0 if mind.scene.pulse else mind.shockable
        return (
            self._call_out()
            or self._order(wanted)
            or self._board.move(mind.lead, mind.now_ms, shockable=shockable)
            or self._ask()
            or self._call_expert(working)
            or self._search()
        )

    def summary(self) -> Act:
        """Three chips: rhythm, shocks, doses of the drug that every arrest asks for."""
        mind = self._mind
        doses = sum(mind.given(drug.name) for drug in routine(mind.pack) if drug.at_once)
        return Act("summary", (mind.scene.view.check.call, mind.shocks, doses))

    def order(self, station: Station, said: Said) -> Act:
        """An order, remembered."""
        self._mind.ledger.ask(said, self._mind.now_ms)
        return Act("order", (int(station), *said))

    def _call_out(self) -> Act | None:
        """Nobody breathes for a patient who does not: said again, for all to hear."""
        asked_ms, tries = self._mind.ledger.asked(("squeeze",))
        waits = self._mind.ledger.is_open("squeeze") and self._mind.now_ms - asked_ms >= BREATHLESS_MS
        if not waits or not tries or asked_ms == self._called_out_ms:
            return None
        self._called_out_ms = asked_ms
        return Act("callout", ("concern",))

    def _order(self, wanted: Iterator[Wish]) -> Act | None:
        """The first wish that is not on the board already; some steps this Leader leaves out."""
        now = self._mind.now_ms
        if now - self._ordered_ms < self._leading.order_every_ms:
            return None
        for station, said in wanted:
            if self._waits(station, said) or self._is_skipped(said):
                continue
            self._ordered_ms = now
            return self.order(station, said)
        return None

    def _waits(self, station: Station, said: Said) -> bool:
        """On the board already, just asked for, or of a station with its hands full; what is urgent goes between."""
        ledger = self._mind.ledger
        asked_ms, tries = ledger.asked(said)
        if ledger.is_open(*said) or (tries and self._mind.now_ms - asked_ms < ASK_AGAIN_MS * tries):
            return True
        long = any(ledger.is_open(op) for op in LONG_WORK if COMMANDS[op].station is station)
        return said[0] not in URGENT and (long or ledger.waiting(int(station)) >= MOST_WAITING)

    def _is_skipped(self, said: Said) -> bool:
        if said not in self._skipped:
            self._skipped[said] = self._luck.happens(self._leading.skips)
        return self._skipped[said]

    def _ask(self) -> Act | None:
        """The questions of the level, one after the other."""
        scene, now = self._mind.scene, self._mind.now_ms
        if not scene.free or not scene.can("ask") or now - self._asked_ms < self._leading.ask_every_ms:
            return None
        asked = {*self._mind.lead.answers, *self._asked}
        question = next((key for key in self._mind.level.questions if key not in asked), None)
        if question is None:
            return None
        self._asked.add(question)
        self._asked_ms = now
        return Act("ask", (question,))

    def _call_expert(self, working: str) -> Act | None:
        """Help is called once it is known what for."""
        mind, scene = self._mind, self._mind.scene
        settled = mind.pulse_ms >= 0 and mind.now_ms - mind.pulse_ms >= SETTLED_MS
        called = {*(expert.key for expert in mind.lead.experts), *self._called}
        expert = next((key for key in mind.level.experts if key not in called), None)
        if not (working or settled) or expert is None or not scene.free or not scene.can("call_expert"):
            return None
        self._called.add(expert)
        return Act("call_expert", (expert,))

    def _search(self) -> Act | None:
        """Where to look next."""
        if self._mind.now_ms - self._searched_ms < self._leading.search_every_ms:
            return None
        act = self._order(self._looks())
        if act is not None:
            self._searched_ms = self._mind.now_ms
        return act

    def _looks(self) -> Iterator[Wish]:
        mind = self._mind
        to_check_ms = mind.lead.cycle_ms + mind.pack.cycle_ms - mind.now_ms
        check_comes = mind.lead.cycle_ms >= 0 and to_check_ms <= BEFORE_CHECK_MS
        for look in mind.knows.search:
            op = look.request.op
            done_ms = mind.ledger.done_ms(op)
            due = done_ms < 0 or (look.again_ms and mind.now_ms - done_ms >= look.again_ms)
            if op in HANDS_OFF_LOOKS and not mind.scene.pulse:
                in_vain = mind.ledger.asked((op,))[1] > 0
                due = due and check_comes and not in_vain and (op != "scan" or not mind.shockable)
            bagging = mind.is_intubated and not mind.scene.pulse and op in BOTH_HANDS_LOOKS
            if due and not bagging:
                yield look.request.station, (op,)
