"""The browser's link speaks to the page in numbers, strings and bytes only."""

from __future__ import annotations

from game.net.browser import BrowserLink
from game.net.link import Connection
from game.wire.codec import decode_client, encode
from game.wire.messages import Ack, Beat, Snap


class Bytes(bytes):
    """Stands for a Uint8Array."""

    def to_bytes(self, *_: object, **__: object) -> bytes:
        return bytes(self)


class Page:
    """Stands for the shim."""

    def __init__(self) -> None:
        self.taught: list[object] = []
        self.sent: list[object] = []
        self.inbox: list[Bytes] = []
        self.hung_up: list[int] = []

    def speak(self, snap_head: object, beat_shown: object, beat_hidden: object) -> None:
        self.taught = [snap_head, beat_shown, beat_hidden]

    def connection(self) -> str:
        return "open"

    def opened(self) -> int:
        return 3

    def close_code(self) -> int:
        return 4006

    def send(self, data: object) -> None:
        self.sent.append(data)

    def waiting(self) -> int:
        return len(self.inbox)

    def take(self) -> Bytes:
        return self.inbox.pop(0)

    def hang_up(self, retry_ms: int) -> None:
        self.hung_up.append(retry_ms)


def test_the_page_is_taught_how_every_snapshot_begins_and_nothing_else_does() -> None:
    page = Page()
    BrowserLink(page, bytes)
    head = page.taught[0]
    assert isinstance(head, bytes)
    for n, room_ms, blob in ((1, 50, b"x"), (70_000, 2**40, b"x" * 9_000)):
        assert encode(Snap(n, 3, room_ms, blob)).startswith(head)
    assert not encode(Ack(17)).startswith(head)


def test_the_signs_of_life_are_real_messages() -> None:
    page = Page()
    BrowserLink(page, bytes)
    shown, hidden = page.taught[1:]
    assert isinstance(shown, bytes)
    assert isinstance(hidden, bytes)
    assert decode_client(shown) == Beat(visible=True)
    assert decode_client(hidden) == Beat(visible=False)


def test_messages_pass_both_ways() -> None:
    page = Page()
    link = BrowserLink(page, bytearray)
    page.inbox = [Bytes(b"one"), Bytes(b"two")]
    assert link.receive() == [b"one", b"two"]
    link.send(b"out")
    assert page.sent == [bytearray(b"out")]
    link.hang_up(500)
    assert page.hung_up == [500]
    assert (link.connection, link.opened, link.close_code) == (Connection.OPEN, 3, 4006)
