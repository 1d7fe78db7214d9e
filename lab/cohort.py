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
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, Final

from game.sim import Case, CaseError, Rhythm, parameter_rows
from lab import rows
from lab.draw import Spread, Value, constant, luck
from lab.plan import Plan, named_plan
from lab.record import Record
from lab.rows import Row, Subject
from lab.run import LONGEST_MIN, LabError, new_patient, play
from lab.schema import (
    Rule,
    Sketch,
    Source,
    Steps,
    draw_fields,
    flag,
    moment,
    number,
    refuse_others,
    sketched,
    spread,
    table,
)
from lab.team import Condition

SPECS: Final = Path(__file__).parent / "specs"
"""The folder of the specs that come along."""

MOST_TRIED: Final = 400
"""Patients drawn at most for each one who meets the condition."""

_HEAD: Final = (
    "name", "title", "source", "care", "minutes", "set", "patient", "population", "kind", "arm", "condition",
)  # fmt: skip
_SEED_BITS: Final = 52
_AHEAD_PER_JOB: Final = 4


@dataclass(frozen=True, slots=True)
class Population:
    """Who collapses. In an arrest that nobody saw, everything comes `unseen_s` later."""

    age: float = number(62, 16, 105)
    weight_kg: float = number(78, 30, 250)
    witnessed: bool = flag(default=True)
    unseen_s: float = number(300, 0, 7200)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of patient: its share of the population, what is wrong, and what care differs for it."""

    name: str
    share: float
    patient: Mapping[str, Spread]
    changes: tuple[Mapping[str, object], Steps]


@dataclass(frozen=True, slots=True)
class Arm:
    """One arm: its plan for each kind of patient, and what it changes in the patient."""

    name: str
    plans: Mapping[str, Plan]
    patient: Mapping[str, Spread]


@dataclass(frozen=True, slots=True)
class Spec:
    """A cohort as read: who, and what is done to them."""

    name: str
    title: str
    source: str
    minutes: float
    population: Sketch
    patient: Mapping[str, Spread]
    kinds: tuple[Kind, ...]
    arms: tuple[Arm, ...]
    condition: tuple[Sketch, tuple[str, ...]] | None
    """What a trial asks of a patient, before it is drawn for him, and the rhythms it takes."""


@dataclass(frozen=True, slots=True)
class _Conditions:
    shocks: float = number(0, 0, 20)
    at_s: float = moment(0, 86_400)
    before_rosc: bool = flag(default=True)


def _text(source: Source, found: Mapping[str, object], key: str, steps: Steps, default: str | None = None) -> str:
    value = found.get(key, default)
    if not isinstance(value, str):
        raise source.error((*steps, key), "nothing" if value is None else value, f"{key}: words in quotes")
    return value


def _single(source: Source, found: Mapping[str, object], key: str, rule: Rule, default: float) -> float:
    read = spread(source, rule, found.get(key, default), (key,))
    assert isinstance(read, Spread)
    return float(read.values[0])


def _patient(source: Source, found: Mapping[str, object], steps: Steps) -> dict[str, Spread]:
    """Overrides of the patient's parameters, each constant or spread, by the names and ranges of the model."""
    known = parameter_rows()
    read: dict[str, Spread] = {}
    for key, value in found.items():
        here = (*steps, key)
        if key == "rhythm":
            rule = Rule("word", words=tuple(rhythm.value for rhythm in Rhythm))
        elif key in known:
            rule = Rule("number", known[key].lo, known[key].hi)
        else:
            raise source.error(here, key, "`rhythm` or a parameter of the patient (game/sim/params)")
        one = spread(source, rule, value, here)
        assert isinstance(one, Spread)
        read[key] = one
    return read


def _rows(source: Source, key: str) -> list[Mapping[str, object]]:
    value = source.data.get(key, [])
    if not isinstance(value, list):
        raise source.error((key,), value, f"tables [[{key}]]")
    return [table(source, row, (key, n)) for n, row in enumerate(value)]


def _kind(source: Source, found: Mapping[str, object], n: int) -> Kind:
    steps: Steps = ("kind", n)
    refuse_others(source, found, ("name", "share", "patient", "set"), steps)
    share = spread(source, Rule("number", 0.0, 1e9), found.get("share", 1), (*steps, "share"))
    assert isinstance(share, Spread)
    return Kind(
        _text(source, found, "name", steps),
        float(share.values[0]),
        _patient(source, table(source, found.get("patient", {}), (*steps, "patient")), (*steps, "patient")),
        (table(source, found.get("set", {}), (*steps, "set")), (*steps, "set")),
    )


def _arm(source: Source, found: Mapping[str, object], n: int, kinds: tuple[Kind, ...]) -> Arm:
    steps: Steps = ("arm", n)
    refuse_others(source, found, ("name", "care", "set", "patient"), steps)
    care = found.get("care", source.data.get("care"))
    if not isinstance(care, str):
        raise source.error((*steps, "care"), "nothing" if care is None else care, "care: the name of a plan")
    plan = named_plan(source, (*steps, "care") if "care" in found else ("care",), care)
    plan = plan.changed(source, table(source, source.data.get("set", {}), ("set",)), ("set",))
    own = table(source, found.get("set", {}), (*steps, "set"))
    plans = {kind.name: plan.changed(source, *kind.changes).changed(source, own, (*steps, "set")) for kind in kinds}
    patient = table(source, found.get("patient", {}), (*steps, "patient"))
    return Arm(_text(source, found, "name", steps), plans, _patient(source, patient, (*steps, "patient")))


