"""Every control that a seat can work by key, with its words: what the page of keys lists and may move."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from game.rules.commands import EDGE_OPS, EVERY, commands_of
from game.stations import Station
from game.ui.drawers import pictures
from game.ui.keyboard import HELP_KEY
from game.ui.words import say

_ALWAYS: Final = ("KeyR", "KeyS", "Digit0", "KeyK", "Tab", HELP_KEY, *(f"Digit{place}" for place in range(1, 9)))

_STATION_KEYS: Final[dict[Station, dict[str, str]]] = {
    Station.AIRWAY: {"Comma": "oxygen_less", "Period": "oxygen_more", "Slash": "oxygen_away"},
    Station.CART: {"PageUp": "plunger_up", "PageDown": "plunger_down"},
    Station.DEFIBRILLATOR: {"KeyQ": "energy_up", "KeyA": "energy_down", "Equal": "rate_up", "Minus": "rate_down"},
    Station.LEAD: {
        "KeyH": "cause_h",
        "KeyT": "cause_t",
        "KeyM": "book",
        "Enter": "resume",
        "KeyV": "call_vf",
        "KeyF": "call_flat",
        "KeyO": "call_organised",
        "KeyN": "call_narrow",
        "KeyW": "call_wide",
    },
}
_RING_T: Final = "call_vt"
_CHOICES: Final = {
    "ArrowLeft": "previous",
    "ArrowUp": "previous",
    "ArrowRight": "next",
    "ArrowDown": "next",
    "Enter": "take",
    "KeyQ": "call_first",
    "KeyW": "call_second",
    "KeyE": "call_third",
}
"""What open choices own on every seat: the cursor, and in the wheel whom the call goes to."""


@cache
def controls_of(stations: int) -> Mapping[str, tuple[str, ...]]:
    """The keys of a seat that holds `stations`, as the design names them, each with the words of all it does.

    A key does two things only where they never meet: in the ring it calls a rhythm, at the station it does an act.
    """
    found: dict[str, list[str]] = {}
    for key, words in _all(Station(stations)):
        if words not in found.setdefault(key, []):
            found[key].append(words)
    return {key: tuple(words) for key, words in found.items()}


def every_control() -> Mapping[str, tuple[str, ...]]:
    """The controls of all stations: a key is free only if no seat can ever need it."""
    return controls_of(int(EVERY))


def _all(stations: Station) -> Iterator[tuple[str, str]]:
    yield from _rows(stations)
    for station, keys in _STATION_KEYS.items():
        if station & stations:
            yield from ((key, say(f"key.{words}")) for key, words in keys.items())
    if stations & Station.LEAD:
        yield "KeyT", say(f"key.{_RING_T}")
    yield from ((key, say(f"key.{key}")) for key in _ALWAYS)
    yield from ((key, say(f"key.{words}")) for key, words in _CHOICES.items())
    if len(pictures(stations)) > 1:
        yield "Backquote", say("key.Backquote")


def _rows(stations: Station) -> Iterator[tuple[str, str]]:
    for row in commands_of(stations):
        if row.op in EDGE_OPS.values():
            yield row.key, say(f"key.{row.op}")
        elif row.key.startswith("Key") and row.key not in _ALWAYS:
            yield row.key, say(f"command.{row.op}.label")


def words_of(key: str, stations: int) -> str:
    """All that a key does, in words."""
    return " / ".join(controls_of(stations).get(key, ()))
