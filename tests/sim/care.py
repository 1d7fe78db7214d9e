"""What teams do to a patient, for the tests of the patient: compressions, breaths, and a look every so often."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from game.sim import Breath, Case, Compression, Event, Happening, Patient, PulseChanged, Shock, Shocked

AVERAGE = {"latent_spread": 0.0}
"""Overrides for the patient in the middle of every distribution."""


def compressions(
    from_ms: int,
    to_ms: int,
    *,
    rate_per_min: float = 110.0,
    depth_mm: float = 50.0,
    lean_mm: float = 0.0,
    duty: float = 0.45,
) -> list[Event]:
    """Compressions that begin in a span of time."""
    cycle_ms = 60_000 / rate_per_min
    count = int((to_ms - from_ms) / cycle_ms)
    stroke_ms = int(cycle_ms * duty)
    down_ms = stroke_ms // 2
    return [
        Compression(
            from_ms + int(i * cycle_ms), down_ms, stroke_ms - down_ms, int(depth_mm * 1000), int(lean_mm * 1000)
        )
        for i in range(count)
    ]


def breaths(
    from_ms: int, to_ms: int, *, per_min: float = 10.0, volume_ml: int = 500, airway: str = "tube"
) -> list[Event]:
    """Breaths of one second with oxygen."""
    every_ms = 60_000 / per_min
    count = int((to_ms - from_ms) / every_ms)
    return [Breath(from_ms + int(i * every_ms), 1000, volume_ml, 100, airway) for i in range(count)]


def without(events: Iterable[Event], *pauses: tuple[int, int]) -> list[Event]:
    """The events that do not begin in one of the pauses."""
    return [event for event in events if not any(start <= event.ms < end for start, end in pauses)]


def patient(seed: int, *events: Iterable[Event], **overrides: object) -> Patient:
    """A patient with all of his treatment laid out ahead."""
    made = Patient.new(Case.of(**overrides), seed)
    for some in events:
        for event in some:
            made.apply(event)
    return made


@dataclass
class Course:
    """What the monitors showed at each look, and all that happened."""

    cpp_mmhg: list[float]
    flow_l_min: list[float]
    happenings: list[Happening]

    @property
    def mean_cpp_mmhg(self) -> float:
        return fmean(self.cpp_mmhg)

    @property
    def mean_flow_l_min(self) -> float:
        return fmean(self.flow_l_min)

    @property
    def first_shock(self) -> Shocked:
        return next(h for h in self.happenings if isinstance(h, Shocked))

    @property
    def rosc_ms(self) -> int | None:
        return next((h.ms for h in self.happenings if isinstance(h, PulseChanged) and h.pulse), None)


def watch(made: Patient, from_ms: int, to_ms: int, every_ms: int = 100) -> Course:
    """Run to `from_ms`, then look every `every_ms` up to `to_ms`."""
    made.advance(from_ms)
    course = Course([], [], made.drain())
    for ms in range(from_ms + every_ms, to_ms + 1, every_ms):
        made.advance(ms)
        course.cpp_mmhg.append(made.cpp_mmhg)
        course.flow_l_min.append(made.cardiac_output_l_min)
        course.happenings.extend(made.drain())
    return course


def early_shock(seed: int, *, shock_ms: int = 30_000, pause_ms: int = 4_000, **overrides: object) -> Patient:
    """Witnessed fibrillation, good compressions from 5 s, one shock of 200 J after a pause, then on."""
    pushes = without(compressions(5_000, shock_ms + 60_000), (shock_ms - pause_ms, shock_ms + 2_000))
    return patient(seed, pushes, breaths(6_000, shock_ms + 60_000), [Shock(shock_ms, 200)], **overrides)
