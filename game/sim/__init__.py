"""The patient: a body that lives by what is done to it. Pure; its only reading is that of its own numbers."""

from __future__ import annotations

from game.sim.case import Case
from game.sim.events import (
    AirwayAct,
    Breath,
    Compression,
    Dose,
    Event,
    Fluid,
    Flush,
    Infuse,
    Inject,
    Oxygen,
    Pace,
    Sample,
    Shock,
    Treat,
)
from game.sim.findings import Finding
from game.sim.formulary import known_drugs, known_routes
from game.sim.happenings import (
    AirwayPlaced,
    Captured,
    ChargeKept,
    Happening,
    Injured,
    PulseChanged,
    RhythmChanged,
    Sampled,
    Shocked,
    Treated,
    Vomited,
)
from game.sim.parameters import CaseError, model_version, parameter_rows, parameter_texts
from game.sim.patient import Patient
from game.sim.rhythm import Rhythm, ShockResult

__all__ = [
    "AirwayAct",
    "AirwayPlaced",
    "Breath",
    "Captured",
    "Case",
    "CaseError",
    "ChargeKept",
    "Compression",
    "Dose",
    "Event",
    "Finding",
    "Fluid",
    "Flush",
    "Happening",
    "Infuse",
    "Inject",
    "Injured",
    "Oxygen",
    "Pace",
    "Patient",
    "PulseChanged",
    "Rhythm",
    "RhythmChanged",
    "Sample",
    "Sampled",
    "Shock",
    "ShockResult",
    "Shocked",
    "Treat",
    "Treated",
    "Vomited",
    "known_drugs",
    "known_routes",
    "model_version",
    "parameter_rows",
    "parameter_texts",
]
