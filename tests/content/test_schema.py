"""The schemas that editors read say what the readers take."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from game.content import ContentError, load_level, load_pack
from game.content.schema import KINDS, schema_text

LEVELS = Path(__file__).parents[2] / "levels"
LEVEL_FILES = [file for file in sorted(LEVELS.glob("*.toml")) if file.name != "score.toml"]
PACK_FILES = sorted((LEVELS / "packs").glob("*.toml"))


@cache
def checker(kind: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema_text(kind)))


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_is_one_and_its_file_is_true(kind: str) -> None:
    Draft202012Validator.check_schema(json.loads(schema_text(kind)))
    assert (LEVELS / f"{kind}.schema.json").read_text("utf-8") == schema_text(kind), (
        f"run: resus levels schema {kind} > levels/{kind}.schema.json"
    )


@pytest.mark.parametrize("file", LEVEL_FILES, ids=lambda file: file.stem)
def test_every_level_fits_the_schema(file: Path) -> None:
    checker("level").validate(tomllib.loads(file.read_text("utf-8")))


@pytest.mark.parametrize("file", PACK_FILES, ids=lambda file: file.stem)
def test_every_pack_fits_the_schema(file: Path) -> None:
    checker("pack").validate(tomllib.loads(file.read_text("utf-8")))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("revision = 1 ", "revision = 0 #"),
        ('cause = "hypovolemia"', "cause = 3"),
        ("pads = true", "pads = 'yes'"),
        ('station = "chest"', 'station = "foot"'),
        ("times = 2", "times = 200"),
        ("treats = true", "treats = true\nmood = 'good'"),
        ('does = ["hang", "blood"]', "does = [7]"),
        ('title = "A collapse on the ward"', ""),
        ('label = "Surgeon"', ""),
    ],
)
def test_reader_and_schema_refuse_the_same_slips(template: str, old: str, new: str) -> None:
    assert old in template
    text = template.replace(old, new, 1)
    with pytest.raises(ContentError):
        load_level(text, "MY01.toml")
    assert not checker("level").is_valid(tomllib.loads(text))


@pytest.mark.parametrize(
    ("old", "new"),
    [("cycle_s = 120", "cycle_s = 5"), ("doses = [300, 150]", "doses = []"), ('routes = ["po"]', 'routes = ["ear"]')],
)
def test_reader_and_schema_refuse_the_same_packs(aha: str, old: str, new: str) -> None:
    text = aha.replace(old, new, 1)
    with pytest.raises(ContentError):
        load_pack(text, "aha2025.toml")
    assert not checker("pack").is_valid(tomllib.loads(text))


def every_key(schema: dict[str, Any]) -> set[str]:
    """The plain keys of a schema and of all that is in it."""
    keys = {key for key in schema.get("properties", {}) if not key.endswith("_b")}
    inner = [*schema.get("properties", {}).values(), schema.get("items"), schema.get("additionalProperties")]
    return keys.union(*(every_key(part) for part in inner if isinstance(part, dict)))


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_on_the_page_of_the_format(kind: str) -> None:
    page = (LEVELS.parent / "docs" / "reference" / "levels-format.md").read_text("utf-8")
    keys = every_key(json.loads(schema_text(kind)))
    assert {"cause", "does"} <= keys or "first_j" in keys
    assert [key for key in sorted(keys) if f"`{key}`" not in page and f"[{key}" not in page] == []


def test_a_level_of_form_b_keys_fits_the_schema(template: str) -> None:
    checker("level").validate(tomllib.loads(template))
