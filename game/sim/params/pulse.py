"""When the heart's own beats count as a pulse."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PulseParameters:
    """See `pulse.toml`."""

    pulse_mmhg: float
    pulse_hold_s: float
    pulse_smoothing: float
    pulse_lost_mmhg: float
    pulse_lost_s: float
