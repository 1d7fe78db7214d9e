"""The page of keys is the one that the game's own table makes."""

from __future__ import annotations

from tests.ui.keyspage import PAGE, text


def test_the_page_of_keys_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == text(), "renew it: python -m tests.ui --keys"
