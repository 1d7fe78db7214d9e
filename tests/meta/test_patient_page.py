"""The page about the patient says what the code says: modules, functions, numbers, drugs, causes, events, findings."""

from __future__ import annotations

import ast
import dataclasses
import re
import tomllib
import typing
from collections.abc import Iterable
from pathlib import Path

import pytest

from game.rules.commands import CAUSES
from game.sim import Case, Dose, Patient
from game.sim.body.causes import TOXINS
from game.sim.events import AIRWAY_ACTS, CHANGES, DEVICES, FLUIDS, SAMPLES, SIDES, TREATMENTS, Event
from game.sim.findings import sample
from game.sim.formulary import known_drugs, known_routes, unit_of
from game.sim.happenings import Happening
from game.sim.laws.shock import organise_logit, terminate_logit
from game.sim.parameters import make_parameters, parameter_rows
from game.sim.params.drugs import Action
from game.sim.params.findings import senses
from game.sim.rhythm import KINDS, VECTORS, ShockResult
from game.sim.tables import logistic
from tests.sim.care import breaths, compressions, patient, watch

SIM = "game/sim"
AVERAGE = {"latent_spread": 0.0}
RAISED, LOWERED = "↑", "↓"


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs/reference/patient.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def rows(page: str) -> dict[str, list[tuple[str, ...]]]:
    """Table rows by their first cell, without marks of code."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for line in page.splitlines():
        if line.startswith("|"):
            first, *others = (cell.strip().replace("`", "") for cell in line.strip("|").split("|"))
            found.setdefault(first, []).append(tuple(others))
    return found


def quoted(page: str) -> set[str]:
    """The single words that the page marks as code, outside its blocks of code."""
    return set(re.findall(r"`([A-Za-z_]\w*)`", re.sub(r"```.*?```", "", page, flags=re.DOTALL)))


def listed(words: Iterable[str]) -> str:
    return ", ".join(words)


@pytest.mark.parametrize(("folder", "ending"), [("laws", "py"), ("params", "toml")])
def test_it_names_each_file_of_laws_and_of_numbers(folder: str, ending: str, page: str, root: Path) -> None:
    files = {f"{folder}/{path.name}" for path in (root / SIM / folder).glob(f"*.{ending}")} - {"laws/__init__.py"}
    assert files
    assert sorted(name for name in files if f"`{name}`" not in page) == []


def test_each_file_it_names_is_there_and_holds_the_function_it_names(page: str, root: Path) -> None:
    wrong = []
    for name, function in re.findall(r"`((?:\w+/)?\w+\.(?:py|toml))(?::(\w+))?`", page):
        path = root / SIM / name
        if not path.exists():
            wrong.append(name)
        elif function:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
            if function not in names:
                wrong.append(f"{name}:{function}")
    assert wrong == []


def test_each_word_it_marks_as_code_is_one_of_the_code(page: str, root: Path) -> None:
    sources = [*(root / SIM).rglob("*.py"), *(root / SIM).rglob("*.toml"), root / "game/rules/commands.py"]
    known = {word for path in sources for word in re.findall(r"\w+", path.read_text(encoding="utf-8"))}
    known.update(known_drugs(), known_routes(), parameter_rows())
    assert sorted(quoted(page) - known) == []


@pytest.mark.parametrize(
    "words",
    [CAUSES, TOXINS, TREATMENTS, AIRWAY_ACTS, CHANGES, SAMPLES, FLUIDS, VECTORS, DEVICES, SIDES[1:]],
    ids=["causes", "toxins", "treatments", "acts", "changes", "samples", "fluids", "vectors", "devices", "sides"],
)
def test_it_names_each_word_of_a_list(words: tuple[str, ...], page: str) -> None:
    assert sorted(set(words) - quoted(page)) == []


def test_it_names_each_route_each_kind_of_rhythm_and_each_result_of_a_shock(page: str) -> None:
    words = {*known_routes(), *(kind.value for kind in KINDS), *(result.value for result in ShockResult)}
    assert sorted(words - quoted(page)) == []


def test_each_cause_and_each_poison_has_a_row(rows: dict[str, list[tuple[str, ...]]]) -> None:
    assert sorted({*CAUSES, *TOXINS} - rows.keys()) == []


@pytest.mark.parametrize("kinds", [Event, Happening], ids=["events", "happenings"])
def test_each_event_and_each_happening_stands_there_with_its_fields(
    kinds: object, rows: dict[str, list[tuple[str, ...]]]
) -> None:
    for kind in typing.get_args(kinds):
        fields = listed(field.name for field in dataclasses.fields(kind))
        assert fields in {row[0] for row in rows[kind.__name__]}


def _acts(action: Action) -> str:
    """What an action changes, in the order of its fields, each with its direction."""
    changed = []
    for field in dataclasses.fields(action):
        value = getattr(action, field.name)
        if value != field.default:
            changed.append(field.name + (RAISED if value > field.default else LOWERED))
    return " ".join(changed)


@pytest.mark.parametrize("drug", known_drugs())
def test_each_drug_stands_there_with_what_it_acts_on(drug: str, rows: dict[str, list[tuple[str, ...]]]) -> None:
    numbers = make_parameters({}).drugs.drugs[known_drugs().index(drug)]
    wanted = (unit_of(drug), _acts(numbers.full), _acts(numbers.beyond))
    assert wanted in {row[:3] for row in rows[drug]}


def test_each_finding_stands_there_with_its_words_and_stations(rows: dict[str, list[tuple[str, ...]]]) -> None:
    wanted = {
        sense.name: (listed(sense.words), listed(sense.stations), sense.by or "always") for sense in senses().values()
    }
    assert {name: cells for name, cells in wanted.items() if cells not in rows.get(name, [])} == {}


@pytest.mark.parametrize("kind", SAMPLES)
def test_each_sample_stands_there_with_its_values(kind: str, rows: dict[str, list[tuple[str, ...]]]) -> None:
    case = Case.of()
    values = listed(name for name, _ in sample(kind, Patient.new(case, 1).body, case.parameters))
    assert (values,) in rows[kind]


@pytest.mark.parametrize("energy", [0.85, 0.70, 0.50, 0.30])
def test_the_chances_of_a_shock_are_those_of_the_laws(energy: float, rows: dict[str, list[tuple[str, ...]]]) -> None:
    """The table may lag behind a fit by a few hundredths, not by more."""
    case = Case.of(**AVERAGE)
    p, body = case.parameters.rhythm, Patient.new(case, 1).body
    effects, burden = body.drugs.effects, body.causes.burden
    amsa = p.amsa_mv_hz * energy
    ends = logistic(terminate_logit(p, amsa, 200, 0, -1, 100.0, body.blood, effects, burden, body.latent))
    follow = [logistic(organise_logit(p, amsa, pause_s, body.blood, effects, burden)) for pause_s in (2.0, 10.0, 20.0)]
    strong = logistic((energy - p.pulse_energy_mean) / p.pulse_energy_width)
    everything = [ends * follow[0] * strong, ends * follow[2] * strong]
    ((_, *cells),) = rows[f"{energy:.2f}"]
    told = [float(number) for cell in cells for number in cell.split(" / ")]
    assert told == pytest.approx([ends, *follow, strong, *everything], abs=0.03)


def test_its_example_of_a_level_makes_a_patient(page: str) -> None:
    (example,) = re.findall(r"```toml\n(\[patient\]\n.*?)```", page, re.DOTALL)
    asked = tomllib.loads(example)["patient"]
    assert Patient.new(Case.of(**asked), 1).body.blood.potassium_mmol_l == asked["potassium_mmol_l"]


@pytest.mark.parametrize(("row", "dose_ug"), [("coronary pressure with the drug, mmHg", 1000), ("without", 0)])
def test_the_worked_example_runs_as_it_is_told(row: str, dose_ug: int, rows: dict[str, list[tuple[str, ...]]]) -> None:
    care = compressions(10_000, 365_000), breaths(10_000, 365_000)
    made = patient(1, *care, [Dose(120_000, "epinephrine", dose_ug, "iv", flush=True)], rhythm="vf", **AVERAGE)
    (told,) = rows[row]
    for minute, mmhg in enumerate(told, start=2):
        course = watch(made, minute * 60_000 - 6_000, minute * 60_000)
        assert course.mean_cpp_mmhg == pytest.approx(float(mmhg), abs=2.0)
