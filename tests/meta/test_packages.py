"""What the import contracts and the wheel need to see everything: packages that are packages."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.mark.parametrize("top", ["game", "lab", "server"])
def test_every_folder_of_modules_is_a_package(top: str, root: Path) -> None:
    folders = {path.parent for path in (root / top).rglob("*.py")}
    # import-linter does not see a module in a folder that is no package, and so would let it import anything.
    assert sorted(str(folder.relative_to(root)) for folder in folders if not (folder / "__init__.py").exists()) == []
