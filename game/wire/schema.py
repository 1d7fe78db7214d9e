"""Dataclasses as positional lists, and back with every type and bound checked.

A dataclass `Vitals(rate: int, rhythm: str)` packs to `[rate, rhythm]`: no names on the wire. Packers and readers are
made once for a class from its annotations and kept. Fields may be int, float, str, bytes, bool, None, enums, tuples,
lists, dicts, other dataclasses, `Plain`, and unions that the type of a value tells apart; `Annotated[..., Bounds(...)]`
narrows a field and all inside it, and a last field marked `SPREAD` takes the rest of the list.
"""

from __future__ import annotations

import dataclasses
import functools
import math
import types
import typing
from collections.abc import Callable
from enum import Enum
from operator import attrgetter
from typing import Annotated, Final, ForwardRef, NoReturn, TypeVar

import msgpack

from game.wire import limits
from game.wire.errors import WireError, WireFault

Plain = int | str | None | tuple["Plain", ...]
"""What an argument may be: whole numbers, text, nothing, and (nested) tuples of them."""

T = TypeVar("T")
Reader = Callable[[object, str], object]
Packer = Callable[[typing.Any], object]


@dataclasses.dataclass(frozen=True, slots=True)
class Bounds:
    """How large a value may be: numbers from `low` to `high`, text and lists up to a length, `Plain` to a depth."""

    low: int = -limits.INT_MAX
    high: int = limits.INT_MAX
    chars: int = limits.TEXT_CHARS
    items: int = limits.LIST_ITEMS
    depth: int = limits.NESTING_DEPTH


SPREAD: Final = "spread"
"""Mark of a dataclass's last field, a tuple, whose items stand in the list themselves."""


def pack(value: object) -> list[object]:
    """The positional list of a dataclass, fit for msgpack. Does not check values: the reader does."""
    cls: type = type(value)
    return _pack_fields(cls)(value)


def unpack(cls: type[T], data: object) -> T:
    """The dataclass `cls` from a positional list; raises WireError if anything in it is not as `cls` says."""
    kind: type = cls
    value = _read_fields(kind)(data, cls.__name__)
    assert isinstance(value, cls)
    return value


def pack_bytes(value: object) -> bytes:
    """A dataclass as msgpack bytes."""
    data: bytes = msgpack.packb(pack(value))
    return data


def unpack_bytes(cls: type[T], data: bytes) -> T:
    """The dataclass `cls` from msgpack bytes; raises WireError."""
    return unpack(cls, parse(data, limits.SERVER_MESSAGE_BYTES, bin_len=limits.SERVER_MESSAGE_BYTES))


def pack_plain(values: tuple[Plain, ...]) -> bytes:
    """Plain values (the arguments of a log entry, say) as msgpack bytes."""
    data: bytes = msgpack.packb(values)
    return data


def unpack_plain(data: bytes) -> tuple[Plain, ...]:
    """Plain values from `pack_plain`; raises WireError."""
    values = _PLAIN_TUPLE(parse(data, limits.SERVER_MESSAGE_BYTES), "values")
    assert isinstance(values, tuple)
    return values


def parse(data: bytes, max_bytes: int, *, bin_len: int = 0) -> object:
    """Plain Python values from msgpack bytes of at most `max_bytes`; raises WireError."""
    if len(data) > max_bytes:
        raise WireError(WireFault.TOO_LARGE, f"{len(data)} bytes; at most {int(max_bytes)}")
    try:
        return msgpack.unpackb(data, max_bin_len=bin_len, max_ext_len=0, max_array_len=int(limits.LIST_ITEMS))
    except Exception as error:  # noqa: BLE001  whatever a parser does with hostile bytes, one error leaves this module
        raise WireError(WireFault.MALFORMED, f"not msgpack of this protocol ({type(error).__name__})") from None


def _fail(code: WireFault, where: str, expected: str) -> NoReturn:
    raise WireError(code, f"{where}: expected {expected}")


@dataclasses.dataclass(frozen=True, slots=True)
class _Field:
    name: str
    hint: object
    spread: bool


@functools.cache
def _fields(cls: type) -> tuple[_Field, ...]:
    if not dataclasses.is_dataclass(cls):
        raise TypeError(f"{cls.__name__} is not a dataclass")
    hints = typing.get_type_hints(cls, include_extras=True)
    fields = [
        _Field(field.name, hints[field.name], SPREAD in getattr(hints[field.name], "__metadata__", ()))
        for field in dataclasses.fields(cls)
    ]
    if any(field.spread for field in fields[:-1]):
        raise TypeError(f"{cls.__name__}: only the last field can be spread")
    return tuple(fields)


@functools.cache
def _pack_fields(cls: type) -> Callable[[object], list[object]]:
    """A packer for one dataclass: fields that msgpack takes as they are cost nothing but one attrgetter."""
    fields = _fields(cls)
    names = [field.name for field in fields]
    changes = [(at, packer) for at, field in enumerate(fields) if (packer := _packer(field.hint)) is not None]
    spread = bool(fields) and fields[-1].spread
    # attrgetter gives a tuple only from two names on; the class stands in as one more, cut off again below.
    get = attrgetter(*names, "__class__", "__class__")

    def pack_fields(value: object) -> list[object]:
        row = list(get(value)[:-2])
        for at, change in changes:
            row[at] = change(row[at])
        if spread:
            row.extend(row.pop())
        return row

    return pack_fields


