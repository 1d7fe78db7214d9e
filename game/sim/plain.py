"""Dataclass states to plain nested lists and back, exactly: for keyframes and for the hash of the state."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import StrEnum
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

Plain = int | float | str | list["Plain"]

T = TypeVar("T")


def to_plain(value: object) -> Plain:
    """Numbers and words as they are, lists item by item, a dataclass as its name followed by its fields."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, int | float | str):
        return value
    if isinstance(value, list):
        return [to_plain(item) for item in value]
    if is_dataclass(value):
        return [type(value).__name__, *(to_plain(getattr(value, field.name)) for field in fields(value))]
    raise TypeError(f"{value!r} has no plain form")


def from_plain(kind: type[T], plain: object) -> T:
    """The value of type `kind` that `to_plain` wrote. ValueError if `plain` does not fit."""
    made: T = _made(kind, plain)
    return made


def _made(kind: Any, plain: object) -> Any:
    if is_dataclass(kind) and isinstance(kind, type):
        names = [field.name for field in fields(kind)]
        if not isinstance(plain, list | tuple) or len(plain) != len(names) + 1 or plain[0] != kind.__name__:
            raise ValueError(f"{plain!r} is no {kind.__name__}")
        hints = get_type_hints(kind)
        return kind(**{name: _made(hints[name], item) for name, item in zip(names, plain[1:], strict=True)})
    if get_origin(kind) is list and isinstance(plain, list | tuple):
        (item_kind,) = get_args(kind)
        return [_made(item_kind, item) for item in plain]
    if isinstance(kind, UnionType) and isinstance(plain, list | tuple) and plain:
        for choice in get_args(kind):
            if choice.__name__ == plain[0]:
                return _made(choice, plain)
    if kind is bool and plain in (0, 1):
        return bool(plain)
    if isinstance(kind, type) and issubclass(kind, str | int) and isinstance(plain, str | int):
        return kind(plain)
    if kind is float and isinstance(plain, float | int):
        return float(plain)
    raise ValueError(f"{plain!r} is no {kind}")


def _packed(plain: Plain) -> Iterator[bytes]:
    if isinstance(plain, list):
        yield struct.pack("<cI", b"l", len(plain))
        for item in plain:
            yield from _packed(item)
    elif isinstance(plain, float):
        yield struct.pack("<cd", b"f", plain)
    elif isinstance(plain, int):
        yield struct.pack("<cq", b"i", plain)
    else:
        text = plain.encode()
        yield struct.pack("<cI", b"s", len(text)) + text


def digest(plain: Plain) -> str:
    """16 hex digits over the exact doubles, integers and words of a plain value."""
    return hashlib.sha256(b"".join(_packed(plain))).hexdigest()[:16]
