"""What travels between a player and the authority: messages, positional schemas, one codec, one error type. Pure.

The door of the package::

    data = encode(Cmd(seq=7, op="charge", args=(200,)))
    message = decode_client(data)  # raises WireError, and nothing else, whatever the bytes are
"""

from game.wire.codec import decode_client, decode_server, encode
from game.wire.errors import WireError, WireFault
from game.wire.messages import (
    PROTOCOL_VERSION,
    SAME_PATIENT,
    Ack,
    Beat,
    Bye,
    ClientMessage,
    Close,
    CloseCode,
    Cmd,
    Edges,
    Ev,
    Full,
    Hello,
    MessageType,
    Nak,
    RecentEvent,
    Resync,
    RosterSeat,
    ServerMessage,
    Snap,
    Sync,
    Synced,
    TeamEvent,
    Welcome,
)
from game.wire.schema import Bounds, Plain, pack, pack_bytes, pack_plain, unpack, unpack_bytes, unpack_plain

__all__ = [
    "PROTOCOL_VERSION",
    "SAME_PATIENT",
    "Ack",
    "Beat",
    "Bounds",
    "Bye",
    "ClientMessage",
    "Close",
    "CloseCode",
    "Cmd",
    "Edges",
    "Ev",
    "Full",
    "Hello",
    "MessageType",
    "Nak",
    "Plain",
    "RecentEvent",
    "Resync",
    "RosterSeat",
    "ServerMessage",
    "Snap",
    "Sync",
    "Synced",
    "TeamEvent",
    "Welcome",
    "WireError",
    "WireFault",
    "decode_client",
    "decode_server",
    "encode",
    "pack",
    "pack_bytes",
    "pack_plain",
    "unpack",
    "unpack_bytes",
    "unpack_plain",
]
