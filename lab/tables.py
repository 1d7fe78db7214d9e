"""Files that appear whole or not at all."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from lab.rows import Row
from lab.run import LabError


def check_targets(paths: Sequence[Path]) -> None:
    """LabError if one of these files cannot be written, or if two are one: asked before the work, not after it."""
    for n, path in enumerate(paths):
        if path.is_dir():
            raise LabError(f"{path} is a folder: name a file")
        if not path.parent.is_dir():
            raise LabError(f"{path}: there is no folder {path.parent}")
        if not os.access(path.parent, os.W_OK):
            raise LabError(f"{path}: nothing can be written into {path.parent}")
        if path.resolve() in {each.resolve() for each in paths[:n]}:
            raise LabError(f"{path} was named twice: each table needs a file of its own")


class TableFile:
    """Rows written one by one to a file beside `path`, which takes its place when all went well."""

    def __init__(self, path: Path, columns: tuple[str, ...]) -> None:
        """Raises OSError when the file cannot be written."""
        self._path, self._draft = path, path.with_name(f".{path.name}.{os.getpid()}")
        self._file = self._draft.open("w", encoding="utf-8", newline="")
        self._writer = csv.DictWriter(self._file, columns)
        self._writer.writeheader()

    def add(self, rows: Iterable[Row]) -> None:
        """Rows with exactly the table's columns; None becomes an empty cell."""
        self._writer.writerows(rows)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            self._file.close()
            if kind is None:
                self._draft.replace(self._path)
        finally:
            self._draft.unlink(missing_ok=True)
