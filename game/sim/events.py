"""What can be done to a patient: frozen events of integers and words, stamped in milliseconds of room time."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Compression:
    """One chest compression. Down takes `down_ms`, release `up_ms`; depths are of the sternum, in micrometres.

    `residual_um` is how deep the sternum is held after release: 0 is full recoil.
    """

    start_ms: int
    down_ms: int
    up_ms: int
    depth_um: int
    residual_um: int

    @property
    def ms(self) -> int:
        """When it enters the patient."""
        return self.start_ms


@dataclass(frozen=True, slots=True)
class Breath:
    """One positive-pressure breath that reached the lungs; `volume_ml` is what went in, leaks already taken off.

    `airway` is "mask", "sga" or "tube".
    """

    start_ms: int
    duration_ms: int
    volume_ml: int
    fio2_pct: int
    airway: str

    @property
    def ms(self) -> int:
        """When it enters the patient."""
        return self.start_ms


@dataclass(frozen=True, slots=True)
class Shock:
    """One biphasic, unsynchronised shock through well placed pads."""

    ms: int
    energy_j: int


@dataclass(frozen=True, slots=True)
class Dose:
    """A drug pushed into a route: "iv", "io_humerus", "io_tibia", "io_sternum" or "central".

    `flush` tells that the line was flushed at once. A drug that the formulary of the model (`known_drugs`) does not
    name passes without effect.
    """

    ms: int
    drug: str
    dose_ug: int
    route: str
    flush: bool = False


@dataclass(frozen=True, slots=True)
class Flush:
    """A flush pushed into a route after the drug: what still waits in that line moves on as if flushed at once."""

    ms: int
    route: str


@dataclass(frozen=True, slots=True)
class Fluid:
    """An infusion of `volume_ml` into the veins, evenly over `duration_ms`."""

    ms: int
    volume_ml: int
    duration_ms: int


Event = Compression | Breath | Shock | Dose | Flush | Fluid


def moved(event: Event, ms: int) -> Event:
    """The same event at another time."""
    if isinstance(event, Compression | Breath):
        return replace(event, start_ms=ms)
    return replace(event, ms=ms)
