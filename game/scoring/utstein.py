"""The Utstein-style record of one run: what a registry would ask of an arrest, from the log alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

from game.content import Level, Pack
from game.log import Entry
from game.scoring import compression, ventilation
from game.scoring.course import Course, course_of
from game.scoring.fraction import compression_fraction
from game.scoring.measure import median
from game.scoring.metrics.times import recognised_ms
from game.scoring.record import Dose, read
from game.scoring.spans import Span
from game.scoring.targets import targets_of
from game.scoring.therapy import working_cause
from game.scoring.weights import Weights

Value: TypeAlias = float | int | str | bool | None
"""None: not seen in this run."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name (with its unit where it has one), what it holds, how it is read."""

    name: str
    meaning: str
    read: Callable[[Course], Value]


def utstein(entries: Iterable[Entry], pack: Pack, level: Level, weights: Weights) -> dict[str, Value]:
    """The record of a log, fields in the order of FIELDS."""
    course = course_of(read(entries), targets_of(pack, level), weights)
    return {field.name: field.read(course) for field in FIELDS}


def _s(ms: int | None) -> float | None:
    return None if ms is None else round(ms / 1000, 1)


def _first_loss(course: Course) -> Span | None:
    return course.pulseless[0] if course.pulseless else None


def _lost_s(course: Course) -> Value:
    lost = _first_loss(course)
    return _s(lost.start_ms) if lost else None


def _recognised_s(course: Course) -> Value:
    lost = _first_loss(course)
    return _s(recognised_ms(course, lost)) if lost else None


def _first_rhythm(course: Course) -> Value:
    lost = _first_loss(course)
    if lost is None:
        return None
    known = [said.word for said in course.record.rhythms if said.ms <= lost.start_ms]
    return known[-1] if known else course.targets.first_rhythm or None


def _shockable_first(course: Course) -> Value:
    lost = _first_loss(course)
    return bool(course.shockable) and course.shockable[0].start_ms == lost.start_ms if lost else None


def _first_run_s(course: Course) -> Value:
    lost = _first_loss(course)
    return _s(next((run.start_ms for run in course.runs if lost and run.end_ms > lost.start_ms), None))


def _first_shock_s(course: Course) -> Value:
    return _s(course.shocks[0].shock.ms if course.shocks else None)


def _doses(course: Course, names: tuple[str, ...]) -> list[Dose]:
    return [dose for dose in course.record.doses if dose.drug in names and dose.ms <= course.end_ms]


def _epinephrine_s(course: Course) -> Value:
    doses = _doses(course, course.targets.epinephrine)
    return _s(doses[0].ms if doses else None)


def _epinephrine_mg(course: Course) -> Value:
    return round(sum(dose.dose_ug for dose in _doses(course, course.targets.epinephrine)) / 1000, 2)


def _antiarrhythmic(course: Course) -> Value:
    doses = _doses(course, course.targets.antiarrhythmics)
    return doses[0].drug if doses else None


def _antiarrhythmic_s(course: Course) -> Value:
    doses = _doses(course, course.targets.antiarrhythmics)
    return _s(doses[0].ms if doses else None)


def _done_s(op: str) -> Callable[[Course], Value]:
    return lambda course: _s(next((act.ms for act in course.record.acts if act.does[0] == op), None))


def _airway(course: Course) -> Value:
    devices = [said.word for said in course.record.airways if said.ms <= course.end_ms]
    return devices[-1] if devices else "mask"


def _airway_s(course: Course) -> Value:
    return _s(next((said.ms for said in course.record.airways if said.word in ("sga", "tube")), None))


def _returns(course: Course) -> list[int]:
    return [span.end_ms for span in course.pulseless if span.end_ms < course.end_ms]


def _first_return_s(course: Course) -> Value:
    returns = _returns(course)
    return _s(returns[0] if returns else None)


def _pulse_at_end(course: Course) -> Value:
    return course.pulse_at_end


def _peri_shock_s(course: Course) -> Value:
    return round(median([pause.peri_ms for pause in course.shocks]) / 1000, 1) if course.shocks else None


def _pre_shock_s(course: Course) -> Value:
    return round(median([pause.pre_ms for pause in course.shocks]) / 1000, 1) if course.shocks else None


def _ccf(course: Course) -> Value:
    return round(compression_fraction(course.pulseless, course.runs), 4) if course.pulseless_ms else None


def _no_flow_s(course: Course) -> Value:
    return _s(sum(gap.span.length_ms for gap in course.gaps))


