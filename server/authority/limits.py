"""Every bound of the authority in one table: its number, its unit, and what happens to whoever passes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from game.wire import MessageType
from game.wire.limits import Limit

CONNECTIONS: Final = Limit(2_000, "connections", "the next is answered 503 before it opens")
SESSIONS: Final = Limit(1_000, "sessions", "the next is refused 503 (too-many-sessions)")
OPEN_WAIT_MS: Final = Limit(5_000, "ms for the WebSocket handshake", "the connection is dropped")
HELLO_WAIT_MS: Final = Limit(5_000, "ms to say hello", "closed with HELLO_LATE")
CLOSE_WAIT_MS: Final = Limit(2_000, "ms for a closing handshake", "the connection is dropped")
JOIN_TOKEN_MS: Final = Limit(300_000, "ms from joining to connecting", "the token is void and the seat free again")
SEAT_HOLD_MS: Final = Limit(60_000, "ms without a connection, before or after a run", "the seat is free again")
SESSION_IDLE_MS: Final = Limit(1_800_000, "ms without any connection", "the session is closed, its run abandoned")
INBOX: Final = Limit(256, "messages of a team waiting for one tick", "the sender is closed with TOO_MANY")
EVENTS_KEPT: Final = Limit(512, "events of a seat", "whoever missed more gets a resync instead")
RECENT_EVENTS: Final = Limit(12, "events in a resync", "older ones have no caption any more")
ANSWERS_KEPT: Final = Limit(256, "answers of a seat", "a command resent after more gets no second answer")
SNAPSHOT_BACKLOG_BYTES: Final = Limit(32_768, "bytes not yet taken by a client", "snapshots are left out until it has")
BACKLOG_BYTES: Final = Limit(524_288, "bytes not yet taken by a client", "closed with TOO_SLOW")
NAME_CHARS: Final = Limit(16, "characters of a player's name", "the join is refused 400 (bad-name)")


@dataclass(frozen=True, slots=True)
class Rate:
    """A token bucket: `burst` messages (or edges) at once, then `per_s` a second. Past it: closed with TOO_MANY."""

    per_s: float
    burst: int


RATES: Final[dict[MessageType, Rate]] = {
    MessageType.CMD: Rate(per_s=20, burst=80),  # a page that comes back sends its unanswered commands again
    MessageType.EDGES: Rate(per_s=40, burst=240),  # edges, not messages: ten presses a second and their releases, twice
    MessageType.SYNC: Rate(per_s=10, burst=40),
    MessageType.BEAT: Rate(per_s=10, burst=40),
    MessageType.BYE: Rate(per_s=1, burst=1),
}
"""For each kind of message after HELLO, at least twice what the fastest honest client sends."""

LIMITS: Final[dict[str, Limit]] = {name: value for name, value in list(globals().items()) if isinstance(value, Limit)}
"""The table itself, by name, in the order above."""
