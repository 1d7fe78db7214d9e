"""What the lab reads from a patient at one moment: true values, in one place for tables, rows and pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from game.sim.laws.chest import depth_for_force


@dataclass(frozen=True, slots=True)
class Look:
    """One reading. Pressures in mmHg, flow in L/min, saturations in percent; None where nothing can be measured."""

    time_s: float
    rhythm: str
    pulse: bool
    cpp_mmhg: float
    flow_l_min: float
    systolic_mmhg: int
    diastolic_mmhg: int
    mean_mmhg: int
    etco2_mmhg: int | None
    spo2_pct: int | None
    saturation_pct: float
    pao2_mmhg: float
    paco2_mmhg: float
    ph: float
    lactate_mmol_l: float
    energy: float
    amsa_mv_hz: float


def look(patient: Any, ms: int) -> Look:
    """Read a patient who has reached `ms`."""
    body = patient.body
    return Look(
        time_s=ms / 1000.0,
        rhythm=str(patient.rhythm),
        pulse=bool(patient.has_pulse),
        cpp_mmhg=float(patient.cpp_mmhg),
        flow_l_min=float(patient.cardiac_output_l_min),
        systolic_mmhg=int(patient.systolic_mmhg),
        diastolic_mmhg=int(patient.diastolic_mmhg),
        mean_mmhg=int(patient.mean_mmhg),
        etco2_mmhg=patient.etco2_mmhg,
        spo2_pct=patient.spo2_pct,
        saturation_pct=float(patient.saturation_pct),
        pao2_mmhg=float(body.lungs.oxygen_mmhg),
        paco2_mmhg=float(body.lungs.arterial_mmhg),
        ph=float(body.blood.ph),
        lactate_mmol_l=float(body.blood.lactate_mmol_l),
        energy=float(patient.energy),
        amsa_mv_hz=float(patient.amsa_mv_hz),
    )


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the model expects of a patient who is admitted: chances of living to day 30, and of a good mind if so."""

    survive: float
    good: float


def outlook(patient: Any) -> Outlook:
    """The outlook of a patient with a pulse, as things stand now."""
    return Outlook(float(patient.survival), float(patient.good_outcome))


def depth_for_force_mm(patient: Any, force_n: float) -> float:
    """How deep this patient's chest goes, as stiff as it is now, under a force."""
    return float(depth_for_force(patient.body.chest, patient.case.parameters.chest, force_n))


def beats(patient: Any) -> bool:
    """Whether the heart beats now, with a pulse or without."""
    return bool(patient.body.electrical.beating)
