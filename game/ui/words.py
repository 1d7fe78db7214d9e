"""Every sentence a player sees, found by its key: one folder of TOML tables a language."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from game.content.pack import UNITS
from game.stations import Role, Station
from game.ui.files import asset

LANGUAGE: Final = "en"
PSEUDO: Final = "pseudo"
"""A language made of English for tests: longer, with accents, each sentence in brackets."""
LONGER: Final = 0.35
"""How much longer: languages that take more room than English take about that much."""
WEIGHED: Final = ("g", "mg", "mcg")
"""Units of weight, the largest first."""


def _flat(table: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            found |= _flat(value, f"{prefix}{key}.")
        else:
            found[prefix + key] = str(value)
    return found


@lru_cache
def catalogue(language: str = LANGUAGE) -> Mapping[str, str]:
    """All sentences of a language by dotted key; raises ValueError where two files claim one key."""
    found: dict[str, str] = {}
    for file in sorted(asset("words", language).glob("*.toml")):
        table = _flat(tomllib.loads(file.read_text(encoding="utf-8")))
        if twice := found.keys() & table.keys():
            raise ValueError(f"{file.name}: said twice: {', '.join(sorted(twice))}")
        found |= table
    return found


class _Spoken:
    """The language of this device."""

    sentences: Mapping[str, str] = MappingProxyType({})


def speak(language: str) -> None:
    """From now on `say` says everything in `language`: one of assets/words, or PSEUDO."""
    _Spoken.sentences = _pseudo() if language == PSEUDO else catalogue(language)


@lru_cache
def _pseudo() -> Mapping[str, str]:
    return {key: stretched(words) for key, words in catalogue().items()}


_ACCENTS: Final = str.maketrans("aceinouyACEINOUY", "àçéîñöûýÀÇÉÎÑÖÛÝ")
_FIELD: Final = re.compile(r"(\{[^}]*\})")


def stretched(words: str) -> str:
    """A sentence in the made language: its {fields} stand as they are, its vowels are said twice until it is longer."""
    parts = _FIELD.split(words)
    more = math.ceil(sum(len(part) for part in parts[::2]) * LONGER) - 2
    made = []
    for place, part in enumerate(parts):
        said = part
        if place % 2 == 0:
            said, more = _drawn_out(part, more)
        made.append(said)
    return f"[{''.join(made)}]"


def _drawn_out(part: str, more: int) -> tuple[str, int]:
    """A piece of a sentence with its vowels said twice, as long as letters are wanted, and how many still are."""
    said = ""
    for letter in part:
        said += letter.translate(_ACCENTS)
        if more > 0 and letter.lower() in "aeiou":
            said, more = said + letter.lower().translate(_ACCENTS), more - 1
    return said, more


def say(key: str, /, **fields: object) -> str:
    """The sentence of `key` with its {fields} filled in; raises KeyError for a key without words."""
    return say_raw(key).format(**fields)


def say_raw(key: str) -> str:
    """The sentence of `key` as it is written, with its {fields}; raises as `say`."""
    return (_Spoken.sentences or catalogue())[key]


def knows(key: str) -> bool:
    """True if `key` has words."""
    return key in catalogue()


def role_of(stations: int) -> Role:
    """What a seat that holds `stations` is called: lead comes first, then hands on the chest."""
    held = Station(stations)
    if held & Station.LEAD:
        return Role.LEADER
    if held & Station.CHEST:
        return Role.COMPRESSOR
    return Role.AIRWAY if held & Station.AIRWAY else Role.MEDS


def role_word(stations: int) -> str:
    """What a seat that holds `stations` is called: Compressor, Airway, Meds or Leader."""
    return say(f"role.{role_of(stations).name.lower()}")


def dose(dose_ug: int, unit: str) -> str:
    """A dose in the unit it is prescribed in, one of `game.content.UNITS`: "0.5 mg", "10 U", never a trailing zero."""
    return f"{dose_ug / UNITS[unit]:.10g} {unit}"


def per_time(ug_per_min: int, unit: str) -> str:
    """The rate of a pump: by the minute what is weighed, from 1 mg on in mg, by the hour what is counted (mmol, U)."""
    if unit not in WEIGHED:
        return f"{ug_per_min * 60 / UNITS[unit]:.3g} {unit}/h"
    size = next((name for name in WEIGHED if ug_per_min >= UNITS[name]), WEIGHED[-1])
    return f"{ug_per_min / UNITS[size]:.3g} {size}/min"


def clock(span_ms: int) -> str:
    """Minutes and seconds, "1:24"; "--" for none (-1)."""
    if span_ms < 0:
        return "--"
    minutes, seconds = divmod(span_ms // 1000, 60)
    return f"{minutes}:{seconds:02d}"


def first_upper(text: str) -> str:
    """`text` as it begins a sentence or a card: drug names are lower case in speech."""
    return text[:1].upper() + text[1:]
