"""Drugs are carried to the heart by whatever flow there is, spread, leave, and act by their concentration.

A dose passes four stages whose speed is the cardiac output over the route's volume: poor compressions deliver late.
"""

from __future__ import annotations

from typing import Final

from game.sim.body.blood import Blood
from game.sim.body.drugs import DRUGS, NOTHING, TRANSITS, Drugs, Effects, Transit
from game.sim.formulary import Medicine
from game.sim.params.drugs import Action, DrugParameters
from game.sim.tables import clamp, ramp

BICARBONATE: Final = int(Medicine.BICARBONATE)


def give_dose(drugs: Drugs, p: DrugParameters, drug: int, ug: float, route: int, flushed: bool) -> None:
    """Put `ug` of a drug into a route; a flush pushes on what waits there. An unknown drug passes without effect."""
    if drug < 0 or ug <= 0.0:
        return
    left_ug = _meet_in_the_line(drugs, p, drug, ug, route)
    if flushed:
        flush_line(drugs, route)
    drugs.given_ug[drug] += ug
    drugs.lost_ug[drug] += ug - left_ug
    if left_ug <= 0.0:
        return
    transit = drugs.transits[_free_slot(drugs, p)]
    _load(transit, drugs, drug, route)
    transit.flushed = flushed
    transit.given_ug = left_ug
    transit.first_ug = left_ug


def start_infusion(drugs: Drugs, p: DrugParameters, drug: int, per_min_ug: float, route: int) -> None:
    """Let a drug run into a route at `per_min_ug` from now on; 0 stops it. A running pump keeps its line moving."""
    if drug < 0:
        return
    for slot in range(drugs.top):
        running = drugs.transits[slot]
        if running.drug == drug and running.route == route and running.per_min_ug > 0.0:
            running.per_min_ug = max(per_min_ug, 0.0)
            return
    if per_min_ug <= 0.0:
        return
    transit = drugs.transits[_free_slot(drugs, p)]
    _load(transit, drugs, drug, route)
    transit.flushed = True
    transit.per_min_ug = per_min_ug


def flush_line(drugs: Drugs, route: int) -> None:
    """Move on what waits in a route."""
    for slot in range(drugs.top):
        transit = drugs.transits[slot]
        if transit.route == route:
            transit.flushed = True


def live_drugs(
    drugs: Drugs, p: DrugParameters, blood: Blood, flow_l_min: float, weight_kg: float, minutes: float
) -> None:
    """Carry, spread, eliminate, and work out `drugs.effects`, over `minutes` at this flow."""
    fed = ramp(flow_l_min, p.starved_flow_l_min, p.fed_flow_l_min)
    drugs.fed += (fed - drugs.fed) * min(1.0, minutes / p.fed_min)
    if drugs.arriving:
        for index in range(DRUGS):
            drugs.arrived_ug[index] = 0.0
        drugs.arriving = False
    if drugs.top > 0:
        _carry(drugs, p, flow_l_min, minutes)
    if not drugs.acting:
        return
    _clear(drugs.effects)
    _spread_and_act(drugs, p, blood, flow_l_min, weight_kg, minutes)


def _load(transit: Transit, drugs: Drugs, drug: int, route: int) -> None:
    transit.drug = drug
    transit.route = route
    transit.number = drugs.given
    transit.given_ug = 0.0
    transit.per_min_ug = 0.0
    transit.first_ug = 0.0
    transit.second_ug = 0.0
    transit.third_ug = 0.0
    transit.fourth_ug = 0.0
    drugs.given += 1


def _meet_in_the_line(drugs: Drugs, p: DrugParameters, drug: int, ug: float, route: int) -> float:
    """What is left of a new dose after it met in the same, unflushed line what does not bear it; that suffers too."""
    left_ug = ug
    for slot in range(drugs.top):
        other = drugs.transits[slot]
        if other.drug < 0 or other.route != route or (other.flushed and other.per_min_ug <= 0.0):
            continue
        if drug == BICARBONATE and other.drug != BICARBONATE:
            _spoil(drugs, other, p.drugs[other.drug].spoilt_by_alkali)
            left_ug *= 1.0 - p.drugs[other.drug].spoils_alkali
        elif other.drug == BICARBONATE and drug != BICARBONATE:
            _spoil(drugs, other, p.drugs[drug].spoils_alkali)
            left_ug *= 1.0 - p.drugs[drug].spoilt_by_alkali
    return left_ug


def _spoil(drugs: Drugs, transit: Transit, share: float) -> None:
    under_way_ug = transit.first_ug + transit.second_ug + transit.third_ug + transit.fourth_ug
    drugs.lost_ug[transit.drug] += share * under_way_ug
    kept = 1.0 - share
    transit.first_ug *= kept
    transit.second_ug *= kept
    transit.third_ug *= kept
    transit.fourth_ug *= kept


