"""How one rhythm follows another by itself.

Every way out of a rhythm has a hazard (per minute). It is added up and the change comes when the sum passes a threshold
that was drawn on entering: the outcome does not depend on how often one looks, and luck stays the patient's own.
"""

from __future__ import annotations

from typing import Final

from game.sim.body.blood import Blood
from game.sim.body.causes import Burden
from game.sim.body.circulation import NEVER_MS, Circulation
from game.sim.body.drugs import Effects
from game.sim.body.electrical import Electrical
from game.sim.body.lungs import Lungs
from game.sim.body.myocardium import Myocardium
from game.sim.body.pulse import Pulse
from game.sim.body.told import Told
from game.sim.chance import Stream, threshold
from game.sim.laws.electrical import (
    ASYSTOLE_FIBRILLATES,
    ASYSTOLE_ORGANISES,
    ASYSTOLE_WAKES,
    BEATS_FIBRILLATE,
    BEATS_STOP,
    BLOCK_CHANGES,
    BLOCK_FIBRILLATES,
    BLOCK_STOPS,
    DEAF,
    ESCAPE_RECOVERS,
    ESCAPE_WIDENS,
    IRRITABLE,
    P_WAVES_FADE,
    REARREST_PEA,
    REARREST_VF,
    REFIBRILLATES,
    SVT_ENDS,
    TORSADES_BEGINS,
    TORSADES_DEGENERATES,
    TORSADES_ENDS,
    VF_FADES,
    VT_BEGINS,
    VT_DEGENERATES,
    VT_ENDS,
    enter_rhythm,
    organised_kind,
    potassium_excess,
    vf_amplitude_uv,
    weaken,
)
from game.sim.params.rhythm import RhythmParameters
from game.sim.rhythm import (
    AGONAL,
    ASYSTOLE,
    COMPLETE_BLOCK,
    COMPLETE_BLOCK_WIDE,
    FIRST_DEGREE,
    IDIOVENTRICULAR,
    MOBITZ,
    P_WAVES,
    SINUS,
    SVT,
    TORSADES,
    VF,
    VT,
    WENCKEBACH,
)
from game.sim.tables import decay, exp, ramp

STAY: Final = -1
"""No change of rhythm."""


def live_rhythm(
    e: Electrical,
    p: RhythmParameters,
    seed: int,
    now_ms: int,
    minutes: float,
    muscle: Myocardium,
    pulse: Pulse,
    circulation: Circulation,
    lungs: Lungs,
    blood: Blood,
    effects: Effects,
    burden: Burden,
    told: Told,
) -> None:
    """Live for `minutes` in this rhythm; go into the next when its time has come."""
    rhythm = e.rhythm
    energy = muscle.energy
    target = STAY
    if not pulse.present:
        e.arrested = True
    if rhythm == VF:
        fades = p.vf_fades_per_min * (p.vf_fades_energy - energy)
        flat = vf_amplitude_uv(p, energy) < p.vf_flat_uv
        if _passes(e, VF_FADES, fades, minutes) or flat:
            target = ASYSTOLE
    elif rhythm in (ASYSTOLE, P_WAVES):
        target = _out_of_asystole(e, p, now_ms, minutes, muscle, blood, effects, burden)
    elif rhythm == VT:
        target = _out_of_vt(e, p, minutes, pulse, effects)
    elif rhythm == TORSADES:
        target = _out_of_torsades(e, p, minutes, effects)
    else:
        target = _out_of_beats(e, p, seed, now_ms, minutes, muscle, pulse, circulation, lungs, blood, effects, burden)
    if target != STAY:
        by_itself = e.hazards[ASYSTOLE_ORGANISES] >= e.thresholds[ASYSTOLE_ORGANISES]
        enter_rhythm(e, p, seed, now_ms, target, told)
        if by_itself and e.beating and energy < p.asystole_recovers_energy:
            weaken(e, p, energy)


def _passes(e: Electrical, way: int, per_min: float, minutes: float) -> bool:
    """Add to the hazard of a way; True when it has passed its threshold."""
    e.hazards[way] += per_min * minutes
    return e.hazards[way] >= e.thresholds[way]


