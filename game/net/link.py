"""The way to the authority: whole binary messages out and in, and nothing about what they mean."""

from __future__ import annotations

from collections import deque
from enum import Enum
from typing import Protocol


class Connection(Enum):
    """State of a link."""

    IDLE = "idle"  # nothing to connect to yet, or hung up for good
    CONNECTING = "connecting"
    OPEN = "open"
    WAITING = "waiting"  # lost; it will try again by itself


class Link(Protocol):
    """Messages out and in, whole, in order, never blocking; a lost connection comes back by itself."""

    @property
    def connection(self) -> Connection:
        """The state now."""

    @property
    def opened(self) -> int:
        """How often the link has come open: each time it grows, a HELLO is due before anything else."""

    @property
    def close_code(self) -> int:
        """The WebSocket close code of the latest loss, 0 before any."""

    def send(self, data: bytes) -> None:
        """Send one message; dropped unless the link is open (commands are sent again after the next WELCOME)."""

    def receive(self) -> list[bytes]:
        """Every message since the last call, in order; of snapshots only the newest."""

    def hang_up(self, retry_ms: int) -> None:
        """Close, and connect again after `retry_ms`; below 0: stay closed."""


class LocalWire:
    """A connection inside this process: solo play, and tests on virtual time. It starts joined."""

    def __init__(self) -> None:
        self.joined = 0
        self.whole = False
        upstream: deque[bytes] = deque()
        downstream: deque[bytes] = deque()
        self._queues = (upstream, downstream)
        self.client = LocalLink(self, inbox=downstream, outbox=upstream)
        self.host = LocalLink(self, inbox=upstream, outbox=downstream)
        self.join()

    def join(self) -> None:
        """Open the connection anew; what was still under way is lost, as on a real network."""
        for queue in self._queues:
            queue.clear()
        self.joined += 1
        self.whole = True

    def cut(self) -> None:
        """Lose the connection until the next `join`."""
        self.whole = False


class LocalLink:
    """One end of a `LocalWire`."""

    close_code = 0

    def __init__(self, wire: LocalWire, inbox: deque[bytes], outbox: deque[bytes]) -> None:
        self._wire = wire
        self._inbox = inbox
        self._outbox = outbox

    @property
    def connection(self) -> Connection:
        return Connection.OPEN if self._wire.whole else Connection.WAITING

    @property
    def opened(self) -> int:
        return self._wire.joined

    def send(self, data: bytes) -> None:
        if self._wire.whole:
            self._outbox.append(data)

    def receive(self) -> list[bytes]:
        messages = list(self._inbox)
        self._inbox.clear()
        return messages

    def hang_up(self, retry_ms: int) -> None:
        """Cut the wire. When it is whole again is for whoever holds it, so `retry_ms` means nothing here."""
        self._wire.cut()
