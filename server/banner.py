"""What `resus serve` tells people once it is up: where to go, with which code, and a picture of both."""

from __future__ import annotations

import io
import ipaddress

import segno

from server.lan import everywhere, lan_addresses


def addresses(host: str, port: int) -> list[str]:
    """The server's addresses for people: this machine's own first, then those that others on the network can use."""
    hosts = ["127.0.0.1", *lan_addresses()] if everywhere(host) else [host]
    return [f"http://{_bracketed(each)}:{port}" for each in hosts]


def banner(where: list[str], code: str | None, *, picture: bool = True) -> str:
    """The lines for the terminal; `where` as `addresses` gives it, `code` None if no session was opened.

    `picture` adds the join address as a QR code of block characters.
    """
    here, *elsewhere = where
    lines = ["", f"Resus Crew is up   {here}"]
    lines += [f"on this network    {address}" for address in elsewhere]
    if code is not None:
        join = f"{where[1] if elsewhere else here}/j/{code}"
        lines += ["", f"open session       {code}", f"to join            {join}", ""]
        lines += [_picture(join)] if picture else []
    return "\n".join([*lines, "Training only: not for the care of patients. Ctrl+C stops the server.", ""])


def _picture(address: str) -> str:
    out = io.StringIO()
    segno.make(address, error="l", micro=False).terminal(out, compact=True)
    return out.getvalue()


def _bracketed(host: str) -> str:
    try:
        return f"[{host}]" if ipaddress.ip_address(host).version == 6 else host
    except ValueError:
        return host