def _refibrillation_per_min(
    e: Electrical,
    p: RhythmParameters,
    now_ms: int,
    energy: float,
    compressed_beats: bool,
    blood: Blood,
    effects: Effects,
    burden: Burden,
) -> float:
    """High in the first minute after a shock has ended fibrillation, the more so the emptier the muscle is."""
    if e.terminated_ms == NEVER_MS:
        return 0.0
    early = p.refibrillation_per_min * max(0.0, p.refibrillation_energy - energy)
    rate = early * decay(0.001 * (now_ms - e.terminated_ms) / p.refibrillation_s) + p.refibrillation_floor_per_min
    if compressed_beats:
        rate *= p.refibrillation_compressed
    return rate * effects.refibrillation * burden.refibrillation * _potassium_factor(p, blood, effects)


def _potassium_factor(p: RhythmParameters, blood: Blood, effects: Effects) -> float:
    """How a low or a high potassium favours fibrillation."""
    lacks_from = p.potassium_low_mmol_l + p.potassium_low_width_mmol_l
    low = ramp(blood.potassium_mmol_l, lacks_from, p.potassium_low_mmol_l)
    factor = 1.0 + (p.refibrillation_low_potassium - 1.0) * low
    return factor + p.refibrillation_high_potassium * potassium_excess(p, blood, effects)


def _out_of_asystole(
    e: Electrical,
    p: RhythmParameters,
    now_ms: int,
    minutes: float,
    muscle: Myocardium,
    blood: Blood,
    effects: Effects,
    burden: Burden,
) -> int:
    """A flat line: may beat (weakly at first) or fibrillate when blood reaches the muscle, or soon after a shock."""
    energy = muscle.energy
    stirred = muscle.perfusion * effects.organising
    organises = p.asystole_organises_per_min * stirred / (1.0 + potassium_excess(p, blood, effects))
    organises *= 1.0 + p.asystole_recovers * ramp(energy, p.asystole_recovers_energy, 1.0)
    if burden.organise_logit != 0.0:
        organises *= exp(burden.organise_logit)
    if _passes(e, ASYSTOLE_ORGANISES, organises, minutes):
        return organised_kind(p, energy)
    if e.terminated_ms > NEVER_MS and energy > p.shock_wakes_energy:
        share = (energy - p.shock_wakes_energy) / (1.0 - p.shock_wakes_energy)
        wakes = p.shock_wakes_per_min * share * decay(0.001 * (now_ms - e.terminated_ms) / p.shock_wakes_s)
        if _passes(e, ASYSTOLE_WAKES, wakes, minutes):
            return organised_kind(p, energy)
    fibrillates = p.asystole_fibrillates_per_min * stirred * _potassium_factor(p, blood, effects)
    if _passes(e, ASYSTOLE_FIBRILLATES, fibrillates, minutes):
        return VF
    again = _refibrillation_per_min(e, p, now_ms, energy, False, blood, effects, burden)
    if again > 0.0 and _passes(e, REFIBRILLATES, again, minutes):
        return VF
    if e.rhythm == P_WAVES:
        fades = p.p_waves_fade_per_min * (p.pea_stops_energy - energy)
        if _passes(e, P_WAVES_FADE, fades, minutes):
            return ASYSTOLE
    return STAY


def _out_of_vt(e: Electrical, p: RhythmParameters, minutes: float, pulse: Pulse, effects: Effects) -> int:
    """Falls apart, soon without a pulse and later with one, or gives way to a drug."""
    degenerates = p.vt_degenerates_per_min if pulse.present else p.pvt_degenerates_per_min
    if _passes(e, VT_DEGENERATES, degenerates, minutes):
        return VF
    quiet = max(1.0 - effects.refibrillation, 0.0) + max(effects.sodium_channel - 1.0, 0.0)
    if quiet > 0.0 and _passes(e, VT_ENDS, p.vt_ends_per_min * quiet, minutes):
        return SINUS
    return STAY


def _out_of_torsades(e: Electrical, p: RhythmParameters, minutes: float, effects: Effects) -> int:
    """Comes in bursts: ends by itself, the sooner with magnesium, or falls apart."""
    guard = p.torsades_guard * effects.torsades_guard
    if _passes(e, TORSADES_DEGENERATES, p.torsades_degenerates_per_min * (1.0 - guard), minutes):
        return VF
    if _passes(e, TORSADES_ENDS, p.torsades_ends_per_min * (1.0 + guard), minutes):
        return SINUS
    return STAY


