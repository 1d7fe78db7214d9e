"""Where the client's own files lie: `assets/` beside the `game` package, in the checkout and in the bundle alike."""

from __future__ import annotations

from pathlib import Path
from typing import Final

ASSETS: Final = Path(__file__).resolve().parents[2] / "assets"


def asset(*parts: str) -> Path:
    """The path of a file under assets/."""
    return ASSETS.joinpath(*parts)
