"""The heart's electricity: entering a rhythm, how fast it beats, each beat, and what it looks like.

`live_rate` looks at nerves, drugs, cold and poison every 100 ms and says how fast the beats may come; `take_beat`
makes one of them, with the unevenness that belongs to its rhythm. The same seed gives the same beats.
"""

from __future__ import annotations

from typing import Final

from game.sim.body.blood import Blood
from game.sim.body.causes import Burden
from game.sim.body.circulation import NEVER_MS
from game.sim.body.drugs import Effects
from game.sim.body.electrical import LATER_MS, WAYS, Electrical
from game.sim.body.lungs import Lungs
from game.sim.body.myocardium import Myocardium
from game.sim.body.pulse import Pulse
from game.sim.body.reflex import Reflex
from game.sim.body.told import RHYTHM, Told, tell
from game.sim.chance import Stream, normal, threshold, uniform
from game.sim.params.rhythm import RhythmParameters
from game.sim.rhythm import (
    AF,
    AGONAL,
    ASYSTOLE,
    COMPLETE_BLOCK,
    FIRST_DEGREE,
    FLUTTER,
    IDIOVENTRICULAR,
    JUNCTIONAL,
    MOBITZ,
    P_WAVES,
    SINUS,
    SVT,
    TORSADES,
    VF,
    WENCKEBACH,
)
from game.sim.tables import clamp, cube_root, decay, exp, log, ramp

# Ways out of a rhythm, each with a hazard of its own and a stream of chance for its threshold.
VF_FADES: Final = 0
VT_DEGENERATES: Final = 1
VT_ENDS: Final = 2
TORSADES_ENDS: Final = 3
TORSADES_DEGENERATES: Final = 4
ASYSTOLE_ORGANISES: Final = 5
ASYSTOLE_WAKES: Final = 6
ASYSTOLE_FIBRILLATES: Final = 7
P_WAVES_FADE: Final = 8
BEATS_STOP: Final = 9
BEATS_FIBRILLATE: Final = 10
REFIBRILLATES: Final = 11
REARREST_VF: Final = 12
REARREST_PEA: Final = 13
IRRITABLE: Final = 14
DEAF: Final = 15
TORSADES_BEGINS: Final = 16
VT_BEGINS: Final = 17
ESCAPE_WIDENS: Final = 18
ESCAPE_RECOVERS: Final = 19
BLOCK_STOPS: Final = 20
BLOCK_FIBRILLATES: Final = 21
BLOCK_CHANGES: Final = 22
SVT_ENDS: Final = 23

WAY_STREAMS: Final = (
    int(Stream.VF_FADES),
    int(Stream.PVT_DEGENERATES),
    int(Stream.VT_ENDS),
    int(Stream.TORSADES_ENDS),
    int(Stream.TORSADES_DEGENERATES),
    int(Stream.ASYSTOLE_ORGANISES),
    int(Stream.ASYSTOLE_WAKES),
    int(Stream.ASYSTOLE_FIBRILLATES),
    int(Stream.P_WAVES_FADE),
    int(Stream.PEA_STOPS),
    int(Stream.PEA_FIBRILLATES),
    int(Stream.REFIBRILLATION),
    int(Stream.REARREST_VF),
    int(Stream.REARREST_PEA),
    int(Stream.HEART_IRRITABLE),
    int(Stream.HEART_DEAF),
    int(Stream.TORSADES_BEGINS),
    int(Stream.VT_BEGINS),
    int(Stream.ESCAPE_WIDENS),
    int(Stream.ESCAPE_RECOVERS),
    int(Stream.BLOCK_STOPS),
    int(Stream.BLOCK_FIBRILLATES),
    int(Stream.BLOCK_CHANGES),
    int(Stream.SVT_ENDS),
)
"""The stream of each way."""


def has_own_beats(rhythm: int) -> bool:
    """Whether the ventricles contract in this rhythm: in all but VF and the two flat lines."""
    return rhythm not in (VF, ASYSTOLE, P_WAVES)


def begin_rhythm(
    e: Electrical, p: RhythmParameters, seed: int, rhythm: int, pulse: bool, weak: bool, energy: float
) -> None:
    """The first rhythm, at time 0.

    With a pulse its beats are strong enough to be felt at a middling energy; if `weak`, too weak at the case's
    `energy`.
    """
    _go(e, p, seed, 0, rhythm)
    e.arrested = not pulse
    e.shockable_origin = not pulse and rhythm <= TORSADES
    if e.beating:
        _organise(e, p, seed)
        e.own_beat_ms = e.next_beat_ms = 0
        if pulse:
            e.pulse_energy = min(e.pulse_energy, p.pulse_energy_mean)
        elif weak:
            weaken(e, p, energy)


