"""Care plans: what a team does to a patient, by time and rule, as TOML text.

A plan is read once and drawn for each patient: every number in it may be a distribution. Times count from collapse
unless their name says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from math import inf
from pathlib import Path
from typing import Any, Final

from game.content import ContentError
from game.sim import known_drugs, known_routes
from game.sim.events import FLUIDS, SIDES, TREATMENTS
from game.sim.rhythm import VECTORS
from lab.draw import Spread, luck
from lab.schema import (
    Sketch,
    Source,
    Steps,
    draw_fields,
    flag,
    moment,
    number,
    numbers,
    refuse_others,
    sketched,
    table,
    word,
)

PLANS: Final = Path(__file__).parent / "plans"
"""The folder of the plans that come along; a plan there goes by its name without `.toml`."""

_DAY_S: Final = 86_400.0


@dataclass(frozen=True, slots=True)
class Bystander:
    """CPR before the crew: whether there is any, and seconds from collapse to the first push."""

    cpr: bool = flag(default=False)
    after_s: float = number(60, 0, _DAY_S)


@dataclass(frozen=True, slots=True)
class Compressions:
    """How the chest is pushed. With `force_n` above 0 the force is constant and the chest decides the depth.

    `hands_off` is the share of all time without hands that is aimed at: pauses of `hands_off_pause_s` are spread over
    each cycle until breaths, checks and they together reach it. `tires` lets arms tire (`arms` scales what they can
    bear) and `switch` puts fresh ones on at each check. `rate_costs_depth` is the share of depth lost for each push a
    minute above 120.
    """

    rate_per_min: float = number(110, 40, 200)
    depth_mm: float = number(50, 0, 80)
    force_n: float = number(0, 0, 1500)
    duty: float = number(0.45, 0.2, 0.8)
    lean_mm: float = number(0, 0, 30)
    hands_off: float = number(0, 0, 0.98)
    hands_off_pause_s: float = number(8, 2, 600)
    tires: bool = flag(default=False)
    arms: float = number(1, 0.3, 3)
    switch: bool = flag(default=True)
    rate_costs_depth: float = number(0, 0, 0.05)


@dataclass(frozen=True, slots=True)
class Breaths:
    """Breaths by mask: in pauses after each set of pushes, or `continuous` beside them; by tube always beside them.

    `real_share` is the share of those pauses in which air goes in. `volume_ml` is what the hand squeezes.
    """

    give: bool = flag(default=True)
    continuous: bool = flag(default=False)
    per_set: float = number(30, 1, 1000)
    breaths_per_set: float = number(2, 1, 10)
    set_pause_s: float = number(4, 0.5, 60)
    real_share: float = number(1, 0, 1)
    per_min: float = number(10, 1, 60)
    volume_ml: float = number(500, 0, 2000)
    lasts_s: float = number(1, 0.2, 4)
    oxygen_pct: float = number(100, 10, 100)
    seal_pct: float = number(90, 0, 100)


@dataclass(frozen=True, slots=True)
class Crew:
    """The professionals: when they take over, how long until pads and the first look, when advanced care is there."""

    at_s: float = moment(0, _DAY_S)
    check_after_s: float = number(40, 0, 3600)
    als_after_s: float = number(0, 0, _DAY_S)


@dataclass(frozen=True, slots=True)
class Check:
    """The rhythm check that ends each cycle; an organised rhythm adds fingers on the neck."""

    every_s: float = number(120, 20, 1200)
    look_s: float = number(4, 0, 60)
    pulse_s: float = number(4, 0, 60)


@dataclass(frozen=True, slots=True)
class Shocks:
    """Who shocks what the monitor shows as VF or VT, how, and with which pauses (last push to shock, shock to push).

    With `charge_while_compressing` the look is a pause of its own, hands go back on for `charge_s`, and the pause
    before the shock follows; without, look and charge lie inside it. `stack` shocks follow each other at most, with
    `stack_s` between them. `scatter` is the sigma of the logarithm by which each pause differs from the patient's.
    """

    give: bool = flag(default=True)
    energies_j: tuple[float, ...] = numbers((200, 300, 360), 1, 500)
    pre_pause_s: float = number(4, 0, 300)
    post_pause_s: float = number(3, 0, 300)
    scatter: float = number(0, 0, 1.5)
    charge_while_compressing: bool = flag(default=True)
    charge_s: float = number(5, 0, 60)
    stack: float = number(1, 1, 5)
    stack_s: float = number(10, 2, 120)
    vector_after: float = moment(inf, 100)
    vector: str = word("ap", *VECTORS)
    contact_pct: float = number(100, 0, 100)


@dataclass(frozen=True, slots=True)
class Access:
    """The line: seconds from advanced care to its being there, and by which route drugs go."""

    after_s: float = moment(90, _DAY_S)
    route: str = word("iv")
    flush: bool = flag(default=True)


@dataclass(frozen=True, slots=True)
class Airway:
    """An airway beyond the mask: what, how long after advanced care is there, and the hands-off time of an attempt.

    Success is the patient's own; `skill_pct` scales it. A device that brings no carbon dioxide back is taken out when
    there is a capnograph. `enrolled` holds the first attempt until the condition of a trial is met.
    """

    device: str = word("mask", "mask", "sga", "tube")
    adjunct: str = word("opa", "none", "opa", "npa")
    after_s: float = number(180, 0, _DAY_S)
    attempt_s: float = number(20, 1, 180)
    pause_s: float = number(0, 0, 180)
    attempts: float = number(2, 0, 10)
    again_s: float = number(60, 0, 600)
    skill_pct: float = number(100, 0, 200)
    capnograph: bool = flag(default=True)
    enrolled: bool = flag(default=False)


@dataclass(frozen=True, slots=True)
class Drug:
    """A drug of the arrest. Doses in `unit`: "mg", "mmol" or "U", or of these per kilogram; the last one repeats.

    Dose n is due, in a rhythm that the last check showed as shockable, from `after_shocks[n]` shocks on, or, past the
    end of that list, `every_s` after the one before; in any other rhythm at once if `not_shockable`, then by
    `every_s`. Never before the line, `after_s` from advanced care, or `from_collapse_s`. `enrolled` holds it until the
    condition of a trial is met; a `placebo` is recorded and does nothing.
    """

    give: bool = flag(default=True)
    drug: str = word("")
    doses: tuple[float, ...] = numbers((), 0, 1e6)
    unit: str = word("mg", "mg", "mmol", "U", "mg/kg", "mmol/kg", "U/kg")
    after_shocks: tuple[float, ...] = numbers((), 0, 100)
    not_shockable: bool = flag(default=True)
    after_s: float = number(0, 0, _DAY_S)
    from_collapse_s: float = number(0, 0, _DAY_S)
    every_s: float = moment(inf, 7200)
    most: float = moment(inf, 100)
    enrolled: bool = flag(default=False)
    placebo: bool = flag(default=False)


@dataclass(frozen=True, slots=True)
class Fluid:
    """A bag of fluid in the arrest, `after_s` from the line, with `enrolled` not before a trial's condition is met."""

    give: bool = flag(default=True)
    volume_ml: float = number(500, 0, 10_000)
    lasts_s: float = number(300, 1, 7200)
    kind: str = word("crystalloid", *FLUIDS)
    after_s: float = number(0, 0, _DAY_S)
    enrolled: bool = flag(default=False)


