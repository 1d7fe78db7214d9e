"""The built client; built here if nobody has yet, which needs npm's packages and takes half a minute once."""

from __future__ import annotations

from pathlib import Path

import pytest

from web import build


@pytest.fixture(scope="session")
def site_folder() -> Path:
    """build/web, up to date."""
    assert build.main([]) == 0, "The client cannot be built: run `make build` and read what it says."
    return build.SITE
