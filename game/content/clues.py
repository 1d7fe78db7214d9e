"""What points to which cause, whatever the case: general knowledge about signs and measured values, as data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

_FILE: Final = "clues.toml"
MONITOR: Final = "monitor"
"""The slip of the numbers that stand on a screen and are said by their own names: etco2, spo2, breaths."""


@dataclass(frozen=True, slots=True)
class Clue:
    """The causes that one fact speaks for and against."""

    suggests: tuple[str, ...] = ()
    against: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """True for a fact that moves the board."""
        return bool(self.suggests or self.against)


NO_CLUE: Final = Clue()


@dataclass(frozen=True, slots=True)
class Band:
    """A measured value: its normal band, from where it is a clue, and what it then speaks for; whole numbers."""

    normal: tuple[int, int]
    low_at: int
    high_at: int
    low: Clue
    high: Clue
    within: Clue

    def is_normal(self, value: int) -> bool:
        """True inside the normal band."""
        return self.normal[0] <= value <= self.normal[1]

    def clue(self, value: int) -> Clue:
        """What this value speaks for and against."""
        if value < self.low_at:
            return self.low
        if value > self.high_at:
            return self.high
        return self.within if self.is_normal(value) else NO_CLUE


@dataclass(frozen=True, slots=True)
class Clues:
    """All of it: signs by name and word, values by "<slip>.<value>" (screen numbers by their bare name)."""

    signs: Mapping[str, Mapping[str, Clue]]
    bands: Mapping[str, Band]

    def of(self, key: str, value: str) -> Clue:
        """What a reported fact speaks for and against: a sign and its word, or a value and its whole number.

        NO_CLUE for what points nowhere, and for a value that is no whole number (a pressure cuff's dashes).
        """
        if band := self.bands.get(key):
            return band.clue(int(value)) if _is_whole(value) else NO_CLUE
        return self.signs.get(key, {}).get(value, NO_CLUE)

    def is_normal(self, key: str, value: int) -> bool:
        """True for a measured value inside its normal band. KeyError for one that is not known."""
        return self.bands[key].is_normal(value)


@cache
def clues() -> Clues:
    """The knowledge this version of the game is built with."""
    data = tomllib.loads(files("game.content").joinpath(_FILE).read_text(encoding="utf-8"))
    signs = {
        name: {word: _clue(cells) for word, cells in words.items() if word != "source"}
        for name, words in data["signs"].items()
    }
    bands = {
        value if slip == MONITOR else f"{slip}.{value}": _band(cells)
        for slip, values in data["values"].items()
        for value, cells in values.items()
    }
    return Clues(signs, bands)


def _clue(cells: Mapping[str, list[str]]) -> Clue:
    return Clue(tuple(cells.get("suggests", ())), tuple(cells.get("against", ())))


def _band(cells: Mapping[str, dict[str, list[str]]]) -> Band:
    low, high = cells["normal"]
    below, above = cells.get("low", {}), cells.get("high", {})
    return Band(
        normal=(int(low), int(high)),
        low_at=_at(below, int(low)),
        high_at=_at(above, int(high)),
        low=_clue(below),
        high=_clue(above),
        within=_clue(cells.get("within", {})),
    )


def _at(cells: Mapping[str, object], otherwise: int) -> int:
    at = cells.get("at", otherwise)
    if not isinstance(at, int):
        raise TypeError(f"{_FILE}: found at = {at!r}, expected a whole number")
    return at


def _is_whole(value: str) -> bool:
    return value.removeprefix("-").isdecimal()
