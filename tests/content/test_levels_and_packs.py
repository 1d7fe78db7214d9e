"""Levels and packs are refused with file, line, value and wish."""

from __future__ import annotations

import pytest

from game.content import ContentError, load_level, load_pack


def line_of(text: str, needle: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if needle in line)


def test_a_dose_over_the_packs_own_limit_is_refused_with_its_line(aha: str) -> None:
    text = aha.replace("doses = [1]\nmax_dose = 1\nrate_unit", "doses = [10]\nmax_dose = 1\nrate_unit")
    with pytest.raises(ContentError) as refused:
        load_pack(text, "aha2025.toml")
    assert (refused.value.file, refused.value.line) == ("aha2025.toml", line_of(text, "doses = [10]"))
    assert "from 1e-06 to 1" in str(refused.value)


def test_doses_without_a_limit_are_refused(aha: str) -> None:
    with pytest.raises(ContentError, match="a max_dose beside doses"):
        load_pack(aha.replace("max_dose = 325\n", ""), "aha2025.toml")


def test_a_drug_that_can_be_given_in_no_way_is_refused(aha: str) -> None:
    text = aha.replace('rate_unit = "mcg/min"\nrates = [400, 800]\n', "")
    with pytest.raises(ContentError, match="doses, or rates of an infusion"):
        load_pack(text, "aha2025.toml")


def test_the_first_shock_is_one_the_device_can_give(aha: str) -> None:
    with pytest.raises(ContentError, match="found 170, expected first_j: one of 50, 100"):
        load_pack(aha.replace("first_j = 200", "first_j = 170"), "aha2025.toml")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('station = "cart"\nlabel = "Drain chart"', 'station = "card"\nlabel = "Drain chart"', "one of chest, airway"),
        ("time_limit_s = 900", 'time_limit_s = "long"', "a number from 10 to 3600"),
        ("pads = true", "pads = 1", "true or false"),
        ("hold_s = 120", "hold_seconds = 120", "a known key"),
        ('key = "mouth"', 'key = "drain"', "each key only once"),
        ('does = ["call_expert", "surgeon"]', "does = [1]", "an act such as"),
        ('does = ["call_expert", "surgeon"]', 'does = ["call_expert", 1.5]', "acts of words and whole numbers"),
        ("treats = true", "treats = true\ncounts_from = 'dawn'", "one of start, pulse_lost, rosc"),
    ],
)
def test_a_slip_in_a_level_names_what_was_expected(template: str, old: str, new: str, expected: str) -> None:
    assert old in template
    with pytest.raises(ContentError) as refused:
        load_level(template.replace(old, new), "MY01.toml")
    assert expected in str(refused.value)
    assert refused.value.line > 0


def test_a_finding_is_blamed_on_its_own_line(template: str) -> None:
    text = template.replace('label = "Wound"', "label = 7")
    with pytest.raises(ContentError) as refused:
        load_level(text, "MY01.toml")
    assert refused.value.line == line_of(text, "label = 7")


def test_a_text_that_is_no_toml_names_the_line() -> None:
    with pytest.raises(ContentError) as refused:
        load_level("name = 'S01'\ntitle = \n", "broken.toml")
    assert refused.value.line == 2