def _out_of_beats(
    e: Electrical,
    p: RhythmParameters,
    seed: int,
    now_ms: int,
    minutes: float,
    muscle: Myocardium,
    pulse: Pulse,
    circulation: Circulation,
    lungs: Lungs,
    blood: Blood,
    effects: Effects,
    burden: Burden,
) -> int:
    """Beats, with or without a pulse."""
    energy = muscle.energy
    target = STAY
    if not pulse.present:
        target = _out_of_pea(e, p, minutes, muscle, blood, effects)
    elif e.arrested:
        target = _rearrest(e, p, seed, now_ms, minutes, energy, pulse, circulation, lungs, blood, effects, burden)
    if target != STAY:
        return target
    if not pulse.present:
        compressed = now_ms < circulation.push_end_ms
        again = _refibrillation_per_min(e, p, now_ms, energy, compressed, blood, effects, burden)
        if again > 0.0 and _passes(e, REFIBRILLATES, again, minutes):
            return VF
    target = _out_of_bad_surroundings(e, p, minutes, pulse, blood, effects, burden)
    if target == STAY and pulse.present:
        target = _into_tachycardia(e, p, minutes, effects, burden)
    if target == STAY and e.rhythm not in (SINUS, FIRST_DEGREE):
        target = _out_of_slow_beats(e, p, minutes, energy, effects)
    elif target == STAY and energy < p.wide_below_energy and not pulse.present:
        want = (p.wide_below_energy - energy) / p.wide_below_energy
        if _passes(e, ESCAPE_WIDENS, p.escape_widens_per_min * want, minutes):
            target = IDIOVENTRICULAR
    return target


def _out_of_pea(
    e: Electrical, p: RhythmParameters, minutes: float, muscle: Myocardium, blood: Blood, effects: Effects
) -> int:
    """Beats without a pulse: stop as the muscle runs down, or fibrillate; perfused, they find their grip again."""
    gripless = e.pulse_energy - p.pulse_energy_mean
    if gripless > 0.0:
        e.pulse_energy -= gripless * min(muscle.perfusion * minutes / p.grip_min, 1.0)
    energy = muscle.energy
    stops = p.pea_stops_per_min * (p.pea_stops_energy - energy)
    if e.rhythm == AGONAL:
        stops *= p.agonal_stops
    if e.pacing.capturing:
        stops *= p.paced_protects
    if _passes(e, BEATS_STOP, stops, minutes):
        return ASYSTOLE
    fibrillates = p.pea_fibrillates_per_min * effects.organising * _potassium_factor(p, blood, effects)
    return VF if _passes(e, BEATS_FIBRILLATE, fibrillates, minutes) else STAY


def _rearrest(
    e: Electrical,
    p: RhythmParameters,
    seed: int,
    now_ms: int,
    minutes: float,
    energy: float,
    pulse: Pulse,
    circulation: Circulation,
    lungs: Lungs,
    blood: Blood,
    effects: Effects,
    burden: Burden,
) -> int:
    """A pulse regained may be lost again: to fibrillation, or to beats that lose their grip while the rhythm stays."""
    early = (now_ms - pulse.since_ms) / 60_000.0 < p.rearrest_early_min
    worse = 1.0
    if burden.stands and circulation.mean_mmhg < p.rearrest_low_mmhg:
        worse = p.rearrest_low_pressure
    if lungs.saturation < p.rearrest_low_saturation:
        worse *= p.rearrest_hypoxic
    potassium = blood.potassium_mmol_l
    if potassium < p.rearrest_potassium_lo_mmol_l or potassium > p.rearrest_potassium_hi_mmol_l:
        worse *= p.rearrest_potassium
    if e.shockable_origin:
        fibrillates = p.rearrest_vf_early_per_min if early else p.rearrest_vf_late_per_min
    else:
        fibrillates = p.rearrest_vf_other_per_min
        weakens = p.rearrest_pea_early_per_min if early else p.rearrest_pea_late_per_min
        if _passes(e, REARREST_PEA, worse * weakens, minutes):
            weaken(e, p, energy)
            e.entries += 1
            e.hazards[REARREST_PEA] = 0.0
            e.thresholds[REARREST_PEA] = threshold(seed, Stream.REARREST_PEA, e.entries)
    fibrillates *= worse * effects.refibrillation * burden.refibrillation
    return VF if _passes(e, REARREST_VF, fibrillates, minutes) else STAY