def enter_rhythm(e: Electrical, p: RhythmParameters, seed: int, now_ms: int, rhythm: int, told: Told) -> None:
    """Go into another rhythm and tell; beats that follow beats keep their strength and their next time."""
    before = e.beating
    _go(e, p, seed, now_ms, rhythm)
    if e.beating and not before:
        _organise(e, p, seed)
    tell(told, now_ms, RHYTHM, rhythm, 0)


def enter_anew(e: Electrical, p: RhythmParameters, seed: int, now_ms: int, rhythm: int, told: Told) -> None:
    """Go into another rhythm after a shock: whatever beats begin late, and their strength is drawn anew."""
    e.own_beat_ms = LATER_MS
    _go(e, p, seed, now_ms, rhythm)
    if e.beating:
        _organise(e, p, seed)
    tell(told, now_ms, RHYTHM, rhythm, 0)


def _go(e: Electrical, p: RhythmParameters, seed: int, now_ms: int, rhythm: int) -> None:
    e.rhythm = rhythm
    e.since_ms = now_ms
    e.entries += 1
    for way in range(WAYS):
        e.hazards[way] = 0.0
        e.thresholds[way] = threshold(seed, WAY_STREAMS[way], e.entries)
    e.group_size = 0
    e.strength = p.kinds[rhythm].strength
    if rhythm == VF:
        e.fibrillations += 1
        e.vigour = exp(p.amsa_log_sd * normal(seed, Stream.VF_VIGOUR, e.fibrillations))
        e.terminated_ms = NEVER_MS
        e.arrested = True
        e.pacing.capturing = False
        e.paced = False
    if has_own_beats(rhythm):
        e.own_beat_ms = min(max(e.own_beat_ms, now_ms), now_ms + int(p.first_beat_ms))
    else:
        e.own_beat_ms = LATER_MS
        e.rate_per_min = 0.0
    e.beating = e.own_beat_ms < LATER_MS or e.pacing.capturing
    plan_beat(e, now_ms)


def _organise(e: Electrical, p: RhythmParameters, seed: int) -> None:
    """Beats begin: draw the energy of the muscle at which they can be felt."""
    e.organisations += 1
    u = uniform(seed, Stream.PULSE_ENERGY, e.organisations)
    e.pulse_energy = p.pulse_energy_mean + p.pulse_energy_width * log(u / (1.0 - u))


def weaken(e: Electrical, p: RhythmParameters, energy: float) -> None:
    """Beats lose their grip: they can be felt again only at a higher energy of the muscle than now."""
    e.pulse_energy = max(e.pulse_energy, energy + p.rearrest_pea_energy_step)


def begin_capture(e: Electrical, p: RhythmParameters, seed: int, now_ms: int) -> None:
    """The pacemaker's current begins to make beats."""
    e.pacing.capturing = True
    if not e.beating:
        e.beating = True
        _organise(e, p, seed)
    plan_beat(e, now_ms)


def end_capture(e: Electrical, p: RhythmParameters, now_ms: int) -> None:
    """The pacemaker's current makes no beats any more."""
    e.pacing.capturing = False
    e.paced = False
    e.strength = p.kinds[e.rhythm].strength
    e.beating = e.own_beat_ms < LATER_MS
    plan_beat(e, now_ms)


def plan_beat(e: Electrical, now_ms: int) -> None:
    """Set the next beat: the heart's own, or the pacemaker's when that one would be late."""
    e.next_beat_ms = e.own_beat_ms
    if e.pacing.capturing:
        due_ms = max(e.last_beat_ms + int(60_000.0 / e.pacing.rate_per_min), now_ms)
        e.next_beat_ms = min(e.own_beat_ms, due_ms)


