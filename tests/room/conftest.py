"""The bundled case for tests of the room."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.content import Level, Pack, load_level, load_pack

LEVELS = Path(__file__).parents[2] / "levels"


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load_pack((LEVELS / "packs" / "aha2025.toml").read_text(), "aha2025.toml")


@pytest.fixture(scope="session")
def level() -> Level:
    return load_level((LEVELS / "S01.toml").read_text(), "S01.toml")
