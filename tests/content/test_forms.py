"""One file holds two forms of a level: equal in what they ask, different in what is found."""

from __future__ import annotations

import pytest

from game.content import ContentError, case_of, level_file, load_level


def test_the_name_of_a_level_tells_file_and_form() -> None:
    assert level_file("S03") == ("S03", "A")
    assert level_file("S03B") == ("S03", "B")


def test_a_twin_takes_the_place_of_its_key_in_form_b_alone(template: str) -> None:
    first, second = (load_level(template, "MY01.toml", form) for form in "AB")
    assert first.setting == "Ward 5, bed 3"
    assert second.setting == "Ward 8, bed 11"
    assert (first.patient["age"], second.patient["age"]) == (67, 70)
    assert (first.findings[0].value, second.findings[0].value) == (
        "600 mL since noon, dark",
        "550 mL since the morning, dark",
    )


def test_forms_have_names_and_hashes_of_their_own(template: str) -> None:
    first, second = (load_level(template, "MY01.toml", form) for form in "AB")
    assert (first.name, second.name) == ("NAME", "NAMEB")
    assert first.case == second.case
    assert first.hash != second.hash


def test_an_entry_can_be_kept_to_one_form(template: str) -> None:
    text = template.replace('key = "medicines"', 'key = "medicines"\nonly = "B"')
    first, second = (load_level(text, "MY01.toml", form) for form in "AB")
    assert set(second.questions) - set(first.questions) == {"medicines"}


def test_a_twin_of_a_key_that_does_not_exist_is_refused_in_both_forms(template: str) -> None:
    text = template.replace("revision = 1 ", "revision = 1\nmood_b = 'dark'\n#")
    for form in "AB":
        with pytest.raises(ContentError, match="found 'mood_b', expected a known key"):
            load_level(text, "MY01.toml", form)


def test_what_is_wrong_in_form_b_is_blamed_on_the_twins_line(template: str) -> None:
    text = template.replace("weight_kg_b = 66", "weight_kg_b = true")
    with pytest.raises(ContentError) as refused:
        load_level(text, "MY01.toml", "B")
    assert text.splitlines()[refused.value.line - 1] == "weight_kg_b = true"


def test_a_log_brings_its_case_back_by_name(template: str, aha: str) -> None:
    level, pack = case_of(template, aha, "NAMEB")
    assert (level.form, pack.name) == ("B", "aha2025")
