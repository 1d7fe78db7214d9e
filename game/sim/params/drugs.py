"""Routes and drugs: how each dose travels, spreads, leaves and acts."""

from __future__ import annotations

from dataclasses import dataclass, field

from game.sim.formulary import known_drugs, known_routes
from game.sim.params.reader import named


@dataclass(frozen=True, slots=True)
class RouteParameters:
    """A way into the blood: the flow (L) that brings the mean of a dose, and the share that arrives."""

    volume_l: float
    arrives_share: float
    flushed_volume_l: float
    flushed_arrives_share: float


@dataclass(frozen=True, slots=True)
class Action:
    """What a drug does; the defaults are those of a drug that leaves it alone.

    Fields as in `game.sim.body.drugs.Effects`.
    """

    resistance: float = 1.0
    pulmonary_resistance: float = 1.0
    veins_ml: float = 0.0
    contractility: float = 1.0
    rate_per_min: float = 0.0
    rate: float = 1.0
    demand: float = 1.0
    refibrillation: float = 1.0
    organising: float = 1.0
    terminate_logit: float = 0.0
    cerebral_flow: float = 1.0
    av_conduction: float = 1.0
    vagolysis: float = 0.0
    pause_ms: float = 0.0
    membrane: float = 0.0
    sodium_channel: float = 1.0
    sodium_load: float = 0.0
    qt: float = 1.0
    torsades_guard: float = 0.0
    opioid: float = 0.0
    opioid_reversal: float = 0.0
    sedation: float = 0.0
    paralysis: float = 0.0
    lysis: float = 0.0
    bleeding: float = 1.0
    lipid: float = 0.0
    beta_block_reversal: float = 0.0
    potassium_shift_mmol_l: float = 0.0
    bronchodilation: float = 0.0
    insulin: float = 0.0
    ectopy: float = 1.0
    glucose_mmol_per_min: float = 0.0
    digoxin_bound: float = 0.0
    cyanide_bound: float = 0.0
    cholinesterase: float = 0.0
    nausea: float = 0.0
    epinephrine: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Drug:
    """One drug. Amounts (ug, umol or uU) are those of a reference body; rates are per minute.

    At full saturation it does `full`. `half_ug` at the place of effect gives half of that in tissue at the flow of
    compressions, `fed_half_share` of it in perfused tissue. Beyond `beyond_from_ug` (0: never; `fed_beyond_share` of it
    in perfused tissue) it goes on to do `beyond` as well, half of it at `beyond_half_ug` more. In a line with
    bicarbonate `spoilt_by_alkali` of it is lost, and `spoils_alkali` of the bicarbonate.
    """

    half_ug: float
    fed_half_share: float = 1.0
    fed_beyond_share: float = 1.0
    distribution_per_min: float = 0.0
    return_per_min: float = 0.0
    elimination_low_per_min: float
    elimination_high_per_min: float
    onset_per_min: float
    acid_loss: float = 0.0
    spoilt_by_alkali: float = 0.0
    spoils_alkali: float = 0.0
    umol_per_ug: float = 0.0
    beyond_from_ug: float = 0.0
    beyond_half_ug: float = 1.0
    full: Action
    beyond: Action


@dataclass(frozen=True, slots=True)
class DrugParameters:
    """See `drugs.toml`."""

    transit_stages_rate: float
    transit_left_share: float
    drug_reference_kg: float
    drug_negligible_share: float
    elimination_flow_low_l_min: float
    elimination_flow_high_l_min: float
    starved_flow_l_min: float
    fed_flow_l_min: float
    fed_min: float
    pressor_acid_ph: float
    cold_no_effect_degc: float
    cold_full_effect_degc: float
    cold_effect_share: float
    routes: tuple[RouteParameters, ...] = field(metadata=named(*known_routes()))
    drugs: tuple[Drug, ...] = field(metadata=named(*known_drugs()))
