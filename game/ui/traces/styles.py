"""How each trace is told apart: colour by palette, and line, fill, slot and speed in every palette."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from game.ui.theme import ART, CO2, ECG, SPO2


class Kind(StrEnum):
    """The traces of a monitor."""

    ECG = "ecg"
    PLETH = "spo2"
    ART = "art"
    CO2 = "co2"


class Style(NamedTuple):
    """Line and fill of a trace: `dash` is px drawn and px left away, `fill` the opacity down to the baseline."""

    stroke: float
    slot: int
    dash: tuple[int, int] = (0, 0)
    fill: float = 0.0


STYLES: Final[dict[Kind, Style]] = {
    Kind.ECG: Style(2.2, 1),
    Kind.PLETH: Style(1.6, 2),
    Kind.ART: Style(2.0, 3, dash=(7, 4)),
    Kind.CO2: Style(2.4, 4, fill=0.16),
}

PALETTES: Final[dict[str, dict[Kind, str]]] = {
    "crew": {Kind.ECG: ECG, Kind.PLETH: SPO2, Kind.ART: ART, Kind.CO2: CO2},
    "clinical_a": {Kind.ECG: "#4BE36A", Kind.PLETH: "#38D6F5", Kind.ART: "#FF5A5F", Kind.CO2: "#FFE14D"},
    "clinical_b": {Kind.ECG: "#4BE36A", Kind.PLETH: "#FFE14D", Kind.ART: "#FF5A5F", Kind.CO2: "#FFFFFF"},
    "contrast": {Kind.ECG: "#FFFFFF", Kind.PLETH: "#FFFFFF", Kind.ART: "#FFFFFF", Kind.CO2: "#FFFFFF"},
}


def trace_colour(kind: str, palette: str = "crew") -> str:
    """The colour of a trace and of its numbers; a palette that is not known is the crew's own."""
    return PALETTES.get(palette, PALETTES["crew"])[Kind(kind)]
