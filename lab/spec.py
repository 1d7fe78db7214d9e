"""Cohorts as TOML text: who collapses, and what is done to them in each arm. Every mistake is told by file and line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from game.content import ContentError
from game.sim import Rhythm, parameter_rows
from lab.draw import Spread
from lab.plan import Plan, named_plan
from lab.run import LONGEST_MIN
from lab.schema import (
    Rule,
    Sketch,
    Source,
    Steps,
    flag,
    moment,
    number,
    parameter_wish,
    refuse_others,
    sketched,
    spread,
    table,
)

SPECS: Final = Path(__file__).parent / "specs"
"""The folder of the specs that come along."""

FIRST_RHYTHMS: Final = tuple(rhythm.value for rhythm in Rhythm if rhythm is not Rhythm.PACED)
"""Rhythms in which a patient may collapse."""

_HEAD: Final = (
    "name", "title", "source", "care", "minutes", "set", "patient", "population", "kind", "arm", "condition",
)  # fmt: skip


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
class Conditions:
    """A trial's condition before it is drawn; see `lab.team.Condition`."""

    shocks: float = number(0, 0, 20)
    at_s: float = moment(0, 86_400)
    before_rosc: bool = flag(default=True)


def _text(source: Source, found: Mapping[str, object], key: str, steps: Steps, default: str | None = None) -> str:
    value = found.get(key, default)
    if not isinstance(value, str):
        raise source.error((*steps, key), "nothing" if value is None else value, "words in quotes")
    return value


def _constant(source: Source, found: Mapping[str, object], key: str, steps: Steps, rule: Rule, default: float) -> float:
    """A number of the whole cohort: nothing that could be drawn for each patient."""
    value = found.get(key, default)
    if isinstance(value, dict):
        raise source.error((*steps, key), value, f"a number from {rule.lo:g} to {rule.hi:g}, the same for all")
    read = spread(source, rule, value, (*steps, key))
    assert isinstance(read, Spread)
    return float(read.values[0])


def _patient(source: Source, found: Mapping[str, object], steps: Steps) -> dict[str, Spread]:
    """Overrides of the patient's parameters, each constant or spread, by the names and ranges of the model."""
    known = parameter_rows()
    read: dict[str, Spread] = {}
    for key, value in found.items():
        here = (*steps, key)
        if key == "rhythm":
            rule = Rule("word", words=FIRST_RHYTHMS)
        elif key in known:
            rule = Rule("number", known[key].lo, known[key].hi)
        else:
            raise source.error(here, key, parameter_wish(key))
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
    return Kind(
        _text(source, found, "name", steps),
        _constant(source, found, "share", steps, Rule("number", 0.0, 1e9), 1.0),
        _patient(source, table(source, found.get("patient", {}), (*steps, "patient")), (*steps, "patient")),
        (table(source, found.get("set", {}), (*steps, "set")), (*steps, "set")),
    )


def _arm(source: Source, found: Mapping[str, object], n: int, kinds: tuple[Kind, ...]) -> Arm:
    steps: Steps = ("arm", n)
    refuse_others(source, found, ("name", "care", "set", "patient"), steps)
    care = found.get("care", source.data.get("care"))
    if not isinstance(care, str):
        raise source.error((*steps, "care"), "nothing" if care is None else care, "the name of a plan")
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
    return sketched(source, Conditions, found, steps, None), tuple(words)


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
        raise source.error(("kind", 0, "share"), 0, "at least one kind with a share above 0")
    arms = tuple(_arm(source, found, n, kinds) for n, found in enumerate(_rows(source, "arm")))
    if not arms:
        raise ContentError(source.file, len(source.text.splitlines()), "the end", "at least one [[arm]]")
    _refuse_twins(source, "kind", [kind.name for kind in kinds])
    _refuse_twins(source, "arm", [arm.name for arm in arms])
    return Spec(
        name=_text(source, data, "name", ()),
        title=_text(source, data, "title", ()),
        source=_text(source, data, "source", ()),
        minutes=_constant(source, data, "minutes", (), Rule("number", 1, 24 * 60), LONGEST_MIN),
        population=population,
        patient=_patient(source, table(source, data.get("patient", {}), ("patient",)), ("patient",)),
        kinds=kinds,
        arms=arms,
        condition=_condition(source),
    )


def load_spec(name: str) -> Spec:
    """The spec of that name among those that come along, or in the file of that path. ContentError, OSError."""
    path = SPECS / f"{name}.toml"
    path = path if "/" not in name and path.is_file() else Path(name)
    if not path.is_file():
        known = ", ".join(sorted(each.stem for each in SPECS.glob("*.toml")))
        raise ContentError(name, 0, name, f"a spec file, or one of: {known}")
    return spec_of(Source.of(path))
