"""What teams do to a patient, for the tests of the patient: compressions, breaths, and a look every so often."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from statistics import fmean

from game.sim import (
    AirwayAct,
    Breath,
    Case,
    Compression,
    Dose,
    Event,
    Happening,
    Infuse,
    Patient,
    PulseChanged,
    Rhythm,
    Shock,
    Shocked,
)

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


MINUTE_MS = 60_000
SHOCKABLE = frozenset({"vf", "pvt", "torsades"})


@dataclass
class Als:
    """A team that knows advanced life support and does it well, but treats no cause unless told to in `acts`.

    Compressions and 30:2 from `start_ms`, a tube from `tube_ms`, a look every two minutes, shocks when they help,
    epinephrine and amiodarone as they are due, and after a returned pulse oxygen, pressure and a quiet ventilator.
    It feels within some seconds that a pulse has come or gone, and gives no epinephrine in between.
    """

    patient: Patient
    acts: Iterable[Event] = ()
    start_ms: int = 10_000
    tube_ms: int = 180_000
    line_ms: int = 90_000
    epinephrine_ug: int = 1_000
    epinephrine_every_ms: int = 240_000
    antiarrhythmic: tuple[str, tuple[int, ...]] = ("amiodarone", (300_000, 150_000))
    pressor: bool = True
    breaths_per_min: float = 10.0
    happenings: list[Happening] = field(default_factory=list)
    pulses: list[tuple[int, bool]] = field(default_factory=list)
    shocks: int = 0

    def __post_init__(self) -> None:
        self._now = 0
        self._hands_off_until = self.start_ms
        self._next_push = self._next_breath = self.start_ms
        self._in_set = 0
        self._check = self.start_ms + 30_000
        self._charged = False
        self._doses = self._antiarrhythmics = 0
        self._epinephrine_due: int | None = None
        self._tubed = False
        self._feels = self.patient.has_pulse
        self._pressor_ug = 0
        self._pressor_due = 0
        self._cardioversions = 0
        self.pulses.append((0, self.patient.has_pulse))
        for act in self.acts:
            self.patient.apply(act)

    def work(self, to_ms: int, until_held_ms: int = 0) -> Als:
        """Care up to `to_ms`, or until a pulse has held for `until_held_ms` if that is not 0."""
        while self._now < to_ms:
            self._second()
            if until_held_ms and self.held_ms >= until_held_ms:
                break
        return self

    @property
    def held_ms(self) -> int:
        """For how long there has been a pulse now."""
        ms, present = self.pulses[-1]
        return self._now - ms if present else 0

    @property
    def rosc_ms(self) -> int | None:
        """When a pulse first came back."""
        return next((ms for ms, present in self.pulses[1:] if present), None)

    def _second(self) -> None:
        now, end = self._now, self._now + 1_000
        if not self._feels:
            if now >= self._check:
                self._look(now)
            self._push(end)
            self._drugs(now)
        elif now >= self._pressor_due:
            self._care(now)
        self._breathe(now, end)
        self.patient.advance(end)
        self._now = end
        for happening in self.patient.drain():
            self.happenings.append(happening)
            if isinstance(happening, PulseChanged):
                self.pulses.append((happening.ms, bool(happening.pulse)))
        self._feel(end)

    def _feel(self, now: int) -> None:
        ms, present = self.pulses[-1]
        if present is not self._feels and now - ms >= 5_000:
            self._feels = present
            self._next_push = self._next_breath = self._hands_off_until = now
            self._check = now + 120_000
            self._in_set = 0
            self._pressor_due = now + 30_000
            if not present and self._pressor_ug:
                self._pressor_ug = 0
                self.patient.apply(Infuse(now, "norepinephrine", 0, "io_humerus"))
            if not present and str(self.patient.rhythm) in SHOCKABLE:
                self._check = now

    def _look(self, now: int) -> None:
        """Four seconds of hands off: a shock if one helps, else on."""
        if self._hands_off_until > now:
            return
        if not self._charged:
            self._charged = True
            self._hands_off_until = now + 4_000
            self._check = now + 4_000
            return
        self._charged = False
        self._check = now + 120_000
        self._hands_off_until = now
        rhythm = str(self.patient.rhythm)
        if rhythm in SHOCKABLE:
            self.patient.apply(Shock(now, (200, 300, 360)[min(self.shocks, 2)]))
            self.shocks += 1
            self._hands_off_until = now + 2_000
            if self.shocks == 2 and self._epinephrine_due is None:
                self._epinephrine_due = now
        elif self._epinephrine_due is None:
            self._epinephrine_due = now
        self._next_push = max(self._next_push, self._hands_off_until)

    def _push(self, end: int) -> None:
        while self._next_push < end:
            if self._next_push < self._hands_off_until:
                self._next_push = self._hands_off_until
                continue
            if not self._tubed and self._in_set == 30:
                self._in_set = 0
                for start in (self._next_push, self._next_push + 1_800):
                    self.patient.apply(Breath(start, 1_000, 600, 100, "mask", 85))
                self._next_push += 3_800
                continue
            if self._charged:
                return
            self.patient.apply(Compression(self._next_push, 122, 123, 52_000, 0))
            self._in_set += 1
            self._next_push += 545

    def _breathe(self, now: int, end: int) -> None:
        if not self._tubed and now >= self.tube_ms:
            self.patient.apply(AirwayAct(now, "tube"))
            self._tubed = True
            self._next_breath = now
        elif self._tubed and now > self.tube_ms + 20_000 and not (self.patient.etco2_mmhg or 0) > 3:
            self.patient.apply(AirwayAct(now, "remove"))
            self.patient.apply(AirwayAct(now, "tube"))
            self.tube_ms = now
        if self._tubed or self._feels:
            airway = "tube" if self._tubed else "mask"
            while self._next_breath < end:
                if self._next_breath >= now:
                    self.patient.apply(Breath(self._next_breath, 1_000, 550, 100, airway, 85))
                self._next_breath += int(60_000 / self.breaths_per_min)

    def _drugs(self, now: int) -> None:
        if now < self.line_ms:
            return
        due = self._epinephrine_due
        if due is not None and now >= due and self.epinephrine_ug and not self.pulses[-1][1]:
            self.patient.apply(Dose(now, "epinephrine", self.epinephrine_ug, "io_humerus", True))
            self._epinephrine_due = now + self.epinephrine_every_ms
            self._doses += 1
        drug, amounts = self.antiarrhythmic
        if self._antiarrhythmics < len(amounts) and self.shocks >= 3 + 2 * self._antiarrhythmics:
            self.patient.apply(Dose(now, drug, amounts[self._antiarrhythmics], "io_humerus", True))
            self._antiarrhythmics += 1

    def _care(self, now: int) -> None:
        """Every half minute: a synchronised shock for a tachycardia that needs one, norepinephrine by the pressure."""
        self._pressor_due = now + 30_000
        if self.patient.rhythm is Rhythm.VT:
            self._cardioversions += 1
            self.patient.apply(Shock(now, 100 * min(2, self._cardioversions), synchronised=True))
        if not self.pressor:
            return
        mean = self.patient.mean_mmhg
        if mean < 65:
            self._pressor_ug = min(60, self._pressor_ug + 8)
        elif mean > 90:
            self._pressor_ug = max(0, self._pressor_ug - 8)
        else:
            return
        self.patient.apply(Infuse(now, "norepinephrine", self._pressor_ug, "io_humerus"))


def fields_of(state: object, path: str = "body") -> Iterator[tuple[str, int | float | bool]]:
    """Every number of a state with the way to it, those of states and lists inside it, too."""
    if is_dataclass(state):
        for each in fields(state):
            yield from fields_of(getattr(state, each.name), f"{path}.{each.name}")
    elif isinstance(state, list):
        for index, item in enumerate(state):
            yield from fields_of(item, f"{path}[{index}]")
    else:
        assert isinstance(state, int | float), path
        yield path, state
