"""The loop of life: which law runs when, and what each event does.

Order in a step of the 4 ms grid: events, the look at the body (every 500 ms: airway, gases, drugs, blood, causes,
brain), the look at the heart (every 100 ms: muscle, reflex, vessels, rhythm), a beat that is due, mechanics. The grid
is absolute, so that nothing depends on how the way is cut into pieces.
"""

from __future__ import annotations

from typing import Final

from game.sim.body.airway import MASK
from game.sim.body.causes import CAUSE_CHANGES
from game.sim.body.circulation import STEP_MS
from game.sim.body.told import Told
from game.sim.body.whole import Body
from game.sim.events import (
    AIRWAY_ACT,
    BREATH,
    COMPRESSION,
    DOSE,
    FLUID,
    FLUSH,
    INFUSE,
    INJECT,
    OXYGEN,
    PACE,
    SHOCK,
    TREAT,
)
from game.sim.laws.airway import act_on_airway, change_airway, compliance_share, live_airway
from game.sim.laws.blood import live_blood
from game.sim.laws.brain import gag, live_brain
from game.sim.laws.causes import live_causes
from game.sim.laws.chest import push_chest
from game.sim.laws.circulation import (
    begin_beat,
    begin_breath,
    begin_compression,
    bleed,
    breath_swing,
    infuse,
    look_at_circulation,
    press_from_outside,
    read_cycle,
    relax,
    run_mechanics,
    set_slack,
    set_vessels,
    volume_ml,
)
from game.sim.laws.drugs import flush_line, give_dose, live_drugs, start_infusion
from game.sim.laws.electrical import live_rate, look_at_trace, take_beat
from game.sim.laws.fluids import hang, run_in
from game.sim.laws.hazards import live_rhythm
from game.sim.laws.lungs import give_oxygen, live_lungs, take_breath
from game.sim.laws.myocardium import live_muscle, set_contractility
from game.sim.laws.pacing import live_pacing, set_pacing
from game.sim.laws.pulse import judge_pulse, lose_pulse, miss_beats
from game.sim.laws.reflex import arterial_tone, live_reflex
from game.sim.laws.shock import arm_synchronised, give_synchronised, keep_charge, shock
from game.sim.laws.treatments import change, treat
from game.sim.parameters import Parameters
from game.sim.rhythm import VT

HEART_STEPS: Final = 25
"""Steps between two looks at the heart."""

BODY_STEPS: Final = 125
"""Steps between two looks at the body, and between pressure samples while nothing moves."""

_HEART_MS: Final = HEART_STEPS * STEP_MS
_HEART_S: Final = 0.001 * _HEART_MS
_HEART_MIN: Final = _HEART_S / 60.0
_BODY_S: Final = 0.001 * STEP_MS * BODY_STEPS
_BODY_MIN: Final = _BODY_S / 60.0
_CAUSE_CHANGES: Final = len(CAUSE_CHANGES)


