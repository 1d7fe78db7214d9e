"""Every bound of the wire in one table: its number, its unit, and what happens to whoever passes it."""

from __future__ import annotations

from typing import Final, Self


class Limit(int):
    """A whole number that knows its unit and the policy for when it is hit; use it as the int it is."""

    unit: str
    policy: str

    def __new__(cls, value: int, unit: str, policy: str) -> Self:
        limit = super().__new__(cls, value)
        limit.unit = unit
        limit.policy = policy
        return limit


_REFUSE: Final = "the message is refused and its sender closed with BAD_MESSAGE"
_DISCARD: Final = "the client discards the message and asks for a resync"

CLIENT_MESSAGE_BYTES: Final = Limit(2048, "bytes", "the connection is closed with 1009 (message too big)")
SERVER_MESSAGE_BYTES: Final = Limit(262_144, "bytes", "the sender's encode() raises; nothing is sent")
INT_MAX: Final = Limit(2**53 - 1, "magnitude", _REFUSE)
SEQUENCE_MAX: Final = Limit(2**31 - 1, "messages", _REFUSE)
ROOM_MS_MAX: Final = Limit(86_400_000, "ms of room time", _REFUSE)
EDGE_GAP_MS_MAX: Final = Limit(60_000, "ms", _REFUSE)
EDGE_GAPS_MAX: Final = Limit(63, "gaps (64 edges) a message", _REFUSE)
KEY_CODE_MAX: Final = Limit(31, "key number * 2 + 1", _REFUSE)
TOKEN_CHARS: Final = Limit(64, "characters", _REFUSE)
BUILD_CHARS: Final = Limit(64, "characters", _REFUSE)
OP_CHARS: Final = Limit(40, "characters", _REFUSE)
ARG_CHARS: Final = Limit(64, "characters", _REFUSE)
ARG_ITEMS: Final = Limit(16, "items a list", _REFUSE)
ARG_DEPTH: Final = Limit(3, "lists within lists", _REFUSE)
TEXT_CHARS: Final = Limit(131_072, "characters", _DISCARD)
LIST_ITEMS: Final = Limit(4096, "items a list", _DISCARD)
NESTING_DEPTH: Final = Limit(8, "lists within lists", _DISCARD)

LIMITS: Final[dict[str, Limit]] = {name: value for name, value in list(globals().items()) if isinstance(value, Limit)}
"""The table itself, by name, in the order above."""