def live_rate(
    e: Electrical,
    p: RhythmParameters,
    now_ms: int,
    muscle: Myocardium,
    pulse: Pulse,
    reflex: Reflex,
    lungs: Lungs,
    blood: Blood,
    effects: Effects,
    burden: Burden,
) -> None:
    """Set the rate of the next beats, and hold them back while a drug stops the AV node."""
    rhythm = e.rhythm
    if rhythm == VF:
        e.amsa_mv_hz = p.amsa_mv_hz * muscle.energy * e.vigour
        return
    e.amsa_mv_hz = 0.0
    kind = p.kinds[rhythm]
    if SINUS <= rhythm <= MOBITZ or rhythm == P_WAVES:
        drive = kind.drive
        own = kind.atrial_per_min
        if own == 0.0:
            share = ramp(muscle.energy, p.rate_weak_energy, p.rate_strong_energy)
            own = p.rate_weak_per_min + (p.rate_strong_per_min - p.rate_weak_per_min) * share
        rate = _steered(p, own, drive, rhythm, pulse, reflex, lungs, blood, effects, burden)
        e.trace.atrial_per_min = rate
        if rhythm == WENCKEBACH:
            mean_size = 0.5 * (p.wenckebach_least + p.wenckebach_most)
            rate *= (mean_size - 1.0) / mean_size
        elif rhythm == MOBITZ:
            rate *= (2.0 - p.mobitz_two_to_one) / (3.0 - p.mobitz_two_to_one)
    elif rhythm == FLUTTER:
        conduction = effects.av_conduction
        each = 2.0 if conduction > p.flutter_two_to_one else 3.0 if conduction > p.flutter_three_to_one else 4.0
        e.trace.atrial_per_min = kind.atrial_per_min
        rate = kind.atrial_per_min / each
    elif rhythm >= COMPLETE_BLOCK:
        e.trace.atrial_per_min = kind.atrial_per_min
        rate = _steered(p, kind.rate_per_min, kind.drive, rhythm, pulse, reflex, lungs, blood, effects, burden)
    else:
        e.trace.atrial_per_min = kind.atrial_per_min
        rate = kind.rate_per_min
    if e.pacing.capturing and rate < e.pacing.rate_per_min:
        rate = e.pacing.rate_per_min
    e.rate_per_min = rate if e.beating else 0.0
    if effects.pause_ms >= p.pause_least_ms:
        _hold_back(e, now_ms, effects.pause_ms)
    elif e.pause_from_ms > NEVER_MS:
        e.pause_from_ms = NEVER_MS


def _steered(
    p: RhythmParameters,
    own: float,
    drive: float,
    rhythm: int,
    pulse: Pulse,
    reflex: Reflex,
    lungs: Lungs,
    blood: Blood,
    effects: Effects,
    burden: Burden,
) -> float:
    """A pacemaker's own rate as nerves, drugs, poison, cold, potassium and want of oxygen leave it."""
    rate = own
    if pulse.present:
        steered = own + drive * reflex.rate_per_min
        if rhythm <= FIRST_DEGREE and reflex.rate_per_min != 0.0:
            steered = clamp(steered, p.rate_reflex_lo_per_min, p.rate_reflex_hi_per_min)
        if rhythm <= WENCKEBACH or rhythm in (AF, JUNCTIONAL):
            steered += drive * p.rate_vagolysis_per_min * effects.vagolysis
        rate = steered
    rate += drive * effects.rate_per_min
    if rhythm == AF:
        rate *= effects.av_conduction
    rate *= 1.0 + drive * (effects.rate * burden.rate - 1.0)
    cold = p.rate_cold_degc - blood.temperature_degc
    if cold > 0.0:
        rate *= decay(p.rate_cold_per_degc * cold)
    potassium = potassium_excess(p, blood, effects)
    if potassium > 0.0 and rhythm != SVT:
        rate *= max(1.0 - p.rate_potassium_per_mmol_l * potassium, p.rate_potassium_floor)
    if lungs.arterial_oxygen < p.rate_oxygen_ml_per_l and rhythm != SVT:
        share = max(lungs.arterial_oxygen / p.rate_oxygen_ml_per_l, 0.0)
        rate *= p.rate_oxygen_floor + (1.0 - p.rate_oxygen_floor) * share
    highest = p.rate_highest_per_min if rhythm <= MOBITZ else 2.0 * p.rate_highest_per_min
    return clamp(rate, min(p.rate_lowest_per_min, own), highest)


def potassium_excess(p: RhythmParameters, blood: Blood, effects: Effects) -> float:
    """How much the potassium (mmol/L) is too high for conduction, as far as calcium does not guard the membranes."""
    excess = blood.potassium_mmol_l - p.potassium_qrs_mmol_l
    return excess * (1.0 - p.membrane_guards * effects.membrane) if excess > 0.0 else 0.0


