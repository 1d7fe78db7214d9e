"""A played plan for people: the course as a table, everything as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, fields
from typing import Any, Final

from game.sim.happenings import Happening, PulseChanged, RhythmChanged, Shocked
from lab.look import Look
from lab.record import Record
from lab.rows import Row, Subject, patient_row, shock_rows

TABLE_EVERY_S: Final = 30
LOOK_EVERY_S: Final = 2.0

_HEAD: Final = " time   rhythm    CPP  flow   BP       ETCO2 SpO2  SaO2   pH   energy  AMSA"


def clock(time_s: float) -> str:
    """12:05"""
    return f"{int(time_s) // 60:2d}:{int(time_s) % 60:02d}"


def course_lines(record: Record) -> Iterator[str]:
    """The course in words: a reading every half minute, and what was done and what happened in between."""
    yield _HEAD
    told = [(ms, f"        {clock(ms / 1000)} {words}") for ms, words in sorted(_told(record))]
    lines: list[tuple[int, int, str]] = [(ms, 1, line) for ms, line in told]
    lines += [(int(each.time_s * 1000), 0, _line(each)) for each in record.looks if each.time_s % TABLE_EVERY_S == 0]
    for _, _, line in sorted(lines, key=lambda entry: entry[:2]):
        yield line


def _line(each: Look) -> str:
    rhythm = f"{each.rhythm}{' +' if each.pulse else ''}"
    pressure = f"{each.systolic_mmhg}/{each.diastolic_mmhg}"
    return (
        f"{clock(each.time_s)}   {rhythm:<9} {each.cpp_mmhg:3.0f}  {each.flow_l_min:4.1f}   {pressure:<8} "
        f"{_or_dash(each.etco2_mmhg):>4} {_or_dash(each.spo2_pct):>5} {each.saturation_pct:5.0f}  {each.ph:5.2f}  "
        f"{each.energy:5.2f}  {each.amsa_mv_hz:5.1f}"
    )


def _or_dash(value: int | None) -> str:
    return "--" if value is None else str(value)


def _told(record: Record) -> Iterator[tuple[int, str]]:
    yield from record.acts
    for dose in record.doses:
        yield dose.ms, f"{dose.drug} {dose.amount:g} {dose.unit}{' (placebo)' if dose.placebo else ''}"
    for number, shock in enumerate(record.shocks, 1):
        pause = "" if shock.pre_pause_ms is None else f" after {shock.pre_pause_ms / 1000:.1f} s"
        yield shock.ms, f"shock {number}: {shock.energy_j} J{pause} -> {shock.result}"
    for happening in record.happenings:
        if not isinstance(happening, Shocked):
            yield happening.ms, happened(happening)


def happened(happening: Happening) -> str:
    """A happening in words."""
    if isinstance(happening, PulseChanged):
        return "* pulse" if happening.pulse else "* pulse gone"
    if isinstance(happening, RhythmChanged):
        return f"* {happening.rhythm}"
    values = ", ".join(str(getattr(happening, each.name)) for each in fields(happening) if each.name != "ms")
    return f"* {type(happening).__name__}: {values}"


def summary_lines(subject: Subject, record: Record) -> Iterator[str]:
    """What the row of this patient says, a line each; what did not happen is left out."""
    for name, value in patient_row(subject, record).items():
        if value not in (None, ""):
            yield f"{name:<24}{value}"


def as_json(level: str, care: str, seed: int, subject: Subject, record: Record) -> dict[str, Any]:
    """The whole course as plain data."""
    summary: Row = patient_row(subject, record)
    return {
        "level": level,
        "care": care,
        "seed": seed,
        "end": record.end,
        "summary": summary,
        "shocks": shock_rows(subject, record),
        "doses": [asdict(dose) for dose in record.doses],
        "acts": [{"ms": ms, "act": words} for ms, words in record.acts],
        "happenings": [{"ms": each.ms, "what": happened(each).removeprefix("* ")} for each in record.happenings],
        "compression_runs_ms": record.runs(),
        "course": [asdict(each) for each in record.looks],
    }
