"""The Leader's board of causes: what may be, what is worked on, what is ruled out."""

from __future__ import annotations

from typing import Final

from game.bots.bot import Act
from game.bots.habits import Leading
from game.bots.knowledge import Knowledge
from game.bots.luck import Luck
from game.rules.commands import CAUSE_STATES, CAUSES
from game.rules.views import LeadView

AHEAD_TO_CHANGE: Final = 2
"""The mind is changed for a cause that is so many clues ahead of the one that is worked on."""

OPEN, POSSIBLE, RULED_OUT, WORKING, TREATED = range(len(CAUSE_STATES))


class Board:
    """Reads the clues that were reported, and moves one tile at a time."""

    def __init__(self, leading: Leading, knows: Knowledge, luck: Luck) -> None:
        self._leading = leading
        self._knows = knows
        self._luck = luck
        self._guess = leading.wrong_guess > 0.0 and luck.happens(leading.wrong_guess)
        self._moved_ms = 0

    def working(self, lead: LeadView) -> str:
        """The cause that is worked on or was treated, "" before one was named."""
        return next((CAUSES[tile] for tile, state in enumerate(lead.causes) if state in (WORKING, TREATED)), "")

    def move(self, lead: LeadView, now_ms: int, *, shockable: bool) -> Act | None:
        """Name the cause once the clues speak for it; mark what may be; late on, rule out what nothing speaks for."""
        name = self._named(lead, now_ms, shockable=shockable)
        if name:
            self._moved_ms = now_ms
            return Act("cause", (name, "working"))
        if now_ms - self._moved_ms < self._leading.board_every_ms:
            return None
        for tile, (state, clues) in enumerate(zip(lead.causes, lead.clues, strict=True)):
            if clues and state in (OPEN, RULED_OUT):
                return self._mark(tile, "possible", now_ms)
            if not clues and state == OPEN and now_ms >= self._leading.rules_out_after_ms:
                return self._mark(tile, "ruled_out", now_ms)
        return None

    def _mark(self, tile: int, state: str, now_ms: int) -> Act:
        self._moved_ms = now_ms
        return Act("cause", (CAUSES[tile], state))

    def _named(self, lead: LeadView, now_ms: int, *, shockable: bool) -> str:
        """The cause to name now, "" to leave the board as it is."""
        certain = self._certain(lead)
        if certain:
            return certain if certain != self.working(lead) else ""
        ranked = sorted(range(len(CAUSES)), key=lambda tile: -lead.clues[tile])
        best, second = lead.clues[ranked[0]], lead.clues[ranked[1]]
        early = now_ms < self._leading.names_after_ms
        clear = best >= self._leading.names_from_clues + early and best - second > early
        at_last = now_ms >= self._leading.names_by_ms
        if not clear and not at_last:
            return ""
        choice = CAUSES[ranked[0]]
        if not clear and best == second:
            choice = self._likely(lead, best, shockable=shockable)
        now = self.working(lead)
        if self._guess and not now:
            self._guess = False
            return CAUSES[ranked[1 + self._luck.pick(len(CAUSES) - 1)]]
        if now == choice or (now and best - lead.clues[CAUSES.index(now)] < AHEAD_TO_CHANGE):
            return ""
        return choice if not now or now_ms - self._moved_ms >= self._leading.board_every_ms else ""

    def _certain(self, lead: LeadView) -> str:
        """The cause that one report alone is proof of, if it was seen for what it is."""
        for report in lead.reported:
            cause = self._knows.certain.get((report.key, report.value), "")
            if cause and not self._guess and lead.clues[CAUSES.index(cause)] >= self._leading.names_from_clues:
                return cause
        return ""

    def _likely(self, lead: LeadView, best: int, *, shockable: bool) -> str:
        """Among equals the rhythm decides."""
        likely = self._knows.likely_shockable if shockable else self._knows.likely_other
        if lead.clues[CAUSES.index(likely)] == best:
            return likely
        return CAUSES[lead.clues.index(best)]
