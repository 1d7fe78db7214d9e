"""The perfect team of clinical 1.7 earns at least 950 by either guideline, in the test case and in the game's own."""

from __future__ import annotations

import pytest

from game.content import Level, Pack, case_of
from game.scoring import Score
from tests.scoring.logs import ERC, LEVEL, LEVELS, PACK
from tests.scoring.reference import PEA_CHECKS_MS, pea_run, vf_run

PACKS = {"aha2025": PACK, "erc2025": ERC}
PEA_CASES = ("S03", "S06", "S09", "S13")


def case(name: str, pack: str) -> tuple[Level, Pack]:
    """A level of the game as a pack plays it."""
    text = (LEVELS / f"{name[:3]}.toml").read_text("utf-8")
    return case_of(text, (LEVELS / "packs" / f"{pack}.toml").read_text("utf-8"), name)


def vf(level: Level, pack: Pack, *, rosc_at_shock: int = 0) -> Score:
    return vf_run(level, pack, rosc_at_shock=rosc_at_shock).score(level, pack)


@pytest.mark.parametrize("pack", PACKS)
def test_the_vf_run_earns_at_least_950(pack: str) -> None:
    for level, played in ((LEVEL, PACKS[pack]), case("S01", pack), case("S01B", pack)):
        result = vf(level, played)
        assert result.score >= 950, result.deductions
        assert result.passed
        assert result.band == "gold"
        assert result.critical_errors == ()


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("name", [f"{name}{form}" for name in PEA_CASES for form in ("", "B")])
def test_the_run_in_a_rhythm_that_no_shock_ends_earns_at_least_950(name: str, pack: str) -> None:
    level, played = case(name, pack)
    result = pea_run(level, played).score(level, played)
    assert result.score >= 950, result.deductions
    assert result.passed


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("number", range(1, 7))
def test_the_vf_run_cut_by_a_pulse_at_any_shock_stays_within_ten_points(number: int, pack: str) -> None:
    for level, played in ((LEVEL, PACKS[pack]), case("S01", pack)):
        cut, full = vf(level, played, rosc_at_shock=number), vf(level, played)
        assert abs(cut.score - full.score) <= 10, cut.deductions


@pytest.mark.parametrize("number", range(2, len(PEA_CHECKS_MS) + 1))
def test_the_pea_run_cut_by_a_pulse_at_any_check_stays_within_ten_points(number: int) -> None:
    level, pack = case("S03", "aha2025")
    cut = pea_run(level, pack, rosc_at_check=number).score(level, pack)
    assert abs(cut.score - pea_run(level, pack).score(level, pack).score) <= 10, cut.deductions


@pytest.mark.parametrize("pack", PACKS)
def test_the_37_measures_of_the_reference_run_are_met_or_near(pack: str) -> None:
    level, played = case("S01", pack)
    poor = [each for each in vf(level, played, rosc_at_shock=5).measures if each.verdict == "missed"]
    assert not poor
