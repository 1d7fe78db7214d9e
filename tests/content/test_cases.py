"""The nine cases and the four drills: what each must hold to be played, taught and told."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.content import FORMS, Level, case_of, load_pack, played_by
from game.log import Fact
from game.room.host import Host
from server.content_check import check

LEVELS = Path(__file__).parents[2] / "levels"
PACKS = {file.stem: file.read_text() for file in sorted((LEVELS / "packs").glob("*.toml"))}
FILES = sorted(LEVELS.glob("[SD]*.toml"))
CASES = ("S01", "S03", "S06", "S09", "S12", "S13", "S14", "S15", "S16")
DRILLS = ("D1", "D2", "D3", "D4")
BEATING = ("sinus", "vt", "complete_block_wide")


def level(stem: str, form: str = "A") -> Level:
    name = stem if form == "A" else stem + form
    return case_of((LEVELS / f"{stem}.toml").read_text(), PACKS["aha2025"], name)[0]


def both(stems: tuple[str, ...]) -> list[Level]:
    return [level(stem, form) for stem in stems for form in FORMS]


def test_all_cases_and_drills_are_here() -> None:
    assert {file.stem for file in FILES} == {*CASES, *DRILLS}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_level_passes_the_check_of_authors(file: Path) -> None:
    assert not check(file, LEVELS).problems


@pytest.mark.parametrize("case", both(CASES), ids=lambda case: case.name)
def test_a_case_has_people_to_ask_somebody_to_call_and_something_to_learn(case: Level) -> None:
    assert 3 <= len(case.questions) <= 5
    assert any(not question.suggests and not question.against for question in case.questions.values())
    assert case.experts
    assert 2 <= len(case.injects) <= 4
    assert case.teaches
    assert case.debrief
    assert any(action.treats for action in case.actions)
    assert case.mistakes
    assert case.loops


@pytest.mark.parametrize("stem", CASES)
def test_the_forms_ask_the_same_of_a_team_and_tell_it_other_things(stem: str) -> None:
    a, b = level(stem), level(stem, "B")
    assert (a.who, a.brief, dict(a.patient)) != (b.who, b.brief, dict(b.patient))
    assert a.cause == b.cause
    assert a.time_limit_ms == b.time_limit_ms
    assert [(action.key, action.limit_ms) for action in a.actions] == [
        (action.key, action.limit_ms) for action in b.actions
    ]
    changed = sum(ours.value != theirs.value for ours, theirs in zip(a.findings, b.findings, strict=True))
    assert 2 * changed >= len(a.findings)


@pytest.mark.parametrize("case", both(CASES), ids=lambda case: case.name)
def test_a_case_that_begins_with_a_pulse_lasts_longer_than_the_pulse_would_alone(case: Level) -> None:
    if case.patient["rhythm"] in BEATING:
        assert case.hold_ms >= 300_000
    assert case.hold_ms < case.time_limit_ms


@pytest.mark.parametrize("drill", both(DRILLS), ids=lambda drill: drill.name)
def test_a_drill_is_two_minutes_for_some_seats_and_without_a_cause(drill: Level) -> None:
    assert drill.kind == "drill"
    assert drill.focus
    assert drill.time_limit_ms == 120_000
    assert drill.cause == ""


def test_the_drill_of_shocks_has_a_check_every_half_minute_in_every_guideline() -> None:
    drill = level("D3")
    for name, text in PACKS.items():
        assert played_by(drill, load_pack(text, name), "D3.toml").cycle_ms == 30_000


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_head_of_a_file_explains_its_source_keys(file: Path) -> None:
    """Keys of one section of the clinical reference are explained by one example: C9.S03, and so on by section."""
    text = file.read_text()
    head = " ".join(line.lstrip("# ") for line in text.splitlines() if line.startswith("#"))
    for line in text.splitlines():
        if line.startswith("source = "):
            key = line.removeprefix("source = ").strip('"').partition(":")[0].partition(";")[0].strip('"')
            assert f"{key} =" in head or key.startswith("C"), key


def test_words_of_a_case_are_short() -> None:
    for case in both(CASES + DRILLS):
        for question in case.questions.values():
            assert len(question.answer) <= 90, (case.name, question.key)
        for expert in case.experts.values():
            assert len(expert.answer) <= 90, (case.name, expert.key)
        assert len(case.brief) <= 130, case.name


@pytest.mark.parametrize("case", both(CASES + DRILLS), ids=lambda case: case.name)
def test_every_surprise_of_an_instructor_takes_hold(case: Level) -> None:
    host = Host(case, played_by(case, load_pack(PACKS["aha2025"], "aha2025"), f"{case.case}.toml"), 1)
    for key in case.injects:
        host.inject(key)
    told = host.tick(2_000).entries
    assert {entry.args[0] for entry in told if entry.kind is Fact.INJECTED} == set(case.injects)
