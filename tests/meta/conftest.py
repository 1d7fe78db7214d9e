"""The tracked files, as the tests about the repository read them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

# What a machine wrote, or holds other people's words.
_NOT_OURS = ("assets/licences/", "requirements/", "package-lock.json")


@pytest.fixture(scope="session")
def our_texts(root: Path) -> Mapping[str, str]:
    """Each text file of the repository that people write, by its path from the top."""
    texts = {}
    for path in _listed_by_git(root) or _found(root):
        if path.startswith(_NOT_OURS) or not (root / path).is_file():
            continue
        content = (root / path).read_bytes()
        if b"\0" not in content:
            texts[path] = content.decode()
    return texts


def _listed_by_git(root: Path) -> list[str]:
    """What git tracks or would; nothing where git, or its folder, is missing."""
    if shutil.which("git") is None:
        return []
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    return [path for path in listed.stdout.split("\0") if path]


def _found(root: Path) -> list[str]:
    """All files but those that were built here."""
    built = {".git", ".venv", ".hypothesis", "node_modules", "build", "dist", "data", "__pycache__"}
    found = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
    return [str(path) for path in found if not built.intersection(path.parts) and not path.parts[0].endswith("_cache")]
