"""How a body begins: a working circulation that has just collapsed, or has not yet."""

from __future__ import annotations

from typing import Final

from game.sim.body.whole import Body
from game.sim.laws.airway import begin_airway
from game.sim.laws.blood import begin_blood
from game.sim.laws.brain import begin_brain
from game.sim.laws.causes import begin_causes, live_causes
from game.sim.laws.chest import begin_chest
from game.sim.laws.circulation import begin_circulation, bleed, settle_circulation
from game.sim.laws.electrical import begin_rhythm, live_rate, look_at_trace
from game.sim.laws.lungs import begin_lungs
from game.sim.laws.pulse import begin_pulse
from game.sim.parameters import Parameters
from game.sim.rhythm import TORSADES

_SETTLING_BEATS: Final = 20


def begin(body: Body, p: Parameters, rhythm: int, pulse: bool) -> None:
    """Give a body with a seed and its latent factors all the rest, at time 0, in `rhythm` with or without a pulse.

    Beats without a pulse are weak by themselves only where no cause stands that takes it away.
    """
    circulation, latent = body.circulation, body.latent
    body.weight_kg = p.case.weight_kg
    body.myocardium.energy = p.case.energy
    haemoglobin = 1.0 + latent.haemoglobin_g_per_l / p.blood.haemoglobin_g_per_l
    begin_blood(body.blood, p.blood, haemoglobin, p.lungs.carbon_dioxide_mmhg)
    begin_causes(body.causes, p.causes)
    begin_lungs(body.lungs, p.lungs, body.blood, latent.lung_volume)
    begin_airway(body.airway, p.airway, body.seed)
    begin_brain(body.brain, p.brain)
    begin_chest(body.chest, body.seed, latent.stiffness)
    begin_circulation(circulation, p.circulation, latent.left_squeeze, latent.squeeze_on_right_atrium)
    settle_circulation(
        circulation,
        p.circulation,
        p.rhythm.rate_normal_per_min,
        p.heart.left_contractility,
        p.heart.right_contractility,
        _SETTLING_BEATS,
    )
    body.causes.bled_ml = bleed(circulation, p.circulation, p.causes.blood_loss_ml)
    begin_pulse(body.pulse, pulse, circulation.systolic_mmhg)
    body.drugs.fed = 1.0
    effects, burden = body.drugs.effects, body.causes.burden
    live_causes(body.causes, p.causes, circulation, body.lungs, body.blood, effects, 0.0)
    weak = not pulse and rhythm != TORSADES and not burden.stands
    begin_rhythm(body.electrical, p.rhythm, body.seed, rhythm, pulse, weak, p.case.energy)
    live_rate(
        body.electrical, p.rhythm, 0, body.myocardium, body.pulse, body.reflex, body.lungs, body.blood, effects, burden
    )
    look_at_trace(body.electrical, p.rhythm, body.myocardium, body.blood, effects, burden)
