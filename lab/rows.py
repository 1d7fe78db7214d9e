"""One row a patient, one row a shock, one row a rhythm: the columns of a cohort, and how each is made from a record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from game.sim import parameter_rows
from game.sim.rhythm import TRAITS, Rhythm
from lab.draw import luck
from lab.look import Look
from lab.record import MINUTE_MS, RUN_GAP_MS, SHOCKABLE, Record, ShockGiven, overlap_ms

Cell = str | int | float | None
Row = dict[str, Cell]

SHOCK_COLUMNS: Final = (
    "arm",
    "patient",
    "number",
    "time_s",
    "energy_j",
    "pre_pause_s",
    "post_pause_s",
    "rhythm",
    "amsa",
    "e",
    "result",
    "pulse_60s",
    "rhythm_60s",
    "refibrillation_s",
    "perfusing_60s",
)
RHYTHM_COLUMNS: Final = ("arm", "patient", "time_s", "rhythm", "pulse")

_ANTIARRHYTHMICS: Final = ("amiodarone", "lidocaine")
_FAILED: Final = "failed"
_RESULT_MS: Final = 5_000
_ESCAPES_BELOW: Final = parameter_rows()["wide_below_energy"].value
"""With less energy in its muscle a heart makes only escapes, slower than 40 a minute."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Who the row is about: what a record does not know of its patient."""

    arm: str
    number: int
    seed: int
    kind: str
    age: float
    weight_kg: float
    witnessed: bool
    bystander: bool


def _seconds(ms: float) -> float:
    return round(ms / 1000.0, 2)


def _seconds_if(ms: int, *, reached: bool) -> float | None:
    return _seconds(ms) if reached else None


def _median(values: list[float]) -> float | None:
    return round(median(values), 2) if values else None


def compression_fraction(record: Record, to_ms: int) -> float | None:
    """Share of the time without a true pulse, from the crew's arrival to `to_ms`, in runs of compressions."""
    if record.crew_ms < 0:
        return None
    to_ms = min(to_ms, record.end_ms)
    pulseless = record.pulseless()
    total = overlap_ms([(record.crew_ms, to_ms)], pulseless, record.crew_ms, to_ms)
    if total <= 0:
        return None
    return round(overlap_ms(record.runs(), pulseless, record.crew_ms, to_ms) / total, 4)


def _rate(record: Record) -> float | None:
    """Mean rate inside runs of the crew's pushes."""
    if record.crew_ms < 0:
        return None
    gaps = [b - a for a, b in pairwise(record.pushes[record.crew_from :]) if b - a <= RUN_GAP_MS]
    return round(MINUTE_MS * len(gaps) / sum(gaps), 1) if gaps else None


def _depth(record: Record) -> float | None:
    """Mean depth of the crew's pushes."""
    pushes = len(record.pushes) - record.crew_from
    return round(record.crew_depth_um / pushes / 1000.0, 2) if record.crew_ms >= 0 and pushes else None


def _pauses(record: Record) -> list[tuple[float | None, float | None]]:
    """Before and after each shock."""
    return [(pre_pause_s(shock), post_pause_s(record, shock.ms)) for shock in record.shocks]


def _peri(record: Record) -> float | None:
    return _median([pre + post for pre, post in _pauses(record) if pre is not None and post is not None])


def _epinephrine(record: Record) -> list[int]:
    return [dose.ms for dose in record.doses if dose.drug == "epinephrine" and not dose.placebo]


def _antiarrhythmic(record: Record) -> str:
    return next((dose.drug for dose in record.doses if dose.drug in _ANTIARRHYTHMICS and not dose.placebo), "")


def _mark(record: Record, name: str, read: Callable[[Look], Cell]) -> Cell:
    reading = record.marks.get(name)
    return None if reading is None else read(reading)


def _sustained(record: Record) -> bool:
    return record.end == "held" and bool(record.circulations())


def _lives(subject: Subject, record: Record) -> bool:
    """Alive at day 30, by luck that belongs to the patient and not to the arm."""
    return record.outlook is not None and luck(subject.seed, "survived_30d") < record.outlook.survive


def _good(subject: Subject, record: Record) -> bool:
    """With a good mind then, by luck likewise."""
    chances = record.outlook
    return chances is not None and _lives(subject, record) and luck(subject.seed, "good_neuro") < chances.good


def _cpr_s(record: Record) -> float:
    """From the crew's first push to the pulse that was held, or to the end."""
    if record.crew_ms < 0 or record.crew_from >= len(record.pushes):
        return 0.0
    until = record.pulses[-1][0] if record.end == "held" else record.end_ms
    return _seconds(max(0, until - record.pushes[record.crew_from]))


