"""What a shock does.

Three draws that must not be merged, because other things decide each: whether fibrillation ends (energy, pads, the
patient's own threshold), whether an organised rhythm follows (the muscle's readiness, and how long nobody has pushed),
and how much energy its beats need to be felt (`game.sim.laws.electrical` draws it when beats begin). The n-th shock of
a patient always uses the n-th number of each stream: the same luck with a shorter pause is never worse.
"""

from __future__ import annotations

from game.sim.body.blood import Blood
from game.sim.body.causes import Burden
from game.sim.body.circulation import Circulation
from game.sim.body.drugs import Effects
from game.sim.body.electrical import Electrical
from game.sim.body.latent import Latent
from game.sim.body.myocardium import Myocardium
from game.sim.body.pulse import Pulse
from game.sim.body.told import CHARGE_KEPT, SHOCKED, Told, tell
from game.sim.chance import Stream, uniform
from game.sim.laws.electrical import enter_anew, enter_rhythm, organised_kind, potassium_excess
from game.sim.laws.myocardium import stun_by_shock
from game.sim.params.heart import HeartParameters
from game.sim.params.rhythm import RhythmParameters
from game.sim.rhythm import (
    AF,
    ASYSTOLE,
    DOUBLE_VECTOR,
    P_WAVES,
    SHOCK_ASYSTOLE,
    SHOCK_FAILED,
    SHOCK_ORGANISED,
    SINUS,
    SVT,
    TORSADES,
    VF,
    VT,
)
from game.sim.tables import decay, log, logistic, ramp


def shock(
    e: Electrical,
    p: RhythmParameters,
    seed: int,
    now_ms: int,
    energy_j: int,
    vector: int,
    contact_pct: float,
    muscle: Myocardium,
    heart_p: HeartParameters,
    pulse: Pulse,
    circulation: Circulation,
    blood: Blood,
    effects: Effects,
    burden: Burden,
    latent: Latent,
    told: Told,
) -> None:
    """An unsynchronised shock through the chest, now."""
    e.shocks += 1
    rhythm = e.rhythm
    energy_j = max(energy_j, 1)
    joules = float(energy_j)
    result = SHOCK_FAILED
    if rhythm in (VF, TORSADES) or (rhythm == VT and not pulse.present):
        result = _defibrillate(
            e, p, seed, now_ms, joules, vector, contact_pct, muscle, circulation, blood, effects, burden, latent
        )
    elif rhythm in (ASYSTOLE, P_WAVES):
        result = SHOCK_ASYSTOLE
    elif uniform(seed, Stream.SHOCK_ON_BEATS, e.shocks) >= p.shock_on_beats_vf:
        result = _cardiovert(e, p, seed, joules, contact_pct, effects)
    else:
        rhythm = VF
    if e.first_vector < 0:
        e.first_vector = vector
    stun_by_shock(muscle, heart_p, energy_j)
    tell(told, now_ms, SHOCKED, energy_j, result)
    if rhythm == VF and e.rhythm != VF:
        enter_rhythm(e, p, seed, now_ms, VF, told)
    elif rhythm <= TORSADES and not (rhythm == VT and pulse.present):
        _leave(e, p, seed, now_ms, result, muscle, told)
    elif result == SHOCK_ORGANISED and _treatable(rhythm):
        enter_rhythm(e, p, seed, now_ms, SINUS, told)


def _leave(
    e: Electrical, p: RhythmParameters, seed: int, now_ms: int, result: int, muscle: Myocardium, told: Told
) -> None:
    """What follows the shock of a heart that was fibrillating."""
    if result == SHOCK_FAILED:
        return
    rhythm = organised_kind(p, muscle.energy) if result == SHOCK_ORGANISED else ASYSTOLE
    enter_anew(e, p, seed, now_ms, rhythm, told)
    e.terminated_ms = now_ms


def _treatable(rhythm: int) -> bool:
    """Tachycardias that a shock ends: others are driven by the body and go on as before."""
    return rhythm == VT or AF <= rhythm <= SVT


def pause_s(e: Electrical, now_ms: int, circulation: Circulation) -> float:
    """Seconds since the last compression, or since this rhythm began if that was later."""
    since_ms = max(circulation.push_end_ms, e.since_ms)
    return max(0.001 * (now_ms - since_ms), 0.0)


