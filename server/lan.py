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
