"""Bytes become a message or one WireError, whatever they are and whichever msgpack reads them."""

from __future__ import annotations

import contextlib
import typing
from collections.abc import Callable, Iterator

import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgpack import fallback

from game.wire import (
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
    Plain,
    RecentEvent,
    Resync,
    RosterSeat,
    ServerMessage,
    Snap,
    Sync,
    Synced,
    Welcome,
    WireError,
    WireFault,
    decode_client,
    decode_server,
    encode,
    limits,
)

whole = st.integers(-limits.INT_MAX, limits.INT_MAX)
text = st.text(max_size=limits.ARG_CHARS)
count = st.integers(0, limits.SEQUENCE_MAX)
number = st.integers(1, limits.SEQUENCE_MAX)
room_ms = st.integers(-limits.ROOM_MS_MAX, limits.ROOM_MS_MAX)
leaf = st.one_of(whole, text, st.none())


def tuples(inner: st.SearchStrategy[Plain], most: int) -> st.SearchStrategy[tuple[Plain, ...]]:
    return st.lists(inner, max_size=most).map(tuple)


plain: st.SearchStrategy[Plain] = st.one_of(leaf, tuples(st.one_of(leaf, tuples(leaf, 3)), 3))
plains = tuples(plain, 4)

client_messages: st.SearchStrategy[ClientMessage] = st.one_of(
    st.builds(Hello, st.integers(0, 65_535), text, count, text),
    st.builds(Cmd, number, st.text(max_size=limits.OP_CHARS), plains),
    st.builds(
        Edges,
        number,
        st.integers(0, limits.KEY_CODE_MAX),
        room_ms,
        st.lists(st.integers(0, limits.EDGE_GAP_MS_MAX), max_size=limits.EDGE_GAPS_MAX).map(tuple),
    ),
    st.builds(Sync, whole),
    st.builds(Beat, st.booleans()),
    st.just(Bye()),
)
roster = st.lists(st.builds(RosterSeat, whole, whole, st.one_of(st.none(), text), whole), max_size=4).map(tuple)
recent = st.lists(st.builds(RecentEvent, whole, text, whole, plains), max_size=3).map(tuple)
full = st.builds(
    Full,
    text,
    roster,
    *(text, text, text),
    st.binary(max_size=500),
    recent,
    *(whole, whole, whole),
    *(text, text),
    st.booleans(),
)
server_messages: st.SearchStrategy[ServerMessage] = st.one_of(
    st.builds(Welcome, whole, whole, whole, whole, whole, text, text, whole),
    st.builds(Snap, whole, whole, whole, st.binary(max_size=500)),
    st.builds(Ev, whole, whole, whole, text, whole, plains),
    st.builds(Ack, whole),
    st.builds(Nak, whole, whole),
    st.builds(Synced, whole, whole, whole),
    st.builds(Resync, full),
    st.builds(Close, st.sampled_from(CloseCode), whole),
)
anything = st.recursive(
    st.one_of(st.none(), st.booleans(), whole, st.floats(), st.text(), st.binary()),
    lambda inner: st.one_of(st.lists(inner, max_size=6), st.dictionaries(st.text(), inner, max_size=3)),
)


