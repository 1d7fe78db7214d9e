"""Whatever an author's slip, the check ends in sentences with lines, never in a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.content_check import check
from server.resources import levels_dir

ROOT = Path(__file__).parents[2]
LEVEL = (ROOT / "server" / "level_template.toml").read_text("utf-8").replace('"NAME"', '"MY01"').splitlines()
PACK = (levels_dir() / "packs" / "aha2025.toml").read_text("utf-8").splitlines()
SLIPS = [
    "",
    "3",
    "-1",
    "1e30",
    "true",
    '""',
    '"mask"',
    "[]",
    "[1]",
    '["x"]',
    "[[1]]",
    "{}",
    "{ a = 1 }",
    "1979-05-27",
    "nan",
]


def slipped(lines: list[str], number: int, slip: str) -> str:
    """The text with another value on a line, or without a line that has none."""
    line = lines[number]
    head, equals, _ = line.partition("=")
    new = [f"{head}= {slip}"] if equals and slip else []
    return "\n".join([*lines[:number], *new, *lines[number + 1 :]]) + "\n"


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(LEVEL) - 1), st.sampled_from(SLIPS))
def test_a_slip_in_a_level(tmp_path: Path, number: int, slip: str) -> None:
    file = tmp_path / "MY01.toml"
    text = slipped(LEVEL, number, slip)
    file.write_text(text, "utf-8")
    for problem in check(file, levels_dir()).problems:
        assert 0 <= problem.line <= text.count("\n")
        assert "found" in str(problem)
        assert "expected" in str(problem)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(PACK) - 1), st.sampled_from(SLIPS))
def test_a_slip_in_a_pack(tmp_path: Path, number: int, slip: str) -> None:
    file = tmp_path / "packs" / "aha2025.toml"
    file.parent.mkdir(exist_ok=True)
    text = slipped(PACK, number, slip)
    file.write_text(text, "utf-8")
    for problem in check(file, levels_dir()).problems:
        assert 0 <= problem.line <= text.count("\n")
        assert "expected" in str(problem)


@pytest.mark.parametrize("form", ["A", "B"])
@pytest.mark.parametrize("brings", [1, [], {}])
def test_a_kind_that_nobody_expects_is_a_sentence_in_both_forms(tmp_path: Path, form: str, brings: object) -> None:
    twin = "_b" if form == "B" else ""
    text = "\n".join(LEVEL).replace('brings = "stop_bleeding"', 'brings = "stop_bleeding"\nbrings_b = "stop_bleeding"')
    text = text.replace(f'brings{twin} = "stop_bleeding"', f"brings{twin} = {brings}")
    file = tmp_path / "MY01.toml"
    file.write_text(text, "utf-8")
    (problem,) = check(file, levels_dir()).problems
    assert "expected brings: words in quotes" in str(problem)