def _hold_back(e: Electrical, now_ms: int, pause_ms: float) -> None:
    """The AV node is shut: no conducted beat before the pause is over; how long it lasts grows with the drug."""
    rhythm = e.rhythm
    if not (SINUS <= rhythm <= WENCKEBACH or AF <= rhythm <= SVT):
        return
    if e.pause_from_ms <= NEVER_MS:
        e.pause_from_ms = now_ms
        e.pause_ms = 0.0
        e.pauses += 1
    e.pause_ms = max(e.pause_ms, pause_ms)
    until_ms = e.pause_from_ms + int(e.pause_ms)
    if e.own_beat_ms < until_ms:
        e.own_beat_ms = until_ms
        plan_beat(e, now_ms)


def take_beat(e: Electrical, p: RhythmParameters, seed: int, told: Told) -> int:
    """Make the beat that is due and plan the next; the interval (ms) to it, for the length of its systole.

    The time of the beat is `last_beat_ms` afterwards.
    """
    now_ms = e.next_beat_ms
    e.beats += 1
    e.paced = e.own_beat_ms > now_ms
    e.strength = p.paced_strength if e.paced else p.kinds[e.rhythm].strength
    e.last_beat_ms = now_ms
    if e.own_beat_ms < LATER_MS:
        if not e.paced and e.pause_ms > 0.0:
            _end_pause(e, p, seed, told)
        e.own_beat_ms = now_ms + max(int(_interval_ms(e, p, seed)), 1)
    plan_beat(e, now_ms)
    if e.next_beat_ms >= LATER_MS:
        return int(p.first_beat_ms)
    return e.next_beat_ms - now_ms


def _end_pause(e: Electrical, p: RhythmParameters, seed: int, told: Told) -> None:
    """The first beat after a pause of the AV node: a circle through the node is mostly broken by it."""
    if e.rhythm == SVT and uniform(seed, Stream.SVT_PAUSED, e.pauses) >= decay(e.pause_ms / p.svt_pause_ms):
        enter_rhythm(e, p, seed, e.last_beat_ms, SINUS, told)
    e.pause_ms = 0.0


def _interval_ms(e: Electrical, p: RhythmParameters, seed: int) -> float:
    """From this own beat to the next."""
    rhythm = e.rhythm
    kind = p.kinds[rhythm]
    if rhythm in (WENCKEBACH, MOBITZ):
        return _grouped_ms(e, p, seed)
    e.trace.pr_ms = kind.pr_ms * e.trace.pr_share
    rate = e.rate_per_min
    if e.pacing.capturing and rate <= e.pacing.rate_per_min:
        rate = kind.rate_per_min if kind.rate_per_min > 0.0 else e.trace.atrial_per_min
    if rate <= 0.0:
        rate = p.rate_normal_per_min
    mean_ms = 60_000.0 / rate
    if kind.scatter == 0.0:
        return mean_ms
    if rhythm == AF:
        return mean_ms * exp(kind.scatter * normal(seed, Stream.BEAT_SCATTER, e.beats))
    return mean_ms * (1.0 + kind.scatter * (2.0 * uniform(seed, Stream.BEAT_SCATTER, e.beats) - 1.0))


def _grouped_ms(e: Electrical, p: RhythmParameters, seed: int) -> float:
    """Second-degree block: of a group of P waves all but the last lead to a beat.

    In Wenckebach's kind the way from P wave to beat grows within the group, in Mobitz's it stays.
    """
    longer = e.rhythm == WENCKEBACH
    p_to_p_ms = 60_000.0 / max(e.trace.atrial_per_min, 1.0)
    first_ms = p.kinds[e.rhythm].pr_ms * e.trace.pr_share
    if e.group_at == 0 or e.group_size == 0:
        e.groups += 1
        u = uniform(seed, Stream.BEAT_GROUPS, e.groups)
        if longer:
            e.group_size = int(p.wenckebach_least + u * (p.wenckebach_most - p.wenckebach_least + 1.0))
        else:
            e.group_size = 2 if u < p.mobitz_two_to_one else 3
        e.group_at = 1
        e.group_pr_ms = first_ms
    pr_ms = e.group_pr_ms
    e.trace.pr_ms = pr_ms
    if e.group_at >= e.group_size - 1:
        e.group_at = 0
        return 2.0 * p_to_p_ms - (pr_ms - first_ms)
    step_ms = p.wenckebach_step_ms if longer else 0.0
    for _ in range(e.group_at - 1):
        step_ms *= p.wenckebach_step_falls
    e.group_at += 1
    e.group_pr_ms = pr_ms + step_ms
    return p_to_p_ms + step_ms


