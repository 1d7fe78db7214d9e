"""What people read when the server is up."""

from __future__ import annotations

import pytest

from server import banner, lan
from server.lan import for_others, lan_addresses


def test_a_server_for_all_names_itself_and_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(banner, "lan_addresses", lambda: ["192.168.1.4", "10.0.0.2"])
    where = banner.addresses("0.0.0.0", 8080)
    assert where == ["http://127.0.0.1:8080", "http://192.168.1.4:8080", "http://10.0.0.2:8080"]
    text = banner.banner(where, "K7M4QX")
    assert "http://192.168.1.4:8080/j/K7M4QX" in text
    assert "Training only" in text


def test_without_a_network_people_join_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(banner, "lan_addresses", list)
    assert "http://127.0.0.1:80/j/K7M4QX" in banner.banner(banner.addresses("::", 80), "K7M4QX")


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "http://127.0.0.1:1"), ("::1", "http://[::1]:1"), ("sim.ward", "http://sim.ward:1")],
)
def test_a_server_for_one_address_names_that_one(host: str, address: str) -> None:
    assert banner.addresses(host, 1) == [address]


def test_a_terminal_without_block_characters_gets_no_picture() -> None:
    text = banner.banner(["http://127.0.0.1:1"], "K7M4QX", picture=False)
    assert text.isascii()
    assert "/j/K7M4QX" in text


def test_without_a_session_there_is_nothing_to_join() -> None:
    assert "/j/" not in banner.banner(["http://127.0.0.1:1"], None)


def test_no_address_of_this_machine_alone_is_offered_to_others() -> None:
    assert not any(address.startswith(("127.", "169.254.")) for address in lan_addresses())


@pytest.mark.parametrize(
    ("host", "bound", "told"),
    [
        ("127.0.0.1:8000", "0.0.0.0", "192.168.1.4:8000"),
        ("localhost", "", "192.168.1.4"),
        ("[::1]:8000", "::", "192.168.1.4:8000"),
        ("localhost:8000", "127.0.0.1", "localhost:8000"),
        ("sim.ward:8000", "0.0.0.0", "sim.ward:8000"),
        ("10.0.0.2:8000", "0.0.0.0", "10.0.0.2:8000"),
        ("[fd00::4]", "::", "[fd00::4]"),
    ],
)
def test_a_loopback_host_is_told_to_others_by_its_name_in_the_network(
    monkeypatch: pytest.MonkeyPatch, host: str, bound: str, told: str
) -> None:
    monkeypatch.setattr(lan, "lan_addresses", lambda: ["192.168.1.4", "10.0.0.2"])
    assert for_others(host, bound) == told


def test_without_a_network_there_is_no_other_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lan, "lan_addresses", list)
    assert for_others("127.0.0.1:8000", "0.0.0.0") == "127.0.0.1:8000"
