"""The patient: a body that lives by what is done to it. Pure; its only reading is that of its own numbers."""

from __future__ import annotations

from game.sim.case import Case
from game.sim.drugs import known_drugs, known_routes
from game.sim.events import Breath, Compression, Dose, Event, Fluid, Flush, Shock
from game.sim.happenings import Happening, PulseChanged, RhythmChanged, Shocked
from game.sim.parameters import CaseError, model_version, parameter_rows, parameter_texts
from game.sim.patient import Patient
from game.sim.rhythm import Rhythm, ShockResult

__all__ = [
    "Breath",
    "Case",
    "CaseError",
    "Compression",
    "Dose",
    "Event",
    "Fluid",
    "Flush",
    "Happening",
    "Patient",
    "PulseChanged",
    "Rhythm",
    "RhythmChanged",
    "Shock",
    "ShockResult",
    "Shocked",
    "known_drugs",
    "known_routes",
    "model_version",
    "parameter_rows",
    "parameter_texts",
]
