"""Doses of the algorithm fall due by shock and by clock, as the pack says."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.bots.doses import dose_of, is_due, routine
from game.content import Pack, load_pack


@pytest.fixture(scope="module")
def pack(root: Path) -> Pack:
    return load_pack((root / "levels" / "packs" / "aha2025.toml").read_text(), "aha2025.toml")


def test_a_team_keeps_to_one_of_two_drugs_alike(pack: Pack) -> None:
    groups = [drug.group for drug in routine(pack)]
    assert len(groups) == len(set(groups)) == 2


def test_epinephrine_waits_for_its_shock_or_is_due_at_once(pack: Pack) -> None:
    drug = pack.drugs["epinephrine"]
    first_shock = drug.after_shock[0]
    assert not is_due(drug, given=0, since_ms=0, shocks=first_shock - 1, shockable=True)
    assert is_due(drug, given=0, since_ms=0, shocks=first_shock, shockable=True)
    assert is_due(drug, given=0, since_ms=0, shocks=0, shockable=False)


def test_the_pack_says_after_which_shock(root: Path) -> None:
    text = (root / "levels" / "packs" / "erc2025.toml").read_text()
    drug = load_pack(text, "erc2025.toml").drugs["epinephrine"]
    assert not is_due(drug, given=0, since_ms=0, shocks=2, shockable=True)
    assert is_due(drug, given=0, since_ms=0, shocks=3, shockable=True)


def test_epinephrine_is_repeated_within_its_window(pack: Pack) -> None:
    drug = pack.drugs["epinephrine"]
    assert drug.repeat_s is not None
    low_ms, high_ms = (round(1000 * end) for end in drug.repeat_s)
    assert not is_due(drug, given=1, since_ms=low_ms, shocks=9, shockable=True)
    assert is_due(drug, given=1, since_ms=high_ms, shocks=9, shockable=True)


def test_antiarrhythmics_follow_shocks_in_falling_doses_and_never_without_a_shockable_rhythm(pack: Pack) -> None:
    drug = pack.drugs["amiodarone"]
    assert [dose_of(drug, number) for number in range(3)] == [300_000, 150_000, 150_000]
    assert is_due(drug, given=1, since_ms=0, shocks=5, shockable=True)
    assert not is_due(drug, given=2, since_ms=900_000, shocks=9, shockable=True)
    assert not is_due(drug, given=0, since_ms=0, shocks=9, shockable=False)
