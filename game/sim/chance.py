"""Chance without a generator: the n-th number of a stream is a function of seed, stream and n.

One more draw in one stream shifts nothing in another, so "same patient, same luck, shorter pause" can be asked.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from game.sim.tables import log, normal_quantile

_MASK: Final = (1 << 64) - 1
_GOLDEN: Final = 0x9E3779B97F4A7C15


class Stream(IntEnum):
    """One stream per process. Numbers are part of every log: never reuse or renumber."""

    LATENT = 1
    SHOCK_TERMINATES = 2
    SHOCK_ORGANISES = 3
    PULSE_ENERGY = 4
    VF_VIGOUR = 5
    VF_FADES = 6
    PVT_DEGENERATES = 7
    PEA_STOPS = 8
    PEA_FIBRILLATES = 9
    ASYSTOLE_ORGANISES = 10
    ASYSTOLE_FIBRILLATES = 11
    REFIBRILLATION = 12
    REARREST_VF = 13
    REARREST_PEA = 14
    SHOCK_ON_BEATS = 15
    CHEST_BREAKS = 16
    LIVER_TEARS = 17
    LIVER_BLEEDS = 18
    TORSADES_ENDS = 20
    TORSADES_DEGENERATES = 21
    TORSADES_BEGINS = 22
    VT_BEGINS = 23
    VT_ENDS = 24
    BLOCK_STOPS = 25
    BLOCK_FIBRILLATES = 26
    BLOCK_CHANGES = 27
    SVT_ENDS = 29
    SVT_PAUSED = 30
    ESCAPE_WIDENS = 31
    ESCAPE_RECOVERS = 32
    HEART_IRRITABLE = 33
    HEART_DEAF = 34
    BEAT_SCATTER = 35
    BEAT_GROUPS = 36
    P_WAVES_FADE = 37
    ASYSTOLE_WAKES = 38
    TUBE_ATTEMPT = 40
    TUBE_PLACE = 41
    SGA_ATTEMPT = 42
    SGA_LEAK = 43
    AIRWAY_ACT = 44
    REGURGITATION = 45
    NEEDLE_MISSES = 52
    NEEDLE_INJURES = 53
    TAP_MISSES = 54
    TAP_PUNCTURES = 55
    BLEEDING_STOPS = 56
    VESSEL_OPENS = 57
    ST_DECEIVES = 58
    ROOM = 64
    BOTS = 128
    """First of the bots' streams: seat n draws from BOTS + n."""


def _mix(z: int) -> int:
    """The finaliser of SplitMix64 (Steele, Lea and Flood 2014) on a 64-bit integer."""
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
    return z ^ (z >> 31)


def folded(seed: int) -> int:
    """The signed 64-bit integer that has the same luck as `seed`."""
    return ((seed + (1 << 63)) & _MASK) - (1 << 63)


def uniform(seed: int, stream: int, counter: int) -> float:
    """Number `counter` of `stream`: evenly spread over the open interval 0..1, in steps of 2**-52."""
    z = _mix((seed + _GOLDEN) & _MASK)
    z = _mix((z + (stream + 1) * _GOLDEN) & _MASK)
    z = _mix((z + (counter + 1) * _GOLDEN) & _MASK)
    return ((z >> 12) + 0.5) / 4503599627370496.0


def normal(seed: int, stream: int, counter: int) -> float:
    """A standard normal variate."""
    return normal_quantile(uniform(seed, stream, counter))


def threshold(seed: int, stream: int, counter: int) -> float:
    """The cumulative hazard at which a transition fires: exponential with mean 1."""
    return -log(uniform(seed, stream, counter))
