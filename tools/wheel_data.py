"""Tells hatchling what data a wheel carries beside its code; server/resources.py finds it there."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DATA: Final = {"assets": "server/data/assets", "levels": "server/data/levels", "build/web": "server/data/web"}


class WheelData(BuildHookInterface[Any]):
    """Adds the data to a real wheel. An editable install finds it in the checkout, where it need not be built yet."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        if not (Path(self.root) / "build/web").is_dir():
            raise RuntimeError("The client is not built, and a wheel carries it: run `make wheel`, which builds both.")
        build_data["force_include"].update(DATA)