def _later_shockable(record: Record) -> bool:
    """Whether VF or VT came after a first rhythm that was neither."""
    if record.first_rhythm in SHOCKABLE:
        return False
    return any(rhythm in SHOCKABLE for ms, rhythm in record.rhythms if ms > record.crew_ms)


def pre_pause_s(shock: ShockGiven) -> float | None:
    """Seconds from the last release to a shock, None if nobody had pushed."""
    return None if shock.pre_pause_ms is None else _seconds(shock.pre_pause_ms)


def post_pause_s(record: Record, shock_ms: int) -> float | None:
    """Seconds from a shock to the next push, None if there was none."""
    after = next((push for push in record.pushes if push >= shock_ms), None)
    return _seconds(after - shock_ms) if after is not None else None


def shock_result(record: Record, shock: ShockGiven) -> str | None:
    """What a shock left five seconds later, as a word of game.sim.ShockResult; None if the record ends before."""
    if shock.ms + _RESULT_MS > record.end_ms:
        return None
    rhythm = record.rhythm_at(shock.ms + _RESULT_MS)
    if rhythm in SHOCKABLE:
        return _FAILED
    return "organised" if TRAITS[Rhythm(rhythm)].organised else "asystole"


def _terminated(record: Record) -> int | None:
    found = shock_result(record, record.shocks[0]) if record.shocks else None
    return None if found is None else int(found != _FAILED)


_COLUMNS: Final[Mapping[str, Callable[[Subject, Record], Cell]]] = {
    "arm": lambda who, _: who.arm,
    "patient": lambda who, _: who.number,
    "age": lambda who, _: round(who.age, 1),
    "weight_kg": lambda who, _: round(who.weight_kg, 1),
    "first_rhythm": lambda _, done: done.first_rhythm,
    "witnessed": lambda who, _: int(who.witnessed),
    "bystander_cpr": lambda who, _: int(who.bystander),
    "collapse_to_cpr_s": lambda _, done: _seconds(done.pushes[0]) if done.pushes else None,
    "collapse_to_shock_s": lambda _, done: _seconds(done.shocks[0].ms) if done.shocks else None,
    "collapse_to_als_s": lambda _, done: _seconds_if(done.als_ms, reached=done.als_ms >= 0),
    "ccf": lambda _, done: compression_fraction(done, done.end_ms),
    "ccf_5min": lambda _, done: compression_fraction(done, done.crew_ms + 5 * MINUTE_MS),
    "rate_mean": lambda _, done: _rate(done),
    "depth_mean_mm": lambda _, done: _depth(done),
    "pre_shock_pause_s": lambda _, done: _median([pre for pre, _ in _pauses(done) if pre is not None]),
    "post_shock_pause_s": lambda _, done: _median([post for _, post in _pauses(done) if post is not None]),
    "peri_shock_pause_s": lambda _, done: _peri(done),
    "ventilated_pause_share": lambda _, done: (
        round(done.real_pauses / done.set_pauses, 3) if done.crew_ms >= 0 and done.set_pauses else None
    ),
    "airway": lambda _, done: done.airway,
    "epi_first_s": lambda _, done: _seconds(_epinephrine(done)[0]) if _epinephrine(done) else None,
    "epi_doses": lambda _, done: len(_epinephrine(done)),
    "antiarrhythmic": lambda _, done: _antiarrhythmic(done),
    "shocks": lambda _, done: len(done.shocks),
    "first_shock_terminated": lambda _, done: _terminated(done),
    "amsa_first": lambda _, done: round(done.shocks[0].amsa_mv_hz, 2) if done.shocks else None,
    "max_cpp_mmhg": lambda _, done: round(done.max_cpp_mmhg, 1),
    "etco2_20min": lambda _, done: _mark(done, "20min", lambda seen: seen.etco2_mmhg),
    "paco2_20min": lambda _, done: _mark(done, "20min", lambda seen: round(seen.paco2_mmhg, 1)),
    "ph_20min": lambda _, done: _mark(done, "20min", lambda seen: round(seen.ph, 3)),
    "pao2_20min": lambda _, done: _mark(done, "20min", lambda seen: round(seen.pao2_mmhg, 1)),
    "rhythm_3min": lambda _, done: _mark(done, "3min", lambda seen: seen.rhythm),
    "rosc": lambda _, done: int(bool(done.circulations())),
    "rosc_time_s": lambda _, done: _seconds(done.circulations()[0][0]) if done.circulations() else None,
    "rosc_sustained": lambda _, done: int(_sustained(done)),
    "rearrest": lambda _, done: int(any(end < done.end_ms for _, end in done.circulations())),
    "admitted": lambda _, done: int(done.stands()),
    "survived_30d": lambda who, done: int(_lives(who, done)),
    "good_neuro": lambda who, done: int(_good(who, done)),
    "cpr_duration_s": lambda _, done: _cpr_s(done),
    "kind": lambda who, _: who.kind,
    "collapse_rhythm": lambda _, done: done.rhythms[0][1],
    "enrolled_s": lambda _, done: _seconds_if(done.enrolled_ms, reached=done.enrolled_ms >= 0),
    "crew_s": lambda _, done: _seconds_if(done.crew_ms, reached=done.crew_ms >= 0),
    "end": lambda _, done: done.end,
    "end_s": lambda _, done: _seconds(done.end_ms),
    "later_shockable": lambda _, done: int(_later_shockable(done)),
    "pulse_s": lambda _, done: _seconds(sum(end - start for start, end in done.with_pulse())),
    "p_survive": lambda _, done: round(done.outlook.survive, 4) if done.outlook else None,
    "p_good": lambda _, done: round(done.outlook.good, 4) if done.outlook else None,
    "lactate_20min": lambda _, done: _mark(done, "20min", lambda seen: round(seen.lactate_mmol_l, 2)),
}

