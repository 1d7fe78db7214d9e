"""A team that plays a care plan on a patient.

It looks at the patient only where a real team would: at checks, after an attempt at the airway, in care after ROSC.
Between two such moments everything is laid out ahead as events.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any, Final

from game.sim import Shock
from lab.bedside import LEAVES_MS, Bedside
from lab.hands import Hands
from lab.jobs import Job, jobs_of, next_job
from lab.look import outlook
from lab.plan import Care
from lab.record import MINUTE_MS, SHOCKABLE, Record, ShockGiven
from lab.recovery import Recovery

_FLAT: Final = "asystole"
_MARKS_MS: Final = {"3min": 3 * MINUTE_MS, "20min": 20 * MINUTE_MS}


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
        self._bed = Bedside(patient, care, weight_kg, limit_ms=limit_ms, look_every_ms=look_every_ms)
        self._care, self._course, self.record = care, self._bed.course, self._bed.record
        self._condition = condition
        self._recovery = Recovery(self._bed)
        self._jobs: list[Job] = []
        self._vector = "al"
        self.record.enrolled_ms = 0 if condition is None else -1

    def play(self) -> Record:
        """Care from collapse until it ends by itself or at the limit."""
        bed, record = self._bed, self.record
        self._before_crew()
        if not bed.over:
            self._arrive()
        while not bed.over:
            if self._course.pulse_found:
                self._recovery.care_for()
            else:
                self._cycle()
        record.end_ms = bed.now_ms
        if record.stands():
            record.outlook = outlook(bed.patient)
        return record

    def _work_to(self, to_ms: int) -> None:
        """Hands on until a pause at `to_ms`, with all else that is due on the way."""
        bed = self._bed
        while bed.now_ms < to_ms and not bed.over and not bed.noticed:
            job, due = next_job(self._jobs)
            if job is not None and due <= bed.now_ms:
                if job.do():
                    self._jobs.remove(job)
                continue
            bed.push_to(ceil(min(to_ms, due)), to_ms)

    # Before the crew

    def _before_crew(self) -> None:
        bed, care, course = self._bed, self._care, self._course
        crew_ms = int(min(bed.limit_ms, care.crew.at_s * 1000.0))
        start_ms = int(care.bystander.after_s * 1000.0)
        if care.bystander.cpr and start_ms < crew_ms:
            bed.pause_to(start_ms)
            course.began_ms, course.check_ms = start_ms, crew_ms
            bed.resume()
            bed.push_to(crew_ms, crew_ms)
        bed.pause_to(crew_ms)

    def _arrive(self) -> None:
        """The crew takes over."""
        bed, care, record, course = self._bed, self._care, self.record, self._course
        last_end_ms = bed.hands.last_end_ms
        record.crew_ms = bed.now_ms
        record.als_ms = bed.now_ms + int(care.crew.als_after_s * 1000.0)
        record.crew_from, record.crew_depth_um = len(record.pushes), 0
        record.set_pauses = record.real_pauses = 0
        record.first_rhythm = str(bed.patient.rhythm)
        for name, after_ms in _MARKS_MS.items():
            bed.mark(record.als_ms + after_ms, name)
        bed.hands = Hands(care.compressions, care.breaths, care.seed, record)
        bed.hands.last_end_ms = last_end_ms
        bed.oxygen(care.breaths.oxygen_pct)
        bed.act("open")
        if care.airway.adjunct != "none":
            bed.act(care.airway.adjunct)
        course.began_ms = bed.now_ms
        course.check_ms = bed.now_ms + int(care.crew.check_after_s * 1000.0)
        self._jobs = jobs_of(bed)
        if bed.patient.has_pulse:
            course.notice_ms = bed.now_ms + int(care.check.pulse_s * 1000.0)
        bed.resume()

    # The cycle

    def _cycle(self) -> None:
        bed = self._bed
        self._work_to(self._course.check_ms)
        if bed.over:
            return
        if bed.noticed:
            self._find_pulse()
        elif bed.now_ms - self.record.crew_ms >= self._care.stop.after_s * 1000.0 and not bed.patient.has_pulse:
            bed.finish("time")
        else:
            self._check()

    def _check(self) -> None:
        """Hands off, look, shock what can be shocked, hands on."""
        bed, care, course = self._bed, self._care, self._course
        course.began_ms = began = bed.now_ms
        number = len(self.record.shocks)
        pre_ms = int(1000.0 * care.scattered("shock.pre", care.shock.pre_pause_s, care.shock.scatter, number))
        look_ms = int(1000.0 * care.check.look_s)
        if not care.shock.charge_while_compressing:
            look_ms = min(look_ms, pre_ms)
        bed.pause_to(began + look_ms)
        self._read_monitor()
        self._judge_condition()
        if bed.over:
            return
        if course.shown in SHOCKABLE and care.shock.give:
            if not self._defibrillate(pre_ms):
                self._find_pulse()
                return
        elif course.shown != _FLAT and course.shown not in SHOCKABLE:
            bed.pause_to(bed.now_ms + int(1000.0 * care.check.pulse_s))
            if bed.patient.has_pulse:
                self._find_pulse()
                return
        if self._ends():
            return
        bed.hands.switch(bed.now_ms)
        course.check_ms = bed.now_ms + int(care.check.every_s * 1000.0)
        bed.resume()

    def _read_monitor(self) -> None:
        course = self._course
        course.shown = str(self._bed.patient.rhythm)
        if course.shown != _FLAT:
            course.flat_since_ms = -1
        elif course.flat_since_ms < 0:
            course.flat_since_ms = self._bed.now_ms

    def _ends(self) -> bool:
        """Whether care has ended, or ends now because the line has been flat for long enough."""
        since = self._course.flat_since_ms
        if since >= 0 and self._bed.now_ms - since >= self._care.stop.asystole_s * 1000.0:
            self._bed.finish("asystole")
        return self._bed.over

    def _judge_condition(self) -> None:
        condition, record, now_ms = self._condition, self.record, self._bed.now_ms
        if condition is None or record.enrolled_ms >= 0 or self._bed.patient.has_pulse:
            return
        fits = not condition.rhythms or self._course.shown in condition.rhythms
        if fits and len(record.shocks) >= condition.shocks and now_ms >= condition.at_s * 1000.0:
            record.enrolled_ms = now_ms

    def _defibrillate(self, pre_ms: int) -> bool:
        """A shock, or as many in a row as the plan stacks; False when the patient showed life before the first."""
        bed, care, shock = self._bed, self._care, self._care.shock
        if shock.charge_while_compressing and shock.charge_s > 0.0:
            charged_ms = bed.now_ms + int(shock.charge_s * 1000.0)
            bed.resume()
            bed.push_to(charged_ms, charged_ms)
            if bed.noticed and not bed.over:
                return False
        for n in range(round(shock.stack)):
            bed.pause_to(max(bed.now_ms, bed.hands.last_end_ms + pre_ms))
            if bed.over:
                break
            self._shock()
            post_s = care.scattered("shock.post", shock.post_pause_s, shock.scatter, len(self.record.shocks))
            if n + 1 == round(shock.stack):
                bed.pause_to(bed.now_ms + int(post_s * 1000.0))
                break
            bed.pause_to(bed.now_ms + int(shock.stack_s * 1000.0))
            self._read_monitor()
            if self._course.shown not in SHOCKABLE or bed.over:
                break
        return True

    def _shock(self) -> None:
        bed, shock, record, patient = self._bed, self._care.shock, self.record, self._bed.patient
        given = len(record.shocks)
        energy_j = round(shock.energies_j[min(given, len(shock.energies_j) - 1)])
        if given >= shock.vector_after:
            self._vector = shock.vector
        since = bed.now_ms - bed.hands.last_end_ms if record.pushes else None
        rhythm, amsa, energy = str(patient.rhythm), float(patient.amsa_mv_hz), float(patient.energy)
        record.shocks.append(ShockGiven(bed.now_ms, energy_j, since, rhythm, amsa, energy))
        event = Shock(bed.now_ms, energy_j, False, self._vector, round(shock.contact_pct))
        bed.go([event], min(bed.now_ms + LEAVES_MS, bed.limit_ms))

    # A pulse

    def _find_pulse(self) -> None:
        bed, condition = self._bed, self._condition
        self._course.pulse_found = True
        bed.note("pulse found")
        if condition is not None and condition.before_rosc and self.record.enrolled_ms < 0:
            bed.finish("not enrolled")
