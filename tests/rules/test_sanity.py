"""What a level or pack may say that only the command table, the patient and the limits can judge."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.content import ContentError, Level, Pack, load_level, load_pack, played_by
from game.rules.sanity import authoring_problems, pack_problems, problems

ROOT = Path(__file__).parents[2]
TEMPLATE = (ROOT / "server" / "level_template.toml").read_text("utf-8")
AHA, ERC = ((ROOT / "levels" / "packs" / f"{name}.toml").read_text("utf-8") for name in ("aha2025", "erc2025"))
PACK = load_pack(AHA, "aha2025.toml")


def level(text: str, form: str = "A") -> Level:
    return load_level(text, "MY01.toml", form)


def only_problem(text: str, form: str = "A") -> ContentError:
    (problem,) = problems(level(text, form), PACK, "MY01.toml")
    return problem


def pack(text: str) -> Pack:
    return load_pack(text, "aha2025.toml")


@pytest.mark.parametrize("text", [AHA, ERC])
@pytest.mark.parametrize("form", ["A", "B"])
def test_the_template_can_be_played_by_every_pack(text: str, form: str) -> None:
    assert problems(level(TEMPLATE, form), pack(text), "MY01.toml") == []
    assert authoring_problems(level(TEMPLATE, form), "MY01.toml") == []
    assert pack_problems(pack(text), "pack.toml") == []


@pytest.mark.parametrize(
    ("old", "new", "wish"),
    [
        ('cause = "hypovolemia"', 'cause = "bad_luck"', "one of hypovolemia"),
        ("lines = []", 'lines = ["iv_nose"]', "one of iv_left"),
        ("oxygen_l_min = 0", "oxygen_l_min = 7", "one of 0, 2"),
        ("lines = []", "lines = []\nventilator_per_min = 10", "with airway 'mask' one of 0"),
        ("energy = 0.7", "energy = 9", "from 0 to 0.9"),
        ("energy = 0.7", "vigour = 0.7", "a parameter's name"),
        ('found_by = "look"', 'found_by = "report"', "a timed act"),
        ('found_by = "look"', 'found_by = "pads"', "the pads are on at the start"),
        ('found_by = "look"', 'found_by = "pull_back"', "there is no tube at the start"),
        ('suggests = ["hypoxia"]', 'suggests = ["bad_luck"]', "causes among hypovolemia"),
        ('brings = "stop_bleeding"', 'brings = "hope"', "nothing, or one of needle"),
        ('does = ["hang", "blood"]', 'does = ["pour", "blood"]', "an act that is done"),
        ('does = ["hang", "blood"]', 'does = ["order", 4]', "an act that is done"),
        ('does = ["hang", "blood"]', 'does = ["hang", "wine"]', "a fluid of aha2025"),
        ('does = ["hang", "blood"]', 'does = ["hang", "blood", 999]', "a volume of aha2025: 300, 600"),
        ('does = ["hang", "blood"]', 'does = ["shock", 500]', "joules from 20 to 360"),
        ('does = ["hang", "blood"]', 'does = ["suction", 1]', "after 'suction' at most nothing"),
        ('does = ["call_expert", "surgeon"]', 'does = ["call_expert", "priest"]', "surgeon"),
        ('args = ["epinephrine", 1000]', 'args = ["epinephrine", 10000]', "a dose of aha2025: 1000"),
        ('args = ["blood"]', 'args = ["blood", 300, 4]', "at most fluid and volume"),
        ('op = "give"', 'op = "squeeze"', "one of switch_yes, access"),
        ('change = "bleeding_ml_per_min"', 'change = "luck"', "pads_off"),
    ],
)
def test_a_level_that_cannot_be_played_is_refused_with_its_line(old: str, new: str, wish: str) -> None:
    assert old in TEMPLATE
    text = TEMPLATE.replace(old, new, 1)
    if 'op = "squeeze"' in text:
        text = text.replace('args = ["epinephrine", 1000]', "args = []")
    problem = only_problem(text)
    assert wish in problem.expected
    assert new.rsplit("\n", maxsplit=1)[-1] in text.splitlines()[problem.line - 1]


def test_what_is_wrong_in_form_b_alone_is_found_there_and_blamed_on_the_twin() -> None:
    text = TEMPLATE.replace('suggests = ["hypoxia"]', 'suggests = ["hypoxia"]\nsuggests_b = ["bad_luck"]')
    assert problems(level(text), PACK, "MY01.toml") == []
    problem = only_problem(text, "B")
    assert "bad_luck" in text.splitlines()[problem.line - 1]


def test_a_line_is_right_behind_an_entry_of_the_other_form() -> None:
    extra = '[[finding]]\nonly = "A"\nkey = "more"\nstation = "cart"\nlabel = "x"\nvalue = "x"\nsource = "C"\n\n'
    text = TEMPLATE.replace('[[finding]]\nkey = "mouth"', extra + '[[finding]]\nkey = "mouth"')
    text = text.replace('suggests = ["hypoxia"]', 'suggests = ["bad_luck"]')
    problem = only_problem(text, "B")
    assert "bad_luck" in text.splitlines()[problem.line - 1]


@pytest.mark.parametrize("drug_lines", ["doses = [10]\nmax_dose = 10", "rates = [100]"])
def test_ten_times_a_dose_is_refused_even_when_the_file_itself_allows_it(drug_lines: str) -> None:
    old = "doses = [1]\nmax_dose = 1" if "doses" in drug_lines else "rates = [5, 2, 10]"
    text = AHA.replace(old, drug_lines, 1)
    (problem,) = [each for each in pack_problems(pack(text), "aha2025.toml") if "epinephrine" in each.expected]
    assert "an adult's limit of epinephrine" in problem.expected
    assert text.splitlines()[problem.line - 1] == drug_lines.split("\n", maxsplit=1)[0]
    assert problem.file == "aha2025.toml"


def test_a_level_cannot_raise_a_dose_over_the_limit_either() -> None:
    text = TEMPLATE + "\n[override.any.drugs.epinephrine]\ndoses = [10]\nmax_dose = 10\n"
    text = text.replace('args = ["epinephrine", 1000]', 'args = ["epinephrine"]')
    mine = level(text)
    (problem,) = problems(mine, played_by(mine, PACK, "MY01.toml"), "MY01.toml")
    assert (problem.value, text.splitlines()[problem.line - 1]) == ("10 mg", "doses = [10]")
    assert "at most 1 mg" in problem.expected


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("flush = 3\n", "", "a time for 'flush'"),
        ("[50, 100, 120, 150, 200, 300, 360]", "[50, 100, 150, 120, 200, 300, 360]", "rising energies"),
        ("af_j = 200", "af_j = 210", "one of the device's"),
        ("[drugs.aspirin]", "[drugs.aspirine]", "a drug that the patient knows"),
        ('unit = "mmol"\ndoses = [50, 100]', 'unit = "mg"\ndoses = [50, 100]', "one of mmol"),
        ('rate_unit = "U/h"', 'rate_unit = "mg/h"', "a rate of what insulin is counted in: U"),
        (
            'clashes = ["calcium_chloride", "calcium_gluconate", "epinephrine"]',
            'clashes = ["calcium_chloride"]',
            "names",
        ),
        ('causes = ["hypovolemia", "hypothermia"]', 'causes = ["thirst"]', "causes among"),
        ('kind = "cold"', 'kind = "icy"', "one of crystalloid"),
        ('does = ["ventilator", 10]', 'does = ["ventilator", 11]', "a rate of aha2025"),
        ('does = ["ecg12"]\nstation = "chest"', 'does = ["ecg12"]\nstation = "cart"', "the station that does 'ecg12'"),
    ],
)
def test_a_pack_that_nobody_could_play_by_is_refused(old: str, new: str, words: str) -> None:
    assert old in AHA
    found = pack_problems(pack(AHA.replace(old, new, 1)), "aha2025.toml")
    assert any(words in problem.expected for problem in found)
    assert all(problem.line > 0 for problem in found)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("treats = true", "treats = false", "an [[action]] with treats = true"),
        ('label = "Drain chart"', 'label = "A drain chart that is far too long"', "at most 24 characters"),
        ('value = "dressing dry, belly tight"', 'value = "' + "long " * 10 + '"', "at most 44 characters"),
    ],
)
def test_a_level_that_can_be_played_may_still_want_mending(old: str, new: str, words: str) -> None:
    text = TEMPLATE.replace(old, new, 1)
    assert problems(level(text), PACK, "MY01.toml") == []
    (problem,) = authoring_problems(level(text), "MY01.toml")
    assert words in problem.expected
