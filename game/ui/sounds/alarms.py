"""Alarms, by priority: what this seat's own screens would call for, sounded by the team's one speaker.

Three priorities as in IEC 60601-1-8. Each alarm is also said in words, on every device whose seat senses its reason.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from game.ui.sounds.moment import Moment

HIGH, MEDIUM, LOW = "alarm_hi", "alarm_med", "alarm_lo"
SOON_MS: Final = 10_000
"""How long before it disarms itself a charged device warns."""
NEVER: Final = 0


class Alarm(NamedTuple):
    """A reason for an alarm."""

    key: str
    """Its words, under `alarm.`."""
    sound: str
    true: Callable[[Moment], bool]
    again_ms: int = NEVER
    """It sounds again after this long, for as long as its reason lasts."""


def _hands_off(moment: Moment) -> bool:
    check = moment.view.check
    return not moment.pulse and check.hands_off_ms > moment.client.pack.max_pause_s * 1000


def _oxygen_low(moment: Moment) -> bool:
    airway = moment.view.airway
    return airway is not None and 0 <= airway.spo2_pct < moment.client.pack.rosc.spo2_pct[0]


def _disarms_soon(moment: Moment) -> bool:
    device = moment.view.defibrillator
    return device is not None and device.charge == "charged" and device.dump_ms - moment.room_ms < SOON_MS


def _result(moment: Moment) -> bool:
    """A sample or measurement has come back within the last moment."""
    view = moment.view
    parts = (view.chest, view.airway, view.cart)
    slips = [slip for part in parts if part is not None for slip in part.slips]
    return any(slip.values and 0 <= moment.room_ms - slip.due_ms < SOON_MS for slip in slips)


def _bag_empty(moment: Moment) -> bool:
    cart = moment.view.cart
    return cart is not None and any(0 <= moment.room_ms - fluid.end_ms < SOON_MS for fluid in cart.fluids)


class Probe:
    """The oxygen probe: a new one takes its time to find a pulse, which is no alarm."""

    def __init__(self) -> None:
        self._found = False

    def lost(self, moment: Moment) -> bool:
        """True while it finds no pulse any more, although the team knows of one."""
        airway = moment.view.airway
        if airway is None or not airway.spo2_connected:
            self._found = False
            return False
        self._found = self._found or airway.spo2_pct >= 0
        return self._found and moment.pulse and airway.spo2_pct < 0


class Alarms:
    """Each alarm sounds when its reason appears, the most urgent of a moment alone."""

    def __init__(self) -> None:
        self._since_ms: dict[str, float] = {}
        self._alarms = (
            Alarm("hands_off", HIGH, _hands_off, 10_000),
            Alarm("pulse_lost", HIGH, Probe().lost),
            Alarm("oxygen_low", MEDIUM, _oxygen_low, 30_000),
            Alarm("disarms_soon", MEDIUM, _disarms_soon),
            Alarm("result", LOW, _result),
            Alarm("bag_empty", LOW, _bag_empty),
        )

    def listen(self, moment: Moment) -> None:
        """Hears what has become true, and forgets what is so no more."""
        due = [alarm for alarm in self._alarms if self._due(moment, alarm)]
        if due and moment.speaker:
            moment.play(due[0].sound)

    def _due(self, moment: Moment, alarm: Alarm) -> bool:
        if not alarm.true(moment):
            self._since_ms.pop(alarm.key, None)
            return False
        last_ms = self._since_ms.get(alarm.key)
        if last_ms is None:
            limit_s = round(moment.client.pack.max_pause_s)
            moment.caption(f"alarm.{alarm.key}", alarm=True, limit=limit_s, soon=SOON_MS // 1000)
        elif not alarm.again_ms or moment.now_ms - last_ms < alarm.again_ms:
            return False
        self._since_ms[alarm.key] = moment.now_ms
        return True