@dataclass(frozen=True, slots=True)
class Treatment:
    """A cause treated by hand, `after_s` from advanced care, tried `tries` times at the most, `again_s` apart."""

    give: bool = flag(default=True)
    treatment: str = word("")
    side: str = word("", *SIDES)
    after_s: float = number(300, 0, _DAY_S)
    tries: float = number(2, 1, 10)
    again_s: float = number(60, 1, 3600)


@dataclass(frozen=True, slots=True)
class Rosc:
    """Care once a pulse is found: at a check, or `notice_s` after it came by signs of life and carbon dioxide.

    Every `look_every_s`: breaths a minute to hold carbon dioxide in the band; oxygen down in steps while saturation is
    above `spo2_hi`, up again below `spo2_lo`; below `map_mmhg` a bag of `fluid_ml` once, then the pressor in steps.
    A pulse that is lost is noticed after `lost_s`.
    """

    notice_s: float = moment(inf, 3600)
    look_every_s: float = number(15, 4, 120)
    per_min: float = number(10, 4, 40)
    volume_ml: float = number(500, 100, 1200)
    titrate_breaths: bool = flag(default=True)
    etco2_lo: float = number(35, 0, 100)
    etco2_hi: float = number(45, 0, 150)
    titrate_oxygen: bool = flag(default=True)
    spo2_lo: float = number(92, 0, 100)
    spo2_hi: float = number(98, 0, 101)
    oxygen_pct: float = number(100, 21, 100)
    map_mmhg: float = number(65, 0, 120)
    fluid_ml: float = number(500, 0, 3000)
    pressor: str = word("norepinephrine")
    pressor_step_ug_kg_min: float = number(0.1, 0, 2)
    pressor_most_ug_kg_min: float = number(0.5, 0, 5)
    lost_s: float = number(10, 0, 300)


