"""Stations, roles and seats: who holds which controls."""

from __future__ import annotations

from enum import IntEnum, IntFlag
from typing import Final


class Station(IntFlag):
    """A bundle of controls and senses. A seat holds one or more."""

    CHEST = 1
    AIRWAY = 2
    CART = 4
    DEFIBRILLATOR = 8
    LEAD = 16


CHEST: Final = int(Station.CHEST)
AIRWAY: Final = int(Station.AIRWAY)
CART: Final = int(Station.CART)
DEFIBRILLATOR: Final = int(Station.DEFIBRILLATOR)
LEAD: Final = int(Station.LEAD)
"""The same as plain whole numbers: seats keep their stations as a mask, and masks are tested on every tick."""


class Role(IntEnum):
    """A default bundle of stations, and the number of the seat that starts with it."""

    COMPRESSOR = 0
    AIRWAY = 1
    MEDS = 2
    LEADER = 3


STATIONS_OF: Final[dict[Role, Station]] = {
    Role.COMPRESSOR: Station.CHEST,
    Role.AIRWAY: Station.AIRWAY,
    Role.MEDS: Station.CART | Station.DEFIBRILLATOR,
    Role.LEADER: Station.LEAD,
}

SEAT_SETS: Final[dict[int, tuple[Station, ...]]] = {
    4: tuple(STATIONS_OF.values()),
    3: (Station.CHEST, Station.AIRWAY, Station.CART | Station.DEFIBRILLATOR | Station.LEAD),
    2: (Station.CHEST | Station.AIRWAY, Station.CART | Station.DEFIBRILLATOR | Station.LEAD),
    1: (Station.CHEST | Station.AIRWAY | Station.CART | Station.DEFIBRILLATOR | Station.LEAD,),
}
"""Who starts with which stations, by the number of players: fewer players hold more."""


def role_word(stations: int) -> str:
    """What a seat is called that starts with `stations`: its role, or its roles joined by "+"."""
    return "+".join(role.name.lower() for role, bundle in STATIONS_OF.items() if stations & bundle == bundle)


STATION_WORDS: Final[dict[str, Station]] = {station.name.lower(): station for station in Station if station.name}


class LinkState(IntEnum):
    """Who moves a seat right now."""

    HERE = 0
    AWAY = 1
    BOT = 2