COLUMNS: Final = tuple(_COLUMNS)
"""Columns of a patient's row: first those every reader may count on, then ours."""


def patient_row(subject: Subject, record: Record) -> Row:
    """The row of one patient; what did not happen or was not reached is None."""
    return {name: cell(subject, record) for name, cell in _COLUMNS.items()}


def shock_rows(subject: Subject, record: Record) -> list[Row]:
    """A row for each shock. `refibrillation_s` counts from a shock that ended VF or VT to its return."""
    return [_shock_row(subject, record, n) for n in range(len(record.shocks))]


def _shock_row(subject: Subject, record: Record, n: int) -> Row:
    shock = record.shocks[n]
    minute_ms = shock.ms + MINUTE_MS
    seen = minute_ms <= record.end_ms
    return {
        "arm": subject.arm,
        "patient": subject.number,
        "number": n + 1,
        "time_s": _seconds(shock.ms),
        "energy_j": shock.energy_j,
        "pre_pause_s": pre_pause_s(shock),
        "post_pause_s": post_pause_s(record, shock.ms),
        "rhythm": shock.rhythm,
        "amsa": round(shock.amsa_mv_hz, 3),
        "e": round(shock.energy, 4),
        "result": shock_result(record, shock),
        "pulse_60s": int(record.pulse_at(minute_ms)) if seen else None,
        "rhythm_60s": record.rhythm_at(minute_ms) if seen else None,
        "refibrillation_s": _refibrillation_s(record, n),
        "perfusing_60s": _perfusing(record, shock) if seen else None,
    }


def _perfusing(record: Record, shock: ShockGiven) -> int:
    """Whether beats of 40 a minute or more began within the minute after a shock, however long they held."""
    words = [rhythm for ms, rhythm in record.rhythms if shock.ms <= ms <= shock.ms + MINUTE_MS]
    beats = any(TRAITS[Rhythm(word)].organised and word not in SHOCKABLE for word in words)
    return int(beats and shock.energy >= _ESCAPES_BELOW)


def _refibrillation_s(record: Record, n: int) -> float | None:
    shock = record.shocks[n]
    if shock.rhythm not in SHOCKABLE or shock_result(record, shock) in {None, _FAILED}:
        return None
    from_ms = shock.ms + _RESULT_MS
    to_ms = record.shocks[n + 1].ms if n + 1 < len(record.shocks) else record.end_ms
    again = next((ms for ms, rhythm in record.rhythms if from_ms < ms <= to_ms and rhythm in SHOCKABLE), None)
    return None if again is None else _seconds(again - shock.ms)


def rhythm_rows(subject: Subject, record: Record) -> list[Row]:
    """A row for each change of rhythm or pulse, and one for the end (rhythm "end")."""
    times = sorted({ms for ms, _ in record.rhythms} | {ms for ms, _ in record.pulses})
    rows = [(ms, record.rhythm_at(ms), record.pulse_at(ms)) for ms in times]
    rows.append((record.end_ms, "end", record.pulse_at(record.end_ms)))
    return [
        {"arm": subject.arm, "patient": subject.number, "time_s": _seconds(ms), "rhythm": rhythm, "pulse": int(pulse)}
        for ms, rhythm, pulse in rows
    ]
