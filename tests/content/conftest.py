"""A level and the packs to try the readers on."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def template() -> str:
    """The level that `resus levels new` starts from: small, complete, in two forms."""
    return (ROOT / "server" / "level_template.toml").read_text("utf-8")


@pytest.fixture(scope="session")
def aha() -> str:
    return (ROOT / "levels" / "packs" / "aha2025.toml").read_text("utf-8")


@pytest.fixture(scope="session")
def erc() -> str:
    return (ROOT / "levels" / "packs" / "erc2025.toml").read_text("utf-8")
