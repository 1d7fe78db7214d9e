"""How much does a browser fetch before one can join, and before the game is there?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from server.resources import site_dir
from tests.bench.figure import BenchError, Figure
from web.build import FIRST_LOAD_BYTES, JOIN_PAGE_BYTES

JOIN_PAGE: Final = ("index.html", "page-")


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file of the site: its URL path, and its bytes on the wire over http and over https."""

    path: str
    http_bytes: int
    https_bytes: int


def site_files(folder: Path | None = None) -> list[SiteFile]:
    """Every file of the built site, as its manifest tells. Browsers take brotli over https only."""
    manifest = (folder or site_dir()) / "manifest.json"
    try:
        rows = json.loads(manifest.read_text("utf-8"))["files"]
    except FileNotFoundError:
        raise BenchError("the client has not been built: run `make build` first") from None
    return [_file(row["path"], row["bytes"]) for row in rows]


def _file(path: str, sizes: dict[str, int]) -> SiteFile:
    gzip = sizes.get("gzip", sizes["identity"])
    return SiteFile(f"/{path}", gzip, sizes.get("br", gzip))


def bench() -> Iterator[Figure]:
    """Sums over the build's manifest."""
    files = site_files()
    join = [file for file in files if file.path.startswith(tuple(f"/{start}" for start in JOIN_PAGE))]
    whole, small = _sums(files), _sums(join)
    yield Figure("bundle_mb", whole[0] / 1e6, "MB", f"{whole[1] / 1e6:.2f} over https", FIRST_LOAD_BYTES / 1e6)
    yield Figure("join_page_kb", small[0] / 1e3, "kB", f"{small[1] / 1e3:.0f} over https", JOIN_PAGE_BYTES / 1e3)


def _sums(files: list[SiteFile]) -> tuple[int, int]:
    return sum(file.http_bytes for file in files), sum(file.https_bytes for file in files)