@dataclass(frozen=True, slots=True)
class Stop:
    """When it ends: `after_s` of care by the crew, asystole at every check for `asystole_s`, or a pulse for `hold_s`.

    A pulse that stands when time is up gets the chance to be held.
    """

    after_s: float = number(2400, 10, _DAY_S)
    asystole_s: float = moment(1200, _DAY_S)
    hold_s: float = number(1200, 10, _DAY_S)


_SECTIONS: Final[Mapping[str, type[Any]]] = {
    "bystander": Bystander,
    "bystander_compressions": Compressions,
    "bystander_breaths": Breaths,
    "crew": Crew,
    "compressions": Compressions,
    "breaths": Breaths,
    "check": Check,
    "shock": Shocks,
    "access": Access,
    "airway": Airway,
    "rosc": Rosc,
    "stop": Stop,
}
_LISTS: Final[Mapping[str, type[Any]]] = {"drug": Drug, "fluid": Fluid, "treatment": Treatment}
_HEAD: Final = ("name", "title", "source", "base")

AIRWAY_TREATMENTS: Final = ("foreign_body", "suction", "decompress_stomach", "pull_back")
"""Treatments that are acts at the airway."""


@dataclass(frozen=True, slots=True)
class Care:
    """A plan drawn for one patient: no distribution is left in it."""

    seed: int
    bystander: Bystander
    bystander_compressions: Compressions
    bystander_breaths: Breaths
    crew: Crew
    compressions: Compressions
    breaths: Breaths
    check: Check
    shock: Shocks
    access: Access
    airway: Airway
    rosc: Rosc
    stop: Stop
    drugs: Mapping[str, Drug]
    fluids: Mapping[str, Fluid]
    treatments: Mapping[str, Treatment]

    def scattered(self, name: str, middle: float, sigma: float, repeat: int) -> float:
        """Number `repeat` of something that differs from time to time around the patient's `middle`."""
        if sigma == 0.0:
            return middle
        return float(Spread("lognormal", (middle, sigma)).at(luck(self.seed, name, repeat))) if middle > 0.0 else 0.0


@dataclass(frozen=True, slots=True)
class Plan:
    """A care plan as read: each section and each named drug, fluid and treatment with its spreads."""

    name: str
    title: str
    source: str
    sections: Mapping[str, Sketch]
    lists: Mapping[str, Mapping[str, Sketch]]

    def draw(self, seed: int) -> Care:
        """What the team does for the patient of this seed."""
        parts: dict[str, Any] = {
            name: draw_fields(cls, self.sections[name], seed, name) for name, cls in _SECTIONS.items()
        }
        parts |= {
            f"{name}s": {key: draw_fields(cls, row, seed, f"{name}.{key}") for key, row in self.lists[name].items()}
            for name, cls in _LISTS.items()
        }
        return Care(seed=seed, **parts)

    def changed(self, source: Source, changes: Mapping[str, object], steps: Steps) -> Plan:
        """The plan with some keys replaced, as a table of the same shape in `source` tells. Raises ContentError."""
        refuse_others(source, changes, (*_SECTIONS, *_LISTS), steps)
        sections, lists = dict(self.sections), {name: dict(rows) for name, rows in self.lists.items()}
        for name, value in changes.items():
            here = (*steps, name)
            found = table(source, value, here)
            if name in _SECTIONS:
                sections[name] = sketched(source, _SECTIONS[name], found, here, sections.get(name))
                continue
            for key, row in found.items():
                place = (*here, key)
                sketch = sketched(source, _LISTS[name], table(source, row, place), place, lists[name].get(key))
                lists[name][key] = _named(source, name, key, sketch, place)
        if "access" in changes:
            _one_of(source, sections["access"], "route", known_routes(), (*steps, "access"))
        return Plan(self.name, self.title, self.source, sections, lists)


