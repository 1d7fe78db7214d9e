"""What this server can play: levels in both forms, guideline packs, and the weights of the score, read at the start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from game.content import FORMS, ContentError, Level, Pack, load_level, load_pack, played_by
from game.rules.sanity import pack_problems, problems
from game.rules.setup import Setup
from game.scoring.weights import Weights, load_weights

DEFAULT: Final = Setup()

WEIGHTS_FILE: Final = "score.toml"
"""The one file in the folder of levels that is no level."""


@dataclass(frozen=True, slots=True)
class Case:
    """A level, the guideline pack as it is played there, and how the room is set up. `bots` is a skill of CrewBot."""

    level: Level
    pack: Pack
    setup: Setup = DEFAULT
    bots: str = "expert"


@dataclass(frozen=True, slots=True)
class Library:
    """What a server knows to play, by name, and how it scores."""

    levels: Mapping[str, Level]
    packs: Mapping[str, Pack]
    weights: Weights

    def case(self, level: str, pack: str | None = None, setup: Setup = DEFAULT, bots: str = "expert") -> Case:
        """The case of a level by its own pack or another.

        KeyError for a level or pack that is not here, ContentError for two that cannot be played together.
        """
        found = self.levels[level]
        return Case(found, _fitting(found, self.packs[pack or found.pack], f"{found.case}.toml"), setup, bots)


def load_library(folder: Path) -> Library:
    """All levels in a folder with its `packs/` and weights. Raises ContentError or OSError."""
    weights = load_weights((folder / WEIGHTS_FILE).read_text(encoding="utf-8"), WEIGHTS_FILE)
    packs = {path.stem: load_pack(path.read_text(encoding="utf-8"), path.name) for path in _toml(folder / "packs")}
    return Library(_levels(folder, packs), packs, weights)


def _levels(folder: Path, packs: Mapping[str, Pack]) -> dict[str, Level]:
    levels: dict[str, Level] = {}
    for path in (path for path in _toml(folder) if path.name != WEIGHTS_FILE):
        text = path.read_text(encoding="utf-8")
        for level in (load_level(text, path.name, form) for form in FORMS):
            if level.pack not in packs:
                raise ContentError(path.name, 0, level.pack, "one of " + ", ".join(packs))
            _fitting(level, packs[level.pack], path.name)
            levels[level.name] = level
    return levels


def _fitting(level: Level, pack: Pack, file: str) -> Pack:
    """The pack as it is played in a level. What cannot be played is said now: a room would end over it."""
    played = played_by(level, pack, file)
    for problem in (*pack_problems(played, f"{pack.name}.toml"), *problems(level, played, file)):
        raise problem
    return played


def _toml(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.toml"))