def _out_of_bad_surroundings(
    e: Electrical, p: RhythmParameters, minutes: float, pulse: Pulse, blood: Blood, effects: Effects, burden: Burden
) -> int:
    """Cold, potassium and irritation make any beats fibrillate; cold and potassium make the muscle deaf to them."""
    ectopy = effects.ectopy * burden.ectopy - 1.0
    ectopy += p.ectopy_low_potassium * max(p.rearrest_potassium_lo_mmol_l - blood.potassium_mmol_l, 0.0)
    irritable = p.ectopy_fibrillates_per_min * max(ectopy, 0.0) * effects.refibrillation if pulse.present else 0.0
    temperature = blood.temperature_degc
    if temperature < p.cold_fibrillates_degc:
        irritable += p.cold_fibrillates_per_min * (p.cold_fibrillates_degc - temperature)
    over = potassium_excess(p, blood, effects) - p.potassium_kills_mmol_l
    if over > 0.0:
        irritable += p.potassium_fibrillates_per_min * over
    if irritable > 0.0 and _passes(e, IRRITABLE, irritable, minutes):
        return VF
    deaf = 0.0
    if temperature < p.cold_stops_degc:
        deaf += p.cold_stops_per_min * (p.cold_stops_degc - temperature)
    if over > 0.0:
        deaf += p.potassium_stops_per_min * over
    return ASYSTOLE if deaf > 0.0 and _passes(e, DEAF, deaf, minutes) else STAY


def _into_tachycardia(e: Electrical, p: RhythmParameters, minutes: float, effects: Effects, burden: Burden) -> int:
    """A long QT in a heart that is not fast breeds torsades, irritation breeds ventricular tachycardia."""
    late_ms = e.trace.qtc_ms - p.torsades_begins_ms
    if late_ms > 0.0:
        quick = p.torsades_fast_per_min
        slow = ramp(e.rate_per_min, quick, quick - p.torsades_fast_width_per_min)
        begins = p.torsades_begins_per_min * 0.01 * late_ms * slow
        begins *= 1.0 - p.torsades_guard * effects.torsades_guard
        if _passes(e, TORSADES_BEGINS, begins, minutes):
            return TORSADES
    ectopy = effects.ectopy * burden.ectopy - 1.0
    if ectopy > 0.0 and _passes(e, VT_BEGINS, p.vt_begins_per_min * ectopy * effects.refibrillation, minutes):
        return VT
    return STAY


def _out_of_slow_beats(e: Electrical, p: RhythmParameters, minutes: float, energy: float, effects: Effects) -> int:
    """Blocks and escapes: worsen by themselves, ease with atropine where the block sits high, recover with energy."""
    rhythm = e.rhythm
    safe = p.paced_protects if e.pacing.capturing else 1.0
    if rhythm in (COMPLETE_BLOCK, COMPLETE_BLOCK_WIDE):
        wide = rhythm == COMPLETE_BLOCK_WIDE
        stops = p.block_stops_wide_per_min if wide else p.block_stops_narrow_per_min
        if _passes(e, BLOCK_STOPS, safe * stops, minutes):
            return P_WAVES
        if wide and _passes(e, BLOCK_FIBRILLATES, safe * p.block_fibrillates_wide_per_min, minutes):
            return VF
        eases = 0.0 if wide else p.block_eases_complete_per_min * effects.vagolysis
        if eases > 0.0 and _passes(e, BLOCK_CHANGES, eases, minutes):
            return FIRST_DEGREE
    elif rhythm == WENCKEBACH:
        eases = p.block_eases_per_min * effects.vagolysis
        if eases > 0.0 and _passes(e, BLOCK_CHANGES, eases, minutes):
            return FIRST_DEGREE
    elif rhythm == MOBITZ:
        if _passes(e, BLOCK_CHANGES, safe * p.block_worsens_per_min, minutes):
            return COMPLETE_BLOCK_WIDE
    elif rhythm == SVT:
        ends = p.svt_ends_per_min * (1.0 - effects.av_conduction)
        if ends > 0.0 and _passes(e, SVT_ENDS, ends, minutes):
            return SINUS
    elif rhythm == IDIOVENTRICULAR:
        want = (p.agonal_below_energy - energy) / p.agonal_below_energy
        if want > 0.0 and _passes(e, ESCAPE_WIDENS, p.escape_widens_per_min * want, minutes):
            return AGONAL
        if _recovers(e, p, energy, minutes):
            return SINUS
    elif rhythm == AGONAL and _recovers(e, p, energy, minutes):
        return IDIOVENTRICULAR
    return STAY


def _recovers(e: Electrical, p: RhythmParameters, energy: float, minutes: float) -> bool:
    """A dying heart's slow beats give way to quicker ones once the muscle has energy again."""
    return energy > p.wide_below_energy and _passes(e, ESCAPE_RECOVERS, p.escape_recovers_per_min * energy, minutes)
