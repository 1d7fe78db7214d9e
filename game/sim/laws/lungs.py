"""Gas exchange: fresh gas meets blood in the alveoli, blood carries oxygen to tissue and carbon dioxide back.

Exhaled carbon dioxide follows flow because flow brings it. What passes the lungs unused is a shunt on the side of the
blood and dead space on the side of the gas; causes, compressions, vomit and a tube too deep add to them.
"""

from __future__ import annotations

from typing import Final

from game.sim.body.airway import BRONCHUS, MASK, Airway
from game.sim.body.blood import Blood
from game.sim.body.causes import Burden
from game.sim.body.circulation import Circulation
from game.sim.body.drugs import Effects
from game.sim.body.lungs import Lungs
from game.sim.body.told import Told
from game.sim.laws.airway import compliance_share, false_wave_mmhg, push_breath, seated
from game.sim.params.airway import AirwayParameters
from game.sim.params.lungs import LungParameters
from game.sim.tables import LN_10, clamp, decay, exp

_LEAST_MMHG: Final = 0.1
_LEAST_L_MIN: Final = 0.1
_FIRST_GUESSES: Final = 60


def begin_lungs(lungs: Lungs, p: LungParameters, blood: Blood, lung_volume: float) -> None:
    """The gases of somebody in a steady state with the alveoli of the case; `lung_volume` is a factor of his own."""
    lungs.volume_l = p.resting_volume_l * lung_volume
    lungs.fio2 = lungs.supply = p.air_oxygen
    lungs.alveolar_oxygen = p.alveolar_oxygen
    lungs.shunt_share = p.shunt_share
    lungs.dead_share = p.dead_beating
    flow = p.flow_normal_l_min
    demand = p.oxygen_demand_ml_per_min * blood.metabolism
    affinity = oxygen_affinity(p, blood)
    carried = p.oxygen_per_haemoglobin * blood.haemoglobin_g_per_l
    capillary = _content(p, affinity, carried, p.alveolar_oxygen * p.air_pressure_mmhg)
    extraction = min(demand / flow, p.oxygen_extraction * capillary)
    lungs.arterial_oxygen = max(0.0, capillary - p.shunt_share * extraction / (1.0 - p.shunt_share))
    lungs.venous_oxygen = max(0.0, lungs.arterial_oxygen - extraction)
    lungs.demand_ml_per_min = lungs.uptake_ml_per_min = demand
    step = p.respiratory_quotient * demand / (flow * (1.0 - p.shunt_share) * p.carbon_dioxide_per_mmhg)
    lungs.alveolar_mmhg = p.carbon_dioxide_mmhg
    lungs.venous_mmhg = lungs.tissue_mmhg = p.carbon_dioxide_mmhg + step
    lungs.arterial_mmhg = p.carbon_dioxide_mmhg + p.shunt_share * step
    lungs.oxygen_mmhg = p.alveolar_oxygen * p.air_pressure_mmhg
    for _ in range(_FIRST_GUESSES):
        _read_oxygen(lungs, p, affinity, carried)
    lungs.probe_pct = 100.0 * lungs.saturation


def take_breath(
    lungs: Lungs,
    p: LungParameters,
    airway: Airway,
    airway_p: AirwayParameters,
    burden: Burden,
    seed: int,
    ms: int,
    duration_ms: int,
    volume_ml: float,
    fio2_pct: float,
    device: int,
    seal_pct: float,
    told: Told,
) -> float:
    """Begin a pushed breath; returns the mL that reach the lungs, for the pressure in the chest."""
    _count(lungs, lungs.breath_end_ms)
    reaches_ml = push_breath(airway, airway_p, burden, seed, ms, duration_ms, volume_ml, device, seal_pct, told)
    _hold(lungs, p, airway, airway_p, burden, ms, reaches_ml)
    lungs.fio2 = clamp(0.01 * fio2_pct, 0.0, 1.0)
    lungs.breath_start_ms = lungs.breath_counted_ms = ms
    lungs.breath_end_ms = ms + max(duration_ms, 1)
    lungs.breath_ml = max(0.0, reaches_ml - p.dead_space_ml)
    lungs.breath_oxygen = lungs.fio2
    lungs.breath_share = clamp(0.01 * seal_pct, 0.0, 1.0) if device == MASK else 1.0 - airway.sga_leak
    return reaches_ml


