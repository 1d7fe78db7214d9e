"""The format of levels and packs as JSON schemas (draft 2020-12), told by the readers themselves.

A reader is handed a table that answers every question with something that passes, and writes down what was asked. What
the readers accept and what the schemas say is therefore one thing.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from game.content.level import FORMS, read_level
from game.content.pack import read_pack
from game.content.table import TWIN, Table
from game.log import Plain
from game.stations import STATION_WORDS, Station

Schema = dict[str, object]
KINDS: Final = ("level", "pack")
DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
ANY_NAME: Final = "*"
"""The one key of a table whose keys are names that an author chooses."""

_WORD: Final[Schema] = {"type": "string"}
_PLAIN: Final[Schema] = {"type": ["integer", "string"]}


def schema_text(kind: str) -> str:
    """The schema of one of KINDS of files, as the text of its own file. KeyError for another kind."""
    title, asked = {"level": ("A level", _level), "pack": ("A guideline pack", _pack)}[kind]
    return json.dumps({"$schema": DRAFT, "title": title, **asked().schema()}, indent=1) + "\n"


def _level() -> Asked:
    asked = Asked(twins=True)
    read_level(asked, "", FORMS[0])
    return asked


def _pack() -> Asked:
    asked = Asked(twins=False)
    read_pack(asked, "")
    return asked


class Asked(Table):
    """A table that passes every check and remembers what was asked of it."""

    def __init__(self, *, twins: bool) -> None:
        """With `twins`, each key may also be written for form B."""
        super().__init__({}, "", "")
        self._twins = twins
        self._rows: dict[str, Schema] = {}
        self._children: dict[str, Asked] = {}
        self._lists: set[str] = set()
        self._needed: list[str] = []
        self._optional: set[str] = set()

    def child(self, key: str) -> Asked:
        """The table under `key`."""
        return self._children.setdefault(key, Asked(twins=self._twins))

    def schema(self) -> Schema:
        """What was asked, as a schema of an object."""
        rows = dict(self._rows)
        for key, child in self._children.items():
            inner = child.schema()
            rows[key] = {"type": "array", "items": inner} if key in self._lists else inner
        others = rows.pop(ANY_NAME, False)
        twins = {key + TWIN: row for key, row in rows.items()} if self._twins else {}
        schema: Schema = {"type": "object", "properties": dict(sorted({**rows, **twins}.items()))}
        if needed := [key for key in self._needed if key not in self._optional and key != ANY_NAME]:
            schema["required"] = sorted(set(needed))
        schema["additionalProperties"] = others
        return schema

    def _note(self, key: str, row: Schema, default: object) -> None:
        if default is None:
            self._needed.append(key)
        self._rows[key] = row if default is None else {**row, "default": default}

    def __contains__(self, key: str) -> bool:
        self._optional.add(key)
        return True

    def __iter__(self) -> Iterator[str]:
        return iter((ANY_NAME,))

    def done(self) -> None:
        """Nothing is refused: nothing was there."""

    def text(self, key: str, default: str | None = None) -> str:
        self._note(key, _WORD, default)
        return default or ANY_NAME

    def word(self, key: str, known: Collection[str], default: str | None = None) -> str:
        self._note(key, {"enum": list(known)}, default)
        return default or next(iter(known))

    def flag(self, key: str, default: bool | None = None) -> bool:
        self._note(key, {"type": "boolean"}, default)
        return bool(default)

    def number(self, key: str, low: float, high: float, default: float | None = None) -> float:
        self._note(key, {"type": "number", "minimum": low, "maximum": high}, default)
        return high

    def integer(self, key: str, low: int, high: int, default: int | None = None) -> int:
        self._note(key, {"type": "integer", "minimum": low, "maximum": high}, default)
        return high

    def numbers(self, key: str, low: float, high: float, default: list[float] | None = None) -> tuple[float, ...]:
        self._note(key, _list({"type": "number", "minimum": low, "maximum": high}, at_least=1), None)
        if default is not None:
            self._optional.add(key)
        return (high,)

    def integers(self, key: str, low: int, high: int, default: list[float] | None = None) -> tuple[int, ...]:
        self.numbers(key, low, high, default)
        self._rows[key] = _list({"type": "integer", "minimum": low, "maximum": high}, at_least=1)
        return (high,)

    def one_of(self, key: str, known: Sequence[int]) -> int:
        self._note(key, {"type": "integer"}, None)
        return known[0]

    def band(self, key: str, low: float, high: float) -> tuple[float, float]:
        pair = _list({"type": "number", "minimum": low, "maximum": high}, at_least=2)
        self._note(key, {**pair, "maxItems": 2}, None)
        return low, high

    def words(self, key: str, known: Collection[str] = (), default: list[object] | None = None) -> tuple[str, ...]:
        self._note(key, _list({"enum": list(known)} if known else _WORD), default)
        return ()

    def plain(self, key: str, default: list[object] | None = None) -> tuple[Plain, ...]:
        self._note(key, _list(_PLAIN), default)
        return ()

    def acts(self, key: str) -> tuple[tuple[Plain, ...], ...]:
        act = {"type": "array", "prefixItems": [_WORD], "items": _PLAIN, "minItems": 1}
        self._note(key, {"anyOf": [act, _list(act, at_least=1)]}, None)
        return ()

    def station(self, key: str) -> Station:
        self._note(key, {"enum": list(STATION_WORDS)}, None)
        return Station.CHEST

    def table(self, key: str, default: Mapping[str, object] | None = None) -> Table:
        if default is None:
            self._needed.append(key)
        return self.child(key)

    def tables(self, key: str) -> list[Table]:
        self._lists.add(key)
        return [self.child(key)]

    def mapping(self, key: str) -> Mapping[str, object]:
        self._note(key, {"type": "object"}, None)
        return {}

    def settings(self) -> dict[str, int | float | str]:
        self._note(ANY_NAME, {"type": ["number", "string"]}, None)
        return {}


def _list(items: Schema, at_least: int = 0) -> Schema:
    rows: Schema = {"type": "array", "items": items}
    return {**rows, "minItems": at_least} if at_least else rows