def live(body: Body, p: Parameters, told: Told, to_step: int) -> None:
    """Run up to the start of step `to_step`. No event may be due on the way."""
    circulation, electrical = body.circulation, body.electrical
    while body.step < to_step:
        step = body.step
        now_ms = step * STEP_MS
        if step % HEART_STEPS == 0:
            if step % BODY_STEPS == 0:
                _look_at_body(body, p, told, now_ms)
            _look_at_heart(body, p, told, now_ms)
        end = min(to_step, step - step % HEART_STEPS + HEART_STEPS)
        if electrical.beating:
            if electrical.next_beat_ms <= now_ms:
                _beat(body, p, told)
            end = max(min(end, -(-electrical.next_beat_ms // STEP_MS)), step + 1)
        run_mechanics(circulation, p.circulation, step, end)
        body.step = end


def _look_at_body(body: Body, p: Parameters, told: Told, now_ms: int) -> None:
    """500 ms of airway, gases, drugs, blood, causes and brain."""
    circulation, lungs, blood, drugs, causes, brain = (
        body.circulation,
        body.lungs,
        body.blood,
        body.drugs,
        body.causes,
        body.brain,
    )
    effects, burden = drugs.effects, causes.burden
    guard = gag(brain, effects)
    live_airway(body.airway, p.airway, burden, effects, guard, body.seed, now_ms, _BODY_MIN, told)
    live_lungs(lungs, p.lungs, body.airway, p.airway, circulation, blood, effects, burden, brain.stem, now_ms, _BODY_S)
    live_drugs(drugs, p.drugs, blood, circulation.flow_l_min, body.weight_kg, _BODY_MIN)
    live_blood(
        blood,
        p.blood,
        lungs,
        drugs,
        p.drugs,
        body.fluids,
        burden,
        circulation.flow_l_min,
        volume_ml(circulation, p.circulation),
        body.weight_kg,
        _BODY_MIN,
    )
    live_causes(causes, p.causes, circulation, lungs, blood, effects, _BODY_MIN)
    live_brain(brain, p.brain, circulation, lungs, blood, effects, body.pulse.present, _BODY_MIN)
    press_from_outside(circulation, burden.pericardial_mmhg, burden.pneumothorax_mmhg, lungs.trapped_mmhg)
    look_at_trace(body.electrical, p.rhythm, body.myocardium, blood, effects, burden)
    if not body.electrical.beating and now_ms - circulation.push_end_ms > p.heart.idle_sample_ms:
        read_cycle(circulation)


def _look_at_heart(body: Body, p: Parameters, told: Told, now_ms: int) -> None:
    """100 ms of muscle, reflex, blood moved, vessels and rhythm."""
    circulation, electrical, muscle, pulse = body.circulation, body.electrical, body.myocardium, body.pulse
    lungs, blood, effects, burden, reflex = body.lungs, body.blood, body.drugs.effects, body.causes.burden, body.reflex
    look_at_circulation(circulation, p.circulation, _HEART_S)
    live_muscle(
        muscle,
        p.heart,
        _HEART_MIN,
        now_ms,
        electrical,
        pulse,
        circulation,
        lungs,
        blood,
        effects,
        burden,
        body.latent,
    )
    live_reflex(reflex, p.reflex, _HEART_S, circulation.mean_mmhg, pulse.present, body.brain.burden)
    _move_blood(body, p, now_ms)
    set_contractility(muscle, p.heart, electrical, lungs, blood, effects, burden)
    relax(circulation, p.circulation, muscle.contractility, _HEART_S)
    strength = muscle.contractility * effects.contractility * reflex.contractility
    set_vessels(
        circulation,
        p.circulation,
        arterial_tone(reflex, p.reflex, blood.ph) * reflex.resistance * effects.resistance * burden.resistance,
        effects.pulmonary_resistance * burden.pulmonary_resistance,
        burden.venous_resistance,
        p.heart.left_contractility * strength,
        p.heart.right_contractility * strength,
        body.chest.squeeze,
    )
    live_rate(electrical, p.rhythm, now_ms, muscle, pulse, reflex, lungs, blood, effects, burden)
    live_pacing(electrical, p.rhythm, body.seed, now_ms, body.weight_kg, muscle, blood, burden, body.latent, told)
    keep_charge(electrical, p.rhythm, now_ms, told)
    live_rhythm(
        electrical,
        p.rhythm,
        body.seed,
        now_ms,
        _HEART_MIN,
        muscle,
        pulse,
        circulation,
        lungs,
        blood,
        effects,
        burden,
        told,
    )
    if electrical.beating:
        miss_beats(pulse, p.pulse, told, now_ms)
    elif pulse.present:
        lose_pulse(pulse, told, now_ms)


def _move_blood(body: Body, p: Parameters, now_ms: int) -> None:
    """100 ms of what fills the veins or empties them: their own slack, wounds, and bags."""
    circulation, burden = body.circulation, body.causes.burden
    set_slack(circulation, body.reflex.veins_ml + body.drugs.effects.veins_ml + burden.veins_ml)
    if burden.bleeding_ml_per_min > 0.0:
        body.causes.bled_ml += bleed(circulation, p.circulation, burden.bleeding_ml_per_min * _HEART_MIN)
    if body.chest.bleeding_ml_per_min > 0.0:
        bleed(circulation, p.circulation, body.chest.bleeding_ml_per_min * _HEART_MIN)
    if body.fluids.count > 0:
        infuse(circulation, run_in(body.fluids, now_ms - _HEART_MS, now_ms))


def _beat(body: Body, p: Parameters, told: Told) -> None:
    """A beat is due: judge the one before, then contract."""
    electrical, circulation = body.electrical, body.circulation
    judge_pulse(body.pulse, p.pulse, told, electrical.next_beat_ms, circulation.beat_peak_mmhg)
    interval_ms = take_beat(electrical, p.rhythm, body.seed, told)
    begin_beat(circulation, p.circulation, electrical.last_beat_ms, interval_ms)
    held = electrical.held
    if held.energy_j > 0 and electrical.rhythm == VT and not body.pulse.present:
        energy_j = held.energy_j
        held.energy_j = 0
        _shock(body, p, told, electrical.last_beat_ms, energy_j, 0, held.vector, int(held.contact_pct))
    elif held.energy_j > 0:
        give_synchronised(electrical, p.rhythm, body.seed, body.myocardium, p.heart, body.drugs.effects, told)


def take(body: Body, p: Parameters, told: Told, kind: int, ms: int, a: int, b: int, c: int, d: int, e: int) -> None:
    """Let an event act now; its numbers are those of `game.sim.events.numbers`."""
    if kind == COMPRESSION:
        _push(body, p, told, ms, a, b, c, d)
    elif kind == BREATH:
        _squeeze(body, p, told, ms, a, b, c, d, e)
    elif kind == SHOCK:
        _shock(body, p, told, ms, a, b, c, d)
    elif kind == DOSE:
        give_dose(body.drugs, p.drugs, a, float(max(b, 0)), c, d > 0)
    elif kind == INFUSE:
        start_infusion(body.drugs, p.drugs, a, float(max(b, 0)), c)
    elif kind == FLUSH:
        flush_line(body.drugs, a)
    elif kind == FLUID:
        hang(body.fluids, ms, a, b, c)
    elif kind == OXYGEN:
        give_oxygen(body.lungs, float(a))
    elif kind == PACE:
        rate_per_min = float(a) if b > 0 else 0.0
        set_pacing(body.electrical, p.rhythm, ms, rate_per_min, float(b), told)
    elif kind == AIRWAY_ACT:
        guard = gag(body.brain, body.drugs.effects)
        act_on_airway(body.airway, p.airway, body.causes, guard, body.seed, ms, a, float(b), told)
    elif kind == TREAT:
        treat(body.causes, p.causes, body.lungs, told, body.seed, ms, a, b)
    elif kind == INJECT:
        if a < _CAUSE_CHANGES:
            change(body.causes, a, 0.001 * b)
        else:
            change_airway(body.airway, p.airway, body.seed, ms, a - _CAUSE_CHANGES, told)


def _push(
    body: Body, p: Parameters, told: Told, ms: int, down_ms: int, up_ms: int, depth_um: int, left_um: int
) -> None:
    depth_mm = 0.001 * max(depth_um, 0)
    begin_compression(body.circulation, p.circulation, ms, down_ms, up_ms, depth_mm, 0.001 * max(left_um, 0))
    push_chest(body.chest, p.chest, body.seed, told, ms, depth_mm)


def _squeeze(
    body: Body, p: Parameters, told: Told, ms: int, duration_ms: int, volume: int, fio2_pct: int, device: int, seal: int
) -> None:
    airway, burden = body.airway, body.causes.burden
    reached_ml = take_breath(
        body.lungs,
        p.lungs,
        airway,
        p.airway,
        burden,
        body.seed,
        ms,
        duration_ms,
        float(max(volume, 0)),
        float(fio2_pct),
        device,
        float(seal),
        told,
    )
    if reached_ml > 0.0 or device != MASK:
        swing = breath_swing(p.circulation, reached_ml, compliance_share(airway, p.airway, burden))
        begin_breath(body.circulation, p.circulation, ms, duration_ms, swing)


def _shock(
    body: Body, p: Parameters, told: Told, ms: int, energy_j: int, synchronised: int, vector: int, contact_pct: int
) -> None:
    if synchronised > 0:
        arm_synchronised(body.electrical, ms, energy_j, vector, float(contact_pct))
        return
    shock(
        body.electrical,
        p.rhythm,
        body.seed,
        ms,
        energy_j,
        vector,
        float(contact_pct),
        body.myocardium,
        p.heart,
        body.pulse,
        body.circulation,
        body.blood,
        body.drugs.effects,
        body.causes.burden,
        body.latent,
        told,
    )
