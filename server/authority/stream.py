"""A seat's own stream of events: numbered without holes, the latest kept for a player who comes back."""

from __future__ import annotations

from collections import deque
from typing import Final

from game.wire import Ev, RecentEvent, TeamEvent, encode
from server.authority.limits import EVENTS_KEPT, RECENT_EVENTS

_IN_FULL: Final = frozenset(TeamEvent)
"""Kinds that a resync tells outright: as events they would say it twice, and a result is long."""


class EventStream:
    """Everything one seat was told. What it may not know never gets a number, so no hole tells of it."""

    def __init__(self) -> None:
        self.seq = 0
        self._kept: Final[deque[bytes]] = deque(maxlen=EVENTS_KEPT)
        self._recent: Final[deque[RecentEvent]] = deque(maxlen=RECENT_EVENTS)

    def add(self, epoch: int, event: RecentEvent) -> bytes:
        """Numbers and keeps an event; returns its message."""
        self.seq += 1
        data = encode(Ev(self.seq, epoch, event.ms, event.kind, event.seat, event.args))
        self._kept.append(data)
        if event.kind not in _IN_FULL:
            self._recent.append(event)
        return data

    def since(self, last_seq: int) -> list[bytes] | None:
        """The messages after `last_seq`; None if they are no longer all kept, or that number never was."""
        missed = self.seq - last_seq
        if not 0 <= missed <= len(self._kept):
            return None
        return list(self._kept)[len(self._kept) - missed :]

    def recent(self) -> tuple[RecentEvent, ...]:
        """The last few events in the room of this run."""
        return tuple(self._recent)

    def restart(self) -> None:
        """A new run: events of the old one mean nothing any more, but their numbers stay used."""
        self._kept.clear()
        self._recent.clear()
