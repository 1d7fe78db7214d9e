"""Cohorts: patients drawn from a population, cared for in one or more arms, on all cores, one row each.

A patient's number and the cohort's seed make his own seed. Every arm has the same patients with the same luck; an arm
differs by what its plan or its overrides say. With a condition only patients who meet it count, and drawing goes on
until there are as many as were asked for.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import count
from typing import Any, Final

from game.sim import Case, CaseError
from game.sim.body.circulation import STEP_MS
from lab import rows
from lab.draw import Spread, Value, constant, luck
from lab.plan import Plan
from lab.record import Record
from lab.rows import Row, Subject
from lab.run import LabError, new_patient, play
from lab.schema import Sketch, draw_fields
from lab.spec import Arm, Conditions, Kind, Population, Spec
from lab.team import Condition

MOST_TRIED: Final = 400
"""Patients drawn at most for each one who meets the condition."""

NONE_TRIED: Final = 1000
"""Patients drawn at most until the first one meets it."""

_SEED_BITS: Final = 52
_AHEAD_PER_JOB: Final = 4


# One patient


@dataclass(frozen=True, slots=True)
class Drawn:
    """One patient of a population before anything is done to him."""

    number: int
    seed: int
    kind: Kind
    who: Population
    patient: Mapping[str, Value]


def draw_patient(spec: Spec, seed: int, n: int) -> Drawn:
    """Patient number `n` of the cohort of this seed."""
    own = int(luck(seed, "patient", n) * (1 << _SEED_BITS))
    who = draw_fields(Population, spec.population, own, "population")
    shares = tuple(kind.share for kind in spec.kinds)
    kind = Spread("choice", tuple(float(place) for place in range(len(shares))), shares).drawn(own, "kind")
    chosen = spec.kinds[int(float(kind))]
    overrides = {**spec.patient, **chosen.patient}
    patient: dict[str, Value] = {name: value.drawn(own, f"patient.{name}") for name, value in overrides.items()}
    patient.setdefault("age", who.age)
    patient.setdefault("weight_kg", who.weight_kg)
    return Drawn(n, own, chosen, who, patient)


@dataclass(slots=True)
class Result:
    """The rows of one patient in all arms; none if he did not meet the condition."""

    number: int
    rows: list[Row] = field(default_factory=list)
    shocks: list[Row] = field(default_factory=list)
    rhythms: list[Row] = field(default_factory=list)


def treat_patient(spec: Spec, seed: int, patient: int, engine: str) -> Result:
    """Patient number `patient` in each arm. LabError for a patient that the model refuses.

    Without the condition met in the first arm he does not count. All arms must have met it at the same time: else they
    would choose among patients whom they had already treated differently, and that is a LabError, too.
    """
    drawn, result = draw_patient(spec, seed, patient), Result(patient)
    enrolled_ms = 0
    for n, arm in enumerate(spec.arms):
        overrides = {name: value.drawn(drawn.seed, f"patient.{name}") for name, value in arm.patient.items()}
        who = {**drawn.patient, **overrides}
        record = _in_arm(spec, drawn, arm, who, engine)
        if n == 0:
            enrolled_ms = record.enrolled_ms
        if record.enrolled_ms != enrolled_ms:
            raise LabError(
                f"{spec.name}: the arms {spec.arms[0].name} and {arm.name} differ before patient {patient} meets the "
                "condition; let them differ by what is `enrolled`"
            )
        if enrolled_ms < 0:
            return Result(patient)
        bystander = (record.crew_from if record.crew_ms >= 0 else len(record.pushes)) > 0
        age, weight_kg = float(who["age"]), float(who["weight_kg"])
        subject = Subject(
            arm.name, patient, drawn.seed, drawn.kind.name, age, weight_kg, drawn.who.witnessed, bystander
        )
        result.rows.append(rows.patient_row(subject, record))
        result.shocks += rows.shock_rows(subject, record)
        result.rhythms += rows.rhythm_rows(subject, record)
    return result


def _condition_of(spec: Spec, seed: int, late_s: float) -> Condition | None:
    if spec.condition is None:
        return None
    sketch, rhythms = spec.condition
    asked = draw_fields(Conditions, sketch, seed, "condition")
    return Condition(int(asked.shocks), asked.at_s + late_s, rhythms, asked.before_rosc)


def _in_arm(spec: Spec, drawn: Drawn, arm: Arm, patient: Mapping[str, Value], engine: str) -> Record:
    late_s = 0.0 if drawn.who.witnessed else drawn.who.unseen_s
    plan = _later(arm.plans[drawn.kind.name], drawn.seed, late_s)
    condition = _condition_of(spec, drawn.seed, late_s)
    try:
        return play(plan, patient, drawn.seed, engine=engine, minutes=spec.minutes, condition=condition)
    except CaseError as error:
        raise LabError(f"patient {drawn.number} of {spec.name}: {error}") from None


def _later(plan: Plan, seed: int, by_s: float) -> Plan:
    """The plan for an arrest that is found `by_s` late: all its times from collapse, put off."""
    if by_s == 0.0:
        return plan
    sections = dict(plan.sections)
    for section, key in (("bystander", "after_s"), ("crew", "at_s")):
        sections[section] = _put_off(sections[section], section, key, seed, by_s)
    drugs = {
        name: _put_off(drug, f"drug.{name}", "from_collapse_s", seed, by_s) for name, drug in plan.lists["drug"].items()
    }
    return replace(plan, sections=sections, lists={**plan.lists, "drug": drugs})


def _put_off(sketch: Sketch, prefix: str, key: str, seed: int, by_s: float) -> Sketch:
    value = sketch[key]
    assert isinstance(value, Spread)
    return {**sketch, key: constant(float(value.drawn(seed, f"{prefix}.{key}")) + by_s)}


# All of them


@cache
def _here() -> dict[str, Any]:
    return {}


def _begin(spec: Spec, seed: int, engine: str) -> None:
    """A worker begins: a Ctrl-C is for the parent to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _here().update(spec=spec, seed=seed, engine=engine)