def _free_slot(drugs: Drugs, p: DrugParameters) -> int:
    """A free slot; when all are taken, the oldest dose arrives now and gives its own."""
    for slot in range(TRANSITS):
        if drugs.transits[slot].drug < 0:
            if slot >= drugs.top:
                drugs.top = slot + 1
            return slot
    oldest = 0
    for slot in range(1, TRANSITS):
        transit = drugs.transits[slot]
        kept = drugs.transits[oldest]
        if kept.per_min_ug > 0.0 or (transit.per_min_ug <= 0.0 and transit.number < kept.number):
            oldest = slot
    transit = drugs.transits[oldest]
    left_ug = transit.first_ug + transit.second_ug + transit.third_ug + transit.fourth_ug
    _arrive(drugs, p, transit, left_ug)
    transit.drug = NOTHING
    return oldest


def _arrive(drugs: Drugs, p: DrugParameters, transit: Transit, ug: float) -> None:
    route = p.routes[transit.route]
    arrived_ug = ug * (route.flushed_arrives_share if transit.flushed else route.arrives_share)
    drug = transit.drug
    drugs.arrived_ug[drug] += arrived_ug
    drugs.central_ug[drug] += arrived_ug
    drugs.entered_ug[drug] += arrived_ug
    drugs.lost_ug[drug] += ug - arrived_ug
    drugs.arriving = True
    drugs.acting = True


def _carry(drugs: Drugs, p: DrugParameters, flow_l_min: float, minutes: float) -> None:
    stages_l = p.transit_stages_rate * max(flow_l_min, 0.0) * minutes
    top = 0
    for slot in range(drugs.top):
        transit = drugs.transits[slot]
        if transit.drug < 0:
            continue
        if transit.per_min_ug > 0.0:
            pumped_ug = transit.per_min_ug * minutes
            transit.first_ug += pumped_ug
            transit.given_ug += pumped_ug
            drugs.given_ug[transit.drug] += pumped_ug
        route = p.routes[transit.route]
        moved = stages_l / (route.flushed_volume_l if transit.flushed else route.volume_l)
        if moved > 1.0:
            moved = 1.0
        first = moved * transit.first_ug
        second = moved * transit.second_ug
        third = moved * transit.third_ug
        fourth = moved * transit.fourth_ug
        transit.first_ug -= first
        transit.second_ug += first - second
        transit.third_ug += second - third
        transit.fourth_ug += third - fourth
        left_ug = transit.first_ug + transit.second_ug + transit.third_ug + transit.fourth_ug
        ends = transit.per_min_ug <= 0.0 and left_ug <= p.transit_left_share * transit.given_ug
        if ends:
            fourth += left_ug
        if fourth > 0.0:
            _arrive(drugs, p, transit, fourth)
        if ends:
            transit.drug = NOTHING
        else:
            top = slot + 1
    drugs.top = top


def _spread_and_act(
    drugs: Drugs, p: DrugParameters, blood: Blood, flow_l_min: float, weight_kg: float, minutes: float
) -> None:
    central = drugs.central_ug
    peripheral = drugs.peripheral_ug
    site = drugs.effect_ug
    scale = weight_kg / p.drug_reference_kg
    working = ramp(flow_l_min, p.elimination_flow_low_l_min, p.elimination_flow_high_l_min)
    warmth = ramp(blood.temperature_degc, p.cold_no_effect_degc, p.cold_full_effect_degc)
    warm = p.cold_effect_share + (1.0 - p.cold_effect_share) * warmth
    acid = clamp(p.pressor_acid_ph - blood.ph, 0.0, 1.0)
    eliminating = minutes * blood.metabolism
    drugs.acting = False
    for index in range(DRUGS):
        amount = central[index]
        if amount <= 0.0:
            continue
        drug = p.drugs[index]
        half = drug.half_ug * scale
        low = drug.elimination_low_per_min
        amount -= amount * min(1.0, eliminating * (low + (drug.elimination_high_per_min - low) * working))
        if drug.distribution_per_min > 0.0:
            leaving = minutes * (drug.distribution_per_min * amount - drug.return_per_min * peripheral[index])
            peripheral[index] += leaving
            amount -= leaving
        effect = site[index]
        effect += (amount - effect) * min(1.0, drug.onset_per_min * minutes)
        left = amount + effect + peripheral[index]
        if left < p.drug_negligible_share * half and drugs.arrived_ug[index] <= 0.0:
            central[index] = 0.0
            peripheral[index] = 0.0
            site[index] = 0.0
            continue
        central[index] = amount
        site[index] = effect
        drugs.acting = True
        half *= 1.0 + (drug.fed_half_share - 1.0) * drugs.fed
        _act(drugs.effects, drug.full, warm * effect / (effect + half), 1.0 - drug.acid_loss * acid)
        if drug.beyond_from_ug > 0.0:
            beyond_scale = scale * (1.0 + (drug.fed_beyond_share - 1.0) * drugs.fed)
            over = effect - drug.beyond_from_ug * beyond_scale
            if over > 0.0:
                _act(drugs.effects, drug.beyond, warm * over / (over + drug.beyond_half_ug * beyond_scale), 1.0)


