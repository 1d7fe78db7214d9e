"""A level may change a guideline for its own case, and only so that the pack still holds together."""

from __future__ import annotations

import pytest

from game.content import ContentError, load_level, load_pack, played_by


def overridden(template: str, lines: str) -> str:
    return template + "\n" + lines


def test_what_a_level_lays_over_a_pack_holds_in_that_level_alone(template: str, aha: str) -> None:
    pack = load_pack(aha, "aha2025.toml")
    level = load_level(overridden(template, "[override.any.cpr]\nmax_pause_s = 20\n"), "MY01.toml")
    played = played_by(level, pack, "MY01.toml")
    assert played.max_pause_s == 20
    assert played.cycle_ms == pack.cycle_ms
    assert pack.max_pause_s == 10


def test_an_override_for_one_guideline_leaves_the_other_alone(template: str, aha: str, erc: str) -> None:
    level = load_level(overridden(template, "[override.erc2025.shock]\nmost_shocks = 3\n"), "MY01.toml")
    assert played_by(level, load_pack(erc, "erc2025.toml"), "MY01.toml").most_shocks == 3
    assert played_by(level, load_pack(aha, "aha2025.toml"), "MY01.toml").most_shocks == 0


def test_an_override_that_does_not_fit_is_blamed_on_the_level(template: str, aha: str) -> None:
    text = overridden(template, '[override.any.cpr]\nmax_pause_s = "long"\n')
    with pytest.raises(ContentError) as refused:
        played_by(load_level(text, "MY01.toml"), load_pack(aha, "aha2025.toml"), "MY01.toml")
    assert refused.value.file == "MY01.toml"
    assert text.splitlines()[refused.value.line - 1] == 'max_pause_s = "long"'
    assert "an override that fits aha2025" in refused.value.expected


def test_a_level_without_overrides_is_played_by_the_pack_itself(template: str, aha: str) -> None:
    pack = load_pack(aha, "aha2025.toml")
    assert played_by(load_level(template, "MY01.toml"), pack, "MY01.toml") is pack
