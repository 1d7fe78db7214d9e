"""What physiology says of pressure, flow and gas, asked of the whole patient: rows of the table that must hold."""

from __future__ import annotations

import pytest

from lab.experiments import EXPERIMENTS, Bench
from lab.published import published
from lab.verdict import judge

PRESSURE_ROWS = 28


def test_every_row_of_the_bench_has_its_experiment() -> None:
    assert set(EXPERIMENTS) == {key for key, row in published().items() if row.results and not row.specs}


@pytest.mark.parametrize("key", ["C9", "C18", "C19", "C22", "C28", "C31", "C35"])
def test_the_whole_patient_does_what_was_measured(key: str) -> None:
    verdict = judge(published()[key], EXPERIMENTS[key](Bench()))
    for each in verdict.verdicts:
        assert each.inside is not False, f"{each.result.key}: {each.found.value:.3g}, band {each.result.band}"
        assert each.right is not False, f"{each.result.key}: {each.found.value:.3g} has the wrong sign"


def test_perfusion_pressures_are_those_of_the_parameter_set() -> None:
    verdict = judge(published()["1.2"], EXPERIMENTS["1.2"](Bench()))
    pressures = [each for each in verdict.verdicts if each.result.key.endswith("_cpp")]
    assert len(pressures) == PRESSURE_ROWS
    assert [each.result.key for each in pressures if not each.inside] == []


def test_the_bench_takes_other_parameters() -> None:
    wide = EXPERIMENTS["C22"](Bench({"dead_zone_mm": 30.0}))
    assert wide["flow_20"].value != EXPERIMENTS["C22"](Bench())["flow_20"].value