@pytest.fixture(autouse=True, params=["extension", "pure Python"], scope="module")
def msgpack_flavour(request: pytest.FixtureRequest) -> Iterator[None]:
    """The browser's Python has no C extension: everything here holds for both."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "pure Python":
            patch.setattr(msgpack, "unpackb", fallback.unpackb)
            patch.setattr(msgpack, "packb", lambda value: fallback.Packer().pack(value))
        yield


@given(client_messages)
def test_a_client_message_comes_back_as_it_was(message: ClientMessage) -> None:
    if isinstance(message, Cmd) and len(encode(message)) > limits.CLIENT_MESSAGE_BYTES:
        return
    assert decode_client(encode(message)) == message


@given(server_messages)
def test_a_server_message_comes_back_as_it_was(message: ServerMessage) -> None:
    assert decode_server(encode(message)) == message


@given(server_messages)
def test_the_second_byte_of_a_server_message_is_its_type(message: ServerMessage) -> None:
    assert encode(message)[1] == message.TYPE


@given(st.binary(max_size=300))
def test_any_bytes_decode_or_raise_the_one_error(data: bytes) -> None:
    for decode in (decode_client, decode_server):
        decodes_or_refuses(decode, data)


@given(st.sampled_from(MessageType), st.lists(anything, max_size=12))
def test_any_fields_behind_a_real_type_decode_or_raise_the_one_error(kind: MessageType, fields: list[object]) -> None:
    data = msgpack.packb([int(kind), *fields])
    for decode in (decode_client, decode_server):
        decodes_or_refuses(decode, data)


@given(st.one_of(client_messages, server_messages), st.data())
def test_a_message_with_a_flipped_byte_decodes_or_raises_the_one_error(
    message: ClientMessage | ServerMessage, data: st.DataObject
) -> None:
    packed = bytearray(encode(message))
    packed[data.draw(st.integers(0, len(packed) - 1))] ^= data.draw(st.integers(1, 255))
    for decode in (decode_client, decode_server):
        decodes_or_refuses(decode, bytes(packed))


def decodes_or_refuses(decode: Callable[[bytes], object], data: bytes) -> None:
    """Anything but a return or a WireError fails the test by itself."""
    with contextlib.suppress(WireError):
        decode(data)


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ([], WireFault.WRONG_TYPE),
        ({"type": 2}, WireFault.WRONG_TYPE),
        ([True], WireFault.UNKNOWN_TYPE),
        (["2"], WireFault.UNKNOWN_TYPE),
        ([[2]], WireFault.UNKNOWN_TYPE),
        ([99], WireFault.UNKNOWN_TYPE),
        ([MessageType.WELCOME], WireFault.UNKNOWN_TYPE),
        ([MessageType.CMD, 1, "charge"], WireFault.WRONG_LENGTH),
        ([MessageType.CMD, 1, "charge", [], 0], WireFault.WRONG_LENGTH),
        ([MessageType.CMD, 0, "charge", []], WireFault.OUT_OF_RANGE),
        ([MessageType.CMD, 2**40, "charge", []], WireFault.OUT_OF_RANGE),
        ([MessageType.CMD, True, "charge", []], WireFault.WRONG_TYPE),
        ([MessageType.CMD, 1, None, []], WireFault.WRONG_TYPE),
        ([MessageType.CMD, 1, "x" * 41, []], WireFault.TOO_LONG),
        ([MessageType.CMD, 1, "charge", [1.5]], WireFault.WRONG_TYPE),
        ([MessageType.CMD, 1, "charge", [2**60]], WireFault.OUT_OF_RANGE),
        ([MessageType.CMD, 1, "charge", ["x" * 65]], WireFault.TOO_LONG),
        ([MessageType.CMD, 1, "charge", [0] * 17], WireFault.TOO_LONG),
        ([MessageType.CMD, 1, "charge", [[[[[1]]]]]], WireFault.TOO_DEEP),
        ([MessageType.EDGES, 1, 32, 0], WireFault.OUT_OF_RANGE),
        ([MessageType.EDGES, 1, 1], WireFault.WRONG_LENGTH),
        ([MessageType.EDGES, 1, 1, 0, -1], WireFault.OUT_OF_RANGE),
        ([MessageType.EDGES, 1, 1, 0, *[1] * 64], WireFault.TOO_LONG),
        ([MessageType.BEAT, 1], WireFault.WRONG_TYPE),
        ([MessageType.SYNC, float("nan")], WireFault.WRONG_TYPE),
        ([MessageType.SYNC, msgpack.Timestamp(1, 1)], WireFault.MALFORMED),
    ],
)
def test_a_wrong_message_is_refused_with_its_fault(fields: object, fault: WireFault) -> None:
    with pytest.raises(WireError) as caught:
        decode_client(msgpack.packb(fields))
    assert caught.value.code is fault


def test_a_huge_message_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(WireError, match="too-large"):
        decode_client(bytes(limits.CLIENT_MESSAGE_BYTES + 1))


def test_a_length_that_promises_gigabytes_is_refused() -> None:
    for head in (
        b"\xdd\xff\xff\xff\xff",
        b"\xdb\xff\xff\xff\xff",
        b"\xdf\xff\xff\xff\xff",
        b"\xc9\xff\xff\xff\xff\x01",
    ):
        with pytest.raises(WireError, match="malformed"):
            decode_client(head)


def test_a_thousand_nested_lists_are_refused() -> None:
    with pytest.raises(WireError):
        decode_client(b"\x91" * (limits.CLIENT_MESSAGE_BYTES - 1) + b"\x00")


def test_an_event_too_large_to_be_taken_is_not_sent() -> None:
    with pytest.raises(WireError, match="too-large"):
        encode(Ev(1, 1, 0, "result", -1, ("x" * (limits.SERVER_MESSAGE_BYTES + 1),)))


def test_edges_travel_as_gaps_and_are_read_as_stamps() -> None:
    message = Edges.of(7, 1, True, (12_000, 12_150, 12_700))
    assert msgpack.unpackb(encode(message)) == [3, 7, 3, 12_000, 150, 550]
    back = decode_client(encode(message))
    assert isinstance(back, Edges)
    assert (back.key, back.first_is_down, back.stamps_ms) == (1, True, (12_000, 12_150, 12_700))


def test_every_message_type_has_its_own_number() -> None:
    classes = [*typing.get_args(ClientMessage), *typing.get_args(ServerMessage)]
    assert sorted(cls.TYPE for cls in classes) == sorted(MessageType)


def test_every_limit_says_its_unit_and_its_policy() -> None:
    assert len(limits.LIMITS) > 10
    assert all(limit.unit and limit.policy for limit in limits.LIMITS.values())