def give_oxygen(lungs: Lungs, fio2_pct: float) -> None:
    """Change the oxygen at the mouth of somebody who breathes by himself, or who does not breathe."""
    lungs.fio2 = lungs.supply = clamp(0.01 * fio2_pct, 0.0, 1.0)


def let_air_out(lungs: Lungs) -> None:
    """The bag is taken off and the chest pressed: nothing stays trapped."""
    lungs.held_ml = 0.0
    lungs.trapped_mmhg = 0.0


def live_lungs(
    lungs: Lungs,
    p: LungParameters,
    airway: Airway,
    airway_p: AirwayParameters,
    circulation: Circulation,
    blood: Blood,
    effects: Effects,
    burden: Burden,
    stem: float,
    now_ms: int,
    seconds: float,
) -> None:
    """Exchange gas for the `seconds` up to `now_ms`; `stem` (0 to 1) is how well the brain drives breathing."""
    minutes = seconds / 60.0
    was_breathing = now_ms - int(1000.0 * seconds) < lungs.breath_end_ms <= now_ms
    _count(lungs, now_ms)
    if lungs.held_ml > 0.0:
        _let_go(lungs, p, airway, airway_p, burden, now_ms)
    supply = lungs.supply
    if seated(airway) and (airway.device != MASK or now_ms - lungs.breath_end_ms < p.mask_stays_ms):
        supply = lungs.fio2
    _breathe(lungs, p, airway, blood, effects, burden, stem, supply, minutes)
    _pass_by(lungs, p, airway, effects, burden, circulation.relaxation, minutes)

    flow = max(0.0, circulation.flow_l_min)
    affinity = oxygen_affinity(p, blood)
    carried = p.oxygen_per_haemoglobin * blood.haemoglobin_g_per_l
    capillary = _content(p, affinity, carried, lungs.alveolar_oxygen * p.air_pressure_mmhg)
    fresh_ml = lungs.fresh_ml * (1.0 - lungs.dead_share)
    renewed = min(1.0, 0.001 * fresh_ml / lungs.volume_l)
    lungs.demand_ml_per_min = p.oxygen_demand_ml_per_min * blood.metabolism
    _move_oxygen(lungs, p, flow, capillary, renewed, supply, airway.patency, minutes)
    _move_carbon_dioxide(lungs, p, flow, renewed, blood.carbon_dioxide_ml_per_min, minutes)
    lungs.fresh_ml = lungs.fresh_oxygen_ml = 0.0

    _read_oxygen(lungs, p, affinity, carried)
    _exhale(lungs, p, airway, airway_p, was_breathing, now_ms)
    slow = min(p.probe_slowest, p.probe_slow_flow_l_min / max(flow, _LEAST_L_MIN))
    lag_s = p.probe_lag_s * max(1.0, slow)
    lungs.probe_pct += (100.0 * lungs.saturation - lungs.probe_pct) * min(1.0, seconds / lag_s)


