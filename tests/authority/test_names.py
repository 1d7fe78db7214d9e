"""Codes and names that can be read aloud in a noisy room."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from server.authority.names import BIRDS, CODE_LENGTH, CODE_SIGNS, MAMMALS, clean_name, new_code, new_name


def test_a_code_has_no_look_alikes() -> None:
    code = new_code(())
    assert len(code) == CODE_LENGTH
    assert set(code) <= set(CODE_SIGNS)
    assert not set(CODE_SIGNS) & set("IOS015")


def test_no_player_is_named_like_a_team() -> None:
    assert not {name.lower() for name in BIRDS} & {name.lower() for name in MAMMALS}
    assert len(set(BIRDS)) == len(BIRDS)
    assert len(set(MAMMALS)) == len(MAMMALS)


def test_a_given_name_is_new_in_its_team() -> None:
    taken = [name.lower() for name in MAMMALS[1:]]
    assert new_name(MAMMALS, taken) == MAMMALS[0]


@pytest.mark.parametrize(
    ("wish", "name"),
    [
        ("  Ana   María ", "Ana María"),
        ("Ame\u0301lie", "Amélie"),
        ("李小龍", "李小龍"),
        ("a\nb", "a b"),
        ("", None),
        ("   ", None),
        ("x" * 17, None),
        ("bad\u202ename", None),
        ("nul\x00", None),
    ],
)
def test_a_name_is_tidied_or_refused(wish: str, name: str | None) -> None:
    assert clean_name(wish) == name


def test_the_join_page_throws_its_dice_over_our_mammals(root: Path) -> None:
    words = (root / "web" / "page" / "words.js").read_text(encoding="utf-8")
    thrown = re.findall(r'"(\w+)"', words.partition("MAMMALS = [")[2].partition("]")[0])
    assert thrown
    assert set(thrown) <= set(MAMMALS)
