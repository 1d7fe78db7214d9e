"""The link inside a process: whole messages in order, and losses like those of a network."""

from __future__ import annotations

from game.net.link import Connection, LocalWire


def test_messages_arrive_whole_and_in_order() -> None:
    wire = LocalWire()
    wire.client.send(b"one")
    wire.client.send(b"two")
    wire.host.send(b"back")
    assert wire.host.receive() == [b"one", b"two"]
    assert wire.client.receive() == [b"back"]
    assert wire.client.receive() == []


def test_a_cut_wire_takes_nothing_and_a_new_joining_is_counted() -> None:
    wire = LocalWire()
    wire.host.send(b"under way")
    wire.cut()
    assert wire.client.connection is Connection.WAITING
    wire.client.send(b"lost")
    wire.join()
    assert (wire.client.connection, wire.client.opened) == (Connection.OPEN, 2)
    assert wire.client.receive() == wire.host.receive() == []


def test_hanging_up_cuts_both_ends() -> None:
    wire = LocalWire()
    wire.client.hang_up(-1)
    assert wire.host.connection is Connection.WAITING
