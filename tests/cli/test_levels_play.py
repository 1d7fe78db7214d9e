"""A level is played through: good care must win, and no care must lose."""

from __future__ import annotations

import pytest

from game.content import load_level, load_pack
from server.level_play import Played, Verdict, play, play_levels
from server.resources import levels_dir
from tests.cli.conftest import Resus

S01 = (levels_dir() / "S01.toml").read_text("utf-8")
AHA = (levels_dir() / "packs" / "aha2025.toml").read_text("utf-8")


def run(seed: int, *, crew: bool, held: bool) -> Played:
    return Played("S01", "aha2025", seed, crew, "pulse_held" if held else "no_pulse", 600_000)


def verdict(crew: str, nobody: str) -> Verdict:
    """A verdict from letters: h for a run that held the pulse, l for one that lost it."""
    rows = [tuple(run(n, crew=by, held=letter == "h") for n, letter in enumerate(text, 1)) for by, text in
            ((True, crew), (False, nobody))]  # fmt: skip
    return Verdict("S01", "aha2025", rows[0], rows[1])


@pytest.mark.parametrize(("crew", "nobody"), [("h", "l"), ("hl", "ll"), ("hhl", "lll")])
def test_half_of_the_seeds_held_and_all_lost_without_anybody_will_do(crew: str, nobody: str) -> None:
    assert verdict(crew, nobody).problems == []


def test_a_level_that_experts_lose_is_named_with_its_seeds() -> None:
    (problem,) = verdict("hll", "lll").problems
    assert problem == "a crew of expert bots held the pulse in 1 of 3 runs (not with seeds 2, 3), expected half"


def test_a_level_that_heals_by_itself_is_named_with_its_seeds() -> None:
    (problem,) = verdict("hh", "lh").problems
    assert problem == "nobody acted and the pulse held with seeds 2, expected a lost one"


def test_a_short_case_is_played_to_its_end_with_and_without_a_crew() -> None:
    level = load_level(S01.replace("time_limit_s = 720", "time_limit_s = 15"), "S01.toml")
    pack = load_pack(AHA, "aha2025.toml")
    (found,) = play_levels([(level, pack)], 1, lambda done, of: None, jobs=1)
    assert [each.ms for each in (*found.crew, *found.nobody)] == [15_000, 15_000]
    assert play(level, pack, 1, crew=True) == found.crew[0]


def test_runs_are_reported_as_they_end(resus: Resus, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("levels")
    file = folder / "S01.toml"
    file.write_text(S01.replace("time_limit_s = 720", "time_limit_s = 12"), "utf-8")
    done = resus("levels", "check", file, "--play", "1")
    assert done.code == 1
    assert "S01B  crew held the pulse in 0 of 1, nobody lost it in 1 of 1" in done.out
    assert done.out.endswith("runs played: 4, problems: 2\n")
    assert "played 4 of 4 runs" in done.err
