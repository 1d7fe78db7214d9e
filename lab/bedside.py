"""A patient, his crew's hands and the clock: what everyone who treats him works through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, inf
from typing import Any, Final

from game.sim import (
    AirwayAct,
    AirwayPlaced,
    Event,
    Fluid,
    Happening,
    Oxygen,
    PulseChanged,
    RhythmChanged,
    Shocked,
)
from lab.hands import AHEAD_MS, Hands
from lab.look import beats, depth_for_force_mm, look
from lab.plan import Care
from lab.record import Record

LEAVES_MS: Final = 20
"""How long the patient lives on after an act whose outcome is wanted at once."""

_HANDS_ON_MS: Final = 1000


@dataclass(slots=True)
class Course:
    """Where the team stands."""

    began_ms: int = 0
    """When the last planned pause began."""
    check_ms: int = 0
    shown: str = ""
    """Rhythm on the monitor at the last check."""
    flat_since_ms: int = -1
    notice_ms: float = inf
    """When a pulse that came will be noticed without a check."""
    pulse_found: bool = False


class Bedside:
    """One patient from collapse (0 ms) on. Between two looks at him everything is laid out ahead as events.

    What is done at one moment never moves what others do: hands are laid out by the beginning of each push and breath,
    and a pulse is noticed, and pressures are read, at whole multiples of ten seconds.
    """

    def __init__(self, patient: Any, care: Care, weight_kg: float, *, limit_ms: int, look_every_ms: int) -> None:
        self.patient, self.care, self.weight_kg, self.limit_ms = patient, care, weight_kg, limit_ms
        self.now_ms = 0
        self.course = Course()
        self.record = Record()
        self.hands = Hands(care.bystander_compressions, care.bystander_breaths, care.seed, self.record)
        self.placed: bool | None = None
        """Whether the last device seemed to sit, once that is known."""
        self._marks: list[tuple[int, str]] = []
        self._look_every_ms = look_every_ms
        self.record.rhythms.append((0, str(patient.rhythm)))
        self.record.pulses.append((0, bool(patient.has_pulse)))
        if look_every_ms:
            self.mark(0, "")

    # Time

    def go(self, events: Iterable[Event], to_ms: int) -> None:
        """Hand events over and let the patient live to `to_ms`, reading him where that was asked for."""
        patient = self.patient
        for event in events:
            patient.apply(event)
        while self._marks and self._marks[0][0] <= to_ms:
            ms, name = self._marks.pop(0)
            patient.advance(ms)
            reading = look(patient, ms)
            if name:
                self.record.marks[name] = reading
            else:
                self.record.looks.append(reading)
                self.mark(ms + self._look_every_ms, "")
        patient.advance(to_ms)
        self.now_ms = to_ms
        for happening in patient.drain():
            self._hear(happening)
        if to_ms >= self.limit_ms:
            self.finish("limit")

    def mark(self, ms: int, name: str) -> None:
        """Keep a reading of the patient at `ms`: under its name, or without one in the course."""
        self._marks.append((ms, name))
        self._marks.sort()

    def _hear(self, happening: Happening) -> None:
        record = self.record
        record.happenings.append(happening)
        if isinstance(happening, PulseChanged):
            record.pulses.append((happening.ms, bool(happening.pulse)))
            notice_ms = happening.ms + self.care.rosc.notice_s * 1000.0
            self.course.notice_ms = _next_look(notice_ms) if happening.pulse else inf
        elif isinstance(happening, RhythmChanged):
            record.rhythms.append((happening.ms, str(happening.rhythm)))
        elif isinstance(happening, Shocked):
            if record.shocks and not record.shocks[-1].result:
                record.shocks[-1].result = str(happening.result)
        elif isinstance(happening, AirwayPlaced):
            self.placed = bool(happening.placed)

    @property
    def over(self) -> bool:
        """Whether care has ended."""
        return bool(self.record.end)

    @property
    def noticed(self) -> bool:
        """Whether the patient shows life."""
        return self.now_ms >= self.course.notice_ms

    def finish(self, why: str) -> None:
        """End care; whoever comes first says why."""
        if not self.over:
            self.record.end = why

    # Acts

    def apply(self, event: Event) -> None:
        """Give an event of now."""
        self.patient.apply(event)

    def act(self, act: str) -> None:
        """Do something at the airway."""
        self.apply(AirwayAct(self.now_ms, act, round(self.care.airway.skill_pct)))

    def note(self, what: str) -> None:
        """Put on record what was done."""
        self.record.acts.append((self.now_ms, what))

    def hang(self, volume_ml: float, lasts_s: float, kind: str) -> None:
        """Hang a bag of fluid."""
        self.apply(Fluid(self.now_ms, round(volume_ml), round(lasts_s * 1000.0), kind))
        self.note(f"{kind} {volume_ml:.0f} mL")

    def oxygen(self, fio2_pct: float) -> None:
        """Set the share of oxygen in what the patient is given."""
        self.hands.oxygen_pct = round(fio2_pct)
        self.apply(Oxygen(self.now_ms, self.hands.oxygen_pct))

    # Hands

    def push_to(self, to_ms: int, stop_ms: float) -> None:
        """Hands on until `to_ms`, or until the patient shows life; the last push ends before a pause at `stop_ms`."""
        while self.now_ms < to_ms and not self.noticed and not self.over:
            ahead = (self.now_ms // AHEAD_MS + 1) * AHEAD_MS
            until = int(min(to_ms, ahead, self.limit_ms, self.course.notice_ms))
            self.go(self.hands.lay(self.now_ms, until, self._depth_for_force, stop_ms), until)
            if until % AHEAD_MS == 0:
                self._read_pressure()

    def pause_to(self, to_ms: int) -> None:
        """Hands off until `to_ms`."""
        to_ms = min(to_ms, self.limit_ms)
        if to_ms > self.now_ms:
            self.go(self.hands.off(self.now_ms, to_ms), to_ms)

    def resume(self) -> None:
        """Hands go back on after a pause."""
        began = self.course.began_ms
        runs = self.record.runs(began)
        pushed = sum(end - start for start, end in runs)
        off = max(0, self.now_ms - began - pushed)
        self.hands.resume(self.now_ms, self.course.check_ms, off, pushed)

    def _depth_for_force(self, force_n: float) -> float:
        return depth_for_force_mm(self.patient, force_n)

    def _read_pressure(self) -> None:
        """Coronary perfusion pressure as hands make it: before the first pulse, and not by beats of the heart."""
        record = self.record
        if any(pulse for ms, pulse in record.pulses if ms) or beats(self.patient):
            return
        if self.now_ms - self.hands.last_end_ms < _HANDS_ON_MS:
            record.max_cpp_mmhg = max(record.max_cpp_mmhg, float(self.patient.cpp_mmhg))


def _next_look(ms: float) -> float:
    return ceil(ms / AHEAD_MS) * AHEAD_MS if ms < inf else inf
