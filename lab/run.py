"""Plays one plan on one patient, by the patient of the product or by the compiled one."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any, Final

from game.sim import Case, Patient
from lab.plan import Plan
from lab.record import MINUTE_MS, Record
from lab.team import Condition, Team

ENGINES: Final = ("auto", "python", "compiled")
LONGEST_MIN: Final = 240


class LabError(Exception):
    """What was asked cannot be done: a sentence for people."""


def new_patient(engine: str, case: Case, seed: int) -> Any:
    """A patient by the engine asked for. LabError where the compiled one was asked for and cannot be had."""
    if engine != "python":
        try:
            return importlib.import_module("lab.compiled.patient").CompiledPatient.new(case, seed)
        except ImportError as error:
            if engine == "compiled":
                raise LabError(f"the compiled patient needs {error.name}: install the extra `lab`") from None
    return Patient.new(case, seed)


def play(
    plan: Plan,
    patient: Mapping[str, object],
    seed: int,
    *,
    engine: str = "python",
    minutes: float = LONGEST_MIN,
    look_every_s: float = 0.0,
    condition: Condition | None = None,
) -> Record:
    """The record of `plan` on the patient of these overrides (see Case.of) and this seed. CaseError for a wrong one."""
    case = Case.of(**patient)
    team = Team(
        new_patient(engine, case, seed),
        plan.draw(seed),
        case.weight_kg,
        limit_ms=int(minutes * MINUTE_MS),
        look_every_ms=int(look_every_s * 1000.0),
        condition=condition,
    )
    return team.play()
