"""Levels, packs and the score's weights as this client carries them, read once from the files beside the program."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from game.content import Level, Pack, level_file, load_level, load_pack, played_by
from game.scoring.weights import Weights, load_weights
from game.ui.files import ASSETS

LEVELS: Final = ASSETS.parent / "levels"


@lru_cache
def level(name: str) -> Level:
    """The level `name`, its form at the end ("S03B"); raises OSError if this client does not carry it, ContentError if
    it cannot be read.
    """
    stem, form = level_file(name)
    file = f"{stem}.toml"
    return load_level((LEVELS / file).read_text(encoding="utf-8"), file, form)


@lru_cache
def pack(name: str) -> Pack:
    """The guideline pack `name`; raises as `level`."""
    file = f"{name}.toml"
    return load_pack((LEVELS / "packs" / file).read_text(encoding="utf-8"), file)


@lru_cache
def case(name: str, pack_name: str = "") -> tuple[Level, Pack]:
    """The level `name` and the pack as it is played there, the level's own where none is named; raises as `level`."""
    found = level(name)
    return found, played_by(found, pack(pack_name or found.pack), f"{found.case}.toml")


@lru_cache
def weights() -> Weights:
    """What the score asks for: screens show its goals beside the figures."""
    file = "score.toml"
    return load_weights((LEVELS / file).read_text(encoding="utf-8"), file)
