"""A small table of columns: the rows of a cohort, to be counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lab.statistics import Floats

Mask = NDArray[np.bool_]

_FLAGS: Final = {"true": "1", "false": "0", "": "nan"}


class Frame:
    """Rows by column name. A cell left empty is unknown: NaN as a number, "" as a word."""

    def __init__(self, columns: Mapping[str, Sequence[str]]) -> None:
        self._columns = {name: np.asarray(cells, dtype=np.str_) for name, cells in columns.items()}
        self._numbers: dict[str, Floats] = {}

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, object]], names: Iterable[str] = ()) -> Frame:
        """The rows of dictionaries with the same keys; None is unknown. `names`: the columns if there is no row."""
        listed = list(rows)
        columns = tuple(listed[0]) if listed else tuple(names)
        return cls({name: ["" if row[name] is None else str(row[name]) for row in listed] for name in columns})

    def __len__(self) -> int:
        return len(next(iter(self._columns.values()), ()))

    def __contains__(self, name: str) -> bool:
        return name in self._columns

    def __getitem__(self, name: str) -> Floats:
        """A column as numbers; true and false are 1 and 0. KeyError where there is no such column."""
        if name not in self._numbers:
            cells = self._columns[name]
            self._numbers[name] = np.array([float(_FLAGS.get(cell.lower(), cell)) for cell in cells], dtype=np.float64)
        return self._numbers[name]

    def words(self, name: str) -> NDArray[np.str_]:
        """A column as words. KeyError where there is no such column."""
        return self._columns[name]

    def among(self, name: str, *words: str) -> Mask:
        """Which rows have one of `words` in a column."""
        return np.isin(self._columns[name], words)

    def where(self, mask: Mask | NDArray[np.intp]) -> Frame:
        """The rows that `mask` marks, or those of these numbers in this order."""
        return Frame({name: cells[mask].tolist() for name, cells in self._columns.items()})

    def arm(self, name: str) -> Frame:
        """The rows of one arm, in the order of patients."""
        chosen = self.where(self.among("arm", name))
        return chosen.where(np.argsort(chosen["patient"], kind="stable"))
