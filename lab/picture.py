"""The course of one patient as a picture. Needs matplotlib, which only the lab does."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from lab.record import Record
from lab.run import LabError

_RHYTHM_COLOURS: Final = {"vf": "#c0392b", "pvt": "#d98880", "asystole": "#7f8c8d", "pea": "#e0a030"}
_OTHER_COLOUR: Final = "#7fb77e"
_PULSE_COLOUR: Final = "#2e8b57"
_HANDS_COLOUR: Final = "#34495e"
_SHOCK_COLOUR: Final = "#e67e22"
_LETTER_IN: Final = 0.085
"""Width of a letter of the band, in inches."""
_DRUG_LETTERS: Final = 3
_LANES: Final = 3
_MINUTE_MS: Final = 60_000


def plot(record: Record, title: str, path: Path) -> None:
    """Draw the course into a PNG. LabError without matplotlib, OSError if the file cannot be written."""
    draw(record, title).savefig(path, dpi=110, format="png")


def draw(record: Record, title: str) -> Any:
    """The course as a figure of matplotlib: pressures, carbon dioxide, energy, what happened and what was done."""
    try:
        importlib.import_module("matplotlib")
        figure = importlib.import_module("matplotlib.figure").Figure(figsize=(12, 8.5), layout="constrained")
    except ImportError:
        raise LabError("--plot needs matplotlib: install the extra `lab` (pip install 'resus-crew[lab]')") from None
    pressure, gas, muscle, band = figure.subplots(4, 1, sharex=True, height_ratios=(3, 2, 2, 2))
    minutes = [each.time_s / 60 for each in record.looks]
    for label, values, colour in (
        ("aorta, highest", [each.systolic_mmhg for each in record.looks], "#5d6d7e"),
        ("aorta, lowest", [each.diastolic_mmhg for each in record.looks], "#aeb6bf"),
        ("CPP", [each.cpp_mmhg for each in record.looks], "#b03a2e"),
    ):
        pressure.plot(minutes, values, label=label, color=colour, linewidth=1.1)
    carbon_dioxide = [float("nan") if each.etco2_mmhg is None else each.etco2_mmhg for each in record.looks]
    gas.plot(minutes, carbon_dioxide, label="ETCO2", color="#1f618d", linewidth=1.1)
    muscle.plot(minutes, [each.energy for each in record.looks], label="energy", color="#7d3c98", linewidth=1.1)
    for axes, unit in ((pressure, "mmHg"), (gas, "mmHg"), (muscle, "share")):
        axes.set_ylabel(unit)
        axes.set_ylim(bottom=0)
        axes.spines[["top", "right"]].set_visible(False)
        for shock in record.shocks:
            axes.axvline(shock.ms / _MINUTE_MS, color=_SHOCK_COLOUR, linewidth=0.8)
        _legend(axes)
    muscle.set_ylim(0, 1)
    for rhythm in dict.fromkeys(rhythm for _, rhythm in record.rhythms):
        known = rhythm in _RHYTHM_COLOURS
        band.plot([], [], "s", color=_colour(rhythm), label=rhythm if known else "other rhythm")
    _legend(band)
    band.set_xlim(0, max(record.end_ms, 1) / _MINUTE_MS)
    pressure.set_title(title, loc="left", fontsize=11)
    figure.draw_without_rendering()
    _draw_band(band, record, _letter_ms(figure, band, record))
    return figure


def _legend(axes: Any) -> None:
    """Names beside the curves, each once."""
    handles, labels = axes.get_legend_handles_labels()
    named = dict(zip(labels, handles, strict=True))
    axes.legend(named.values(), named.keys(), loc="upper left", bbox_to_anchor=(1.0, 1.0), fontsize=8, frameon=False)


def _letter_ms(figure: Any, axes: Any, record: Record) -> float:
    """How much time the width of a letter takes up."""
    width_in = axes.get_window_extent().width / figure.dpi
    return float(record.end_ms * _LETTER_IN / width_in)


def _draw_band(axes: Any, record: Record, letter_ms: float) -> None:
    """Rhythm, pulse, hands, shocks and drugs, on one time line."""
    ends = [ms for ms, _ in record.rhythms[1:]] + [record.end_ms]
    for (from_ms, rhythm), to_ms in zip(record.rhythms, ends, strict=True):
        axes.broken_barh([_span(from_ms, to_ms)], (4.1, 0.8), color=_colour(rhythm))
        if to_ms - from_ms > letter_ms * (len(rhythm) + 1):
            middle = 0.5 * (from_ms + to_ms) / _MINUTE_MS
            axes.text(middle, 4.5, rhythm, fontsize=8, color="white", ha="center", va="center")
    axes.broken_barh([_span(*span) for span in record.with_pulse()], (3.1, 0.8), color=_PULSE_COLOUR)
    axes.broken_barh([_span(*run) for run in record.runs()], (2.1, 0.8), color=_HANDS_COLOUR)
    for shock in record.shocks:
        axes.plot(shock.ms / _MINUTE_MS, 1.5, marker="v", markersize=5, color=_SHOCK_COLOUR)
    height = 1.0 / _LANES
    for ms, words, lane in _in_lanes(record, letter_ms):
        axes.text(ms / _MINUTE_MS, 1.0 - (lane + 0.5) * height, words, fontsize=7, ha="left", va="center")
    axes.set_ylim(0, 5)
    axes.set_yticks([4.5, 3.5, 2.5, 1.5, 0.5], ["rhythm", "pulse", "hands on", "shocks", "drugs"])
    axes.tick_params(axis="y", length=0)
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_xlabel("minutes from collapse")


def _colour(rhythm: str) -> str:
    return _RHYTHM_COLOURS.get(rhythm, _OTHER_COLOUR)


def _in_lanes(record: Record, letter_ms: float) -> Iterator[tuple[int, str, int]]:
    """Each drug with the lane in which its word hides no other, as long as there is one."""
    free_ms = [0.0] * _LANES
    for dose in record.doses:
        lane = min(range(_LANES), key=lambda n: (free_ms[n] > dose.ms, n if free_ms[n] <= dose.ms else free_ms[n]))
        free_ms[lane] = dose.ms + letter_ms * (_DRUG_LETTERS + 1)
        yield dose.ms, dose.drug[:_DRUG_LETTERS], lane


def _span(from_ms: int, to_ms: int) -> tuple[float, float]:
    return from_ms / _MINUTE_MS, (to_ms - from_ms) / _MINUTE_MS
