"""One patient: takes events, lives on the absolute 4 ms grid, and tells what happened.

Order within a step of the grid: blocks that are due, events that have come, a beat that is due, then mechanics up to
the next of these. Nothing depends on how often `advance` is called.
"""

from __future__ import annotations

from bisect import insort
from math import sqrt
from typing import Final

from game.sim.blood import Blood
from game.sim.body import Body, Infusion, Pending
from game.sim.case import Case
from game.sim.circulation import NEVER_MS, STEP_MS, VEINS, Circulation, between, vessel_values
from game.sim.drugs import check_route
from game.sim.electrical import Electrical, Situation, intrinsic_rate_per_min
from game.sim.events import Breath, Compression, Dose, Event, Fluid, Flush, Shock, moved
from game.sim.happenings import Happening, PulseChanged, RhythmChanged, Shocked
from game.sim.latent import Latent
from game.sim.lungs import Lungs
from game.sim.monitors import Monitors
from game.sim.myocardium import Myocardium
from game.sim.plain import Plain, digest, from_plain, to_plain
from game.sim.pulse import Pulse
from game.sim.rhythm import Rhythm, ShockResult
from game.sim.tables import total

HEART_STEPS: Final = 25
"""Steps between two looks at muscle, reflex and rhythm: 100 ms."""

BODY_STEPS: Final = 125
"""Steps between two looks at gases and drugs, and between pressure samples while nothing moves: 500 ms."""

_HEART_MS: Final = HEART_STEPS * STEP_MS
_HEART_S: Final = 0.001 * _HEART_MS
_HEART_MIN: Final = _HEART_S / 60.0
_BODY_S: Final = 0.001 * STEP_MS * BODY_STEPS
_BODY_MIN: Final = _BODY_S / 60.0
_L_MIN_PER_ML_S: Final = 0.06
_SETTLING_BEATS: Final = 20


