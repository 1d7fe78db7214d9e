"""The patient's states and numbers as records: the same fields at fixed places in memory, which compiled laws work on.

A dataclass becomes an aligned numpy record: `float` a double, `int` a 64-bit integer, `bool` a byte, a state a record
within the record, a list or tuple a row whose length an example shows. Copies there and back are exact. A `View` reads
and writes a record by the names of the dataclass, in Python's own numbers: monitors need not know the difference.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Final, TypeVar, cast, get_args, get_origin, get_type_hints

import numpy as np
from numpy.typing import NDArray

WORD: Final = 8
"""Bytes of a double, and of an integer."""


T = TypeVar("T")


class LayoutError(TypeError):
    """A state has a field that no record can hold. The message names class and field."""


def hints_of(kind: Any) -> dict[str, Any]:
    """The declared types of a dataclass's fields, worked out once."""
    found = _HINTS.get(kind)
    if found is None:
        found = _HINTS[kind] = get_type_hints(kind)
    return found


_HINTS: Final[dict[Any, dict[str, Any]]] = {}


def record_type(example: Any) -> np.dtype[Any]:
    """The record that holds what `example`, a dataclass, holds. LayoutError for a field without a fixed place.

    All of one class have rows of the same lengths.
    """
    kind = type(example)
    found = _TYPES.get(kind)
    if found is None:
        hints = hints_of(kind)
        columns = [
            (field.name, _column(hints[field.name], getattr(example, field.name), f"{kind.__name__}.{field.name}"))
            for field in fields(kind)
        ]
        found = _TYPES[kind] = np.dtype(columns, align=True)
    return found


_TYPES: Final[dict[type, np.dtype[Any]]] = {}


def _column(kind: Any, value: Any, where: str) -> np.dtype[Any]:
    if kind is bool:
        return np.dtype("?")
    if kind is float:
        return np.dtype("<f8")
    if kind is int:
        return np.dtype("<i8")
    if is_dataclass(kind):
        return record_type(value)
    if get_origin(kind) in {list, tuple} and len(value):
        item = _column(get_args(kind)[0], value[0], where)
        if item.subdtype is None:
            return np.dtype((item, (len(value),)))
    raise LayoutError(f"{where}: a record holds numbers, states and one row of them that is never empty, not {kind}")


def to_record(example: Any) -> NDArray[Any]:
    """One record with the numbers of `example`, as an array of length 1."""
    made = np.zeros(1, record_type(example))
    kind: Any = type(example)
    made[0] = _packer(kind)(example)
    return made


@cache
def _packer(kind: Any) -> Callable[[Any], Any]:
    """What turns a value of type `kind` into the tuples and lists that numpy fills a record from."""
    if is_dataclass(kind):
        hints = hints_of(kind)
        names = [field.name for field in fields(kind)]
        packers = [_packer(hints[name]) for name in names]
        return lambda state: tuple([pack(getattr(state, name)) for pack, name in zip(packers, names, strict=True)])
    if get_origin(kind) in {list, tuple}:
        pack_item = _packer(get_args(kind)[0])
        return lambda items: [pack_item(item) for item in items]
    return kind  # type: ignore[no-any-return]


class View:
    """A record seen as the dataclass it was made from. Its own fields end in _, as none of a state does.

    Numbers read are Python's own; rows are live: what is written to them or to a state within is written to the record.
    """

    __slots__ = ("at_", "bytes_", "doubles_", "integers_", "record_")

    def __init__(self, record: NDArray[Any], memory: tuple[Any, Any, Any], at: int) -> None:
        self.record_ = record
        self.doubles_, self.integers_, self.bytes_ = memory
        self.at_ = at


def view(record: NDArray[Any], kind: type[T]) -> T:
    """The record (an array of length 1) as a `kind`: a `View`, which only looks like one."""
    memory: Any = memoryview(record.view(np.uint8))  # type: ignore[arg-type]
    seen: Any = _view_class(kind, record.dtype)(record, (memory.cast("d"), memory.cast("q"), memory.cast("?")), 0)
    return seen  # type: ignore[no-any-return]


def record_of(state: Any) -> NDArray[Any]:
    """The record that `state` is a view of, or a new one with the numbers of a dataclass."""
    return state.record_ if isinstance(state, View) else to_record(state)


def to_state(seen: T, kind: type[T]) -> T:
    """A dataclass `kind` with what its view shows."""
    return _state(kind, seen)  # type: ignore[no-any-return]


def _state(kind: Any, value: Any) -> Any:
    if is_dataclass(kind):
        hints, make = hints_of(kind), cast("Any", kind)
        return make(*(_state(hints[field.name], getattr(value, field.name)) for field in fields(kind)))
    origin = get_origin(kind)
    if origin in {list, tuple}:
        item = get_args(kind)[0]
        return origin(_state(item, each) for each in value)
    return value


class _States(Sequence[View]):
    """A row of `count` states within a record, each of `width` bytes; `first` shows the one at 0."""

    __slots__ = ("_count", "_first", "_width")

    def __init__(self, first: View, count: int, width: int) -> None:
        self._first, self._count, self._width = first, count, width

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: Any) -> Any:
        return _part(type(self._first), self._first, range(self._count)[index] * self._width)


def _part(kind: type[View], seen: View, offset: int) -> View:
    return kind(seen.record_, (seen.doubles_, seen.integers_, seen.bytes_), seen.at_ + offset)


_VIEWS: Final[dict[tuple[type, np.dtype[Any]], type[View]]] = {}


def _view_class(kind: type, dtype: np.dtype[Any]) -> type[View]:
    found = _VIEWS.get((kind, dtype))
    if found is None:
        places = dtype.fields
        assert places is not None
        hints = hints_of(kind)
        members: dict[str, Any] = {
            name: _property(hints[name], column[0], int(column[1])) for name, column in places.items()
        }
        found = type(f"{kind.__name__}View", (View,), {**members, "__slots__": ()})
        _VIEWS[kind, dtype] = found
    return found


def _property(kind: Any, dtype: np.dtype[Any], offset: int) -> property:
    if dtype.subdtype is not None:
        item, (count, *_) = dtype.subdtype
        return property(_row(get_args(kind)[0], item, offset, count))
    if dtype.fields is not None:
        part = _view_class(kind, dtype)
        return property(lambda seen: _part(part, seen, offset))
    if dtype.kind == "b":
        return property(
            lambda seen: seen.bytes_[seen.at_ + offset],
            lambda seen, value: seen.bytes_.__setitem__(seen.at_ + offset, value),
        )
    place = offset // WORD
    if dtype.kind == "f":
        return property(
            lambda seen: seen.doubles_[seen.at_ // WORD + place],
            lambda seen, value: seen.doubles_.__setitem__(seen.at_ // WORD + place, value),
        )
    return property(
        lambda seen: seen.integers_[seen.at_ // WORD + place],
        lambda seen, value: seen.integers_.__setitem__(seen.at_ // WORD + place, value),
    )


def _row(kind: Any, dtype: np.dtype[Any], offset: int, count: int) -> Callable[[View], Any]:
    if dtype.fields is not None:
        item, width = _view_class(kind, dtype), dtype.itemsize
        return lambda seen: _States(_part(item, seen, offset), count, width)
    if dtype.kind == "b":
        return lambda seen: seen.bytes_[seen.at_ + offset : seen.at_ + offset + count]
    place = offset // WORD
    if dtype.kind == "f":
        return lambda seen: seen.doubles_[seen.at_ // WORD + place : seen.at_ // WORD + place + count]
    return lambda seen: seen.integers_[seen.at_ // WORD + place : seen.at_ // WORD + place + count]
