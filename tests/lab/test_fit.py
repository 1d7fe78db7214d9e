"""Fits: what a file may ask for, that the search finds what is there, and that it goes on where it stopped."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from math import log
from pathlib import Path

import pytest

from game.content import ContentError
from game.sim import Case
from lab.fit import Fit, Journal, Trial, as_toml, overrides, read_fit, report, search
from lab.published import published
from lab.run import LabError
from lab.schema import Source

TEXT = """
name = "small"
title = "Two numbers"
n = 10
step = 0.2

[parameters]
organise_amsa_mid = { lo = 5, hi = 15 }
refibrillation_s = { lo = 10, hi = 400, log = true }

[targets]
C20 = 2
"C25/median" = 1
"""
WANTED = {"organise_amsa_mid": 7.0, "refibrillation_s": 100.0}
SEED = 1


def small() -> Fit:
    return read_fit(Source.parsed(TEXT, "small.toml"))


def bowl(values: Mapping[str, float]) -> tuple[float, Mapping[str, float]]:
    """A loss with its floor at WANTED."""
    across = values["organise_amsa_mid"] - WANTED["organise_amsa_mid"]
    along = log(values["refibrillation_s"] / WANTED["refibrillation_s"])
    return across * across / 10 + along * along, {"C25/median": values["refibrillation_s"]}


def silent(trial: Trial, done: int) -> None:
    """Nobody listens."""


def test_a_search_finds_the_floor_from_where_the_product_stands(tmp_path: Path) -> None:
    fit = small()
    journal = Journal.open(tmp_path / "a.jsonl", fit, SEED)
    best = search(fit, SEED, 120, journal, bowl, silent)
    found = overrides(fit, best.x)
    assert found["organise_amsa_mid"] == pytest.approx(7.0, abs=0.3)
    assert found["refibrillation_s"] == pytest.approx(100.0, rel=0.1)
    start = overrides(fit, journal.trials[0].x)
    assert start == {knob.name: pytest.approx(knob.start) for knob in fit.knobs}
    assert len(journal.trials) == 120


def test_a_search_that_was_stopped_goes_on_as_if_it_had_not(tmp_path: Path) -> None:
    fit = small()
    whole = Journal.open(tmp_path / "whole.jsonl", fit, SEED)
    search(fit, SEED, 40, whole, bowl, silent)
    path = tmp_path / "parts.jsonl"
    search(fit, SEED, 17, Journal.open(path, fit, SEED), bowl, silent)
    evaluated: list[Trial] = []
    parts = Journal.open(path, fit, SEED)
    search(fit, SEED, 40, parts, bowl, lambda trial, done: evaluated.append(trial))
    assert len(evaluated) == 23
    assert [trial.x for trial in parts.trials] == [trial.x for trial in whole.trials]


def test_a_line_that_was_cut_off_is_evaluated_again(tmp_path: Path) -> None:
    fit = small()
    path = tmp_path / "cut.jsonl"
    search(fit, SEED, 5, Journal.open(path, fit, SEED), bowl, silent)
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(lines[:-1]) + lines[-1][:10])
    journal = Journal.open(path, fit, SEED)
    assert len(journal.trials) == 4
    search(fit, SEED, 6, journal, bowl, silent)
    assert len(Journal.open(path, fit, SEED).trials) == 6


@pytest.mark.parametrize("text", ["", "{", '{"fit": "sm'])
def test_a_journal_without_a_whole_line_is_begun_anew(tmp_path: Path, text: str) -> None:
    path = tmp_path / "empty.jsonl"
    path.write_text(text, encoding="utf-8")
    search(small(), SEED, 2, Journal.open(path, small(), SEED), bowl, silent)
    assert len(Journal.open(path, small(), SEED).trials) == 2


@pytest.mark.parametrize(("found", "line"), [("{\n", 1), ("[]\n{}\n", 0), ("HEAD\n{}\n", 2), ("HEAD\n7\nx\n", 2)])
def test_what_is_no_journal_is_left_alone(tmp_path: Path, found: str, line: int) -> None:
    path = tmp_path / "a.jsonl"
    Journal.open(path, small(), SEED)
    text = found.replace("HEAD\n", path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LabError, match=f"a.jsonl:{line}: this is no journal" if line else "belongs to another"):
        Journal.open(path, small(), SEED)
    assert path.read_text(encoding="utf-8") == text


def test_a_journal_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\xff\xfe\n")
    with pytest.raises(LabError, match="no journal of a fit"):
        Journal.open(path, small(), SEED)


def test_another_seed_does_not_go_on_with_this_journal(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    Journal.open(path, small(), SEED)
    with pytest.raises(LabError, match="belongs to another fit, seed or model"):
        Journal.open(path, small(), SEED + 1)


def test_what_a_fit_writes_a_case_takes(tmp_path: Path) -> None:
    fit = small()
    journal = Journal.open(tmp_path / "a.jsonl", fit, SEED)
    best = search(fit, SEED, 20, journal, bowl, silent)
    found = tomllib.loads(as_toml(fit, SEED, 20, best))["patient"]
    assert found == overrides(fit, best.x)
    Case.of(**found)
    assert "| C25/median | 27 | 13.5 to 80.5 |" in report(fit, journal, best)


def test_values_stay_in_their_ranges() -> None:
    fit = small()
    assert overrides(fit, (-1.0, 2.0)) == {"organise_amsa_mid": 5.0, "refibrillation_s": pytest.approx(400.0)}


@pytest.mark.parametrize(
    ("was", "now", "wish"),
    [
        ("organise_amsa_mid = { lo = 5", "organise_asma_mid = { lo = 5", "such as organise_amsa_mid"),
        ("lo = 5, hi = 15", "lo = 11, hi = 15", "a range around"),
        ("C20 = 2", "C29 = 2", "a row that can be answered"),
        ("C25/median", "C25/mean", "a row that can be answered"),
        ("step = 0.2", "steps = 0.2", "steps"),
    ],
)
def test_a_wrong_fit_is_refused_with_its_line(was: str, now: str, wish: str) -> None:
    with pytest.raises(ContentError, match=wish):
        read_fit(Source.parsed(TEXT.replace(was, now), "small.toml"))


def test_the_fit_that_comes_along_can_be_read() -> None:
    path = Path(__file__).parents[2] / "lab" / "fits" / "first.toml"
    fit = read_fit(Source.of(path))
    assert {row.key for row in fit.rows if row.outcome} == {key for key, row in published().items() if row.outcome}