def _act(on: Effects, does: Action, share: float, pressor: float) -> None:
    """Add what a drug does at `share` of saturation; `pressor` weakens its grip on the vessels."""
    on.resistance *= 1.0 + (does.resistance - 1.0) * share * pressor
    on.pulmonary_resistance *= 1.0 + (does.pulmonary_resistance - 1.0) * share
    on.veins_ml += does.veins_ml * share * pressor
    on.contractility *= 1.0 + (does.contractility - 1.0) * share
    on.rate_per_min += does.rate_per_min * share
    on.rate *= 1.0 + (does.rate - 1.0) * share
    on.demand *= 1.0 + (does.demand - 1.0) * share
    on.refibrillation *= 1.0 + (does.refibrillation - 1.0) * share
    on.organising *= 1.0 + (does.organising - 1.0) * share
    on.terminate_logit += does.terminate_logit * share
    on.cerebral_flow *= 1.0 + (does.cerebral_flow - 1.0) * share
    on.av_conduction *= 1.0 + (does.av_conduction - 1.0) * share
    on.vagolysis += (1.0 - on.vagolysis) * does.vagolysis * share
    on.pause_ms += does.pause_ms * share
    on.membrane += (1.0 - on.membrane) * does.membrane * share
    on.sodium_channel *= 1.0 + (does.sodium_channel - 1.0) * share
    on.sodium_load += (1.0 - on.sodium_load) * does.sodium_load * share
    on.qt *= 1.0 + (does.qt - 1.0) * share
    on.torsades_guard += (1.0 - on.torsades_guard) * does.torsades_guard * share
    on.opioid += (1.0 - on.opioid) * does.opioid * share
    on.opioid_reversal += (1.0 - on.opioid_reversal) * does.opioid_reversal * share
    on.sedation += (1.0 - on.sedation) * does.sedation * share
    on.paralysis += (1.0 - on.paralysis) * does.paralysis * share
    on.lysis += (1.0 - on.lysis) * does.lysis * share
    on.bleeding *= 1.0 + (does.bleeding - 1.0) * share
    on.lipid += (1.0 - on.lipid) * does.lipid * share
    on.beta_block_reversal += (1.0 - on.beta_block_reversal) * does.beta_block_reversal * share
    on.potassium_shift_mmol_l += does.potassium_shift_mmol_l * share
    on.bronchodilation += (1.0 - on.bronchodilation) * does.bronchodilation * share
    on.insulin += (1.0 - on.insulin) * does.insulin * share
    on.ectopy *= 1.0 + (does.ectopy - 1.0) * share
    on.glucose_mmol_per_min += does.glucose_mmol_per_min * share
    on.digoxin_bound += (1.0 - on.digoxin_bound) * does.digoxin_bound * share
    on.cyanide_bound += (1.0 - on.cyanide_bound) * does.cyanide_bound * share
    on.cholinesterase += (1.0 - on.cholinesterase) * does.cholinesterase * share
    on.nausea += (1.0 - on.nausea) * does.nausea * share
    on.epinephrine += (1.0 - on.epinephrine) * does.epinephrine * share


def _clear(on: Effects) -> None:
    on.resistance = on.pulmonary_resistance = on.contractility = on.rate = on.demand = 1.0
    on.refibrillation = on.organising = on.cerebral_flow = on.av_conduction = on.sodium_channel = 1.0
    on.qt = on.bleeding = on.ectopy = 1.0
    on.veins_ml = on.rate_per_min = on.terminate_logit = on.vagolysis = on.pause_ms = on.membrane = 0.0
    on.sodium_load = on.torsades_guard = on.opioid = on.opioid_reversal = on.sedation = on.paralysis = 0.0
    on.lysis = on.lipid = on.beta_block_reversal = on.potassium_shift_mmol_l = on.bronchodilation = 0.0
    on.insulin = on.glucose_mmol_per_min = on.digoxin_bound = on.cyanide_bound = on.cholinesterase = 0.0
    on.nausea = on.epinephrine = 0.0