def _cause_named(course: Course) -> Value:
    said = [said for said in course.record.causes if said.detail == "working" and said.ms <= course.end_ms]
    return said[-1].word if said else None


def _named_right(course: Course) -> Value:
    return working_cause(course) is not None if course.targets.causes else None


def _last_vital(name: str, scale: float = 1.0) -> Callable[[Course], Value]:
    def read_last(course: Course) -> Value:
        values = [getattr(each, name) for each in course.record.vitals if each.ms <= course.end_ms]
        return round(values[-1] * scale, 1) if values and values[-1] >= 0 else None

    return read_last


def _prognosis(name: str) -> Callable[[Course], Value]:
    def read_prognosis(course: Course) -> Value:
        told = course.record.prognosis
        return getattr(told, name) / 1000 if told else None

    return read_prognosis


def _figure(name: str) -> Callable[[Course], Value]:
    def read_figure(course: Course) -> Value:
        value: Value = getattr(compression.figures(course), name)
        return value if course.owed else None

    return read_figure


FIELDS: Final[tuple[Field, ...]] = (
    Field("level", "what was played, with its revision", lambda course: course.targets.level),
    Field("pack", "guideline, with its revision", lambda course: course.targets.pack),
    Field("pulse_at_start", "the patient had a pulse at 0", lambda course: _lost_s(course) != 0.0),
    Field("pulse_lost_s", "first true loss of the pulse", _lost_s),
    Field(
        "recognised_s",
        "first sign that the team knew: start, check, hands on, or fingers that felt none",
        _recognised_s,
    ),
    Field("first_rhythm", "true rhythm at that loss", _first_rhythm),
    Field("first_rhythm_shockable", "whether a shock could end it", _shockable_first),
    Field("first_compression_s", "start of the first run of compressions", _first_run_s),
    Field("first_shock_s", "first shock", _first_shock_s),
    Field("shocks", "number of shocks", lambda course: len(course.shocks)),
    Field("first_access_s", "first working line placed", _done_s("access")),
    Field("first_epinephrine_s", "first epinephrine", _epinephrine_s),
    Field("epinephrine_doses", "number of doses", lambda course: len(_doses(course, course.targets.epinephrine))),
    Field("epinephrine_total_mg", "all of them together", _epinephrine_mg),
    Field("antiarrhythmic", "first antiarrhythmic given", _antiarrhythmic),
    Field("first_antiarrhythmic_s", "when", _antiarrhythmic_s),
    Field("airway", "device in the airway at the end", _airway),
    Field("advanced_airway_s", "first advanced airway in place", _airway_s),
    Field("capnograph_s", "capnograph connected", _done_s("co2")),
    Field("ccf", "compression fraction of pulseless time", _ccf),
    Field("pulseless_s", "time without a pulse", lambda course: _s(course.pulseless_ms)),
    Field("no_flow_s", "time of it without compressions", _no_flow_s),
    Field("compression_rate_per_min", "median inside runs", _figure("rate_per_min")),
    Field("compressions_delivered_per_min", "with pauses", _figure("delivered_per_min")),
    Field("compression_depth_mm", "mean", _figure("depth_mm")),
    Field("pre_shock_pause_s", "median", _pre_shock_s),
    Field("peri_shock_pause_s", "median", _peri_shock_s),
    Field("breaths", "breaths in pulseless time", lambda course: ventilation.figures(course).breaths),
    Field("rosc", "a pulse came back", lambda course: bool(_returns(course))),
    Field("first_rosc_s", "when first", _first_return_s),
    Field("rearrests", "losses of the pulse after the first", lambda course: max(0, len(course.pulseless) - 1)),
    Field("pulse_at_end", "a pulse at the end of the run", _pulse_at_end),
    Field("ended", "held, stopped, time, or empty for an unfinished log", lambda course: course.record.ended),
    Field("ended_s", "end of the run", lambda course: _s(course.end_ms)),
    Field("map_at_end_mmhg", "mean arterial pressure in the last reading", _last_vital("mean_mmhg")),
    Field(
        "temperature_at_end_degc", "core temperature in the last reading", _last_vital("temperature_tenth_degc", 0.1)
    ),
    Field("cause", "what is right on the board of causes", lambda course: next(iter(course.targets.causes), None)),
    Field("cause_named", "working cause at the end", _cause_named),
    Field("cause_named_right", "whether that is it", _named_right),
    Field("survival_estimate", "share of patients like this who leave hospital alive", _prognosis("survival_permille")),
    Field("good_outcome_estimate", "share who do so with good brain function", _prognosis("good_permille")),
)