class Patient(Monitors):
    """One patient from the moment of collapse, room time 0 ms. The same case, seed and events give the same bits."""

    __slots__ = ("_arrest", "_beating", "_happenings", "_latent", "_metabolism", "_parameters")

    def __init__(self, case: Case, body: Body) -> None:
        """Give life to a body; callers want `new` or `restore`."""
        super().__init__(case, body)
        self._parameters = case.parameters
        self._latent = Latent.draw(case.parameters, body.seed)
        self._arrest = vessel_values(case.parameters.circulation.arrest)
        self._beating = vessel_values(case.parameters.circulation.beating)
        self._metabolism = body.blood.metabolic_factor(case.parameters.lungs)
        self._happenings: list[Happening] = []

    @classmethod
    def new(cls, case: Case, seed: int) -> Patient:
        """The patient of `case` whose luck is `seed`, just collapsed out of a normal circulation."""
        p = case.parameters
        latent = Latent.draw(p, seed)
        blood = Blood.new(p.lungs)
        pulse = case.rhythm is Rhythm.SINUS
        body = Body(
            seed,
            Circulation.new(p.circulation, latent.left_squeeze_per_ml_mm, latent.squeeze_on_right_atrium),
            Myocardium(case.energy),
            Electrical.new(p, seed, case.rhythm, case.energy),
            Pulse(pulse, NEVER_MS if pulse else 0, p.heart.pulse_mmhg if pulse else 0.0),
            Lungs.new(p.lungs, blood),
            blood,
        )
        patient = cls(case, body)
        patient._settle()
        return patient

    @classmethod
    def restore(cls, case: Case, plain: Plain) -> Patient:
        """The patient whose `snapshot` is `plain`; continues identically. ValueError if it is no snapshot."""
        return cls(case, from_plain(Body, plain))

    def snapshot(self) -> Plain:
        """The state as nested lists of numbers and words. Happenings not drained yet are not in it."""
        return to_plain(self._body)

    def state_hash(self) -> str:
        """16 hex digits over the exact state."""
        return digest(self.snapshot())

    def drain(self) -> list[Happening]:
        """What happened since the last call, in order."""
        happenings, self._happenings = self._happenings, []
        return happenings

    def apply(self, event: Event) -> None:
        """Take an event. One stamped ahead waits; one whose step is over enters at the earliest open step.

        ValueError for a route that does not exist.
        """
        body = self._body
        if isinstance(event, Dose | Flush):
            check_route(event.route)
        if event.ms <= (body.step - 1) * STEP_MS:
            event = moved(event, body.step * STEP_MS)
        body.order += 1
        insort(body.pending, Pending(event.ms, body.order, event), key=lambda waiting: (waiting.ms, waiting.order))

    def advance(self, to_ms: int) -> None:
        """Run every step of the grid that ends at or before `to_ms`."""
        body = self._body
        circulation, electrical, pending = body.circulation, body.electrical, body.pending
        target = to_ms // STEP_MS
        while body.step < target:
            step = body.step
            now_ms = step * STEP_MS
            if step % HEART_STEPS == 0:
                if step % BODY_STEPS == 0:
                    self._live_body(now_ms)
                self._live_heart(now_ms)
            while pending and pending[0].ms <= now_ms:
                self._take(pending.pop(0).event)
            end = min(target, step - step % HEART_STEPS + HEART_STEPS)
            if electrical.organised:
                if electrical.next_beat_ms <= now_ms:
                    self._beat()
                end = min(end, -(-electrical.next_beat_ms // STEP_MS))
            if pending:
                end = min(end, -(-pending[0].ms // STEP_MS))
            circulation.run(step, end)
            body.step = end

    def _settle(self) -> None:
        """Let the heart beat normally until the moment of collapse."""
        body, heart, circulation = self._body, self._parameters.heart, self._body.circulation
        steps = int(60_000 / heart.rate_normal_per_min) // STEP_MS
        circulation.set_vessels(
            self._parameters.circulation, self._beating, 1.0, heart.left_contractility, heart.right_contractility
        )
        ejected_ml = aorta_sum = 0.0
        for start in range(-_SETTLING_BEATS * steps, 0, steps):
            circulation.beat(start * STEP_MS, self._systole_ms(steps * STEP_MS))
            circulation.run(start, start + steps)
            ejected_ml, aorta_sum = circulation.collect()
            self._read_cycle()
        body.flow_l_min = ejected_ml / (0.001 * STEP_MS * steps) * _L_MIN_PER_ML_S
        body.mean_mmhg = aorta_sum / steps

    def _systole_ms(self, interval_ms: int) -> float:
        return 1000.0 * self._parameters.circulation.systole_s * sqrt(0.001 * interval_ms)

    def _read_cycle(self) -> None:
        """A release or diastole ends: read the pressures of the cycle that is over."""
        body = self._body
        body.myocardium.sample(body.circulation.perfusion_mmhg)
        body.systolic_mmhg, body.diastolic_mmhg = body.circulation.new_cycle()

    def _compressing(self, now_ms: int) -> bool:
        return now_ms - self._body.push_end_ms <= self._parameters.heart.compressing_window_ms

    def _live_body(self, now_ms: int) -> None:
        """500 ms of gases and drugs."""
        body, p = self._body, self._parameters
        body.lungs.advance(
            p.lungs,
            body.blood,
            now_ms,
            seconds=_BODY_S,
            flow_l_min=body.flow_l_min,
            beating=body.relaxation,
            metabolism=self._metabolism,
        )
        body.drugs.advance(p.drugs, _BODY_MIN, body.flow_l_min, self._case.weight_kg, body.blood.ph)
        if not body.electrical.organised and now_ms - body.push_end_ms > p.heart.idle_sample_ms:
            self._read_cycle()

    def _live_heart(self, now_ms: int) -> None:
        """100 ms of muscle, reflex, vessels and hazards."""
        body, p = self._body, self._parameters
        electrical, pulse, effects = body.electrical, body.pulse.present, body.drugs.effects
        compressing = self._compressing(now_ms)
        self._smooth_flow()
        driven = compressing or electrical.organised
        body.myocardium.advance(
            p.heart,
            _HEART_MIN * self._metabolism,
            driving_mmhg=self._latent.coronary_factor * body.myocardium.sampled_mmhg if driven else 0.0,
            oxygen_ml_per_l=body.lungs.arterial_oxygen,
            fibrillating=electrical.shockable,
            pulse=pulse,
            demand=effects.demand * self._latent.energy_decay_factor,
        )
        body.reflex.advance(p.heart, _HEART_S, body.mean_mmhg, pulse)
        self._move_blood(now_ms)
        self._set_vessels()
        target = electrical.advance(
            p.rhythm,
            _HEART_MIN,
            Situation(
                energy=body.myocardium.energy,
                perfusion=body.myocardium.perfusion,
                compressed_beats=compressing and electrical.organised,
                since_termination_s=(now_ms - electrical.terminated_ms) * 0.001
                if electrical.terminated_ms > NEVER_MS
                else None,
                pulse_min=(now_ms - body.pulse.since_ms) / 60_000.0,
                shockable_origin=electrical.shockable_origin,
                effects=effects,
            ),
        )
        if target is not None:
            if electrical.organised and target is Rhythm.PEA:
                electrical.weaken(p.rhythm, body.myocardium.energy)
            self._enter(target, now_ms)

    def _smooth_flow(self) -> None:
        body = self._body
        ejected_ml, aorta_sum = body.circulation.collect()
        share = _HEART_S / self._parameters.lungs.flow_smoothing_s
        if body.step > 0:
            body.flow_l_min += (ejected_ml / _HEART_S * _L_MIN_PER_ML_S - body.flow_l_min) * share
            body.mean_mmhg += (aorta_sum / (HEART_STEPS * body.circulation.substeps) - body.mean_mmhg) * share

    def _move_blood(self, now_ms: int) -> None:
        """Bleeding, infusions, and veins that tighten or slacken."""
        body = self._body
        filling_ml = body.circulation.filling_ml
        slack_ml = body.reflex.veins_ml + body.drugs.effects.veins_ml
        filling_ml[VEINS] -= slack_ml - body.veins_ml
        body.veins_ml = slack_ml
        if filling_ml[VEINS] > 0.0:
            filling_ml[VEINS] -= self._parameters.circulation.bleeding_ml_per_min * _HEART_MIN
        if body.infusions:
            filling_ml[VEINS] += total(infusion.given_ml(now_ms - _HEART_MS, now_ms) for infusion in body.infusions)
            body.infusions = [infusion for infusion in body.infusions if infusion.end_ms > now_ms]

    def _set_vessels(self) -> None:
        """Contractility, arterial tone, and vessels between arrested and beating, for the next 100 ms."""
        body, p, effects = self._body, self._parameters, self._body.drugs.effects
        strength = 0.0
        if body.electrical.organised:
            pulse_energy = body.electrical.pulse_energy
            strength = body.myocardium.contractility(p.heart, pulse_energy, body.lungs.arterial_oxygen, body.blood.ph)
        wanted = min(1.0, strength / p.heart.relaxed_at)
        body.relaxation += (wanted - body.relaxation) * _HEART_S / p.heart.warm_up_s
        strength *= body.reflex.contractility * effects.contractility
        body.circulation.set_vessels(
            p.circulation,
            between(self._arrest, self._beating, body.relaxation),
            body.reflex.tone(p.heart, body.blood.ph) * body.reflex.resistance * effects.resistance,
            p.heart.left_contractility * strength,
            p.heart.right_contractility * strength,
        )
        body.rate_per_min = intrinsic_rate_per_min(p.heart, body.myocardium.energy, effects, body.reflex.rate_per_min)

    def _beat(self) -> None:
        """A beat is due: judge the one before, then contract."""
        body = self._body
        now_ms = body.electrical.next_beat_ms
        if body.pulse.judge(self._parameters.heart, now_ms, body.circulation.beat_peak_mmhg):
            self._happenings.append(PulseChanged(now_ms, int(body.pulse.present)))
            self._enter(Rhythm.SINUS if body.pulse.present else Rhythm.PEA, now_ms)
        if not self._compressing(now_ms):
            self._read_cycle()
        interval_ms = int(60_000.0 / body.rate_per_min)
        body.circulation.beat(body.electrical.beat(interval_ms), self._systole_ms(interval_ms))

    def _enter(self, rhythm: Rhythm, now_ms: int) -> None:
        """Go into another rhythm; the pulse is lost with a rhythm that has none."""
        body = self._body
        if not body.electrical.organised:
            body.circulation.beat_peak_mmhg = 0.0
        body.electrical.enter(self._parameters, body.seed, rhythm, now_ms)
        self._happenings.append(RhythmChanged(now_ms, rhythm))
        if rhythm is not Rhythm.SINUS and body.pulse.present:
            self._happenings.append(PulseChanged(now_ms, 0))
        if rhythm is not Rhythm.SINUS:
            body.pulse.reset(now_ms)

    def _take(self, event: Event) -> None:
        """Let an event act now."""
        match event:
            case Compression():
                self._push(event)
            case Breath():
                self._body.circulation.breathe(self._parameters.circulation, event)
                self._body.lungs.breathe(self._parameters.lungs, event)
            case Shock():
                self._shock(event)
            case Dose():
                self._body.drugs.give(event)
            case Flush():
                self._body.drugs.flush(event.route)
            case Fluid():
                end_ms = event.ms + max(event.duration_ms, 1)
                self._body.infusions.append(Infusion(event.ms, end_ms, float(max(event.volume_ml, 0))))

    def _push(self, event: Compression) -> None:
        body = self._body
        self._read_cycle()
        body.circulation.push(self._parameters.circulation, event)
        body.push_end_ms = body.circulation.push_end_ms

    def _shock(self, event: Shock) -> None:
        body, electrical = self._body, self._body.electrical
        since_ms = event.ms - max(body.push_end_ms, 0)
        fibrillating = electrical.shockable
        result = electrical.shock(
            self._parameters.rhythm,
            body.seed,
            self._latent,
            energy=body.myocardium.energy,
            energy_j=event.energy_j,
            pause_s=max(0.0, 0.001 * since_ms),
            terminate_logit=body.drugs.effects.terminate_logit,
        )
        body.myocardium.shocked(self._parameters.heart, event.energy_j)
        self._happenings.append(Shocked(event.ms, event.energy_j, result))
        if fibrillating and result is not ShockResult.FAILED:
            self._enter(Rhythm.PEA if result is ShockResult.ORGANISED else Rhythm.ASYSTOLE, event.ms)
            electrical.terminated_ms = event.ms
        elif not fibrillating and result is ShockResult.FAILED:
            self._enter(Rhythm.VF, event.ms)
