"""What every test may ask for: where the repository is, where to leave pictures, which browser to drive."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]

# Other work may share the machine, so that the time one example takes says nothing.
settings.register_profile("resus", deadline=None)
settings.register_profile("ci", parent=settings.get_profile("resus"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "resus")


@pytest.fixture(scope="session")
def root() -> Path:
    """The top folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def artefacts(root: Path) -> Path:
    """The folder where tests leave screenshots and logs for people."""
    folder = root / "build" / "artefacts"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def chromium_path(root: Path) -> str:
    """The browser that tests drive."""
    found = subprocess.run([root / "tools" / "find_chromium.sh"], capture_output=True, text=True, check=False)
    assert found.returncode == 0, (
        "No Chromium or Chrome was found: run `make test`, which installs one, or set CHROMIUM."
    )
    return found.stdout.strip()