def _named(source: Source, section: str, key: str, sketch: Sketch, steps: Steps) -> Sketch:
    """A row of a list whose drug or treatment goes by the row's own name unless it says otherwise."""
    if section == "fluid":
        return sketch
    field = section
    named = sketch[field]
    if isinstance(named, Spread) and named.values == ("",):
        sketch = {**sketch, field: Spread("constant", (key,))}
    _one_of(
        source, sketch, field, tuple(known_drugs()) if section == "drug" else (*TREATMENTS, *AIRWAY_TREATMENTS), steps
    )
    if section == "drug" and not sketch["doses"]:
        raise source.error((*steps, "doses"), [], "at least one dose")
    return sketch


def _one_of(source: Source, sketch: Sketch, field: str, known: tuple[str, ...], steps: Steps) -> None:
    spread = sketch[field]
    for value in spread.values if isinstance(spread, Spread) else ():
        if value not in known:
            raise source.error((*steps, field), value, "one of " + ", ".join(known))


def _defaults() -> Plan:
    empty = Source("", "", {})
    sections = {name: sketched(empty, cls, {}, (), None) for name, cls in _SECTIONS.items()}
    return Plan("", "", "", sections, {name: {} for name in _LISTS})


def plan_of(source: Source) -> Plan:
    """The plan in a TOML text. Its `base` names another plan, which it changes. Raises ContentError."""
    return _plan_of(source, ())


def _plan_of(source: Source, above: tuple[Path, ...]) -> Plan:
    """The same, where the files `above` rest on this one."""
    data = source.data
    refuse_others(source, data, (*_HEAD, *_SECTIONS, *_LISTS))
    head: dict[str, str] = {}
    for key in _HEAD:
        value = data.get(key, "" if key == "base" else None)
        if not isinstance(value, str):
            raise source.error((key,), "nothing" if value is None else value, "words in quotes")
        head[key] = value
    base = _defaults()
    if head["base"]:
        path = _named_path(source, ("base",), head["base"])
        if path.resolve() in above:
            raise source.error(("base",), head["base"], "a plan that does not rest on itself")
        base = _loaded(path, above)
    changes = {key: value for key, value in data.items() if key not in _HEAD}
    changed = base.changed(source, changes, ())
    return Plan(head["name"], head["title"], head["source"], changed.sections, changed.lists)


def find_plan(name: str) -> Plan:
    """The plan of that name among those that come along, or in the file of that path. ContentError, OSError."""
    path = _path_of(name, Path())
    if not path.is_file():
        raise ContentError(name, 0, name, _known_plans())
    return _loaded(path)


def named_plan(source: Source, steps: Steps, name: str) -> Plan:
    """The plan that the key at `steps` names, a path being one from the folder of `source`. Raises ContentError."""
    return _loaded(_named_path(source, steps, name))


def _named_path(source: Source, steps: Steps, name: str) -> Path:
    path = _path_of(name, Path(source.file).parent)
    if not path.is_file():
        raise source.error(steps, name, _known_plans())
    return path


def _path_of(name: str, folder: Path) -> Path:
    path = PLANS / f"{name}.toml"
    return path if "/" not in name and path.is_file() else folder / name


def _known_plans() -> str:
    return "a plan file, or one of: " + ", ".join(sorted(each.stem for each in PLANS.glob("*.toml")))


@cache
def _loaded(path: Path, above: tuple[Path, ...] = ()) -> Plan:
    return _plan_of(Source.of(path), (*above, path.resolve()))


assert {each.name for each in fields(Care)} == {"seed", *_SECTIONS, *(f"{name}s" for name in _LISTS)}
