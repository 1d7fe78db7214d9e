"""A level takes a team: no seat names the cause alone, and none is without a part."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.content import FORMS, Level, load_level
from game.stations import Role
from server.level_evidence import LEAD, evidence_problems, form_problems, known
from server.resources import levels_dir

FILES = sorted(levels_dir().glob("S*.toml"))
TEMPLATE = (Path(__file__).parents[2] / "server" / "level_template.toml").read_text("utf-8")


def level(text: str, form: str = "A") -> Level:
    return load_level(text, "MY01.toml", form)


def finding(key: str, station: str, suggests: str) -> str:
    return (
        f'\n[[finding]]\nkey = "{key}"\nstation = "{station}"\nlabel = "{key}"\nvalue = "x"\n'
        f'suggests = ["{suggests}"]\nsource = "C"\n'
    )


def test_a_seat_that_knows_too_much_is_named_with_its_proofs() -> None:
    text = TEMPLATE + "".join(finding(f"proof_{number}", "airway", "hypovolemia") for number in range(LEAD + 2))
    (problem,) = evidence_problems(level(text), "MY01.toml")
    assert "airway alone names hypovolemia" in str(problem.value)
    assert "proof_0" in str(problem.value)
    assert text.splitlines()[problem.line - 1].startswith("cause = ")


def test_a_true_differential_leaves_the_name_to_the_team() -> None:
    more = "".join(finding(f"proof_{number}", "airway", "hypovolemia") for number in range(LEAD + 2))
    other = "".join(finding(f"other_{number}", "airway", "hypoxia") for number in range(LEAD + 2))
    assert evidence_problems(level(TEMPLATE + more + other), "MY01.toml") == []


def test_a_level_whose_leader_has_nothing_to_ask_leaves_him_without_a_part() -> None:
    text = TEMPLATE.replace('rhythm = "pea"', 'rhythm = "vf"').replace("blood_loss_ml = 1700\n", "")
    cut = text.index("# What the Leader can ask")
    text = text[:cut] + text[text.index("# Who can be called") :]
    found = evidence_problems(level(text), "MY01.toml")
    assert "the leader without part" in [problem.value for problem in found]


def test_a_drill_without_a_cause_has_no_evidence_to_split() -> None:
    text = TEMPLATE.replace('cause = "hypovolemia"', 'cause = ""\nkind = "drill"')
    assert evidence_problems(level(text), "MY01.toml") == []


def test_forms_must_hold_as_many_clues_for_each_seat() -> None:
    text = TEMPLATE + finding("more", "cart", "hypoxia").replace("source", 'only = "B"\nsource')
    (problem,) = form_problems(level(text, "A"), level(text, "B"), "MY01.toml")
    assert problem.value == "1 clues for the meds in form A, 2 in form B"


def test_forms_must_differ_in_what_is_found() -> None:
    lines = [line for line in TEMPLATE.splitlines() if not line.split(" ")[0].endswith("_b")]
    text = "\n".join(lines)
    (problem,) = form_problems(level(text, "A"), level(text, "B"), "MY01.toml")
    assert problem.value == "two forms that find the same"


def test_a_sign_that_the_level_tells_in_its_own_words_is_told_once() -> None:
    text = TEMPLATE + finding("neck_veins", "airway", "hypoxia")
    told = [fact for fact in known(level(text), 1) if fact.key == "neck_veins"]
    assert [fact.own for fact in told] == [True]


def test_slips_ultrasound_and_twelve_leads_are_nobodys_alone() -> None:
    facts = known(level(TEMPLATE), 1)
    late = {fact.key.split(".")[0] for fact in facts if not fact.alone}
    assert late == {"gas", "labs", "ecg12", "ultrasound"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
@pytest.mark.parametrize("form", FORMS)
def test_every_seat_of_every_level_can_find_something_that_moves_the_board(file: Path, form: str) -> None:
    facts = known(load_level(file.read_text("utf-8"), file.name, form), 1)
    assert {fact.role for fact in facts if fact.clue} == set(Role)
