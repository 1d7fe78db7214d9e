"""A TOML text being read: every value is checked where it stands, and what is wrong is said with file and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from game.log import Plain
from game.stations import STATION_WORDS, Station

_HEADER: Final = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY: Final = re.compile(r"^\s*([A-Za-z0-9_.\-\"']+)\s*=")


class ContentError(ValueError):
    """A file of content that cannot be used. `line` is 1-based, 0 where no single line is to blame."""

    def __init__(self, file: str, line: int, value: object, expected: str) -> None:
        super().__init__(f"{file}:{line}: found {value!r}, expected {expected}")
        self.file = file
        self.line = line
        self.value = value
        self.expected = expected


def line_of(text: str, path: tuple[str | int, ...]) -> int:
    """The line where `path` stands in a TOML text, or that of its nearest parent, or 0."""
    best, best_length = 0, 0
    prefix: tuple[str | int, ...] = ()
    counts: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            name = header[2].replace('"', "")
            prefix = tuple(name.split("."))
            if header[1] == "[[":
                counts[name] = counts.get(name, -1) + 1
                prefix = (*prefix, counts[name])
            here = prefix
        elif key := _KEY.match(line):
            here = (*prefix, *key[1].replace('"', "").split("."))
        else:
            continue
        if len(here) > best_length and path[: len(here)] == here:
            best, best_length = number, len(here)
    return best


TWIN: Final = "_b"
"""What ends the name of a key that holds only in form B of a file, beside or instead of the plain key."""


class Table:
    """A TOML table being read: each getter checks one key; `done` refuses the keys nobody asked for.

    With a `form`, a key may have a twin that ends in `_b` and takes its place in form B.
    """

    def __init__(
        self, data: Mapping[str, object], text: str, file: str, path: tuple[str | int, ...] = (), form: str = ""
    ) -> None:
        self._data = data
        self._text = text
        self._file = file
        self._path = path
        self._form = form
        self._asked: set[str] = set()

    def error(self, key: str, value: object, expected: str) -> ContentError:
        line = line_of(self._text, (*self._path, self._spelled(key)))
        return ContentError(self._file, line, value, f"{key}: {expected}")

    def _spelled(self, key: str) -> str:
        """The key as it stands in the file: its twin where this form has one."""
        return key + TWIN if self._form == "B" and key + TWIN in self._data else key

    def _get(self, key: str, default: object) -> object:
        self._asked.add(key)
        spelled = self._spelled(key)
        if spelled in self._data:
            return self._data[spelled]
        if default is None:
            raise ContentError(self._file, line_of(self._text, self._path), "nothing", f"a value for {key!r}")
        return default

    def __contains__(self, key: str) -> bool:
        return self._spelled(key) in self._data

    def raw(self, key: str) -> object:
        """What stands under the key, for a reader that checks it itself."""
        return self._get(key, None)

    def text(self, key: str, default: str | None = None) -> str:
        value = self._get(key, default)
        if not isinstance(value, str):
            raise self.error(key, value, "words in quotes")
        return value

    def flag(self, key: str, default: bool | None = None) -> bool:
        value = self._get(key, default)
        if not isinstance(value, bool):
            raise self.error(key, value, "true or false")
        return value

    def number(self, key: str, low: float, high: float, default: float | None = None) -> float:
        value = self._get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise self.error(key, value, f"a number from {low:g} to {high:g}")
        return value

    def integer(self, key: str, low: int, high: int, default: int | None = None) -> int:
        value = self._get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise self.error(key, value, f"a whole number from {low} to {high}")
        return value

    def milliseconds(self, key: str, low_s: float, high_s: float, default_s: float | None = None) -> int:
        return round(self.number(key, low_s, high_s, default_s) * 1000)

    def numbers(self, key: str, low: float, high: float, default: list[float] | None = None) -> tuple[float, ...]:
        if default is not None and key not in self:
            self._asked.add(key)
            return tuple(default)
        value = self._get(key, None)
        fits = isinstance(value, list) and all(
            isinstance(item, int | float) and not isinstance(item, bool) and low <= item <= high for item in value
        )
        if not isinstance(value, list) or not fits or not value:
            raise self.error(key, value, f"a list of numbers from {low:g} to {high:g}")
        return tuple(value)

    def integers(self, key: str, low: int, high: int, default: list[float] | None = None) -> tuple[int, ...]:
        values = self.numbers(key, low, high, default)
        if any(value != int(value) for value in values):
            raise self.error(key, list(values), "whole numbers")
        return tuple(int(value) for value in values)

    def one_of(self, key: str, known: Sequence[int]) -> int:
        """One whole number among `known`."""
        value = self._get(key, None)
        if isinstance(value, bool) or not isinstance(value, int) or value not in known:
            raise self.error(key, value, "one of " + ", ".join(map(str, known)))
        return value

    def band(self, key: str, low: float, high: float) -> tuple[float, float]:
        values = self.numbers(key, low, high)
        if len(values) != 2 or values[0] >= values[1]:
            raise self.error(key, list(values), "two numbers, the lower first")
        return values[0], values[1]

    def words(self, key: str, known: Collection[str] = (), default: list[object] | None = None) -> tuple[str, ...]:
        """A list of words, each among `known` unless that is empty."""
        value = self._get(key, default)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(key, value, "a list of words in quotes")
        for word in value:
            if known and word not in known:
                raise self.error(key, word, "words among " + ", ".join(known))
        return tuple(value)

    def word(self, key: str, known: Collection[str], default: str | None = None) -> str:
        """One word among `known`."""
        value = self.text(key, default)
        if value not in known:
            raise self.error(key, value, "one of " + ", ".join(known))
        return value

    def plain(self, key: str, default: list[object] | None = None) -> tuple[Plain, ...]:
        value = self._get(key, default)
        if not isinstance(value, list) or not all(isinstance(item, int | str) for item in value):
            raise self.error(key, value, "a list of whole numbers and words")
        return tuple(value)

    def acts(self, key: str) -> tuple[tuple[Plain, ...], ...]:
        """Acts of which any one will do: a list of words for one, a list of such lists for several."""
        value = self._get(key, None)
        rows = value if isinstance(value, list) and value and all(isinstance(row, list) for row in value) else [value]
        acts: list[tuple[Plain, ...]] = []
        for row in rows:
            if not isinstance(row, list) or not row or not isinstance(row[0], str):
                raise self.error(key, value, 'an act such as ["give", "epinephrine"], or a list of such acts')
            if not all(isinstance(item, int | str) and not isinstance(item, bool) for item in row):
                raise self.error(key, value, "acts of words and whole numbers")
            acts.append(tuple(row))
        return tuple(acts)

    def station(self, key: str) -> Station:
        word = self.text(key)
        if word not in STATION_WORDS:
            raise self.error(key, word, "one of " + ", ".join(STATION_WORDS))
        return STATION_WORDS[word]

    def table(self, key: str, default: Mapping[str, object] | None = None) -> Table:
        value = self._get(key, default)
        if not isinstance(value, dict):
            raise self.error(key, value, f"a table [{key}]")
        return Table(value, self._text, self._file, (*self._path, self._spelled(key)), self._form)

    def mapping(self, key: str) -> Mapping[str, object]:
        """A table as it stands, for a reader that checks it itself."""
        value = self._get(key, None)
        if not isinstance(value, dict):
            raise self.error(key, value, f"a table [{key}]")
        return value

    def tables(self, key: str) -> list[Table]:
        value = self._get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.error(key, value, f"tables [[{key}]]")
        path = (*self._path, self._spelled(key))
        return [Table(item, self._text, self._file, (*path, n), self._form) for n, item in enumerate(value)]

    def __iter__(self) -> Iterator[str]:
        """The keys that hold in this form, without the ending of twins."""
        plain = [key for key in self._data if not self._is_twin(key)]
        new = [key.removesuffix(TWIN) for key in self._data if self._is_twin(key)] if self._form == "B" else []
        return iter(dict.fromkeys([*plain, *new]))

    def _is_twin(self, key: str) -> bool:
        return bool(self._form) and key.endswith(TWIN)

    def settings(self) -> dict[str, int | float | str]:
        """Every key of this table as a number or a word, for the patient's parameter overrides."""
        found: dict[str, int | float | str] = {}
        for key in self:
            value = self._get(key, None)
            if isinstance(value, bool) or not isinstance(value, int | float | str):
                raise self.error(key, value, "a number or a word")
            found[key] = value
        return found

    def done(self) -> None:
        """Refuse every key nobody asked for; a twin is known where its plain key is."""
        for key in self._data:
            if (key.removesuffix(TWIN) if self._is_twin(key) else key) not in self._asked:
                raise ContentError(
                    self._file,
                    line_of(self._text, (*self._path, key)),
                    key,
                    "a known key: " + ", ".join(sorted(self._asked)),
                )


def read_toml(text: str, file: str, form: str = "") -> Table:
    """The root table of a TOML text; raises ContentError with the line where it is not TOML."""
    try:
        return Table(tomllib.loads(text), text, file, (), form)
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"line (\d+)", str(error))
        raise ContentError(file, int(where[1]) if where else 0, str(error), "a TOML file") from None
