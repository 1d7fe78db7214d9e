"""What is heard of the others: the defibrillator, orders and their answers, concern, a call for quiet.

All of it has a caption already: somebody has said it, or the device's own words stand there (game/ui/captions.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from game.log import Fact
from game.rules.skills.params import skills
from game.stations import Station

if TYPE_CHECKING:
    from game.ui.sounds.moment import Moment
    from game.wire.messages import Ev

CHARGE_RISES: Final = 3.0
"""The charging tone ends at 1200 Hz, three times where it begins (design system 11)."""
STANDING_BY: Final = 0.6
"""A charge that waits is softer than one that comes: it may wait for long."""
ONCE, AGAIN = 0.55, 1.0
"""A concern, and the same one said again."""


def _charge(moment: Moment, fact: Ev) -> None:
    """The device is heard by whoever works it, and by the team's speaker."""
    state, pack = fact.args[0], moment.client.pack
    if state != "charging":
        moment.end("charge", "charged")
    if not (moment.holds(Station.DEFIBRILLATOR) or moment.speaker):
        return
    if state == "charging":
        _rise(moment, moment.local_ms(fact.ms), pack.charge_ms / moment.client.clock.rate)
    elif state == "charged":
        moment.play("charged", loudness=STANDING_BY, length_ms=pack.disarm_ms / moment.client.clock.rate)
    elif state == "dumped":
        moment.play("disarm")
    elif state == "delivered":
        moment.play("shock")


def _rise(moment: Moment, start_ms: float, length_ms: float) -> None:
    """The tone of a charge, from where it should be by now: the news took its time."""
    left_ms = start_ms + length_ms - moment.now_ms
    if left_ms <= 0:
        return
    pitch = 1 + (CHARGE_RISES - 1) * (1 - min(1.0, left_ms / length_ms))
    moment.play("charge", pitch=pitch, glide=CHARGE_RISES / pitch, length_ms=left_ms)


def _order(moment: Moment, fact: Ev) -> None:
    """To whoever is asked, not to whoever asks."""
    if fact.seat != moment.client.seat and moment.holds(Station(int(str(fact.args[1])))):
        moment.play("order")


def _answer(sound: str) -> Callable[[Moment, Ev], None]:
    """A step of a loop, to the two seats between which it runs."""

    def heard(moment: Moment, fact: Ev) -> None:
        known = any(order.order_id == fact.args[0] for order in moment.view.orders)
        if known or fact.kind == Fact.CLOSED:
            moment.play(sound)

    return heard


def _callout(moment: Moment, fact: Ev) -> None:
    """Concern is heard by all; said again it is louder."""
    if fact.args[0] in ("concern", "concern_again"):
        moment.play("concern", loudness=ONCE if fact.args[0] == "concern" else AGAIN)


def _hush(moment: Moment, fact: Ev) -> None:
    moment.play("hush", length_ms=skills().times.hush_ms / moment.client.clock.rate)


_SOUNDS: Final[Mapping[str, Callable[[Moment, Ev], None]]] = {
    Fact.CHARGE: _charge,
    Fact.ORDER: _order,
    Fact.HEARD: _answer("copy"),
    Fact.READ_BACK: _answer("copy"),
    Fact.CONFIRMED: _answer("copy"),
    Fact.CORRECTED: _answer("order"),
    Fact.CLOSED: _answer("done"),
    Fact.CALLOUT: _callout,
    Fact.HUSH: _hush,
    Fact.STOP: lambda moment, fact: moment.play("alarm_hi"),
}


class Room:
    """Turns what just happened into sound."""

    def listen(self, moment: Moment) -> None:
        """Hears the news of this frame."""
        for fact in moment.client.news:
            if fact.kind in _SOUNDS:
                _SOUNDS[fact.kind](moment, fact)
