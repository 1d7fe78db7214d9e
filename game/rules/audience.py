"""Who may know a fact: the table that keeps hidden things hidden (decisions 6)."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from game.log import Entry, Fact
from game.rules.game import Game
from game.rules.setup import Sight
from game.stations import Station


class Audience(Enum):
    """A rule for who learns of a fact."""

    ALL = auto()
    SELF = auto()
    SELF_AND_LEAD = auto()
    STATION_AND_LEAD = auto()  # the station named by the second argument, and the Leader
    CHEST_AND_ECG = auto()  # the chest itself, and whoever looks at the ECG
    ECG = auto()  # the device's own screen, and the Leader's unless he is blind
    DEVICE = auto()
    LEAD = auto()
    NOBODY = auto()


RULES: Final[dict[Fact, Audience]] = {
    Fact.ENDED: Audience.ALL,
    Fact.PULSE: Audience.NOBODY,
    Fact.RHYTHM: Audience.NOBODY,
    Fact.COMPRESSION: Audience.CHEST_AND_ECG,
    Fact.HANDS: Audience.ALL,
    Fact.BREATH: Audience.ALL,
    Fact.CHARGE: Audience.ALL,
    Fact.CLEAR: Audience.ALL,
    Fact.SHOCK: Audience.NOBODY,
    Fact.DRUG: Audience.SELF,
    Fact.TASK: Audience.SELF,
    Fact.ORDER: Audience.STATION_AND_LEAD,
    Fact.HEARD: Audience.SELF_AND_LEAD,
    Fact.READ_BACK: Audience.SELF_AND_LEAD,
    Fact.CONFIRMED: Audience.ALL,
    Fact.CORRECTED: Audience.ALL,
    Fact.CLOSED: Audience.SELF_AND_LEAD,
    Fact.LAPSED: Audience.SELF_AND_LEAD,
    Fact.CHECK: Audience.ALL,
    Fact.PULSE_FELT: Audience.ALL,
    Fact.REPORT: Audience.ALL,
    Fact.SHOWN: Audience.SELF,
    Fact.SWITCH: Audience.ALL,
    Fact.DONE: Audience.SELF,
    Fact.AIRWAY: Audience.NOBODY,
    Fact.INFUSION: Audience.SELF,
    Fact.FLUID: Audience.SELF,
    Fact.VENTILATOR: Audience.SELF,
    Fact.PADS: Audience.SELF,
    Fact.PACE: Audience.ECG,
    Fact.SYNC: Audience.DEVICE,
    Fact.EXPERT: Audience.ALL,
    Fact.HANDOVER: Audience.ALL,
    Fact.HUSH: Audience.ALL,
    Fact.INJECTED: Audience.NOBODY,
    Fact.VITALS: Audience.NOBODY,
    Fact.PROGNOSIS: Audience.NOBODY,
    Fact.CAUSE: Audience.LEAD,
    Fact.SUMMARY: Audience.ALL,
    Fact.STOP: Audience.ALL,
    Fact.ASSISTED: Audience.SELF,
    Fact.CALLOUT: Audience.ALL,
    Fact.SAFETY: Audience.NOBODY,
    Fact.REFUSED: Audience.SELF,
    Fact.LATE: Audience.SELF,
    Fact.HASH: Audience.NOBODY,
}


def audience(game: Game, entry: Entry) -> int:
    """Bitmask of the seats that may know `entry`; inputs are known to nobody."""
    if not isinstance(entry.kind, Fact):
        return 0
    return _mask(game, RULES[entry.kind], entry)


def _mask(game: Game, rule: Audience, entry: Entry) -> int:
    own = 1 << entry.seat if entry.seat >= 0 else 0
    if rule is Audience.ALL:
        return (1 << len(game.state.seats)) - 1
    if rule is Audience.SELF:
        return own
    if rule is Audience.SELF_AND_LEAD:
        return own | _holders(game, Station.LEAD)
    if rule is Audience.STATION_AND_LEAD:
        station = entry.args[1]
        assert isinstance(station, int)
        return _holders(game, Station(station) | Station.LEAD)
    return _holders(game, _watchers(game, rule))


def _watchers(game: Game, rule: Audience) -> Station:
    """The stations that a rule names; nobody is none of them."""
    ecg = Station.DEFIBRILLATOR if game.state.sight == Sight.BLIND else Station.DEFIBRILLATOR | Station.LEAD
    watchers = {
        Audience.CHEST_AND_ECG: Station.CHEST | ecg,
        Audience.ECG: ecg,
        Audience.DEVICE: Station.DEFIBRILLATOR,
        Audience.LEAD: Station.LEAD,
    }
    return watchers.get(rule, Station(0))


def _holders(game: Game, stations: Station) -> int:
    return sum(1 << number for number, seat in enumerate(game.state.seats) if seat.stations & stations)
