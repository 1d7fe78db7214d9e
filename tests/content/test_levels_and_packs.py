"""Levels and packs are refused with file, line, value and wish."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.content import ContentError, load_level, load_pack

LEVELS = Path(__file__).parents[2] / "levels"
S01 = (LEVELS / "S01.toml").read_text()
AHA = (LEVELS / "packs" / "aha2025.toml").read_text()


def line_of(text: str, needle: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if needle in line)


def test_the_bundled_level_and_pack_load() -> None:
    level, pack = load_level(S01, "S01.toml"), load_pack(AHA, "aha2025.toml")
    assert level.pack == pack.name
    assert pack.drugs["epinephrine"].doses_ug == (1000,)
    assert pack.label == "Adult ALS, AHA 2025 r1"


def test_ten_milligrams_of_epinephrine_is_refused_with_its_line() -> None:
    text = AHA.replace("doses_mg = [1]\n", "doses_mg = [10]\n")
    with pytest.raises(ContentError) as refused:
        load_pack(text, "aha2025.toml")
    assert (refused.value.file, refused.value.line) == ("aha2025.toml", line_of(text, "[10]"))
    assert "from 0.001 to 1" in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('station = "cart"\nlabel = "Allergies"', 'station = "card"\nlabel = "Allergies"', "one of chest, airway"),
        ("time_limit_s = 720", 'time_limit_s = "long"', "a number from 10 to 3600"),
        ("feedback_device = true", "feedback_device = 1", "true or false"),
        ("hold_s = 120", "hold_seconds = 120", "a known key"),
        ('key = "belly"', 'key = "skin"', "each key only once"),
    ],
)
def test_a_slip_in_a_level_names_what_was_expected(old: str, new: str, expected: str) -> None:
    assert old in S01
    with pytest.raises(ContentError) as refused:
        load_level(S01.replace(old, new), "S01.toml")
    assert expected in str(refused.value)
    assert refused.value.line > 0


def test_a_finding_is_blamed_on_its_own_line() -> None:
    text = S01.replace('label = "Allergies"', "label = 7")
    with pytest.raises(ContentError) as refused:
        load_level(text, "S01.toml")
    assert refused.value.line == line_of(text, "label = 7")


def test_a_text_that_is_no_toml_names_the_line() -> None:
    with pytest.raises(ContentError) as refused:
        load_level("name = 'S01'\ntitle = \n", "broken.toml")
    assert refused.value.line == 2
