"""Messages to bytes and bytes to messages: the one place where outside data becomes typed."""

from __future__ import annotations

import typing
from typing import Final, TypeVar

import msgpack

from game.wire import limits
from game.wire.errors import WireError, WireFault
from game.wire.messages import ClientMessage, ServerMessage
from game.wire.schema import pack, parse, unpack

C = TypeVar("C")

_CLIENT: Final[dict[int, type[ClientMessage]]] = {int(cls.TYPE): cls for cls in typing.get_args(ClientMessage)}
_SERVER: Final[dict[int, type[ServerMessage]]] = {int(cls.TYPE): cls for cls in typing.get_args(ServerMessage)}


def encode(message: ClientMessage | ServerMessage) -> bytes:
    """The bytes of a message; raises WireError if it is larger than any receiver takes."""
    data: bytes = msgpack.packb([int(message.TYPE), *pack(message)])
    if len(data) > limits.SERVER_MESSAGE_BYTES:
        raise WireError(WireFault.TOO_LARGE, f"{type(message).__name__} of {len(data)} bytes")
    return data


def decode_client(data: bytes) -> ClientMessage:
    """What a client sent; raises WireError whatever else the bytes are."""
    return _decode(_CLIENT, parse(data, limits.CLIENT_MESSAGE_BYTES))


def decode_server(data: bytes) -> ServerMessage:
    """What the authority sent; raises WireError whatever else the bytes are."""
    return _decode(_SERVER, parse(data, limits.SERVER_MESSAGE_BYTES, bin_len=limits.SERVER_MESSAGE_BYTES))


def _decode(table: dict[int, type[C]], parsed: object) -> C:
    if not isinstance(parsed, list) or not parsed:
        raise WireError(WireFault.WRONG_TYPE, "message: expected a list that is not empty")
    number, *fields = parsed
    cls = table.get(number) if type(number) is int else None
    if cls is None:
        raise WireError(WireFault.UNKNOWN_TYPE, "message: its first item is no known type")
    return unpack(cls, fields)
