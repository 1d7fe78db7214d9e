"""What lies in the crash cart: containers of drugs with what is printed on them, and how full a syringe gets."""

from __future__ import annotations

import tomllib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from game.content import Level, Pack
from game.content.pack import UNITS
from game.ui.files import asset
from game.ui.words import say

BARRELS_ML: Final = (1, 10, 20, 50, 100)
"""Syringes in the cart: the smallest that holds the dose is taken."""
RESTOCKED: Final = "restocked"
OTHER: Final = "other_drugs"
"""The drawer in the order of the alphabet."""


@dataclass(frozen=True, slots=True)
class Container:
    """A syringe, vial, bag or tablet. `content` is in the unit the pack prescribes the drug in; 0 mL for a tablet."""

    key: str
    drug: str
    """Name in the pack; "" for the flush."""
    drawer: str
    kind: str
    content: float
    volume_ml: float
    colour: str
    use_by: str
    source: str

    def volume_of(self, pack: Pack, dose_ug: int) -> float:
        """Millilitres that hold a dose; 0 where nothing is measured by volume."""
        drug = pack.drugs.get(self.drug)
        if drug is None or not self.content:
            return 0.0
        return self.volume_ml * dose_ug / (self.content * UNITS[drug.unit])


@lru_cache
def _file() -> Mapping[str, Any]:
    return tomllib.loads(asset("cart.toml").read_text(encoding="utf-8"))


@lru_cache
def stock() -> Mapping[str, Container]:
    """All containers by key, in the order of their drawers."""
    return {key: Container(**({"key": key, "drug": ""} | table)) for key, table in _file().items() if key != RESTOCKED}


def container_of(drug: str, picked: str = "") -> Container | None:
    """The container that a dose came from: the one last taken from the drawer if it holds this drug, else the usual."""
    chosen = stock().get(picked)
    if chosen is not None and chosen.drug == drug:
        return chosen
    return next((each for each in stock().values() if each.drug == drug), None)


def amounts(pack: Pack, drug: str) -> tuple[int, ...]:
    """The doses that a syringe can be filled with, rising: where the plunger stops."""
    known = pack.drugs.get(drug)
    return tuple(sorted(known.doses_ug)) if known else ()


def barrel_ml(volume_ml: float) -> int:
    """The syringe that a volume is drawn into."""
    return next((size for size in BARRELS_ML if volume_ml <= size), BARRELS_ML[-1])


def shelf(drawer: str, level: Level, pack: Pack) -> tuple[Container, ...]:
    """What lies in a drawer that the pack knows, as it was filled for this level."""
    lying = [each for each in stock().values() if each.drawer == drawer and (not each.drug or amounts(pack, each.drug))]
    if level.case in _file()[RESTOCKED]:
        lying.sort(key=lambda each: zlib.crc32(f"{level.case} {each.key}".encode()))
    elif drawer == OTHER:
        lying.sort(key=lambda each: say(f"drug.{each.drug}"))
    return tuple(lying)