def _move_oxygen(
    lungs: Lungs,
    p: LungParameters,
    flow: float,
    capillary: float,
    renewed: float,
    supply: float,
    patency: float,
    minutes: float,
) -> None:
    """From the gas of which a share is `renewed` into blood that leaves the alveoli with `capillary` mL/L, to tissue.

    Without fresh gas the lungs shrink by what the blood takes and draw in gas from the mouth.
    """
    shunt, volume_l = lungs.shunt_share, lungs.volume_l
    mixed = 1.0 - shunt
    arterial, venous = lungs.arterial_oxygen, lungs.venous_oxygen
    uptake = flow * mixed * (capillary - venous)
    used = min(lungs.demand_ml_per_min, p.oxygen_extraction * flow * arterial)
    lungs.uptake_ml_per_min = used
    fresh_oxygen = lungs.fresh_oxygen_ml / lungs.fresh_ml if renewed > 0.0 else 0.0
    drawn_ml = 0.0
    if renewed <= 0.0:
        drawn_ml = max(0.0, p.uptake_expansion * uptake - p.mass_flow_carbon_dioxide_ml) * minutes
        drawn_ml *= p.mass_flow_share * min(1.0, patency / p.mass_flow_patency)
    lungs.alveolar_oxygen += (
        renewed * (fresh_oxygen - lungs.alveolar_oxygen)
        + 0.001 * (supply * drawn_ml - p.uptake_expansion * uptake * minutes) / volume_l
    )
    lungs.alveolar_oxygen = clamp(lungs.alveolar_oxygen, 0.0, 1.0)
    lungs.arterial_oxygen += (mixed * capillary + shunt * venous - arterial) * flow / p.arterial_pool_l * minutes
    lungs.venous_oxygen = max(0.0, venous + (flow * (arterial - venous) - used) / p.venous_pool_l * minutes)


def _move_carbon_dioxide(
    lungs: Lungs, p: LungParameters, flow: float, renewed: float, set_free_ml_per_min: float, minutes: float
) -> None:
    """From tissue through the veins, where bicarbonate sets some free, into gas of which a share is `renewed`."""
    k = p.carbon_dioxide_per_mmhg
    shunt, used = lungs.shunt_share, lungs.uptake_ml_per_min
    mixed = 1.0 - shunt
    produced = p.respiratory_quotient * used + p.buffered_carbon_dioxide * (lungs.demand_ml_per_min - used)
    alveolar, venous, tissue = lungs.alveolar_mmhg, lungs.venous_mmhg, lungs.tissue_mmhg
    arterial = mixed * alveolar + shunt * venous
    given_off = flow * k * mixed * (venous - alveolar) * minutes
    lungs.alveolar_mmhg = max(0.0, alveolar + given_off * p.gas_mmhg_l_per_ml / lungs.volume_l - renewed * alveolar)
    lungs.tissue_mmhg += (produced - flow * k * (tissue - arterial)) / (k * p.tissue_pool_l) * minutes
    to_veins = flow * (tissue - venous) + set_free_ml_per_min / k
    lungs.venous_mmhg += to_veins / p.venous_pool_l * minutes
    lungs.arterial_mmhg = arterial


def probe_reading(
    lungs: Lungs, p: LungParameters, circulation: Circulation, blood: Blood, pulse: bool, since_ms: int, now_ms: int
) -> int:
    """Percent that the finger probe shows; -1 while it finds no pulse it could trust."""
    if not pulse or now_ms - since_ms < int(1000.0 * p.probe_first_value_s):
        return -1
    if blood.temperature_degc < p.probe_cold_degc:
        return -1
    if circulation.systolic_mmhg - circulation.diastolic_mmhg < p.probe_pulse_mmhg:
        return -1
    return int(lungs.probe_pct + 0.5)


def capnograph_reading(lungs: Lungs, p: LungParameters, now_ms: int) -> int:
    """Carbon dioxide (mmHg) at the end of the last breath out; -1 when no breath came back for a while."""
    if now_ms - lungs.exhaled_ms > int(p.capnograph_blank_ms):
        return -1
    return int(lungs.exhaled_mmhg + 0.5)


def oxygen_affinity(p: LungParameters, blood: Blood) -> float:
    """Factor on oxygen pressure before it enters the dissociation curve: 1 at normal pH and temperature."""
    by_ph = p.dissociation_per_ph * (blood.ph - p.standard_ph)
    by_heat = p.dissociation_per_degc * (blood.temperature_degc - p.standard_degc)
    return exp((by_ph - by_heat) * LN_10)