def _packer(hint: object) -> Packer | None:
    """How a value of this type becomes something msgpack knows; None if it already is."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is Annotated:
        return _packer(arguments[0])
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return _pack_fields(hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return None if issubclass(hint, int | str) else attrgetter("value")
    if origin in (typing.Union, types.UnionType):
        return _union_packer(arguments)
    if origin in (tuple, list):
        return _sequence_packer(arguments)
    if origin is dict and (inner := _packer(arguments[1])) is not None:
        return _dict_packer(inner)
    return None


def _dict_packer(inner: Packer) -> Packer:
    return lambda value: {key: inner(item) for key, item in value.items()}


def _union_packer(options: tuple[object, ...]) -> Packer | None:
    table = {option: packer for option in options if isinstance(option, type) and (packer := _packer(option))}
    nested = [packer for option in options if typing.get_origin(option) and (packer := _packer(option))]
    if nested:
        raise TypeError(f"{options}: a union holds tuples of plain values only")
    if not table:
        return None
    return lambda value: table[type(value)](value) if type(value) in table else value


def _sequence_packer(arguments: tuple[object, ...]) -> Packer | None:
    if Ellipsis in arguments or len(arguments) == 1:
        inner = _packer(arguments[0])
        return None if inner is None else lambda value: [inner(item) for item in value]
    packers = [_packer(argument) for argument in arguments]
    if not any(packers):
        return None
    return lambda value: [p(item) if p else item for p, item in zip(packers, value, strict=True)]


@functools.cache
def _read_fields(cls: type) -> Reader:
    """A reader for one dataclass: the length first, then each field in its place."""
    fields = _fields(cls)
    count, spread = len(fields), bool(fields) and fields[-1].spread
    readers = [(_reader(field.hint, Bounds()), f"{cls.__name__}.{field.name}") for field in fields]

    def read_fields(data: object, where: str) -> object:
        if not isinstance(data, list):
            _fail(WireFault.WRONG_TYPE, where, "a list")
        row = [*data[: count - 1], data[count - 1 :]] if spread else data
        if len(row) != count:
            _fail(WireFault.WRONG_LENGTH, where, f"{count} items, not {len(data)}")
        return cls(*[reader(item, place) for (reader, place), item in zip(readers, row, strict=True)])

    return read_fields


def _reader(hint: object, bounds: Bounds) -> Reader:
    """How to check a value against this type and these bounds."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is Annotated:
        narrowed = next((mark for mark in arguments[1:] if isinstance(mark, Bounds)), bounds)
        return _reader(arguments[0], narrowed)
    if _is_plain(hint):
        return _plain_reader(bounds)
    if origin in (typing.Union, types.UnionType):
        return _union_reader(arguments, bounds)
    if origin is tuple and Ellipsis not in arguments:
        return _fixed_tuple_reader([_reader(argument, bounds) for argument in arguments])
    if origin in (tuple, list):
        return _sequence_reader(origin, _reader(arguments[0], bounds), bounds)
    if origin is dict:
        return _dict_reader(_reader(arguments[0], bounds), _reader(arguments[1], bounds), bounds)
    if isinstance(hint, type):
        return _class_reader(hint, bounds)
    raise TypeError(f"{hint!r} cannot travel on the wire")


def _is_plain(hint: object) -> bool:
    """True for the alias `Plain`: a union whose tuple holds itself, unrolled once or more by get_type_hints."""
    if isinstance(hint, ForwardRef):
        return hint.__forward_arg__ == "Plain"
    if typing.get_origin(hint) not in (typing.Union, types.UnionType):
        return False
    return any(
        typing.get_origin(option) is tuple and _is_plain(typing.get_args(option)[0]) for option in typing.get_args(hint)
    )


def _class_reader(hint: type, bounds: Bounds) -> Reader:
    if dataclasses.is_dataclass(hint):
        return _read_fields(hint)
    if issubclass(hint, Enum):
        return _enum_reader(hint)
    makers: dict[type, Callable[[Bounds], Reader]] = {
        int: _int_reader,
        str: _str_reader,
        float: _float_reader,
        bytes: _bytes_reader,
        bool: lambda bounds: _exact_reader(bool, "true or false"),
        types.NoneType: lambda bounds: _exact_reader(types.NoneType, "nothing"),
    }
    if hint not in makers:
        raise TypeError(f"{hint!r} cannot travel on the wire")
    return makers[hint](bounds)


def _exact_reader(kind: type, words: str) -> Reader:
    def read(data: object, where: str) -> object:
        if type(data) is not kind:
            _fail(WireFault.WRONG_TYPE, where, words)
        return data

    return read


def _int_reader(bounds: Bounds) -> Reader:
    low, high = int(bounds.low), int(bounds.high)

    def read(data: object, where: str) -> object:
        if type(data) is not int:
            _fail(WireFault.WRONG_TYPE, where, "a whole number")
        if not low <= data <= high:
            _fail(WireFault.OUT_OF_RANGE, where, f"{low} to {high}")
        return data

    return read


