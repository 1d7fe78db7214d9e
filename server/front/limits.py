"""What the front lets one client do: sizes, waits and rates, each with the policy for when it is hit."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Final

BODY_BYTES: Final = 4096
"""Largest request body the API reads; more is refused with 413 unread."""

BODY_WAIT_S: Final = 5.0
"""Longest wait for the whole of a request body; slower ones are refused with 408."""

HEALTH_WAIT_S: Final = 1.0
"""How long `/healthz` waits for the authority before it answers 503."""

ADDRESSES: Final = 4096
"""Addresses a rate remembers; the one unseen for longest is forgotten first, which only ever lets a client do more."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A token bucket: `burst` acts at once, then one each `interval_s`. A classroom behind one address must fit in."""

    burst: int
    interval_s: float


SESSIONS: Final = Rate(burst=30, interval_s=2.0)
JOINS: Final = Rate(burst=240, interval_s=0.25)


class RateLimit:
    """One token bucket an address, for one kind of act; refused acts cost nothing."""

    def __init__(self, rate: Rate, now_s: Callable[[], float] = monotonic) -> None:
        self._rate = rate
        self._now_s = now_s
        self._full_at_s: OrderedDict[str, float] = OrderedDict()

    def take(self, address: str) -> float:
        """0 if `address` may act now, else the seconds until it may."""
        now_s = self._now_s()
        # A bucket is one number: when it will be full again. Each act moves that time by one interval.
        full_at_s = max(self._full_at_s.pop(address, now_s), now_s) + self._rate.interval_s
        excess_s = full_at_s - now_s - self._rate.burst * self._rate.interval_s
        allowed = excess_s <= 1e-9
        self._full_at_s[address] = full_at_s if allowed else full_at_s - self._rate.interval_s
        if len(self._full_at_s) > ADDRESSES:
            self._full_at_s.popitem(last=False)
        return 0.0 if allowed else excess_s