def terminate_logit(
    p: RhythmParameters,
    amsa_mv_hz: float,
    energy_j: float,
    vector: int,
    first_vector: int,
    contact_pct: float,
    blood: Blood,
    effects: Effects,
    burden: Burden,
    latent: Latent,
) -> float:
    """How readily a shock ends fibrillation, as a logit. The pause before it plays no part."""
    logit = latent.defibrillation_logit + p.terminate_per_amsa * (amsa_mv_hz - p.terminate_amsa_mid)
    logit += p.terminate_per_log_energy * log(energy_j / p.terminate_reference_j)
    logit += effects.terminate_logit + burden.terminate_logit
    if vector == DOUBLE_VECTOR:
        logit += p.terminate_double
    elif first_vector >= 0 and vector != first_vector:
        logit += p.terminate_other_vector
    logit -= p.terminate_poor_contact * _want_of_contact(p, contact_pct)
    cold = p.terminate_cold_degc - blood.temperature_degc
    if cold > 0.0:
        logit -= min(p.terminate_cold_per_degc * (1.0 + cold), p.terminate_cold_most)
    return logit


def organise_logit(
    p: RhythmParameters, amsa_mv_hz: float, paused_s: float, blood: Blood, effects: Effects, burden: Burden
) -> float:
    """How readily an organised rhythm follows once fibrillation has ended, as a logit."""
    ready = amsa_mv_hz * decay(p.organise_pause_per_s * paused_s)
    logit = p.organise_per_amsa * (ready - p.organise_amsa_mid) + burden.organise_logit
    return logit - p.organise_potassium * potassium_excess(p, blood, effects)


def _want_of_contact(p: RhythmParameters, contact_pct: float) -> float:
    """0 for pads that stick, 1 for poor contact."""
    return ramp(contact_pct, 100.0, p.terminate_contact_poor_pct)


def _defibrillate(
    e: Electrical,
    p: RhythmParameters,
    seed: int,
    now_ms: int,
    energy_j: float,
    vector: int,
    contact_pct: float,
    muscle: Myocardium,
    circulation: Circulation,
    blood: Blood,
    effects: Effects,
    burden: Burden,
    latent: Latent,
) -> int:
    amsa = p.amsa_mv_hz * muscle.energy * e.vigour
    ends = terminate_logit(p, amsa, energy_j, vector, e.first_vector, contact_pct, blood, effects, burden, latent)
    organises = organise_logit(p, amsa, pause_s(e, now_ms, circulation), blood, effects, burden)
    if e.rhythm == VT:
        ends += p.terminate_vt
        organises += p.organise_vt
    if uniform(seed, Stream.SHOCK_TERMINATES, e.shocks) >= logistic(ends):
        return SHOCK_FAILED
    if uniform(seed, Stream.SHOCK_ORGANISES, e.shocks) < logistic(organises):
        return SHOCK_ORGANISED
    return SHOCK_ASYSTOLE


def _cardiovert(
    e: Electrical, p: RhythmParameters, seed: int, energy_j: float, contact_pct: float, effects: Effects
) -> int:
    """A shock on beats ends the tachycardias that go in circles, and leaves every other rhythm as it is."""
    if not _treatable(e.rhythm):
        return SHOCK_ORGANISED
    logit = p.cardiovert_steepness * log(energy_j / p.kinds[e.rhythm].cardiovert_j) + effects.terminate_logit
    logit -= p.terminate_poor_contact * _want_of_contact(p, contact_pct)
    ended = uniform(seed, Stream.SHOCK_TERMINATES, e.shocks) < logistic(logit)
    return SHOCK_ORGANISED if ended else SHOCK_FAILED


def arm_synchronised(e: Electrical, now_ms: int, energy_j: int, vector: int, contact_pct: float) -> None:
    """Hold a shock until the next beat; a second one takes the place of the first."""
    e.held.energy_j = max(energy_j, 1)
    e.held.since_ms = now_ms
    e.held.vector = vector
    e.held.contact_pct = contact_pct


def give_synchronised(
    e: Electrical,
    p: RhythmParameters,
    seed: int,
    muscle: Myocardium,
    heart_p: HeartParameters,
    effects: Effects,
    told: Told,
) -> None:
    """The held shock falls on the beat just made: it never makes the heart fibrillate."""
    energy_j = e.held.energy_j
    e.held.energy_j = 0
    e.shocks += 1
    if e.first_vector < 0:
        e.first_vector = e.held.vector
    rhythm = e.rhythm
    result = _cardiovert(e, p, seed, float(energy_j), e.held.contact_pct, effects)
    stun_by_shock(muscle, heart_p, energy_j)
    tell(told, e.last_beat_ms, SHOCKED, energy_j, result)
    if result == SHOCK_ORGANISED and _treatable(rhythm):
        enter_rhythm(e, p, seed, e.last_beat_ms, SINUS, told)


def keep_charge(e: Electrical, p: RhythmParameters, now_ms: int, told: Told) -> None:
    """A synchronised shock that has found no beat for too long is not given. Call every 100 ms."""
    if e.held.energy_j > 0 and now_ms - e.held.since_ms >= p.synchronised_wait_ms:
        tell(told, now_ms, CHARGE_KEPT, e.held.energy_j, 0)
        e.held.energy_j = 0
