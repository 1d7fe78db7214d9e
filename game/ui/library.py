"""Levels, packs and the score's weights as this client carries them, read once from the files beside the program."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from game.content import Level, Pack, load_level, load_pack
from game.scoring.weights import Weights, load_weights
from game.ui.files import ASSETS

LEVELS: Final = ASSETS.parent / "levels"


@lru_cache
def level(name: str) -> Level:
    """The level `name`; raises OSError if this client does not carry it, ContentError if it cannot be read."""
    file = f"{name}.toml"
    return load_level((LEVELS / file).read_text(encoding="utf-8"), file)


@lru_cache
def pack(name: str) -> Pack:
    """The guideline pack `name`; raises as `level`."""
    file = f"{name}.toml"
    return load_pack((LEVELS / "packs" / file).read_text(encoding="utf-8"), file)


@lru_cache
def weights() -> Weights:
    """What the score asks for: screens show its goals beside the figures."""
    file = "score.toml"
    return load_weights((LEVELS / file).read_text(encoding="utf-8"), file)