def _str_reader(bounds: Bounds) -> Reader:
    chars = int(bounds.chars)

    def read(data: object, where: str) -> object:
        if type(data) is not str:
            _fail(WireFault.WRONG_TYPE, where, "text")
        if len(data) > chars:
            _fail(WireFault.TOO_LONG, where, f"at most {chars} characters")
        return data

    return read


def _float_reader(bounds: Bounds) -> Reader:
    def read(data: object, where: str) -> object:
        if type(data) not in (float, int):
            _fail(WireFault.WRONG_TYPE, where, "a number")
        assert isinstance(data, float | int)
        if not math.isfinite(data) or not bounds.low <= data <= bounds.high:
            _fail(WireFault.OUT_OF_RANGE, where, f"a finite number from {bounds.low:d} to {bounds.high:d}")
        return float(data)

    return read


def _bytes_reader(bounds: Bounds) -> Reader:
    def read(data: object, where: str) -> object:
        # The pure Python unpacker hands out bytearrays.
        if not isinstance(data, bytes | bytearray):
            _fail(WireFault.WRONG_TYPE, where, "bytes")
        return bytes(data)

    return read


def _enum_reader(hint: type[Enum]) -> Reader:
    members = {member.value: member for member in hint}
    kinds = {type(value) for value in members}

    def read(data: object, where: str) -> object:
        if type(data) not in kinds:
            _fail(WireFault.WRONG_TYPE, where, f"a {hint.__name__}")
        if data not in members:
            _fail(WireFault.OUT_OF_RANGE, where, f"a {hint.__name__}")
        return members[data]

    return read


def _union_reader(options: tuple[object, ...], bounds: Bounds) -> Reader:
    table: dict[type, Reader] = {}
    for option in options:
        kind = _travels_as(option)
        if kind in table:
            raise TypeError(f"{options}: two of these look alike on the wire")
        table[kind] = _reader(option, bounds)

    def read(data: object, where: str) -> object:
        reader = table.get(type(data))
        if reader is None:
            _fail(WireFault.WRONG_TYPE, where, " or ".join(sorted(kind.__name__ for kind in table)))
        return reader(data, where)

    return read


def _travels_as(hint: object) -> type:
    """The Python type that msgpack gives back for a value of this type."""
    origin = typing.get_origin(hint)
    if origin is Annotated:
        return _travels_as(typing.get_args(hint)[0])
    if origin in (tuple, list):
        return list
    if origin is dict:
        return dict
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return list
    if isinstance(hint, type) and issubclass(hint, Enum):
        return type(next(iter(hint)).value)
    if isinstance(hint, type):
        return hint
    raise TypeError(f"{hint!r} cannot be told apart in a union")


def _length_checked(data: object, where: str, bounds: Bounds) -> list[object]:
    if not isinstance(data, list):
        _fail(WireFault.WRONG_TYPE, where, "a list")
    if len(data) > bounds.items:
        _fail(WireFault.TOO_LONG, where, f"at most {bounds.items:d} items")
    return data


def _sequence_reader(kind: type, inner: Reader, bounds: Bounds) -> Reader:
    return lambda data, where: kind([inner(item, where) for item in _length_checked(data, where, bounds)])


def _fixed_tuple_reader(inner: list[Reader]) -> Reader:
    def read(data: object, where: str) -> object:
        if not isinstance(data, list):
            _fail(WireFault.WRONG_TYPE, where, "a list")
        if len(data) != len(inner):
            _fail(WireFault.WRONG_LENGTH, where, f"{len(inner)} items")
        return tuple([reader(item, where) for reader, item in zip(inner, data, strict=True)])

    return read


def _dict_reader(key_reader: Reader, value_reader: Reader, bounds: Bounds) -> Reader:
    def read(data: object, where: str) -> object:
        if not isinstance(data, dict):
            _fail(WireFault.WRONG_TYPE, where, "a map")
        if len(data) > bounds.items:
            _fail(WireFault.TOO_LONG, where, f"at most {bounds.items:d} items")
        return {key_reader(key, where): value_reader(value, where) for key, value in data.items()}

    return read


def _plain_reader(bounds: Bounds) -> Reader:
    scalars: dict[type, Reader] = {
        int: _int_reader(bounds),
        str: _str_reader(bounds),
        types.NoneType: _exact_reader(types.NoneType, "nothing"),
    }

    def read(data: object, where: str, left: int = int(bounds.depth)) -> object:
        if type(data) is list:
            if left == 0:
                _fail(WireFault.TOO_DEEP, where, f"at most {bounds.depth:d} lists within lists")
            return tuple([read(item, where, left - 1) for item in _length_checked(data, where, bounds)])
        scalar = scalars.get(type(data))
        if scalar is None:
            _fail(WireFault.WRONG_TYPE, where, "a whole number, text, nothing, or a list of them")
        return scalar(data, where)

    return read


_PLAIN_TUPLE: Final = _sequence_reader(tuple, _plain_reader(Bounds()), Bounds())
