"""Waveforms from their parameters, the sweeps that draw them, and the numbers beside them.

These are pictures, not state: any function may be used. What they show comes from the views alone.
"""

from game.ui.traces.beats import bent, gaussians, shape_of, shapes
from game.ui.traces.capnogram import Capnogram
from game.ui.traces.ecg import Ecg, Mark
from game.ui.traces.flows import Arterial, Pleth
from game.ui.traces.numerics import Rate, etco2, heart_rate, spo2
from game.ui.traces.sampling import DELAY_MS, SAMPLE_MS
from game.ui.traces.styles import PALETTES, STYLES, Kind, Style, trace_colour
from game.ui.traces.sweep import Glass, Source, Sweep, glass
from game.ui.traces.train import Beat, Train

__all__ = [
    "DELAY_MS",
    "PALETTES",
    "SAMPLE_MS",
    "STYLES",
    "Arterial",
    "Beat",
    "Capnogram",
    "Ecg",
    "Glass",
    "Kind",
    "Mark",
    "Pleth",
    "Rate",
    "Source",
    "Style",
    "Sweep",
    "Train",
    "bent",
    "etco2",
    "gaussians",
    "glass",
    "heart_rate",
    "shape_of",
    "shapes",
    "spo2",
    "trace_colour",
]