def _treat(patient: int) -> Result:
    here = _here()
    return treat_patient(here["spec"], here["seed"], patient, here["engine"])


def cohort(spec: Spec, n: int, seed: int, *, engine: str = "auto", jobs: int = 0) -> Iterator[Result]:
    """The results of `n` patients, in order. `jobs` processes, 0 for one a core.

    LabError when the condition is met too rarely, or the model refuses a patient.
    """
    wanted = n
    for tried, result in enumerate(_results(spec, seed, engine, jobs or len(os.sched_getaffinity(0)), n), 1):
        if result.rows:
            yield result
            wanted -= 1
        if wanted <= 0:
            return
        if tried >= (NONE_TRIED if wanted == n else MOST_TRIED * n):
            raise LabError(f"{spec.name}: only {n - wanted} of {tried} patients met the condition")


def _results(spec: Spec, seed: int, engine: str, jobs: int, n: int) -> Iterator[Result]:
    if n <= 0:
        return
    limited = spec.condition is None
    numbers = range(n) if limited else count()
    if jobs == 1:
        yield from (treat_patient(spec, seed, patient, engine) for patient in numbers)
        return
    # Once here and not once in each process: a compiled patient takes its time to load.
    new_patient(engine, Case.of(), seed).advance(STEP_MS)
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("fork"), _begin, (spec, seed, engine))
    try:
        yield from _in_order(pool, iter(numbers), _AHEAD_PER_JOB * jobs)
    except BrokenProcessPool:
        raise LabError(f"{spec.name}: a worker was killed, perhaps for want of memory; try fewer --jobs") from None
    finally:
        # Whoever leaves early, by Ctrl-C or because there are enough, does not wait for patients nobody wants.
        ours = set(multiprocessing.active_children()) - others
        pool.shutdown(wait=False, cancel_futures=True)
        for process in ours:
            process.terminate()


def _in_order(pool: ProcessPoolExecutor, numbers: Iterator[int], ahead: int) -> Iterator[Result]:
    waiting: deque[Future[Result]] = deque()
    for n in numbers:
        waiting.append(pool.submit(_treat, n))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
