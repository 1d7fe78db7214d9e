"""All the patient's numbers together: the groups of `game.sim.params`, with what a level overrides."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from functools import cache
from typing import Any, Final, get_type_hints

from game.sim.params.airway import AirwayParameters
from game.sim.params.blood import BloodParameters
from game.sim.params.brain import BrainParameters
from game.sim.params.case import CaseParameters
from game.sim.params.causes import CausesParameters
from game.sim.params.chest import ChestParameters
from game.sim.params.circulation import CirculationParameters
from game.sim.params.drugs import DrugParameters
from game.sim.params.heart import HeartParameters
from game.sim.params.latent import LatentParameters
from game.sim.params.lungs import LungParameters
from game.sim.params.pulse import PulseParameters
from game.sim.params.reader import CaseError, Row, borrowed_by, read_group, rows_of, text_of
from game.sim.params.reflex import ReflexParameters
from game.sim.params.rhythm import RhythmParameters

__all__ = [
    "CODE_VERSION",
    "CaseError",
    "Parameters",
    "make_parameters",
    "model_version",
    "parameter_rows",
    "parameter_texts",
]

CODE_VERSION: Final = "2"
"""Raise when the equations change, so that older logs are known to belong to another model."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """All numbers of one patient; each group is described in the TOML file of its name."""

    case: CaseParameters
    circulation: CirculationParameters
    chest: ChestParameters
    pulse: PulseParameters
    reflex: ReflexParameters
    heart: HeartParameters
    rhythm: RhythmParameters
    latent: LatentParameters
    airway: AirwayParameters
    lungs: LungParameters
    brain: BrainParameters
    blood: BloodParameters
    drugs: DrugParameters
    causes: CausesParameters


@cache
def parameter_texts() -> Mapping[str, str]:
    """The TOML texts by file name, to embed in an exported log."""
    return {f"{name}.toml": text_of(name) for name in sorted((*_kinds(), "findings", "labs", "sources"))}


@cache
def model_version() -> str:
    """Twelve hex digits that name these equations with these numbers."""
    digest = hashlib.sha256(CODE_VERSION.encode())
    for name, text in parameter_texts().items():
        digest.update(f"\n{name}\n{text}".encode())
    return digest.hexdigest()[:12]


@cache
def parameter_rows() -> Mapping[str, Row]:
    """Every row by its name. ValueError if a row is malformed, out of its own range, unsourced or named twice."""
    rows: dict[str, Row] = {}
    for group in _kinds():
        for name, row in rows_of(group).items():
            if name in rows:
                raise ValueError(f"{group}.toml: {name} is named in another file, too")
            rows[name] = row
    return rows


def make_parameters(overrides: Mapping[str, object]) -> Parameters:
    """All numbers, with `overrides` by name. CaseError for an unknown name, a non-number or a value out of range."""
    rows = parameter_rows()
    for name, value in overrides.items():
        if name not in rows:
            raise CaseError(name, value, f"a parameter's name, such as {_nearest(name, rows)}")
    groups: dict[str, Any] = {}
    for group, kind in _kinds().items():
        own, borrowed = rows_of(group), borrowed_by(kind)
        mine = {name: value for name, value in overrides.items() if name in own or name in borrowed}
        groups[group] = read_group(kind, group, mine) if mine else _unchanged(group)
    return Parameters(**groups)


@cache
def _kinds() -> Mapping[str, type]:
    hints = get_type_hints(Parameters)
    return {field.name: hints[field.name] for field in fields(Parameters)}


@cache
def _unchanged(group: str) -> object:
    return read_group(_kinds()[group], group)


def _nearest(name: str, rows: Mapping[str, Row]) -> str:
    return get_close_matches(name, rows, n=1, cutoff=0.0)[0]
