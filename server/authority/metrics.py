"""What the authority counts about itself, in Prometheus text. No label ever holds a name, a code or an address."""

from __future__ import annotations

from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_LATE_BUCKETS_S: Final = (0.001, 0.002, 0.003, 0.004, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.05, 0.1, 0.25, 1.0)
_WORK_BUCKETS_S: Final = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1)


class Metrics:
    """The metrics of one authority process."""

    def __init__(self) -> None:
        registry = self._registry = CollectorRegistry()
        self.tick_late = Histogram(
            "resus_tick_late_seconds", "How late a tick began.", registry=registry, buckets=_LATE_BUCKETS_S
        )
        self.tick_work = Histogram(
            "resus_tick_work_seconds", "How long a tick's rooms took.", registry=registry, buckets=_WORK_BUCKETS_S
        )
        self.commit = Histogram(
            "resus_commit_seconds", "How long a tick's commit took.", registry=registry, buckets=_WORK_BUCKETS_S
        )
        self.recording = Gauge("resus_recording", "1 while logs reach the disk.", registry=registry)
        self.rooms = Gauge("resus_rooms", "Rooms by phase.", ("phase",), registry=registry)
        self.clients = Gauge("resus_clients", "Connected players.", registry=registry)
        self.out_queue = Gauge("resus_out_queue_bytes", "Bytes waiting for clients.", ("of",), registry=registry)
        self.inbox = Gauge("resus_inbox_messages", "Messages waiting for a tick.", registry=registry)
        self.received_bytes = Counter("resus_received_bytes", "Bytes of messages received.", registry=registry)
        self.sent_bytes = Counter("resus_sent_bytes", "Bytes of messages sent.", registry=registry)
        self.messages = Counter("resus_messages", "Messages received, by type.", ("type",), registry=registry)
        self.rejects = Counter("resus_rejects", "Messages refused, by reason.", ("reason",), registry=registry)
        self.closed = Counter("resus_closed", "Connections closed by us, by code.", ("code",), registry=registry)
        self.resumed = Counter("resus_resumed", "Players who came back, by what they got.", ("by",), registry=registry)
        self.snapshots_dropped = Counter(
            "resus_snapshots_dropped", "Snapshots left out for slow clients.", registry=registry
        )
        self.rooms_failed = Counter("resus_rooms_failed", "Rooms closed by a defect.", registry=registry)
        self.recording.set(1)

    def text(self) -> str:
        """All of it, as Prometheus reads it."""
        return generate_latest(self._registry).decode()
