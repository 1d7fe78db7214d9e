"""Drugs on their way, in the blood and at their place of effect, and what they all do together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from game.sim.formulary import Medicine

DRUGS: Final = len(Medicine)
"""Length of every list that holds an amount of each drug, in the order of their codes."""

TRANSITS: Final = 24
"""Doses and infusions that can be under way at once; one more makes the oldest dose arrive."""

NOTHING: Final = -1
"""In place of a drug: the slot is free."""


@dataclass(slots=True)
class Transit:
    """A dose (or an infusion, `per_min_ug` > 0) on its way: what is left in each of four stages (ug)."""

    drug: int = NOTHING
    route: int = 0
    flushed: bool = False
    number: int = 0
    given_ug: float = 0.0
    per_min_ug: float = 0.0
    first_ug: float = 0.0
    second_ug: float = 0.0
    third_ug: float = 0.0
    fourth_ug: float = 0.0


@dataclass(slots=True)
class Effects:
    """All drugs together: factors are 1 and everything else is 0 where no drug acts.

    Shares of 0..1: vagolysis, membrane (calcium against potassium), sodium_load (against sodium-channel block),
    torsades_guard, opioid, opioid_reversal, sedation, paralysis, lysis (activity against clots), lipid,
    beta_block_reversal, bronchodilation, insulin, digoxin_bound, cyanide_bound, cholinesterase (freed from
    organophosphate), nausea, epinephrine (of its own full effect).
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


def _amounts() -> list[float]:
    return [0.0] * DRUGS


def _transits() -> list[Transit]:
    return [Transit() for _ in range(TRANSITS)]


@dataclass(slots=True)
class Drugs:
    """Amounts of each drug (ug, umol or uU; see `game.sim.formulary.unit_of`).

    `central_ug` is in the blood, `peripheral_ug` spread to tissue, `effect_ug` is the amount the place of effect knows
    of, `arrived_ug` came into the blood in the last look; `given_ug`, `entered_ug` and `lost_ug` sum since the start
    what was given, what entered the blood and what never will. `top` is one past the last slot in use, `given` counts
    doses, `fed` is 0 in tissue that sees the flow of compressions and 1 in tissue that is well perfused.
    """

    transits: list[Transit] = field(default_factory=_transits)
    top: int = 0
    given: int = 0
    arriving: bool = False
    acting: bool = False
    fed: float = 0.0
    central_ug: list[float] = field(default_factory=_amounts)
    peripheral_ug: list[float] = field(default_factory=_amounts)
    effect_ug: list[float] = field(default_factory=_amounts)
    arrived_ug: list[float] = field(default_factory=_amounts)
    given_ug: list[float] = field(default_factory=_amounts)
    entered_ug: list[float] = field(default_factory=_amounts)
    lost_ug: list[float] = field(default_factory=_amounts)
    effects: Effects = field(default_factory=Effects)