def _content(p: LungParameters, affinity: float, carried: float, mmhg: float) -> float:
    """Oxygen (mL/L) of blood in balance with a pressure (Severinghaus 1979); `carried` is what haemoglobin can hold."""
    shifted = max(mmhg, _LEAST_MMHG) * affinity
    bound = (shifted * shifted + p.dissociation_line) * shifted
    return carried * bound / (bound + p.dissociation_cube) + p.oxygen_dissolved * mmhg


def _read_oxygen(lungs: Lungs, p: LungParameters, affinity: float, carried: float) -> None:
    """The pressure that goes with the arterial content, one step of Newton closer than at the last look."""
    mmhg = max(lungs.oxygen_mmhg, _LEAST_MMHG)
    shifted = mmhg * affinity
    square = shifted * shifted
    bound = (square + p.dissociation_line) * shifted
    whole = bound + p.dissociation_cube
    saturation = bound / whole
    slope = carried * p.dissociation_cube * (3.0 * square + p.dissociation_line) * affinity / (whole * whole)
    missing = lungs.arterial_oxygen - carried * saturation - p.oxygen_dissolved * mmhg
    closer = mmhg + missing / (slope + p.oxygen_dissolved)
    closer = clamp(closer, 0.5 * mmhg, 2.0 * mmhg)
    lungs.oxygen_mmhg = clamp(closer, _LEAST_MMHG, p.air_pressure_mmhg)
    bound_ml = lungs.arterial_oxygen - p.oxygen_dissolved * lungs.oxygen_mmhg
    lungs.saturation = clamp(bound_ml / carried, 0.0, 1.0)


def _count(lungs: Lungs, until_ms: int) -> None:
    """Take in the gas of the breath under way up to `until_ms`."""
    until_ms = min(until_ms, lungs.breath_end_ms)
    if until_ms > lungs.breath_counted_ms:
        share = (until_ms - lungs.breath_counted_ms) / (lungs.breath_end_ms - lungs.breath_start_ms)
        lungs.fresh_ml += lungs.breath_ml * share
        lungs.fresh_oxygen_ml += lungs.breath_ml * lungs.breath_oxygen * share
        lungs.breath_counted_ms = until_ms


def _breathe(
    lungs: Lungs,
    p: LungParameters,
    airway: Airway,
    blood: Blood,
    effects: Effects,
    burden: Burden,
    stem: float,
    supply: float,
    minutes: float,
) -> None:
    """Own breaths: as often as brain, drugs and blood want, as deep as throat and chest allow."""
    opioid = max(0.0, effects.opioid - effects.opioid_reversal)
    muscle = 1.0 - min(1.0, effects.paralysis)
    calm = 1.0 - p.drive_sedation * min(1.0, effects.sedation)
    drive = stem * burden.breathing_drive * max(0.0, 1.0 - opioid) * calm * muscle
    way = airway.patency
    if drive <= 0.0 or way <= 0.0:
        airway.own_breaths_per_min = 0.0
        airway.own_breath_ml = 0.0
        return
    wanted = (
        1.0
        + p.drive_per_mmhg * (lungs.arterial_mmhg - p.drive_set_mmhg)
        - p.drive_per_base * blood.base_excess
        + p.drive_per_saturation * max(0.0, p.drive_saturation - lungs.saturation)
    )
    rate = p.own_breaths_per_min * drive * clamp(wanted, 0.0, p.drive_most)
    load = 1.0 + p.own_load * (burden.airway_resistance - 1.0)
    volume_ml = p.own_breath_ml * muscle * way * min(1.0, burden.compliance) / load
    airway.own_breaths_per_min = rate
    airway.own_breath_ml = volume_ml
    fresh_ml = rate * max(0.0, volume_ml - p.dead_space_ml) * minutes
    lungs.fresh_ml += fresh_ml
    lungs.fresh_oxygen_ml += fresh_ml * supply


