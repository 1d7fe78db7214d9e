"""The heart muscle: its energy, its damage, and how hard it can contract.

Energy runs down, fastest while the ventricles fibrillate, and is refilled by coronary perfusion. It decides how
fibrillation looks, what a shock leaves, and whether beats make a pulse: everything a team does for the heart before a
shock goes through here.
"""

from __future__ import annotations

from game.sim.body.blood import Blood
from game.sim.body.causes import Burden
from game.sim.body.circulation import Circulation
from game.sim.body.drugs import Effects
from game.sim.body.electrical import Electrical
from game.sim.body.latent import Latent
from game.sim.body.lungs import Lungs
from game.sim.body.myocardium import Myocardium
from game.sim.body.pulse import Pulse
from game.sim.params.heart import HeartParameters
from game.sim.rhythm import TORSADES, VT
from game.sim.tables import clamp, logistic


def live_muscle(
    muscle: Myocardium,
    p: HeartParameters,
    minutes: float,
    now_ms: int,
    electrical: Electrical,
    pulse: Pulse,
    circulation: Circulation,
    lungs: Lungs,
    blood: Blood,
    effects: Effects,
    burden: Burden,
    latent: Latent,
) -> None:
    """Live for `minutes`: perfusion from coronary pressure and oxygen, then energy, damage and stunning."""
    energy = muscle.energy
    felt = pulse.present
    enough = p.oxygen_content_works if pulse.present else p.oxygen_content_enough
    oxygen = clamp(lungs.arterial_oxygen / enough, 0.0, p.oxygen_factor_cap)
    perfusion = 0.0
    if electrical.beating or now_ms - circulation.push_end_ms <= p.compressing_window_ms:
        driving_mmhg = circulation.cpp_mmhg
        if not felt:
            driving_mmhg *= latent.coronary
        without = logistic(-p.perfusion_mid_mmhg / p.perfusion_width_mmhg)
        fed = logistic((driving_mmhg - p.perfusion_mid_mmhg) / p.perfusion_width_mmhg)
        perfusion = oxygen * max(fed - without, 0.0) / (1.0 - without)
    muscle.perfusion = perfusion

    fibrillating = electrical.rhythm <= TORSADES and not (felt and electrical.rhythm == VT)
    decay_min = p.energy_decay_vf_min if fibrillating else p.energy_decay_quiet_min
    unmet = effects.demand
    spare = 1.0
    if felt:
        supply = perfusion * p.coronary_reserve * (1.0 - p.coronary_reserve_occluded * burden.coronary)
        work = effects.demand * electrical.rate_per_min / p.work_reference_per_min
        unmet = clamp(work - supply, 0.0, p.work_unmet_cap)
        spare = clamp((supply - work) / (p.coronary_reserve - 1.0), 0.0, 1.0)
        decay_min = p.energy_overwork_min
    ceiling = p.energy_ceiling * (1.0 - muscle.damage) * burden.energy_ceiling
    if not latent.fixable:
        ceiling *= p.energy_unfixable
    gain = p.energy_recovery_per_min * perfusion * spare * max(0.0, ceiling - energy)
    burnt_min = minutes * blood.metabolism
    loss = latent.energy_decay * unmet * energy / decay_min
    muscle.energy = clamp(energy + minutes * gain - burnt_min * loss, 0.0, 1.0)
    if energy < p.damage_below_energy:
        injury = p.damage_per_min * (p.damage_below_energy - energy) / p.damage_below_energy
        muscle.damage = min(1.0, muscle.damage + burnt_min * injury)
    _stun(muscle, p, minutes, burnt_min, perfusion, felt)


def _stun(
    muscle: Myocardium, p: HeartParameters, minutes: float, burnt_min: float, perfusion: float, pulse: bool
) -> None:
    """Want of blood adds up in arrest and shows as stunning in the minutes after the pulse has come back."""
    asleep = 0.0
    if pulse:
        muscle.ischaemia -= muscle.ischaemia * minutes / p.ischaemia_fades_min
        asleep = min(p.stun_ischaemic * muscle.ischaemia, p.stun_ischaemic_most)
    else:
        want = max(0.0, 1.0 - perfusion)
        muscle.ischaemia += (1.0 - muscle.ischaemia) * want * burnt_min / p.ischaemia_min
    lag_min = p.stun_ischaemic_min if muscle.stun < asleep else p.stun_recovery_min
    muscle.stun += (asleep - muscle.stun) * minutes / lag_min


def stun_by_shock(muscle: Myocardium, p: HeartParameters, energy_j: int) -> None:
    """A shock puts a little of the muscle to sleep."""
    muscle.stun = min(1.0, muscle.stun + p.stun_per_shock * energy_j / p.stun_reference_j)


def set_contractility(
    muscle: Myocardium,
    p: HeartParameters,
    electrical: Electrical,
    lungs: Lungs,
    blood: Blood,
    effects: Effects,
    burden: Burden,
) -> None:
    """Set the share of full contractility; 0 without beats.

    At an energy of `electrical.pulse_energy` the beats of an otherwise healthy body are just strong enough to be felt.
    """
    if not electrical.beating:
        muscle.contractility = 0.0
        return
    ready = (muscle.energy - electrical.pulse_energy + p.pulse_energy_reserve) / p.contractility_span
    if ready <= 0.0:
        muscle.contractility = 0.0
        return
    strength = min(ready, 1.0) * electrical.strength * burden.contractility * (1.0 - muscle.stun)
    strength *= clamp(lungs.arterial_oxygen / p.oxygen_content_works, 0.0, 1.0)
    acid = p.acid_contractility_ph - blood.ph
    if acid > 0.0:
        strength *= max(1.0 - p.acid_contractility_slope * acid, p.acid_contractility_floor)
    potassium = blood.potassium_mmol_l - p.potassium_high_mmol_l
    if potassium > 0.0:
        membrane = 1.0 - p.potassium_contractility_slope * potassium
        membrane += p.potassium_contractility_membrane * effects.membrane
        strength *= clamp(membrane, p.potassium_contractility_floor, 1.0)
    calcium = p.calcium_low_mmol_l - blood.calcium_mmol_l
    if calcium > 0.0:
        strength *= max(1.0 - p.calcium_contractility_slope * calcium, p.calcium_contractility_floor)
    cold = p.cold_contractility_degc - blood.temperature_degc
    if cold > 0.0:
        strength *= max(1.0 - p.cold_contractility_slope * cold, p.cold_contractility_floor)
    muscle.contractility = strength
