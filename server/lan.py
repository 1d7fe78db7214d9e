"""Which addresses other machines can reach this one at."""

from __future__ import annotations

import ipaddress
import socket
import struct
import sys
from typing import Final

_SIOCGIFADDR: Final = 0x8915
"""Linux ioctl: the IPv4 address of a named interface (netdevice(7))."""

_ELSEWHERE: Final = "192.0.2.1"
"""An address for documentation (RFC 5737): asking for the route to it sends nothing."""


def everywhere(bound: str) -> bool:
    """True if a server bound to the address `bound` listens on all networks of this machine."""
    return bound in {"", "0.0.0.0", "::"}  # noqa: S104 - told apart here, not bound


def for_others(host: str, bound: str) -> str:
    """A `host` (with or without port) that other machines can use too, for a server bound to `bound`.

    It is `host` itself, unless that is this machine's name for itself and the network has another for it.
    """
    bare = host.endswith("]") or ":" not in host
    name, colon, port = (host, "", "") if bare else host.rpartition(":")
    others = lan_addresses() if _own_name(name) and everywhere(bound) else []
    return f"{others[0]}{colon}{port}" if others else host


def _own_name(name: str) -> bool:
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return name.lower() == "localhost"


def lan_addresses() -> list[str]:
    """The IPv4 addresses others may reach this machine at, that of the default route first; [] without a network."""
    found = [*_default_route(), *_of_interfaces()]
    return [address for address in dict.fromkeys(found) if _reachable(address)]


def _reachable(address: str) -> bool:
    parsed = ipaddress.ip_address(address)
    return not (parsed.is_loopback or parsed.is_link_local or parsed.is_unspecified)


def _default_route() -> list[str]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((_ELSEWHERE, 9))
        except OSError:
            return []
        return [str(probe.getsockname()[0])]


def _of_interfaces() -> list[str]:
    """A closed network often has no default route, so the interfaces are asked one by one where that can be done."""
    if sys.platform != "linux":
        return []
    import fcntl  # noqa: PLC0415 - exists on this platform only

    found: list[str] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            request = struct.pack("256s", name.encode()[:15])
            try:
                answer = fcntl.ioctl(probe.fileno(), _SIOCGIFADDR, request)
            except OSError:
                continue
            found.append(socket.inet_ntoa(answer[20:24]))
    return found
