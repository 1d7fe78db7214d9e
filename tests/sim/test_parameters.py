"""The numbers of the patient: sourced, bounded, overridable by name, and never in code."""

from __future__ import annotations

import ast
import importlib.util
import re
from pathlib import Path

import pytest

from game.sim import Case, CaseError, Rhythm, model_version, parameter_rows, parameter_texts
from game.sim.formulary import drug_code

WHERE_SETS_ARE_ONLY_ASKED = ("formulary.py", "parameters.py", "plain.py", "reader.py")
SIM = Path(str(importlib.util.find_spec("game.sim").origin)).parent  # type: ignore[union-attr]


def test_every_number_has_a_unit_a_range_and_a_known_source() -> None:
    rows = parameter_rows()
    assert len(rows) > 200
    for row in rows.values():
        assert row.lo < row.hi
        assert row.unit
        assert row.source


def test_a_level_can_override_any_number_by_name() -> None:
    case = Case.of(
        "pea",
        energy=0.6,
        weight_kg=84,
        age=58,
        blood_volume_ml=4200,
        epinephrine_half_ug=500,
        arrest_aorta_ml_per_mmhg=1,
    )
    assert case.rhythm is Rhythm.PEA
    assert (case.parameters.case.energy, case.weight_kg, case.age) == (0.6, 84.0, 58.0)
    assert case.parameters.circulation.blood_volume_ml == 4200.0
    assert case.parameters.drugs.drugs[drug_code("epinephrine")].half_ug == 500.0
    assert case.parameters.circulation.arrest.aorta_ml_per_mmhg == 1.0


@pytest.mark.parametrize(
    ("overrides", "name", "expected"),
    [
        ({"rhythm": "waltz"}, "rhythm", "vf, pvt, asystole, pea, sinus"),
        ({"blood_volume": 4000}, "blood_volume", "blood_volume_ml"),
        ({"blood_volume_ml": 40}, "blood_volume_ml", "2500 to 8000"),
        ({"blood_volume_ml": "much"}, "blood_volume_ml", "a number"),
        ({"energy": True}, "energy", "a number"),
        ({"energy": float("nan")}, "energy", "0 to 0.9"),
    ],
)
def test_a_wrong_override_is_told_clearly(overrides: dict[str, object], name: str, expected: str) -> None:
    with pytest.raises(CaseError) as told:
        Case.of(**overrides)
    assert told.value.name == name
    assert expected in str(told.value)


def test_cases_are_frozen_and_equal_when_alike() -> None:
    assert Case.of(energy=0.5) == Case.of(energy=0.5)
    with pytest.raises(AttributeError):
        Case.of().rhythm = Rhythm.PEA  # type: ignore[misc]


def test_the_model_has_a_version_that_its_texts_decide() -> None:
    assert re.fullmatch("[0-9a-f]{12}", model_version())
    assert "circulation.toml" in parameter_texts()
    assert parameter_texts()["heart.toml"].startswith("#")


def test_the_patient_uses_no_mathematics_that_differs_between_machines() -> None:
    """Only + - * / and the square root are the same bits everywhere, and no order may come from a set."""
    for path in SIM.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module in {"math", "random", "cmath", "statistics"}:
                assert {alias.name for alias in node.names} == {"sqrt"}, path
            if isinstance(node, ast.Import):
                assert not {alias.name for alias in node.names} & {"math", "random", "cmath", "numpy", "time"}, path
            if isinstance(node, ast.BinOp):
                assert not isinstance(node.op, ast.Pow), path
            if path.name not in WHERE_SETS_ARE_ONLY_ASKED:
                assert not isinstance(node, ast.Set | ast.SetComp), path
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in {"sum", "pow", "hash"}, (
                    f"{path}: sum() of floats differs from Python 3.12 on"
                )


SHAPES = {0.0, 0.5, 1.0, 2.0, 3.0, 4.0}
CONVERSIONS = {0.001, 0.01, 0.06, 0.1, 10.0, 60.0, 100.0, 1000.0, 60_000.0}


def test_the_laws_hold_no_numbers_of_their_own() -> None:
    """Floats there are those of an equation's shape or of a change of units; all others have a row and a source."""
    for path in (SIM / "laws").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, float):
                assert node.value in SHAPES | CONVERSIONS, f"{path}:{node.lineno}: {node.value}"


def test_every_number_moves_the_version() -> None:
    assert set(parameter_texts()) >= {f"{group.stem}.toml" for group in (SIM / "params").glob("*.toml")}
