"""Twenty ticks a second for every team, spread over the 50 ms; in each tick one commit before anybody is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import perf_counter
from typing import Final

import structlog

from server.authority.clock import Clock
from server.authority.metrics import Metrics
from server.authority.team import Team
from server.store.live import LiveStore

_log: Final = structlog.get_logger("resus.authority")

TICK_S: Final = 0.05
SLOTS: Final = 5
"""Teams are dealt to this many slots of a tick, so that none waits for all the others."""


class Scheduler:
    """Ticks the teams it is given. A team whose tick raises is closed with an apology; the others live on."""

    def __init__(self, clock: Clock, store: LiveStore, metrics: Metrics) -> None:
        self._clock = clock
        self._store = store
        self._metrics = metrics
        self._slots: Final[tuple[set[Team], ...]] = tuple(set() for _ in range(SLOTS))
        self._done = 0

    @property
    def teams(self) -> list[Team]:
        """All teams that are ticked."""
        return [team for slot in self._slots for team in slot]

    def add(self, team: Team) -> None:
        """Ticks this team from now on, in the slot with the fewest."""
        min(self._slots, key=len).add(team)

    def remove(self, team: Team) -> None:
        """Ticks this team no more."""
        for slot in self._slots:
            slot.discard(team)

    async def run(self) -> None:
        """Ticks until cancelled. A tick that comes late is not made up for: rooms play on to the time it is."""
        start_s = perf_counter()
        slot_s = TICK_S / SLOTS
        while True:
            due_s = start_s + self._done * slot_s
            # Even when late, others get their turn of the loop.
            await asyncio.sleep(max(0.0, due_s - perf_counter()))
            begun_s = perf_counter()
            self._metrics.tick_late.observe(max(0.0, begun_s - due_s))
            self.tick(self._done % SLOTS)
            self._metrics.tick_work.observe(perf_counter() - begun_s)
            self._done = max(self._done + 1, int((perf_counter() - start_s - TICK_S) / slot_s))

    def tick(self, slot: int) -> None:
        """One tick of one slot's teams: all advance, one commit, all are told."""
        now = self._clock.now()
        teams = [team for team in list(self._slots[slot]) if self._attempt(team, lambda team: team.advance(now))]
        begun_s = perf_counter()
        recording = self._store.commit()
        self._metrics.commit.observe(perf_counter() - begun_s)
        self._metrics.recording.set(recording)
        for team in teams:
            self._attempt(team, Team.tell)

    def tick_all(self) -> None:
        """One tick of every team, whatever its slot."""
        for slot in range(SLOTS):
            self.tick(slot)

    def _attempt(self, team: Team, half: Callable[[Team], None]) -> bool:
        """Runs half a tick of a team; False if that was its last."""
        try:
            half(team)
        except Exception:  # noqa: BLE001  a defect in one room must end no other
            _log.exception("room failed", run=team.run.name if team.run else "", phase=team.phase)
            self._metrics.rooms_failed.inc()
            self.remove(team)
            self._apologise(team)
            return False
        return True

    def _apologise(self, team: Team) -> None:
        try:
            team.apologise()
        except Exception:  # noqa: BLE001  nor may a defect in how it ends
            _log.exception("apology failed")
