"""The same patient, hash by hash, in this Python and in those that browsers run: other versions, other processor."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

import pytest

from game.sim import Patient
from tests.sim import course_script

PYTHONS = {"3.12": "pyodide-python-3.12", "3.13": "pyodide", "3.14": "pyodide-python-3.14"}
"""Packages of npm that carry a Python; package.json names their versions."""


@cache
def here() -> list[str]:
    return course_script.hashes(Patient.new(course_script.case(), course_script.SEED))


@pytest.mark.parametrize("version", PYTHONS)
def test_a_course_has_the_same_bits_in_the_browsers_python(version: str, root: Path) -> None:
    command = ["node", "web/node/run_python.mjs", f"--bare={PYTHONS[version]}", "tests/sim/course_script.py"]
    ran = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    said, *there = ran.stdout.splitlines()
    assert said.startswith(f"{version}.")
    assert there == here()


def test_the_course_is_worth_comparing() -> None:
    *states, happened = here()
    assert len(set(states)) == course_script.TO_MS // course_script.EVERY_MS
    assert {"Shocked", "RhythmChanged", "AirwayPlaced", "Treated", "Sampled"} <= set(happened.replace("(", " ").split())