def organised_kind(p: RhythmParameters, energy: float) -> int:
    """The rhythm in which a heart of this energy begins to beat: from the sinus node, or slow and wide."""
    if energy < p.agonal_below_energy:
        return AGONAL
    return IDIOVENTRICULAR if energy < p.wide_below_energy else SINUS


def look_at_trace(
    e: Electrical, p: RhythmParameters, muscle: Myocardium, blood: Blood, effects: Effects, burden: Burden
) -> None:
    """Set what the electricity looks like; the way from P wave to beat is set with each beat."""
    trace = e.trace
    rhythm = e.rhythm
    trace.vf_amplitude_uv = 0.0
    trace.vf_frequency_mhz = 0.0
    trace.qtc_ms = 0.0
    trace.qt_ms = 0.0
    trace.qrs_ms = 0.0
    if rhythm == VF:
        trace.vf_amplitude_uv = vf_amplitude_uv(p, muscle.energy)
        trace.vf_frequency_mhz = p.vf_frequency_floor_mhz + p.vf_frequency_span_mhz * muscle.energy
        return
    excess = blood.potassium_mmol_l - p.potassium_t_mmol_l
    guard = 1.0 - p.membrane_guards * effects.membrane
    lack = max(p.potassium_lack_from_mmol_l - blood.potassium_mmol_l, 0.0)
    trace.p_share = 1.0 if excess <= 0.0 else max(1.0 - p.potassium_p_per_mmol_l * excess * guard, 0.0)
    if not e.beating:
        return
    conduction = 1.0 + p.potassium_qrs_per_mmol_l * potassium_excess(p, blood, effects)
    trace.pr_share = (1.0 + p.potassium_pr_per_mmol_l * potassium_excess(p, blood, effects)) / max(
        effects.av_conduction, p.pr_conduction_least
    )
    blocked = 1.0 + (effects.sodium_channel - 1.0) * (1.0 - effects.sodium_load)
    kind = p.kinds[rhythm]
    trace.qrs_ms = (p.paced_qrs_ms if e.paced else kind.qrs_ms) * conduction * blocked * burden.qrs
    trace.qrs_share = p.tamponade_qrs_share if burden.pericardial_mmhg > p.pacing_pericardial_mmhg else 1.0
    trace.t_share = max(1.0 - p.t_low_per_mmol_l * lack, 0.0)
    if excess > 0.0:
        trace.t_share = 1.0 + p.potassium_t_per_mmol_l * excess * guard
    trace.u_uv = p.u_uv_per_mmol_l * lack
    trace.sine = clamp((blood.potassium_mmol_l - p.potassium_sine_mmol_l) * guard, 0.0, 1.0)
    trace.st_uv = p.st_uv * burden.coronary
    cold = p.j_degc - blood.temperature_degc
    trace.j_uv = p.j_uv + p.j_uv_per_degc * cold if cold > 0.0 else 0.0
    trace.qtc_ms = p.qt_ms * effects.qt * burden.qt * _slow_recovery(p, blood, lack)
    rate = e.rate_per_min if e.rate_per_min > 0.0 else p.rate_normal_per_min
    chilled = 1.0 + p.qt_cold_per_degc * max(p.rate_cold_degc - blood.temperature_degc, 0.0)
    trace.qt_ms = min(trace.qtc_ms * cube_root(60.0 / rate) * chilled, 60_000.0 / rate)


def _slow_recovery(p: RhythmParameters, blood: Blood, potassium_lack: float) -> float:
    """How much want of potassium, magnesium and calcium draws out the QT interval."""
    factor = 1.0 + p.qt_potassium_per_mmol_l * potassium_lack
    factor += p.qt_magnesium_per_mmol_l * max(p.magnesium_lack_from_mmol_l - blood.magnesium_mmol_l, 0.0)
    return factor + p.qt_calcium_per_mmol_l * max(p.calcium_lack_from_mmol_l - blood.calcium_mmol_l, 0.0)


def vf_amplitude_uv(p: RhythmParameters, energy: float) -> float:
    """Peak to peak of a fibrillation at this energy of the muscle."""
    return p.vf_amplitude_floor_uv + p.vf_amplitude_span_uv * energy


def vf_grain(p: RhythmParameters, energy: float) -> int:
    """What a fibrillation at this energy is called: 0 fine, 1 in between, 2 coarse."""
    if vf_amplitude_uv(p, energy) < p.vf_fine_uv:
        return 0
    return 2 if energy > p.vf_coarse_energy else 1