def _pass_by(
    lungs: Lungs,
    p: LungParameters,
    airway: Airway,
    effects: Effects,
    burden: Burden,
    beating: float,
    minutes: float,
) -> None:
    """Blood that meets no gas, and gas that meets no blood."""
    lungs.collapsed += (1.0 - beating - lungs.collapsed) * min(1.0, minutes / p.shunt_arrest_min)
    shunt = p.shunt_share + p.shunt_arrest * lungs.collapsed + p.shunt_aspiration * airway.aspirated
    if airway.place == BRONCHUS:
        shunt += p.shunt_bronchus
    lungs.shunt_share = clamp(shunt + burden.shunt_share, 0.0, p.shunt_most)
    dead = p.dead_arrest + (p.dead_beating - p.dead_arrest) * beating
    dead += burden.dead_share + p.dead_pressor * max(0.0, effects.pulmonary_resistance - 1.0)
    lungs.dead_share = clamp(dead, 0.0, p.dead_most)


def _exhale(
    lungs: Lungs, p: LungParameters, airway: Airway, airway_p: AirwayParameters, was_breathing: bool, now_ms: int
) -> None:
    """What comes back at the end of a breath."""
    if was_breathing:
        lungs.exhaled_ms = lungs.breath_end_ms
        if not seated(airway):
            lungs.exhaled_mmhg = false_wave_mmhg(airway, airway_p)
            return
        reached = min(1.0, lungs.breath_ml / p.exhaled_small_ml)
        lost = 1.0 - p.exhaled_leak * (1.0 - lungs.breath_share)
        lungs.exhaled_mmhg = _exhaled(lungs, p, airway) * reached * lost
    elif airway.own_breaths_per_min >= p.own_seen_per_min and now_ms >= lungs.breath_end_ms:
        lungs.exhaled_ms = now_ms
        reached = min(1.0, max(0.0, airway.own_breath_ml - p.dead_space_ml) / p.exhaled_small_ml)
        lungs.exhaled_mmhg = _exhaled(lungs, p, airway) * reached


def _exhaled(lungs: Lungs, p: LungParameters, airway: Airway) -> float:
    alveolar = lungs.alveolar_mmhg * (1.0 - lungs.dead_share)
    return alveolar * p.exhaled_mask if airway.device == MASK else alveolar


def _expiry_s(p: LungParameters, airway: Airway, airway_p: AirwayParameters, burden: Burden) -> float:
    return p.slow_expiry_s * burden.airway_resistance * compliance_share(airway, airway_p, burden)


def _hold(
    lungs: Lungs,
    p: LungParameters,
    airway: Airway,
    airway_p: AirwayParameters,
    burden: Burden,
    ms: int,
    reaches_ml: float,
) -> None:
    """Air that slow expiry leaves behind when the next breath comes early; none with airways of normal width."""
    if burden.airway_resistance <= p.trapped_from_resistance:
        let_air_out(lungs)
        return
    out_s = 0.001 * max(0, ms - lungs.breath_end_ms)
    left_ml = lungs.held_ml * decay(out_s / _expiry_s(p, airway, airway_p, burden))
    lungs.trapped_mmhg = left_ml / (p.trapped_ml_per_mmhg * compliance_share(airway, airway_p, burden))
    lungs.held_ml = left_ml + reaches_ml


def _let_go(
    lungs: Lungs, p: LungParameters, airway: Airway, airway_p: AirwayParameters, burden: Burden, now_ms: int
) -> None:
    """Trapped air goes on leaving when no breath comes."""
    out_s = 0.001 * max(0, now_ms - lungs.breath_end_ms)
    left_ml = lungs.held_ml * decay(out_s / _expiry_s(p, airway, airway_p, burden))
    mmhg = left_ml / (p.trapped_ml_per_mmhg * compliance_share(airway, airway_p, burden))
    lungs.trapped_mmhg = min(lungs.trapped_mmhg, mmhg)
