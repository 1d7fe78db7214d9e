"""The built client as the front serves it: its manifest and files, read once and held in memory."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

IDENTITY: Final = "identity"

SUFFIX_OF: Final[dict[str, str]] = {IDENTITY: "", "gzip": ".gz", "br": ".br"}
"""The end of the name of a file's copy in each content coding. Later ones are smaller and win a tie."""

CACHE_CONTROL: Final[dict[str, str]] = {
    "immutable": "public, max-age=31536000, immutable",
    "revalidate": "no-cache",
}
"""What a browser may keep: `immutable` files carry a hash in their name, all others are asked for again."""

PIECE_BYTES: Final = 64 * 1024
"""A body goes out in pieces of this size, so that the server's flow control holds back for a slow reader."""


class SiteError(Exception):
    """The site folder has no manifest, or one that does not match its files."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One content coding of a file."""

    body: bytes
    etag: str


@dataclass(frozen=True, slots=True)
class Asset:
    """One file of the site in every coding it was built in; `identity` is always there."""

    content_type: str
    cache_control: str
    variants: Mapping[str, Variant]

    def response(self, request_headers: Headers) -> Response:
        """The answer to a GET or HEAD: the best coding the client takes, or 304 when it holds that already."""
        coding = choose_coding(request_headers.get("accept-encoding"), self.variants)
        variant = self.variants[coding]
        headers = {"cache-control": self.cache_control, "etag": variant.etag}
        if len(self.variants) > 1:
            headers["vary"] = "Accept-Encoding"
        if holds(request_headers.get("if-none-match"), variant.etag):
            return Response(status_code=304, headers=headers)
        if coding != IDENTITY:
            headers["content-encoding"] = coding
        return PiecewiseResponse(variant.body, media_type=self.content_type, headers=headers)


@dataclass(frozen=True, slots=True)
class Site:
    """Everything `make build` made for browsers: `assets` by absolute URL path, and the page itself."""

    assets: Mapping[str, Asset]
    index: Asset

    @classmethod
    def load(cls, folder: Path) -> Site:
        """The site in `folder`; raises SiteError when it has not been built, or not wholly.

        Held in memory so that a rebuild beneath a running server never mixes two builds.
        """
        manifest = folder / "manifest.json"
        try:
            rows = json.loads(manifest.read_text("utf-8"))["files"]
            assets = {f"/{row['path']}": _asset(folder, row) for row in rows}
        except FileNotFoundError as error:
            raise SiteError(f"{error.filename} is missing") from error
        except (KeyError, TypeError, ValueError) as error:
            raise SiteError(f"{manifest} is not a site manifest: {error!r}") from error
        if "/index.html" not in assets:
            raise SiteError(f"{manifest} names no index.html")
        return cls(assets, assets["/index.html"])


class PiecewiseResponse(Response):
    """A body sent in pieces, so that a slow reader never has the whole of it buffered for him."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        view = memoryview(self.body)
        for start in range(0, len(view), PIECE_BYTES) if scope["method"] != "HEAD" else ():
            piece = bytes(view[start : start + PIECE_BYTES])
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def choose_coding(accept_encoding: str | None, offered: Mapping[str, Variant]) -> str:
    """The offered coding that the client weighs highest, the smaller one on a tie; `identity` if it takes none.

    A client that forbids everything we have still gets `identity`: RFC 9110 12.5.3 leaves that to the server.
    """
    weights = _weights(accept_encoding or "")
    best, best_weight = IDENTITY, 0.0
    for coding in SUFFIX_OF:
        weight = weights.get(coding, weights.get("*", 0.0))
        if coding in offered and weight > 0.0 and weight >= best_weight:
            best, best_weight = coding, weight
    return best


def holds(if_none_match: str | None, etag: str) -> bool:
    """True when the client already has the body with this entity tag."""
    if if_none_match is None:
        return False
    tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return etag in tags or "*" in tags


def _weights(accept_encoding: str) -> dict[str, float]:
    """The weight the client gives each coding it names; an ill-formed weight counts as refused."""
    weights: dict[str, float] = {}
    for item in accept_encoding.lower().split(","):
        coding, *parameters = (part.strip() for part in item.split(";"))
        weight = 1.0
        for parameter in parameters:
            if parameter.startswith("q="):
                try:
                    weight = float(parameter[2:])
                except ValueError:
                    weight = 0.0
        weights[coding] = weight
    return weights


def _asset(folder: Path, row: dict[str, object]) -> Asset:
    path, content_type, cache, encodings = row["path"], row["type"], row["cache"], row["encodings"]
    if not (isinstance(path, str) and isinstance(content_type, str) and isinstance(encodings, list)):
        raise TypeError(row)
    codings = [IDENTITY, *(coding for coding in SUFFIX_OF if coding in encodings)]
    variants = {coding: _variant(folder / (path + SUFFIX_OF[coding])) for coding in codings}
    return Asset(content_type, CACHE_CONTROL[str(cache)], variants)


def _variant(file: Path) -> Variant:
    body = file.read_bytes()
    return Variant(body, f'"{hashlib.sha256(body).hexdigest()[:24]}"')
