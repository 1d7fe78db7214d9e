"""The bots' own data files, shipped with the code and read once."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any


def read(name: str) -> dict[str, Any]:
    """The file `params/<name>.toml` as TOML gives it."""
    return tomllib.loads(files("game.bots").joinpath(f"params/{name}.toml").read_text(encoding="utf-8"))
