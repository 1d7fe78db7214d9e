"""A played plan for people: the course as a table, everything as JSON, the course as a picture."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Final

from game.sim.happenings import Happening, PulseChanged, RhythmChanged, Shocked
from lab.look import Look
from lab.record import Record
from lab.rows import Row, Subject, patient_row, shock_rows
from lab.run import LabError

TABLE_EVERY_S: Final = 30
LOOK_EVERY_S: Final = 2.0

_HEAD: Final = " time   rhythm    CPP  flow   BP       ETCO2 SpO2  SaO2   pH   energy  AMSA"
_RHYTHM_COLOURS: Final = {"vf": "#c0392b", "pvt": "#d98880", "asystole": "#7f8c8d", "pea": "#e0a030"}
_OTHER_COLOUR: Final = "#7fb77e"
_PULSE_COLOUR: Final = "#2e8b57"


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
        yield shock.ms, f"shock {number}: {shock.energy_j} J after {shock.pre_pause_ms / 1000:.1f} s -> {shock.result}"
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


def plot(record: Record, title: str, path: Path) -> None:
    """Draw the course into a PNG. LabError without matplotlib, OSError if the file cannot be written."""
    try:
        matplotlib = importlib.import_module("matplotlib")
        matplotlib.use("Agg")
        pyplot = importlib.import_module("matplotlib.pyplot")
    except ImportError:
        raise LabError("--plot needs matplotlib: install the extra `lab` (pip install 'resus-crew[lab]')") from None
    figure, (pressure, gas, muscle, band) = pyplot.subplots(
        4, 1, sharex=True, figsize=(11, 8), height_ratios=(3, 2, 2, 1.4), layout="constrained"
    )
    minutes = [each.time_s / 60 for each in record.looks]
    _draw_lines(pressure, minutes, [("CPP", [each.cpp_mmhg for each in record.looks], "#b03a2e")])
    _draw_lines(
        pressure,
        minutes,
        [
            ("aorta, highest", [each.systolic_mmhg for each in record.looks], "#5d6d7e"),
            ("aorta, lowest", [each.diastolic_mmhg for each in record.looks], "#aeb6bf"),
        ],
    )
    pressure.set_ylabel("mmHg")
    carbon_dioxide = [float("nan") if each.etco2_mmhg is None else each.etco2_mmhg for each in record.looks]
    _draw_lines(gas, minutes, [("ETCO2", carbon_dioxide, "#1f618d")])
    gas.set_ylabel("mmHg")
    _draw_lines(muscle, minutes, [("energy", [each.energy for each in record.looks], "#7d3c98")])
    muscle.set_ylim(0, 1)
    for axes in (pressure, gas, muscle):
        axes.legend(loc="upper right", fontsize=8, frameon=False, ncols=3)
        axes.spines[["top", "right"]].set_visible(False)
        for shock in record.shocks:
            axes.axvline(shock.ms / 60_000, color="#e67e22", linewidth=0.8)
    _draw_band(band, record)
    pressure.set_title(title, loc="left", fontsize=11)
    figure.savefig(path, dpi=110, format="png")
    pyplot.close(figure)


def _draw_lines(axes: Any, minutes: list[float], lines: list[tuple[str, list[float], str]]) -> None:
    for label, values, colour in lines:
        axes.plot(minutes, values, label=label, color=colour, linewidth=1.1)


def _draw_band(axes: Any, record: Record) -> None:
    """Rhythm, hands on and off, shocks and doses, on one time line."""
    ends = [ms for ms, _ in record.rhythms[1:]] + [record.end_ms]
    for (from_ms, rhythm), to_ms in zip(record.rhythms, ends, strict=True):
        colour = _RHYTHM_COLOURS.get(rhythm, _OTHER_COLOUR)
        axes.broken_barh([_minutes(from_ms, to_ms)], (2.0, 0.9), color=colour)
        if to_ms - from_ms > record.end_ms * 0.04:
            axes.text(from_ms / 60_000, 2.35, f" {rhythm}", fontsize=7, color="white")
    axes.broken_barh([_minutes(*span) for span in record.with_pulse()], (2.0, 0.18), color=_PULSE_COLOUR)
    axes.broken_barh([_minutes(*run) for run in record.runs()], (1.0, 0.8), color="#34495e")
    for dose in record.doses:
        axes.text(dose.ms / 60_000, 0.2, dose.drug[:3], fontsize=7, ha="center")
    for shock in record.shocks:
        axes.text(shock.ms / 60_000, 0.55, "⚡", fontsize=8, ha="center", color="#e67e22", family="DejaVu Sans")
    axes.set_ylim(0, 3.1)
    axes.set_yticks([0.5, 1.4, 2.4], ["given", "hands on", "rhythm"])
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_xlabel("minutes from collapse")


def _minutes(from_ms: int, to_ms: int) -> tuple[float, float]:
    return from_ms / 60_000, (to_ms - from_ms) / 60_000
