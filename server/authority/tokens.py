"""Seat tokens: random, kept as hashes only, each good for one connection and then replaced by the next."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

H = TypeVar("H", bound=Hashable)

_TOKEN_BYTES = 24


def new_token() -> str:
    """A new secret of 32 URL-safe characters."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def digest_of(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).digest()


@dataclass(frozen=True, slots=True)
class _Grant(Generic[H]):
    holder: H
    until_ms: int | None


class TokenBook(Generic[H]):
    """Which token opens which holder's seat.

    A token that was redeemed stays good until the client has shown, by its next message, that it received the one that
    replaces it: otherwise a connection lost in that moment would lock its player out.
    """

    def __init__(self) -> None:
        self._grants: dict[bytes, _Grant[H]] = {}
        self._held: dict[H, list[bytes]] = {}

    def issue(self, holder: H, until_ms: int) -> str:
        """The first token of a seat just taken; void after `until_ms`. All earlier tokens of the holder are void."""
        self.revoke(holder)
        return self._grant(holder, until_ms)

    def redeem(self, token: str, now_ms: int) -> tuple[H, str] | None:
        """The holder, and the token for the next connection; None if this token opens nothing (any more)."""
        holder = self.holder_of(token, now_ms)
        if holder is None:
            return None
        used = digest_of(token)
        self._keep_only(holder, used)
        self._grants[used] = _Grant(holder, None)
        return holder, self._grant(holder, None)

    def settle(self, holder: H) -> None:
        """The client has its new token: the one it came with is void."""
        self._keep_only(holder, self._held[holder][-1])

    def holder_of(self, token: str, now_ms: int) -> H | None:
        """Whose token this is, without using it up."""
        grant = self._grants.get(digest_of(token))
        if grant is None or (grant.until_ms is not None and now_ms > grant.until_ms):
            return None
        return grant.holder

    def revoke(self, holder: H) -> None:
        """The seat was given up: nothing opens it any more."""
        for digest in self._held.pop(holder, ()):
            del self._grants[digest]

    def _grant(self, holder: H, until_ms: int | None) -> str:
        token = new_token()
        self._grants[digest_of(token)] = _Grant(holder, until_ms)
        self._held.setdefault(holder, []).append(digest_of(token))
        return token

    def _keep_only(self, holder: H, kept: bytes) -> None:
        for digest in self._held[holder]:
            if digest != kept:
                del self._grants[digest]
        self._held[holder] = [kept]
