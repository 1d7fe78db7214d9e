"""Dataclass states to plain nested lists and back, exactly: for keyframes and for the hash of the state.

The declared type of a field decides how it is written: a `float` field is a double whatever Python number stands in it.
How to write and read a type is worked out once.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from operator import attrgetter
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

Plain = int | float | str | list["Plain"]

T = TypeVar("T")


def to_plain(value: object, kind: Any = None) -> Plain:
    """Numbers and words as they are, lists item by item, a dataclass as its name followed by its fields.

    `kind` is the type to write it as; what only looks like that type, field by field, is written alike. TypeError for
    a value or type that has no plain form.
    """
    write = _writer(kind or type(value))  # type: ignore[arg-type]
    plain: Plain = write(value)
    return plain


def from_plain(kind: type[T], plain: object) -> T:
    """The value of type `kind` that `to_plain` wrote. ValueError if `plain` does not fit."""
    read = _reader(kind)  # type: ignore[arg-type]
    made: T = read(plain)
    return made


def digest(plain: Plain) -> str:
    """16 hex digits over the exact doubles, integers and words of a plain value."""
    shape: list[str] = ["<"]
    values: list[object] = []
    _flatten(plain, shape, values)
    return hashlib.sha256(struct.pack("".join(shape), *values)).hexdigest()[:16]


def _flatten(plain: Plain, shape: list[str], values: list[object]) -> None:
    if isinstance(plain, list):
        shape.append("cI")
        values += (b"l", len(plain))
        for item in plain:
            if isinstance(item, float):
                shape.append("cd")
                values += (b"f", item)
            else:
                _flatten(item, shape, values)
    elif isinstance(plain, float):
        shape.append("cd")
        values += (b"f", plain)
    elif isinstance(plain, int):
        shape.append("cq")
        values += (b"i", plain)
    else:
        text = plain.encode()
        shape.append(f"cI{len(text)}s")
        values += (b"s", len(text), text)


@cache
def _writer(kind: Any) -> Callable[[Any], Any]:
    if kind is bool:
        return int
    if kind in {float, int, str}:
        return kind  # type: ignore[no-any-return]
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return str
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass_writer(kind)
    if get_origin(kind) is list:
        write = _writer(get_args(kind)[0])
        return lambda items: [write(item) for item in items]
    if isinstance(kind, UnionType):
        return to_plain
    raise TypeError(f"a {kind} has no plain form")


def _dataclass_writer(kind: type) -> Callable[[Any], Any]:
    hints, names, title = get_type_hints(kind), [field.name for field in fields(kind)], kind.__name__
    if len(names) == 1:
        return lambda value: [title, _writer(hints[names[0]])(getattr(value, names[0]))]
    read, writers = attrgetter(*names), [_writer(hints[name]) for name in names]
    return lambda value: [title, *[write(item) for write, item in zip(writers, read(value), strict=True)]]


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    if kind in {bool, float, int, str} or (isinstance(kind, type) and issubclass(kind, StrEnum)):
        return _number_or_word_reader(kind)
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass_reader(kind)
    if get_origin(kind) is list:
        return _list_reader(kind)
    if isinstance(kind, UnionType):
        return _union_reader(kind)
    raise TypeError(f"a {kind} has no plain form")


def _number_or_word_reader(kind: type) -> Callable[[Any], Any]:
    taken = {bool: int, float: int | float, int: int}.get(kind, str)

    def read(plain: Any) -> Any:
        if isinstance(plain, taken) and not (kind is bool and plain not in {0, 1}):
            return kind(plain)
        raise ValueError(f"{plain!r} is no {kind.__name__}")

    return read


def _dataclass_reader(kind: type) -> Callable[[Any], Any]:
    hints, title = get_type_hints(kind), kind.__name__
    readers = [_reader(hints[field.name]) for field in fields(kind)]

    def read(plain: Any) -> Any:
        if not isinstance(plain, list | tuple) or len(plain) != len(readers) + 1 or plain[0] != title:
            raise ValueError(f"{plain!r:.80} is no {title}")
        return kind(*[read_item(item) for read_item, item in zip(readers, plain[1:], strict=True)])

    return read


def _list_reader(kind: Any) -> Callable[[Any], Any]:
    read_item = _reader(get_args(kind)[0])

    def read(plain: Any) -> Any:
        if not isinstance(plain, list | tuple):
            raise ValueError(f"{plain!r:.80} is no {kind}")
        return [read_item(item) for item in plain]

    return read


def _union_reader(kind: Any) -> Callable[[Any], Any]:
    readers = {choice.__name__: _reader(choice) for choice in get_args(kind)}

    def read(plain: Any) -> Any:
        if not isinstance(plain, list | tuple) or not plain or plain[0] not in readers:
            raise ValueError(f"{plain!r:.80} is no {kind}")
        return readers[plain[0]](plain)

    return read
