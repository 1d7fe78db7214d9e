"""The site folder: names that change with their contents, compressed copies, and a manifest that tells no lies."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import brotli
import pytest

from web.site import Site, replace_folder


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path / "new", tmp_path / "cache", lambda text: None)


def test_files_that_refer_to_each_other_share_a_hashed_folder(site: Site) -> None:
    first = site.add_folder("page", {"a.js": b"import './b.js'", "b.js": b"1"})
    second = site.add_folder("page", {"a.js": b"import './b.js'", "b.js": b"2"})
    assert first != second
    assert first.startswith("/page-")
    assert (site.folder / first.strip("/") / "b.js").read_bytes() == b"1"


def test_a_file_of_its_own_carries_its_hash_and_keeps_its_suffix(site: Site) -> None:
    path = site.add_file("icon.png", b"picture")
    assert path.startswith("/icon-")
    assert path.endswith(".png")
    assert site.files[0].cache == "immutable"


def test_pages_keep_their_name_and_are_asked_for_again(site: Site) -> None:
    site.add_page("index.html", b"<!doctype html>")
    assert (site.files[0].path, site.files[0].cache) == ("index.html", "revalidate")


def test_compressed_copies_hold_the_same_bytes(site: Site) -> None:
    text = b"compressions " * 500
    site.add_page("index.html", text)
    assert site.files[0].encodings == ["br", "gzip"]
    assert brotli.decompress((site.folder / "index.html.br").read_bytes()) == text
    assert gzip.decompress((site.folder / "index.html.gz").read_bytes()) == text
    assert site.total("br") < site.total("gzip") < site.total("identity") == len(text)


def test_what_does_not_shrink_is_not_kept_twice(site: Site) -> None:
    noise = b"".join(hashlib.sha256(bytes([n])).digest() for n in range(8))
    site.add_file("noise.png", noise)
    assert site.files[0].encodings == []
    assert site.total("gzip") == 256


def test_the_second_build_compresses_nothing_again(tmp_path: Path) -> None:
    for name in ("one", "two"):
        site = Site(tmp_path / name, tmp_path / "cache", lambda text: None)
        site.add_page("index.html", b"<p>" * 999)
        if name == "one":
            (kept,) = (tmp_path / "cache").glob("*.br")
            kept.write_bytes(brotli.compress(b"from the cache"))
    assert brotli.decompress((tmp_path / "two" / "index.html.br").read_bytes()) == b"from the cache"


def test_the_manifest_lists_every_file_with_type_policy_and_sizes(site: Site) -> None:
    site.add_folder("runtime", {"pyodide.asm.wasm": b"\0asm" * 100})
    site.add_page("index.html", b"<p>" * 99)
    site.write_manifest(build="b1")
    manifest = json.loads((site.folder / "manifest.json").read_text("utf-8"))
    assert manifest["build"] == "b1"
    rows = {row["path"].rpartition("/")[2]: row for row in manifest["files"]}
    assert rows["pyodide.asm.wasm"]["type"] == "application/wasm"
    assert rows["index.html"]["type"] == "text/html; charset=utf-8"
    assert all({"path", "type", "cache", "encodings", "bytes"} == set(row) for row in rows.values())


def test_a_new_site_takes_the_place_of_the_old_one_whole(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "stale").touch()
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "fresh").touch()
    replace_folder(tmp_path / "new", tmp_path / "old")
    assert [file.name for file in (tmp_path / "old").iterdir()] == ["fresh"]
