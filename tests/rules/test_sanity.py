"""What a level or pack may say that only the command table can judge."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.content import load_level, load_pack
from game.rules.sanity import pack_problems, problems

LEVELS = Path(__file__).parents[2] / "levels"
S01 = (LEVELS / "S01.toml").read_text()
AHA = (LEVELS / "packs" / "aha2025.toml").read_text()


def test_the_bundled_level_and_pack_fit_each_other() -> None:
    pack = load_pack(AHA, "aha2025.toml")
    assert problems(load_level(S01, "S01.toml"), pack, "S01.toml") == []
    assert pack_problems(pack, "aha2025.toml") == []


@pytest.mark.parametrize(
    ("old", "new", "wish"),
    [
        ('cause = "thrombosis_coronary"', 'cause = "bad_luck"', "hypovolemia"),
        ("energy = 0.9", "energy = 9", "from 0 to 0.9"),
        ("energy = 0.9", "vigour = 0.9", "a parameter's name"),
        ('found_by = "gas"', 'found_by = "sga"', "a timed act of the same station"),
        ('args = ["epinephrine", 1000]', 'args = ["epinephrine", 10000]', "a drug of the pack"),
        ("oxygen_l_min = 0", "oxygen_l_min = 7", "(0, 10, 15)"),
    ],
)
def test_a_level_that_cannot_be_played_is_refused_with_its_line(old: str, new: str, wish: str) -> None:
    text = S01.replace(old, new)
    (problem,) = problems(load_level(text, "S01.toml"), load_pack(AHA, "aha2025.toml"), "S01.toml")
    assert wish in problem.expected
    assert text.splitlines()[problem.line - 1].strip() == new


def test_a_pack_without_a_task_time_is_refused() -> None:
    pack = load_pack(AHA.replace("flush = 3\n", ""), "aha2025.toml")
    (problem,) = pack_problems(pack, "aha2025.toml")
    assert "flush" in str(problem)
