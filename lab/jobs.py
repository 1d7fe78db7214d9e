"""What else a team has to do while hands are on: drugs, fluids, treatments, the airway; each due by time and rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Final

from game.sim import Dose, Treat
from lab import plan
from lab.bedside import LEAVES_MS, Bedside
from lab.record import SHOCKABLE, DoseGiven

MICRO: Final = {"mg": 1e3, "mmol": 1e3, "U": 1e6}
"""Micro-amounts (ug, umol, uU) in one of what a plan counts doses in."""

_TUBE_SHOWS_MS: Final = 30_000
_NO_TRACE_MMHG: Final = 2


@dataclass(slots=True)
class Job:
    """Something to do once or more: `due` tells when at the earliest, `do` does it and tells whether it is done."""

    due: Callable[[], float]
    do: Callable[[], bool]


def jobs_of(bed: Bedside) -> list[Job]:
    """Everything that the plan asks for once advanced care is there."""
    care, als_ms = bed.care, bed.record.als_ms
    jobs = [_drug_job(bed, drug) for drug in care.drugs.values() if drug.give]
    line_ms = als_ms + care.access.after_s * 1000.0
    jobs += [_fluid_job(bed, each, line_ms + each.after_s * 1000.0) for each in care.fluids.values() if each.give]
    jobs += [_treatment_job(bed, each, als_ms) for each in care.treatments.values() if each.give]
    if care.airway.device != "mask" and care.airway.attempts >= 1:
        jobs.append(_airway_job(bed, als_ms + care.airway.after_s * 1000.0))
    return jobs


def next_job(jobs: list[Job]) -> tuple[Job | None, float]:
    """The job that is due first, and when (ms); never is infinity."""
    best, earliest = None, inf
    for job in jobs:
        due = job.due()
        if due < earliest:
            best, earliest = job, due
    return best, earliest


def _held(bed: Bedside, until_enrolled: bool) -> bool:
    """Whether a trial's condition is waited for."""
    return until_enrolled and bed.record.enrolled_ms < 0


def _drug_job(bed: Bedside, drug: plan.Drug) -> Job:
    care, record = bed.care, bed.record
    earliest = max(record.als_ms + max(care.access.after_s, drug.after_s) * 1000.0, drug.from_collapse_s * 1000.0)
    again_ms = drug.every_s * 1000.0 if drug.every_s < inf else 0.0
    most = drug.most if drug.every_s < inf or drug.most < inf else float(max(len(drug.doses), len(drug.after_shocks)))
    given: list[int] = []

    def allowed() -> bool:
        number, repeats = len(given), drug.every_s < inf
        if bed.course.shown not in SHOCKABLE:
            return drug.not_shockable and (number == 0 or repeats)
        if number < len(drug.after_shocks):
            return len(record.shocks) >= drug.after_shocks[number]
        return number > 0 and repeats

    def due() -> float:
        if len(given) >= most or not bed.course.shown or _held(bed, drug.enrolled) or not allowed():
            return inf
        return max(earliest, given[-1] + again_ms) if given else earliest

    def do() -> bool:
        _give(bed, drug, drug.doses[min(len(given), len(drug.doses) - 1)])
        given.append(bed.now_ms)
        return False

    return Job(due, do)


def _give(bed: Bedside, drug: plan.Drug, amount: float) -> None:
    unit, _, per_kg = drug.unit.partition("/")
    dose = amount * (bed.weight_kg if per_kg else 1.0)
    if not drug.placebo:
        access = bed.care.access
        bed.apply(Dose(bed.now_ms, drug.drug, round(dose * MICRO[unit]), access.route, access.flush))
    bed.record.doses.append(DoseGiven(bed.now_ms, drug.drug, dose, unit, drug.placebo))


def _fluid_job(bed: Bedside, fluid: plan.Fluid, due_ms: float) -> Job:
    def do() -> bool:
        bed.hang(fluid.volume_ml, fluid.lasts_s, fluid.kind)
        return True

    return Job(lambda: inf if _held(bed, fluid.enrolled) else due_ms, do)


def _treatment_job(bed: Bedside, treatment: plan.Treatment, als_ms: int) -> Job:
    again_ms = treatment.again_s * 1000.0
    state = {"due": als_ms + treatment.after_s * 1000.0, "left": round(treatment.tries)}

    def do() -> bool:
        if treatment.treatment in plan.AIRWAY_TREATMENTS:
            bed.act(treatment.treatment)
        else:
            bed.apply(Treat(bed.now_ms, treatment.treatment, treatment.side))
        bed.note(treatment.treatment)
        state["due"] = bed.now_ms + again_ms
        state["left"] -= 1
        return state["left"] <= 0

    return Job(lambda: state["due"], do)


def _airway_job(bed: Bedside, due_ms: float) -> Job:
    airway = bed.care.airway
    state = {"due": due_ms, "left": round(airway.attempts), "watch": False}

    def do() -> bool:
        if state["watch"]:
            state["watch"] = False
            if not _tube_fails(bed):
                return True
            state["due"] = bed.now_ms + airway.again_s * 1000.0
            return state["left"] <= 0
        state["left"] -= 1
        if _attempt_airway(bed):
            state["watch"], state["due"] = True, bed.now_ms + _TUBE_SHOWS_MS
            return not airway.capnograph
        state["due"] = bed.now_ms + airway.again_s * 1000.0
        return state["left"] <= 0

    return Job(lambda: inf if _held(bed, airway.enrolled) else state["due"], do)


def _attempt_airway(bed: Bedside) -> bool:
    """One attempt at the airway; the last of its time may stop the pushing. True when the device seems to sit."""
    airway, hands, course = bed.care.airway, bed.hands, bed.course
    hands.bag_free = False
    pause_ms = int(airway.pause_s * 1000.0)
    end = bed.now_ms + max(int(airway.attempt_s * 1000.0), pause_ms)
    stop = end - pause_ms if pause_ms else max(end + LEAVES_MS, course.check_ms)
    bed.push_to(end - pause_ms, stop)
    paused = bed.now_ms < end
    bed.pause_to(end)
    if bed.over:
        return False
    bed.placed = None
    bed.act(airway.device)
    if paused:
        bed.pause_to(end + LEAVES_MS)
    else:
        bed.push_to(end + LEAVES_MS, stop)
    hands.bag_free = True
    sits = bed.placed is True
    if sits:
        hands.device = bed.record.airway = airway.device
    bed.note(f"{airway.device} {'in' if sits else 'failed'}")
    if paused:
        bed.resume()
    return sits


def _tube_fails(bed: Bedside) -> bool:
    """No carbon dioxide comes back through the device: it is taken out."""
    shown = bed.patient.etco2_mmhg
    if shown is not None and shown > _NO_TRACE_MMHG:
        return False
    bed.act("remove")
    bed.hands.device = bed.record.airway = "mask"
    bed.note("no carbon dioxide: taken out")
    return True
