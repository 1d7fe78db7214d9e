"""The cases this server can play: levels with their packs, and the weights of the score, read once at the start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from game.content import ContentError, Level, Pack, load_level, load_pack
from game.rules.sanity import pack_problems, problems
from game.scoring.weights import Weights, load_weights

WEIGHTS_FILE: Final = "score.toml"
"""The one file in the folder of levels that is no level."""


@dataclass(frozen=True, slots=True)
class Case:
    """A level and the guideline pack it is played by."""

    level: Level
    pack: Pack


@dataclass(frozen=True, slots=True)
class Library:
    """What a server knows to play, by level name, and how it scores."""

    cases: Mapping[str, Case]
    weights: Weights


def load_library(folder: Path) -> Library:
    """All cases in a folder of levels with its `packs/` and weights. Raises ContentError or OSError."""
    weights = load_weights((folder / WEIGHTS_FILE).read_text(encoding="utf-8"), WEIGHTS_FILE)
    return Library(_cases(folder), weights)


def _cases(folder: Path) -> dict[str, Case]:
    packs = {path.stem: load_pack(path.read_text(encoding="utf-8"), path.name) for path in _toml(folder / "packs")}
    cases: dict[str, Case] = {}
    for path in (path for path in _toml(folder) if path.name != WEIGHTS_FILE):
        level = load_level(path.read_text(encoding="utf-8"), path.name)
        if level.pack not in packs:
            raise ContentError(path.name, 0, level.pack, "one of " + ", ".join(packs))
        pack = packs[level.pack]
        # What cannot be played is said now; in a room it would end the game of those who play there.
        for problem in (*pack_problems(pack, f"{pack.name}.toml"), *problems(level, pack, path.name)):
            raise problem
        cases[level.name] = Case(level, pack)
    return cases


def _toml(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.toml"))
