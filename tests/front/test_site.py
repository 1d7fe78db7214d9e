"""What the front hands out of a built site: codings, caching and conditional requests."""

from __future__ import annotations

from pathlib import Path

import brotli
import pytest
from starlette.datastructures import Headers

from server.front.site import Asset, Site, SiteError, Variant, choose_coding, holds
from tests.front.conftest import WASM


def wasm(folder: Path) -> Asset:
    return Site.load(folder).assets["/app/main.0123abcd.wasm"]


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        (None, "identity"),
        ("", "identity"),
        ("gzip, deflate, br", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0.1, gzip;q=0.9", "gzip"),
        ("br;q=0, gzip;q=0", "identity"),
        ("*", "br"),
        ("*;q=0.5, br;q=0", "gzip"),
        ("GZIP", "gzip"),
        ("identity;q=1, gzip;q=0.5", "identity"),
        ("br;q=nonsense, gzip", "gzip"),
        (";;,,;q=", "identity"),
    ],
)
def test_the_coding_is_the_one_the_client_weighs_highest(accepted: str | None, expected: str) -> None:
    variant = Variant(b"", '"x"')
    offered = {"identity": variant, "gzip": variant, "br": variant}
    assert choose_coding(accepted, offered) == expected


def test_a_coding_that_was_not_built_is_never_chosen() -> None:
    assert choose_coding("br, gzip", {"identity": Variant(b"", '"x"')}) == "identity"


@pytest.mark.parametrize("header", ['"abc"', 'W/"abc"', '"other", "abc"', "*"])
def test_a_client_that_holds_the_tag_is_believed(header: str) -> None:
    assert holds(header, '"abc"')


def test_each_coding_has_an_entity_tag_of_its_own(site_folder: Path) -> None:
    assert len({variant.etag for variant in wasm(site_folder).variants.values()}) == 3


def test_a_hashed_file_is_kept_for_ever_and_the_page_is_asked_for_again(site_folder: Path) -> None:
    site = Site.load(site_folder)
    assert wasm(site_folder).response(Headers({})).headers["cache-control"] == "public, max-age=31536000, immutable"
    assert site.index.response(Headers({})).headers["cache-control"] == "no-cache"


def test_a_file_with_codings_varies_and_one_without_does_not(site_folder: Path) -> None:
    site = Site.load(site_folder)
    assert wasm(site_folder).response(Headers({})).headers["vary"] == "Accept-Encoding"
    assert "vary" not in site.index.response(Headers({})).headers


def test_a_compressed_answer_names_its_coding_and_length(site_folder: Path) -> None:
    response = wasm(site_folder).response(Headers({"accept-encoding": "br"}))
    assert response.headers["content-encoding"] == "br"
    assert brotli.decompress(bytes(response.body)) == WASM
    assert int(response.headers["content-length"]) == len(response.body)


def test_an_unchanged_file_is_answered_with_304_and_its_tag(site_folder: Path) -> None:
    asset = wasm(site_folder)
    etag = asset.variants["gzip"].etag
    response = asset.response(Headers({"accept-encoding": "gzip", "if-none-match": etag}))
    assert response.status_code == 304
    assert response.headers["etag"] == etag
    assert response.headers["vary"] == "Accept-Encoding"


def test_a_site_that_was_not_built_says_which_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match=r"manifest\.json is missing"):
        Site.load(tmp_path)


def test_a_site_with_a_missing_variant_is_refused_whole(site_folder: Path) -> None:
    (site_folder / "app" / "main.0123abcd.wasm.br").unlink()
    with pytest.raises(SiteError, match=r"wasm\.br is missing"):
        Site.load(site_folder)


@pytest.mark.parametrize("text", ["", "[]", '{"files": [{"path": "index.html"}]}', '{"files": []}', '{"files": [3]}'])
def test_a_manifest_that_makes_no_sense_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(SiteError):
        Site.load(tmp_path)
