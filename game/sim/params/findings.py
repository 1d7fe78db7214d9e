"""What can be sensed of a patient: the words of each finding, who senses it, and the source."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from game.sim.params.reader import text_of


@dataclass(frozen=True, slots=True)
class Sense:
    """One finding: the words it may take, the stations that sense it, and its source key."""

    name: str
    words: tuple[str, ...]
    stations: tuple[str, ...]
    source: str


@cache
def senses() -> Mapping[str, Sense]:
    """Every finding of `findings.toml` by name. ValueError if one has no words, stations or known source."""
    sources = tomllib.loads(text_of("sources"))
    table = {}
    for name, cells in tomllib.loads(text_of("findings")).items():
        sense = Sense(name, tuple(cells["words"]), tuple(cells["stations"]), cells["source"])
        if not sense.words or not sense.stations or sense.source not in sources:
            raise ValueError(f"findings.toml: {sense} lacks words, stations or a known source")
        table[name] = sense
    return table
