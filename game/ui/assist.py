"""The rhythm made for a player who cannot: a press starts it, and proper edges follow at the guideline's pace."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

from game.content import Pack
from game.rules.commands import PUSH_KEY, SEAL_LEFT_KEY, SEAL_RIGHT_KEY, SQUEEZE_KEY
from game.rules.skills.params import Curve, skills
from game.ui.input import Stroke
from game.ui.settings import Press

SEAL_KEYS = (SEAL_LEFT_KEY, SEAL_RIGHT_KEY)
SLEPT_MS: Final = 2_000
"""Longer than any frame takes."""


class Pace(NamedTuple):
    """How a guideline wants it: from push to push, how long a push and a squeeze are held, all ms."""

    every_ms: float
    push_ms: int
    squeeze_ms: int

    @classmethod
    def of(cls, pack: Pack) -> Pace:
        """The middle of each band of the pack, by the curves of what a hold becomes."""
        numbers = skills()
        return cls(
            60_000 / _middle(pack.rate_per_min),
            _held_for(numbers.push.depth_um, 1000 * _middle(pack.depth_mm)),
            _held_for(numbers.squeeze.volume_ml, _middle(pack.tidal_volume_ml)),
        )


def _middle(band: tuple[float, float]) -> float:
    return (band[0] + band[1]) / 2


def _held_for(curve: Curve, wanted: float) -> int:
    """How long a hold becomes `wanted` on a rising curve."""
    for (low, less), (high, more) in pairwise(curve):
        if wanted <= more:
            return round(low + (high - low) * (wanted - less) / (more - less))
    return curve[-1][0]


@dataclass(slots=True)
class Assist:
    """What runs by itself on this device: pushes from `_pushing_ms` on, one squeeze, a seal that stays."""

    told: bool = False
    """True once the authority knows in this run that the device makes the rhythm of this seat."""
    _pushing_ms: float = -1.0
    """When the push that is next, or that is down, begins; -1 while nobody pushes."""
    _down: dict[int, float] = field(default_factory=dict)
    """The keys that the assist holds down, and when it lets go of them."""

    def take(self, stroke: Stroke, press: Press, pace: Pace) -> list[Stroke]:
        """The edges that an edge of the player becomes at once; the others come with time (`due`)."""
        if stroke.key in SEAL_KEYS:
            return self._seal(stroke, press)
        if stroke.key == PUSH_KEY:
            return self._push(stroke, press)
        if not stroke.down or SQUEEZE_KEY in self._down:
            return []
        self._down[SQUEEZE_KEY] = stroke.stamp_ms + pace.squeeze_ms
        return [*self.rest(stroke.stamp_ms, PUSH_KEY), stroke]

    def due(self, now_ms: float, pace: Pace) -> list[Stroke]:
        """The edges that have come due by `now_ms`, each with the stamp it was due at.

        A device that has slept (its tab was hidden) makes up for nothing: the hands came off when it fell asleep.
        """
        made = []
        ends_ms = self._down.get(SQUEEZE_KEY)
        if ends_ms is not None and ends_ms <= now_ms:
            del self._down[SQUEEZE_KEY]
            made.append(Stroke(SQUEEZE_KEY, down=False, stamp_ms=ends_ms))
        while self._pushing_ms >= 0:
            held = PUSH_KEY in self._down
            due_ms = self._down[PUSH_KEY] if held else self._pushing_ms
            if due_ms > now_ms:
                break
            if not held and now_ms - due_ms > SLEPT_MS:
                self._pushing_ms = -1.0
                break
            made.append(Stroke(PUSH_KEY, down=not held, stamp_ms=due_ms))
            if held:
                del self._down[PUSH_KEY]
                self._pushing_ms += pace.every_ms
            else:
                self._down[PUSH_KEY] = due_ms + pace.push_ms
        return made

    def rest(self, now_ms: float, *keys: int) -> list[Stroke]:
        """Lets go of `keys`, or of everything."""
        released = [key for key in list(self._down) if not keys or key in keys]
        for key in released:
            del self._down[key]
        if not keys or PUSH_KEY in keys:
            self._pushing_ms = -1.0
        return [Stroke(key, down=False, stamp_ms=now_ms) for key in released]

    def _push(self, stroke: Stroke, press: Press) -> list[Stroke]:
        """Held: it pushes as long as the key is down. One switch: a press starts, the next one stops."""
        running = self._pushing_ms >= 0
        if stroke.down and not running:
            self._pushing_ms = stroke.stamp_ms
            return self.rest(stroke.stamp_ms, SQUEEZE_KEY)
        if running and stroke.down == (press is Press.SWITCH):
            return self.rest(stroke.stamp_ms, PUSH_KEY)
        return []

    def _seal(self, stroke: Stroke, press: Press) -> list[Stroke]:
        """Either side holds the dot in the middle; with one switch until the next press."""
        sealed = SEAL_LEFT_KEY in self._down
        if stroke.down and not sealed:
            self._down |= dict.fromkeys(SEAL_KEYS, float("inf"))
            return [stroke._replace(key=key) for key in SEAL_KEYS]
        if sealed and stroke.down == (press is Press.SWITCH):
            return self.rest(stroke.stamp_ms, *SEAL_KEYS)
        return []
