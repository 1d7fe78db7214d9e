"""The most an adult is ever given of a drug, from a table that no pack or level can change."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from game.content.pack import RATE_UNITS, UNITS

_FILE: Final = "limits.toml"


@dataclass(frozen=True, slots=True)
class Limit:
    """The largest single dose and pump rate of a drug, in millionths of what the body counts; None: not given so."""

    dose_ug: int | None
    rate_ug_per_min: int | None
    dose: str
    rate: str
    """Both as the table writes them, for people."""


@cache
def limits() -> Mapping[str, Limit]:
    """Every drug the patient knows, by name."""
    data = tomllib.loads(files("game.content").joinpath(_FILE).read_text(encoding="utf-8"))
    return {name: _limit(cells) for name, cells in data.items()}


def _limit(cells: Mapping[str, str]) -> Limit:
    dose, rate = cells.get("dose", ""), cells.get("rate", "")
    return Limit(_dose_ug(dose) if dose else None, _rate_ug_per_min(rate) if rate else None, dose, rate)


def _dose_ug(words: str) -> int:
    amount, unit = words.split()
    return round(float(amount) * UNITS[unit])


def _rate_ug_per_min(words: str) -> int:
    amount, unit = words.split()
    size, minutes = RATE_UNITS[unit]
    return round(float(amount) * size / minutes)
