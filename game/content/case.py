"""A level and the pack it is played by, brought together: the form by the name, the level's overrides in the pack."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Final

from game.content.level import FORMS, Level, load_level
from game.content.pack import Pack, load_pack, read_pack
from game.content.table import ContentError, Table

EVERY_PACK: Final = "any"


def level_file(name: str) -> tuple[str, str]:
    """The file's stem and the form behind the name of a level: S03B is form B of S03."""
    form = name[-1:]
    return (name[:-1], form) if form in FORMS[1:] else (name, FORMS[0])


def case_of(level_text: str, pack_text: str, name: str) -> tuple[Level, Pack]:
    """The level called `name` and the pack as it is played there, from the texts a log carries. Raises ContentError."""
    stem, form = level_file(name)
    level = load_level(level_text, f"{stem}.toml", form)
    return level, played_by(level, load_pack(pack_text, "the pack"), f"{stem}.toml")


def played_by(level: Level, pack: Pack, file: str) -> Pack:
    """The pack with the level's overrides laid over it. ContentError names the level's line that does not fit."""
    data: dict[str, object] = tomllib.loads(pack.text)
    for name in (EVERY_PACK, pack.name):
        if name not in level.overrides:
            continue
        data = _laid_over(data, level.overrides[name])
        try:
            # The pack alone can be read: what is wrong now stands in the level.
            pack = read_pack(Table(data, level.text, file, ("override", name)), pack.text)
        except ContentError as error:
            wish = f"an override that fits {pack.name}: {error.expected}"
            raise ContentError(file, error.line, error.value, wish) from None
    return pack


def _laid_over(data: Mapping[str, object], changes: Mapping[str, object]) -> dict[str, object]:
    merged = dict(data)
    for key, value in changes.items():
        old = merged.get(key)
        merged[key] = _laid_over(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged
