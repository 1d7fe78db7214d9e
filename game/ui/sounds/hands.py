"""What the player's own hands sound like: the chest under them, and the bag."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from game.rules.skills.params import on_curve, skills
from game.stations import Station

if TYPE_CHECKING:
    from game.ui.sounds.moment import Moment

THUD_HZ: Final = (110.0, 70.0)
"""Where a thud begins, from the shallowest push to the deepest (design system 11)."""
THUD_MADE_HZ: Final = 100.0
"""Where web/sounds.py lets it begin."""
CREAK_TOLD_EVERY_MS: Final = 20_000


class Chest:
    """A thud where a push ends, the lower the deeper; a creak where it begins before the chest has come up."""

    def __init__(self) -> None:
        self._down_ms = -1
        self._up_ms = -1
        self._thud_told = False
        self._creak_told_ms: float | None = None

    def listen(self, moment: Moment) -> None:
        """Hears the edges of the player's own key."""
        hands = moment.client.hands
        if not moment.holds(Station.CHEST):
            return
        if hands.push_up_ms != self._up_ms:
            if self._down_ms >= 0:
                self._thud(moment, hands.push_up_ms - self._down_ms)
            self._up_ms, self._down_ms = hands.push_up_ms, -1
        if hands.push_since_ms >= 0 and hands.push_since_ms != self._down_ms:
            if self._up_ms >= 0:
                self._lean(moment, hands.push_since_ms - self._up_ms)
            self._down_ms = hands.push_since_ms

    def _thud(self, moment: Moment, held_ms: int) -> None:
        push = skills().push
        if held_ms < push.shortest_hold_ms:
            return
        shallow_um, deep_um = push.depth_um[0][1], push.depth_um[-1][1]
        share = (on_curve(push.depth_um, held_ms) - shallow_um) / (deep_um - shallow_um)
        high_hz, low_hz = THUD_HZ
        moment.play("thud", pitch=(high_hz + (low_hz - high_hz) * share) / THUD_MADE_HZ)
        if not self._thud_told:
            self._thud_told = True
            moment.caption("sound.thud")

    def _lean(self, moment: Moment, released_ms: int) -> None:
        recoil = skills().recoil
        missing_ms = recoil.full_release_ms - max(recoil.shortest_release_ms, released_ms)
        if missing_ms <= 0:
            return
        moment.play("creak", loudness=missing_ms / (recoil.full_release_ms - recoil.shortest_release_ms))
        if self._creak_told_ms is None or moment.now_ms - self._creak_told_ms >= CREAK_TOLD_EVERY_MS:
            self._creak_told_ms = moment.now_ms
            moment.caption("sound.creak")


class Bag:
    """Air as long as the bag is squeezed, and its sigh when it is let go."""

    def __init__(self) -> None:
        self._since_ms = -1
        self._told = False

    def listen(self, moment: Moment) -> None:
        """Hears the player's own squeeze."""
        since_ms = moment.client.hands.squeeze_since_ms if moment.holds(Station.AIRWAY) else -1
        if since_ms == self._since_ms:
            return
        if self._since_ms >= 0:
            moment.end("bag")
            moment.play("sigh")
        if since_ms >= 0:
            moment.play("bag")
            if not self._told:
                self._told = True
                moment.caption("sound.bag")
        self._since_ms = since_ms
