"""A team that plays a care plan on a patient.

It looks at the patient only where a real team would: at checks, after an attempt at the airway, in care after ROSC.
Between two such moments everything is laid out ahead as events.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import inf
from typing import Any, Final

from game.sim import (
    AirwayAct,
    AirwayPlaced,
    Dose,
    Event,
    Fluid,
    Happening,
    Infuse,
    Oxygen,
    PulseChanged,
    RhythmChanged,
    Shock,
    Shocked,
    Treat,
)
from lab import plan
from lab.hands import Hands
from lab.look import depth_for_force_mm, look, outlook
from lab.plan import Care
from lab.record import SHOCKABLE, DoseGiven, Record, ShockGiven

MICRO: Final = {"mg": 1e3, "mmol": 1e3, "U": 1e6}
"""Micro-amounts (ug, umol, uU) in one of what a plan counts doses in."""

MINUTE_MS: Final = 60_000
_AHEAD_MS: Final = 10_000
_FLAT: Final = "asystole"
_TUBE_SHOWS_MS: Final = 30_000
_NO_TRACE_MMHG: Final = 2
_MARKS_MS: Final = {"3min": 3 * MINUTE_MS, "20min": 20 * MINUTE_MS}
_LEAST_OXYGEN_PCT: Final = 30
_OXYGEN_STEP_PCT: Final = 15
_BREATHS_MOST_PER_MIN: Final = 20.0
_BREATHS_LEAST_PER_MIN: Final = 6.0


@dataclass(frozen=True, slots=True)
class Condition:
    """What a patient must meet to be in a trial: judged at each check without a pulse.

    At least `shocks` given, time from `at_s` on, a rhythm of `rhythms` on the monitor (any if empty), and, with
    `before_rosc`, never a pulse that was found before.
    """

    shocks: int = 0
    at_s: float = 0.0
    rhythms: tuple[str, ...] = ()
    before_rosc: bool = True


@dataclass(slots=True)
class Job:
    """Something to do once or more: `due` tells when at the earliest, `do` does it and tells whether it is done."""

    due: Callable[[], float]
    do: Callable[[], bool]


@dataclass(slots=True)
class _Course:
    """Where the team stands."""

    check_ms: int = 0
    shown: str = ""
    """Rhythm on the monitor at the last check."""
    flat_since_ms: int = -1
    notice_ms: float = inf
    """When a pulse that came will be noticed without a check."""
    pulse_found: bool = False
    advanced: bool = False
    """Whether anything was found to be a pulse before."""
    paused_ms: int = 0
    jobs: list[Job] = field(default_factory=list)


class Team:
    """One plan on one patient, from collapse (0 ms) to its end. `play` once, then read `record`."""

    def __init__(
        self,
        patient: Any,
        care: Care,
        weight_kg: float,
        *,
        limit_ms: int,
        look_every_ms: int = 0,
        condition: Condition | None = None,
    ) -> None:
        """`look_every_ms` above 0 keeps regular readings; without a condition everyone is enrolled at once."""
        self._patient = patient
        self._care = care
        self._weight_kg = weight_kg
        self._limit_ms = limit_ms
        self._look_every_ms = look_every_ms
        self._condition = condition
        self._now_ms = 0
        self._course = _Course()
        self._marks: list[tuple[int, str]] = []
        self._given: dict[str, int] = {}
        self._last_dose_ms: dict[str, int] = {}
        self._vector = "al"
        self._placed: bool | None = None
        self._oxygen_ms = inf
        self.record = Record()
        self.record.enrolled_ms = 0 if condition is None else -1
        self._hands = Hands(care.bystander_compressions, care.bystander_breaths, care.seed, self.record)

    def play(self) -> Record:
        """Care from collapse until it ends by itself or at the limit."""
        patient, record = self._patient, self.record
        record.rhythms.append((0, str(patient.rhythm)))
        record.pulses.append((0, bool(patient.has_pulse)))
        if self._look_every_ms:
            self._marks.append((0, ""))
        self._before_crew()
        if not self._over():
            self._arrive()
        while not self._over():
            if self._course.pulse_found:
                self._care_for_pulse()
            else:
                self._cycle()
        record.end_ms = self._now_ms
        if record.end == "held":
            record.outlook = outlook(patient)
        return record

    # Time

    def _go(self, events: Iterable[Event], to_ms: int) -> None:
        """Hand events over and let the patient live to `to_ms`, reading him where that was asked for."""
        patient = self._patient
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
                self._mark(ms + self._look_every_ms, "")
        patient.advance(to_ms)
        self._now_ms = to_ms
        for happening in patient.drain():
            self._hear(happening)

    def _mark(self, ms: int, name: str) -> None:
        self._marks.append((ms, name))
        self._marks.sort()

    def _hear(self, happening: Happening) -> None:
        record = self.record
        record.happenings.append(happening)
        if isinstance(happening, PulseChanged):
            record.pulses.append((happening.ms, bool(happening.pulse)))
            notice_s = self._care.rosc.notice_s
            self._course.notice_ms = happening.ms + notice_s * 1000.0 if happening.pulse else inf
        elif isinstance(happening, RhythmChanged):
            record.rhythms.append((happening.ms, str(happening.rhythm)))
        elif isinstance(happening, Shocked):
            if record.shocks and not record.shocks[-1].result:
                record.shocks[-1].result = str(happening.result)
        elif isinstance(happening, AirwayPlaced):
            self._placed = bool(happening.placed)

    def _over(self) -> bool:
        return bool(self.record.end)

    def _finish(self, why: str) -> None:
        if not self._over():
            self.record.end = why

    # Hands on

    def _depth_for_force(self, force_n: float) -> float:
        return depth_for_force_mm(self._patient, force_n)

    def _push_to(self, to_ms: int) -> None:
        """Hands on until `to_ms`, or until the patient shows life."""
        while self._now_ms < to_ms and self._now_ms < self._course.notice_ms:
            until = min(to_ms, self._now_ms + _AHEAD_MS, self._limit_ms)
            self._go(self._hands.lay(self._now_ms, until, self._depth_for_force), until)
            if len(self.record.pulses) == 1 and until - self._hands.last_end_ms < MINUTE_MS // 60:
                self.record.max_cpp_mmhg = max(self.record.max_cpp_mmhg, float(self._patient.cpp_mmhg))
            if until >= self._limit_ms:
                self._finish("limit")
                return

    def _pause_to(self, to_ms: int) -> None:
        """Hands off until `to_ms`."""
        to_ms = min(to_ms, self._limit_ms)
        if to_ms > self._now_ms:
            self._go(self._hands.off(self._now_ms, to_ms), to_ms)
        if to_ms >= self._limit_ms:
            self._finish("limit")

    def _resume(self) -> None:
        """Hands go back on after a pause."""
        self._hands.resume(self._now_ms, self._course.check_ms, self._course.paused_ms)

    def _work_to(self, to_ms: int) -> None:
        """Hands on until `to_ms`, with all else that is due on the way."""
        while self._now_ms < to_ms and not self._over() and self._now_ms < self._course.notice_ms:
            job, due = self._next_job()
            if job is not None and due <= self._now_ms:
                if job.do():
                    self._course.jobs.remove(job)
                continue
            self._push_to(int(min(to_ms, max(due, self._now_ms + 1))))

    def _next_job(self) -> tuple[Job | None, float]:
        best, earliest = None, inf
        for job in self._course.jobs:
            due = job.due()
            if due < earliest:
                best, earliest = job, due
        return best, earliest

    # Before the crew

    def _before_crew(self) -> None:
        care = self._care
        crew_ms = min(self._limit_ms, care.crew.at_s * 1000.0)
        crew_ms = int(crew_ms)
        start_ms = int(care.bystander.after_s * 1000.0)
        self._course.check_ms = crew_ms
        if care.bystander.cpr and start_ms < crew_ms:
            self._pause_to(start_ms)
            self._resume()
            self._push_to(crew_ms)
        self._pause_to(crew_ms)

    def _arrive(self) -> None:
        """The crew takes over."""
        care, record, course = self._care, self.record, self._course
        before = self._hands
        record.crew_ms = self._now_ms
        record.als_ms = self._now_ms + int(care.crew.als_after_s * 1000.0)
        record.crew_from, record.crew_depth_um = len(record.pushes), 0
        record.set_pauses = record.real_pauses = 0
        record.first_rhythm = str(self._patient.rhythm)
        for name, after_ms in _MARKS_MS.items():
            self._mark(record.als_ms + after_ms, name)
        self._hands = Hands(care.compressions, care.breaths, care.seed, record)
        self._hands.last_end_ms = before.last_end_ms
        self._apply(Oxygen(self._now_ms, round(care.breaths.oxygen_pct)))
        self._act("open")
        if care.airway.adjunct != "none":
            self._act(care.airway.adjunct)
        course.check_ms = self._now_ms + int(care.crew.check_after_s * 1000.0)
        course.jobs = self._jobs()
        if self._patient.has_pulse:
            course.notice_ms = self._now_ms + care.check.pulse_s * 1000.0
        self._resume()

    def _apply(self, event: Event) -> None:
        self._patient.apply(event)

    def _act(self, act: str) -> None:
        self._apply(AirwayAct(self._now_ms, act, round(self._care.airway.skill_pct)))

    def _note(self, what: str) -> None:
        self.record.acts.append((self._now_ms, what))

    # The cycle

    def _cycle(self) -> None:
        course = self._course
        self._work_to(course.check_ms)
        if self._over():
            return
        if self._now_ms >= course.notice_ms:
            self._find_pulse()
            return
        if self._now_ms - self.record.crew_ms >= self._care.stop.after_s * 1000.0 and not self._patient.has_pulse:
            self._finish("time")
            return
        self._check()

    def _check(self) -> None:
        """Hands off, look, shock what can be shocked, hands on."""
        care, course = self._care, self._course
        began = self._now_ms
        number = len(self.record.shocks)
        pre_ms = int(1000.0 * care.scattered("shock.pre", care.shock.pre_pause_s, care.shock.scatter, number))
        look_ms = int(1000.0 * care.check.look_s)
        if not care.shock.charge_while_compressing:
            look_ms = min(look_ms, pre_ms)
        self._pause_to(began + look_ms)
        self._read_monitor()
        self._judge_condition()
        if self._over():
            return
        if course.shown in SHOCKABLE and care.shock.give:
            self._defibrillate(pre_ms)
        elif course.shown != _FLAT and course.shown not in SHOCKABLE:
            self._pause_to(self._now_ms + int(1000.0 * care.check.pulse_s))
            if self._patient.has_pulse:
                self._find_pulse()
                return
        if self._over() or self._stop_for_asystole():
            return
        self._hands.switch(self._now_ms)
        course.paused_ms = self._now_ms - began
        course.check_ms = self._now_ms + int(care.check.every_s * 1000.0)
        self._resume()

    def _read_monitor(self) -> None:
        course = self._course
        course.shown = str(self._patient.rhythm)
        if course.shown != _FLAT:
            course.flat_since_ms = -1
        elif course.flat_since_ms < 0:
            course.flat_since_ms = self._now_ms

    def _stop_for_asystole(self) -> bool:
        since = self._course.flat_since_ms
        if since < 0 or self._now_ms - since < self._care.stop.asystole_s * 1000.0:
            return False
        self._finish("asystole")
        return True

    def _judge_condition(self) -> None:
        condition, record = self._condition, self.record
        if condition is None or record.enrolled_ms >= 0 or self._patient.has_pulse:
            return
        fits = not condition.rhythms or self._course.shown in condition.rhythms
        if fits and len(record.shocks) >= condition.shocks and self._now_ms >= condition.at_s * 1000.0:
            record.enrolled_ms = self._now_ms

    def _defibrillate(self, pre_ms: int) -> None:
        """A shock, or as many in a row as the plan stacks."""
        care, shock = self._care, self._care.shock
        if shock.charge_while_compressing and shock.charge_s > 0.0:
            self._resume()
            self._push_to(self._now_ms + int(shock.charge_s * 1000.0))
        for n in range(round(shock.stack)):
            self._pause_to(max(self._now_ms, self._hands.last_end_ms + pre_ms))
            if self._over():
                return
            self._shock()
            post_s = care.scattered("shock.post", shock.post_pause_s, shock.scatter, len(self.record.shocks))
            if n + 1 == round(shock.stack):
                self._pause_to(self._now_ms + int(post_s * 1000.0))
                return
            self._pause_to(self._now_ms + int(shock.stack_s * 1000.0))
            self._read_monitor()
            if self._course.shown not in SHOCKABLE or self._over():
                return

    def _shock(self) -> None:
        shock, record, patient = self._care.shock, self.record, self._patient
        given = len(record.shocks)
        energy_j = round(shock.energies_j[min(given, len(shock.energies_j) - 1)])
        if given >= shock.vector_after:
            self._vector = shock.vector
        since = self._now_ms - self._hands.last_end_ms
        record.shocks.append(
            ShockGiven(
                self._now_ms, energy_j, since, str(patient.rhythm), float(patient.amsa_mv_hz), float(patient.energy)
            )
        )
        event = Shock(self._now_ms, energy_j, False, self._vector, round(shock.contact_pct))
        self._go([event], self._now_ms + 20)

    # What else is due

    def _jobs(self) -> list[Job]:
        care, als_ms = self._care, self.record.als_ms
        jobs = [self._drug_job(name, drug) for name, drug in care.drugs.items() if drug.give]
        line_ms = als_ms + care.access.after_s * 1000.0
        jobs += [self._fluid_job(each, line_ms + each.after_s * 1000.0) for each in care.fluids.values() if each.give]
        jobs += [self._treatment_job(each, als_ms) for each in care.treatments.values() if each.give]
        if care.airway.device != "mask" and care.airway.attempts >= 1:
            jobs.append(self._airway_job(als_ms + care.airway.after_s * 1000.0))
        return jobs

    def _drug_job(self, name: str, drug: plan.Drug) -> Job:
        care = self._care
        earliest = max(
            self.record.als_ms + max(care.access.after_s, drug.after_s) * 1000.0, drug.from_collapse_s * 1000.0
        )
        most = (
            drug.most if drug.every_s < inf or drug.most < inf else float(max(len(drug.doses), len(drug.after_shocks)))
        )

        def due() -> float:
            given = self._given.get(name, 0)
            if given >= most or not self._course.shown or (drug.enrolled and self.record.enrolled_ms < 0):
                return inf
            ready = earliest
            if given:
                ready = max(ready, self._last_dose_ms[name] + (drug.every_s * 1000.0 if drug.every_s < inf else 0.0))
            if self._course.shown in SHOCKABLE:
                if given < len(drug.after_shocks):
                    enough = len(self.record.shocks) >= drug.after_shocks[given]
                else:
                    enough = given > 0 and drug.every_s < inf
            else:
                enough = drug.not_shockable and (given == 0 or drug.every_s < inf)
            return ready if enough else inf

        def do() -> bool:
            self._give(name, drug)
            return False

        return Job(due, do)

    def _give(self, name: str, drug: plan.Drug) -> None:
        given = self._given.get(name, 0)
        unit, _, per_kg = drug.unit.partition("/")
        dose = drug.doses[min(given, len(drug.doses) - 1)] * (self._weight_kg if per_kg else 1.0)
        if not drug.placebo:
            amount = round(dose * MICRO[unit])
            self._apply(Dose(self._now_ms, drug.drug, amount, self._care.access.route, self._care.access.flush))
        self._given[name] = given + 1
        self._last_dose_ms[name] = self._now_ms
        self.record.doses.append(DoseGiven(self._now_ms, drug.drug, dose, unit, drug.placebo))

    def _fluid_job(self, fluid: plan.Fluid, due_ms: float) -> Job:
        def do() -> bool:
            self._bag(fluid.volume_ml, fluid.lasts_s, fluid.kind)
            return True

        return Job(lambda: due_ms, do)

    def _bag(self, volume_ml: float, lasts_s: float, kind: str) -> None:
        self._apply(Fluid(self._now_ms, round(volume_ml), round(lasts_s * 1000.0), kind))
        self._note(f"{kind} {volume_ml:.0f} mL")

    def _treatment_job(self, treatment: plan.Treatment, als_ms: int) -> Job:
        again_ms = treatment.again_s * 1000.0
        state = {"due": als_ms + treatment.after_s * 1000.0, "left": round(treatment.tries)}

        def do() -> bool:
            if treatment.treatment in plan.AIRWAY_TREATMENTS:
                self._act(treatment.treatment)
            else:
                self._apply(Treat(self._now_ms, treatment.treatment, treatment.side))
            self._note(treatment.treatment)
            state["due"] = self._now_ms + again_ms
            state["left"] -= 1
            return state["left"] <= 0

        return Job(lambda: state["due"], do)

    def _airway_job(self, due_ms: float) -> Job:
        airway = self._care.airway
        state = {"due": due_ms, "left": round(airway.attempts), "watch": False}

        def do() -> bool:
            if state["watch"]:
                state["watch"] = False
                if not self._tube_fails():
                    return True
                state["due"] = self._now_ms + airway.again_s * 1000.0
                return state["left"] <= 0
            state["left"] -= 1
            if self._attempt_airway():
                state["watch"], state["due"] = True, self._now_ms + _TUBE_SHOWS_MS
                return not airway.capnograph
            state["due"] = self._now_ms + airway.again_s * 1000.0
            return state["left"] <= 0

        return Job(lambda: state["due"], do)

    def _attempt_airway(self) -> bool:
        """One attempt at the airway; the last of its time may stop the pushing. True when the device seems to sit."""
        airway, hands = self._care.airway, self._hands
        hands.bag_free = False
        end = self._now_ms + int(airway.attempt_s * 1000.0)
        self._push_to(end - int(airway.pause_s * 1000.0))
        paused = self._now_ms
        self._pause_to(end)
        self._placed = None
        self._act(airway.device)
        self._go([], self._now_ms + 20)
        hands.bag_free = True
        sits = self._placed is True
        if sits:
            hands.device = self.record.airway = airway.device
        self._note(f"{airway.device} {'in' if sits else 'failed'}")
        if airway.pause_s > 0.0:
            self._course.paused_ms += self._now_ms - paused
            self._hands.resume(self._now_ms, self._course.check_ms, self._course.paused_ms)
        return sits

    def _tube_fails(self) -> bool:
        """No carbon dioxide comes back through the device: it is taken out."""
        shown = self._patient.etco2_mmhg
        if shown is not None and shown > _NO_TRACE_MMHG:
            return False
        self._act("remove")
        self._hands.device = self.record.airway = "mask"
        self._note("no carbon dioxide: taken out")
        return True

    # A pulse

    def _find_pulse(self) -> None:
        self._course.pulse_found = True
        self._note("pulse found")
        condition = self._condition
        if condition is not None and condition.before_rosc and self.record.enrolled_ms < 0:
            self._finish("not enrolled")

    def _care_for_pulse(self) -> None:
        """Look, adjust, wait; until the pulse has been held long enough or is seen to be lost."""
        care = self._care.rosc
        per_min, pressor, filled, lost_ms = care.per_min, 0.0, care.fluid_ml <= 0.0, 0
        while not self._over():
            to_ms = min(self._now_ms + int(care.look_every_s * 1000.0), self._limit_ms)
            self._go(self._hands.breathe(self._now_ms, to_ms, per_min, care.volume_ml), to_ms)
            if self._patient.has_pulse:
                lost_ms = 0
                if self._now_ms - self.record.pulses[-1][0] >= self._care.stop.hold_s * 1000.0:
                    self._finish("held")
                    return
                per_min = self._next_rate(per_min)
                self._titrate_oxygen()
                if self._patient.mean_mmhg < care.map_mmhg:
                    if not filled:
                        filled = True
                        self._bag(care.fluid_ml, 600.0, "crystalloid")
                    elif pressor < care.pressor_most_ug_kg_min:
                        pressor += care.pressor_step_ug_kg_min
                        self._infuse(pressor)
            else:
                lost_ms = lost_ms or self.record.pulses[-1][0]
                if self._now_ms - lost_ms >= care.lost_s * 1000.0:
                    self._lose_pulse(pressor)
                    return
            if self._now_ms >= self._limit_ms:
                self._finish("limit")

    def _next_rate(self, per_min: float) -> float:
        care, shown = self._care.rosc, self._patient.etco2_mmhg
        if not care.titrate_breaths or shown is None:
            return per_min
        if shown > care.etco2_hi:
            return min(_BREATHS_MOST_PER_MIN, per_min + 1.0)
        if shown < care.etco2_lo:
            return max(_BREATHS_LEAST_PER_MIN, per_min - 1.0)
        return per_min

    def _titrate_oxygen(self) -> None:
        care, hands, shown = self._care.rosc, self._hands, self._patient.spo2_pct
        if not care.titrate_oxygen or shown is None:
            return
        if shown >= care.spo2_hi and hands.oxygen_pct > _LEAST_OXYGEN_PCT:
            hands.oxygen_pct = max(_LEAST_OXYGEN_PCT, hands.oxygen_pct - _OXYGEN_STEP_PCT)
        elif shown < care.spo2_lo and hands.oxygen_pct < 100:
            hands.oxygen_pct = min(100, hands.oxygen_pct + _OXYGEN_STEP_PCT)
        else:
            return
        self._apply(Oxygen(self._now_ms, hands.oxygen_pct))

    def _infuse(self, ug_kg_min: float) -> None:
        per_min = round(ug_kg_min * self._weight_kg)
        self._apply(Infuse(self._now_ms, self._care.rosc.pressor, per_min, self._care.access.route))
        self._note(f"{self._care.rosc.pressor} {per_min} ug/min")

    def _lose_pulse(self, pressor: float) -> None:
        """The pulse is gone again: hands on and an early check."""
        self._note("pulse lost")
        if pressor > 0.0:
            self._infuse(0.0)
        hands = self._hands
        hands.oxygen_pct = round(self._care.breaths.oxygen_pct)
        self._apply(Oxygen(self._now_ms, hands.oxygen_pct))
        course = self._course
        course.pulse_found, course.notice_ms, course.paused_ms = False, inf, 0
        course.check_ms = self._now_ms + _AHEAD_MS
        self._resume()
