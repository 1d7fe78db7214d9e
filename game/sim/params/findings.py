"""What can be sensed of a patient: the words of each finding, who senses it, how, and the source."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from game.sim.params.reader import text_of

WAYS: Final = ("", "look", "listen", "examine", "fingers")
"""How something is sensed: all the time, by a timed act of the station, or by fingers on a pulse."""


@dataclass(frozen=True, slots=True)
class Sense:
    """One finding: the words it may take, the stations that sense it, by which of WAYS, and its source key."""

    name: str
    words: tuple[str, ...]
    stations: tuple[str, ...]
    by: str
    source: str

    @property
    def normal(self) -> str:
        """The word of a well or plainly dead body, of which nobody need speak."""
        return self.words[0]


@cache
def senses() -> Mapping[str, Sense]:
    """Every finding of `findings.toml` by name. ValueError if one has no words, stations, known way or source."""
    sources = tomllib.loads(text_of("sources"))
    table = {}
    for name, cells in tomllib.loads(text_of("findings")).items():
        sense = Sense(name, tuple(cells["words"]), tuple(cells["stations"]), cells.get("by", ""), cells["source"])
        if not sense.words or not sense.stations or sense.by not in WAYS or sense.source not in sources:
            raise ValueError(f"findings.toml: {sense} lacks words, stations, a known way or a known source")
        table[name] = sense
    return table
