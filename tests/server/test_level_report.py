"""The page of outcomes: half of the seeds on each form, idle time as a seat lives it, the same text each time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from game.bots.crew import SKILLS
from game.content import Level, load_level
from game.log import Entry, Fact, Input
from server.level_report import Job, Run, acts_per_min, jobs, longest_idle_ms, page

END = Entry(60_000, Fact.ENDED, -1, ("time", "no_pulse"))


def command(ms: int, seat: int = 0) -> Entry:
    return Entry(ms, Input.COMMAND, seat, ("callout", "help"))


def test_seeds_are_shared_between_the_forms() -> None:
    found = jobs(["S01"], 5)
    assert len(found) == 5 * len(SKILLS)
    assert [(job.level, job.seed) for job in found if job.skill == "expert"] == [
        ("S01", 1), ("S01", 2), ("S01", 3), ("S01B", 1), ("S01B", 2),
    ]  # fmt: skip


def test_a_task_in_hand_is_not_idle_and_another_seat_does_not_count() -> None:
    tasks = [Entry(5000, Fact.TASK, 0, ("gas", "started")), Entry(30_000, Fact.TASK, 0, ("gas", "done"))]
    entries = [command(2000), *tasks, command(31_000), command(40_000, seat=1), command(45_000), END]
    assert longest_idle_ms(entries, 0) == 15_000
    assert longest_idle_ms(entries, 1) == 40_000


def test_presses_count_and_refused_commands_do_not() -> None:
    presses = Entry(100, Input.EDGES, 0, (0, 1, 100, 250, 600, 750))
    refused = Entry(3000, Fact.REFUSED, 0, ("callout", 8))
    assert acts_per_min([presses, command(2000), command(3000), refused, END], 0) == pytest.approx(3.0)


def test_the_page_tells_every_level_and_skill_and_leaves_a_drill_without_a_pulse(root: Path) -> None:
    levels = [_level(root, "S01"), _level(root, "D1")]
    runs = {job: _run(job) for job in jobs([level.name for level in levels], 4)}
    text = page(levels, runs, 4)
    assert text == page(levels, dict(runs), 4)
    assert "| S01 | expert | 100% | 100% / 100% | 902 | 902 / 902 | 80% |" in text
    assert "| D1 | trainee | - | - | 902 | 902 / 902 | 80% |" in text
    assert "| S01 | 60, 4 (5) |" in text


def test_no_compression_fraction_is_told_of_a_pulse_that_never_went(root: Path) -> None:
    levels = [_level(root, "S15")]
    runs = {job: replace(_run(job), ccf=None) for job in jobs(["S15"], 2)}
    assert "| S15 | expert | 100% | 100% / 100% | 902 | 902 / 902 | - |" in page(levels, runs, 2)


def _level(root: Path, name: str) -> Level:
    return load_level((root / "levels" / f"{name}.toml").read_text(), f"{name}.toml")


def _run(job: Job) -> Run:
    longest_ms = 5000 if job.seed == 2 and job.level == "S01" else 4000
    return Run(True, 902, 0.8, (60.0,) * 4, (longest_ms,) * 4)
