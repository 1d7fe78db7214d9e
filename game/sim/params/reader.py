"""The patient's numbers as rows of TOML, and typed groups made of them.

Every row of `<group>.toml` holds `value`, `lo`, `hi`, `unit` and `source`. A row in a table is named by table and key
("beating_aorta_ml_per_mmhg"); names are unique over all files, so that a level can override any of them by name.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


class CaseError(ValueError):
    """A patient cannot be made as asked: parameter `name` was given `value` where `expected` was wanted."""

    def __init__(self, name: str, value: object, expected: str) -> None:
        super().__init__(f"patient parameter {name} = {value!r}: expected {expected}")
        self.name = name
        self.value = value
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Row:
    """One number with the range a level may choose from, its unit and where it comes from."""

    name: str
    value: float
    lo: float
    hi: float
    unit: str
    source: str


_CELLS: Final = frozenset(field.name for field in fields(Row)) - {"name"}


def named(*names: str) -> dict[str, tuple[str, ...]]:
    """Metadata of a field `tuple[Kind, ...]`: its items are read from the tables of these names, in this order."""
    return {"names": names}


def borrowed(group: str) -> dict[str, str]:
    """Metadata of a field whose row stands in the file of another group: one number that both laws go by."""
    return {"group": group}


def borrowed_by(kind: type) -> Mapping[str, str]:
    """The fields of a group that are rows of other groups, each with the name of that group."""
    return {field.name: field.metadata["group"] for field in fields(kind) if "group" in field.metadata}


@cache
def text_of(name: str) -> str:
    """The TOML text of one group."""
    return files("game.sim.params").joinpath(f"{name}.toml").read_text(encoding="utf-8")


@cache
def rows_of(name: str) -> Mapping[str, Row]:
    """The rows of one group by name. ValueError if one is malformed, unsourced or out of its own range."""
    sources = tomllib.loads(text_of("sources"))
    rows = {}
    for row_name, cells in _flat(tomllib.loads(text_of(name)), ""):
        if not isinstance(cells, dict) or cells.keys() != _CELLS:
            raise ValueError(f"{name}.toml: {row_name} wants {', '.join(sorted(_CELLS))} and nothing else, not {cells}")
        row = Row(name=row_name, **cells)
        if row.source not in sources or not row.lo <= row.value <= row.hi:
            raise ValueError(f"{name}.toml: {row} has no known source or lies out of its range")
        rows[row_name] = row
    return rows


def read_group(kind: type[T], name: str, overrides: Mapping[str, object] | None = None) -> T:
    """The group `kind` with the numbers of `<name>.toml`, those it borrows, and `overrides` by row name.

    A field with a default may have no row: it is neutral then. CaseError for an override that is no number in range;
    ValueError if rows and fields do not match.
    """
    rows = dict(rows_of(name))
    for field_name, owner in borrowed_by(kind).items():
        rows[field_name] = rows_of(owner)[field_name]
    values = {row_name: row.value for row_name, row in rows.items()}
    for row_name, value in (overrides or {}).items():
        values[row_name] = checked(rows[row_name], value)
    group: T
    group, used = _group(kind, values, "")
    if idle := values.keys() - used:
        raise ValueError(f"{name}.toml: no field of {kind.__name__} reads {', '.join(sorted(idle))}")
    return group


def checked(row: Row, value: object) -> float:
    """An override of a row. CaseError if it is no number or out of range."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not row.lo <= value <= row.hi:
        raise CaseError(row.name, value, f"a number from {row.lo:g} to {row.hi:g} ({row.unit})")
    return float(value)


def _flat(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for key, cells in table.items():
        if not isinstance(cells, dict) or "value" in cells:
            yield prefix + key, cells
        else:
            yield from _flat(cells, f"{prefix}{key}_")


@cache
def _plan(kind: Any) -> tuple[tuple[str, Any, tuple[str, ...], bool], ...]:
    """For each field: its name, the group it holds (or None), the names of its items, and whether it has a default."""
    hints = get_type_hints(kind)
    plan = []
    for field in fields(kind):
        hint = hints[field.name]
        inner = get_args(hint)[0] if get_origin(hint) is tuple else hint
        group = inner if is_dataclass(inner) else None
        plan.append((field.name, group, tuple(field.metadata.get("names", ())), field.default is not MISSING))
    return tuple(plan)


def _group(kind: Any, values: Mapping[str, float], prefix: str) -> tuple[Any, set[str]]:
    made: dict[str, Any] = {}
    used: set[str] = set()

    def inner(group: type, prefixes: Iterable[str]) -> tuple[Any, ...]:
        items: list[Any] = []
        for each in prefixes:
            item, read = _group(group, values, each)
            items.append(item)
            used.update(read)
        return tuple(items)

    for name, group, names, neutral in _plan(kind):
        if group is not None and names:
            made[name] = inner(group, [f"{prefix}{item}_" for item in names])
        elif group is not None:
            made[name] = inner(group, [f"{prefix}{name}_"])[0]
        elif names:
            keys = [f"{prefix}{name}_{item}" for item in names]
            made[name] = tuple(values[key] for key in keys)
            used.update(keys)
        elif prefix + name in values:
            made[name] = values[prefix + name]
            used.add(prefix + name)
        elif not neutral:
            raise ValueError(f"{kind.__name__}: no row {prefix + name}")
    return kind(**made), used
