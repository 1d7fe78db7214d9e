"""Where the data that ships with the program lies: beside the code in a checkout, inside the package when installed."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Final

_CHECKOUT: Final = Path(__file__).resolve().parents[1]
_IN_CHECKOUT: Final = (_CHECKOUT / "pyproject.toml").is_file()


def levels_dir() -> Path:
    """The folder of the bundled levels, with the guideline packs in `packs/`."""
    return _folder("levels", "levels")


def site_dir() -> Path:
    """The folder of the built client; it may not exist yet in a checkout (`make build` makes it)."""
    return _folder("build/web", "web")


def words_dir() -> Path:
    """The folder of the words that players read, in English."""
    return _folder("assets/words/en", "assets/words/en")


def _folder(in_checkout: str, in_package: str) -> Path:
    return _CHECKOUT / in_checkout if _IN_CHECKOUT else Path(str(files("server") / "data" / in_package))