def _condition(source: Source) -> tuple[Sketch, tuple[str, ...]] | None:
    if "condition" not in source.data:
        return None
    steps: Steps = ("condition",)
    found = dict(table(source, source.data["condition"], steps))
    words = found.pop("rhythms", [])
    known = tuple(rhythm.value for rhythm in Rhythm)
    if not isinstance(words, list) or any(item not in known for item in words):
        raise source.error((*steps, "rhythms"), words, "a list of " + ", ".join(known))
    return sketched(source, _Conditions, found, steps, None), tuple(words)


def _refuse_twins(source: Source, key: str, names: list[str]) -> None:
    for n, name in enumerate(names):
        if name in names[:n]:
            raise source.error((key, n, "name"), name, "each name only once")


def spec_of(source: Source) -> Spec:
    """The spec in a TOML text. Raises ContentError."""
    data = source.data
    refuse_others(source, data, _HEAD)
    population = sketched(
        source, Population, table(source, data.get("population", {}), ("population",)), ("population",), None
    )
    kinds = tuple(_kind(source, found, n) for n, found in enumerate(_rows(source, "kind")))
    kinds = kinds or (Kind("all", 1.0, {}, ({}, ("kind",))),)
    if sum(kind.share for kind in kinds) <= 0.0:
        raise source.error(("kind",), 0, "kinds with shares above 0")
    arms = tuple(_arm(source, found, n, kinds) for n, found in enumerate(_rows(source, "arm")))
    if not arms:
        raise source.error((), "no [[arm]]", "at least one arm")
    _refuse_twins(source, "kind", [kind.name for kind in kinds])
    _refuse_twins(source, "arm", [arm.name for arm in arms])
    return Spec(
        name=_text(source, data, "name", ()),
        title=_text(source, data, "title", ()),
        source=_text(source, data, "source", ()),
        minutes=_single(source, data, "minutes", Rule("number", 1, 24 * 60), LONGEST_MIN),
        population=population,
        patient=_patient(source, table(source, data.get("patient", {}), ("patient",)), ("patient",)),
        kinds=kinds,
        arms=arms,
        condition=_condition(source),
    )


def load_spec(name: str) -> Spec:
    """The spec of that name among those that come along, or in the file of that path. ContentError, OSError."""
    path = SPECS / f"{name}.toml"
    return spec_of(Source.of(path if "/" not in name and path.is_file() else Path(name)))


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
    """Patient number `patient` in each arm. LabError for a patient that the model refuses."""
    drawn, result = draw_patient(spec, seed, patient), Result(patient)
    for arm in spec.arms:
        record, bystander = _in_arm(spec, drawn, arm, engine)
        if spec.condition is not None and record.enrolled_ms < 0:
            return Result(patient)
        age, weight_kg = float(drawn.patient["age"]), float(drawn.patient["weight_kg"])
        subject = Subject(
            arm.name, patient, drawn.seed, drawn.kind.name, age, weight_kg, drawn.who.witnessed, bystander
        )
        result.rows.append(rows.patient_row(subject, record))
        result.shocks += rows.shock_rows(subject, record)
        result.rhythms += rows.rhythm_rows(subject, record)
    return result


def _condition_of(spec: Spec, seed: int) -> Condition | None:
    if spec.condition is None:
        return None
    sketch, rhythms = spec.condition
    asked = draw_fields(_Conditions, sketch, seed, "condition")
    return Condition(int(asked.shocks), asked.at_s, rhythms, asked.before_rosc)


def _in_arm(spec: Spec, drawn: Drawn, arm: Arm, engine: str) -> tuple[Record, bool]:
    patient = dict(drawn.patient)
    patient.update({name: value.drawn(drawn.seed, f"patient.{name}") for name, value in arm.patient.items()})
    plan = arm.plans[drawn.kind.name]
    if not drawn.who.witnessed:
        plan = _later(plan, drawn.seed, drawn.who.unseen_s)
    condition = _condition_of(spec, drawn.seed)
    try:
        record = play(plan, patient, drawn.seed, engine=engine, minutes=spec.minutes, condition=condition)
    except CaseError as error:
        raise LabError(f"patient {drawn.number} of {spec.name}: {error}") from None
    crew = record.crew_from if record.crew_ms >= 0 else len(record.pushes)
    return record, crew > 0


def _later(plan: Plan, seed: int, by_s: float) -> Plan:
    """The plan for an arrest that is found `by_s` late."""
    sections = dict(plan.sections)
    for section, key in (("bystander", "after_s"), ("crew", "at_s")):
        value = sections[section][key]
        assert isinstance(value, Spread)
        drawn = float(value.drawn(seed, f"{section}.{key}")) + by_s
        sections[section] = {**sections[section], key: constant(drawn)}
    return replace(plan, sections=sections)


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
    for tried, result in enumerate(_results(spec, seed, engine, jobs or os.cpu_count() or 1, n), 1):
        if result.rows:
            yield result
            wanted -= 1
        if wanted <= 0:
            return
        if tried >= MOST_TRIED * n:
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
    new_patient(engine, Case.of(), seed)
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("fork"), _begin, (spec, seed, engine))
    try:
        yield from _in_order(pool, iter(numbers), _AHEAD_PER_JOB * jobs)
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
