"""Drugs: carried from the line to the heart by whatever flow there is, then acting by their concentration.

A dose passes four stages whose speed is the cardiac output over the route's volume: poor compressions deliver late.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Final

from game.sim.events import Dose
from game.sim.parameters import Drug, DrugParameters, Route
from game.sim.tables import total

_DRUGS: Final = tuple(f.name for f in fields(DrugParameters) if f.type == "Drug")
_ROUTES: Final = tuple(f.name for f in fields(DrugParameters) if f.type == "Route")


def known_drugs() -> tuple[str, ...]:
    """The drugs that do something in this model."""
    return _DRUGS


def known_routes() -> tuple[str, ...]:
    """The routes a dose can take."""
    return _ROUTES


def check_route(route: str) -> None:
    """ValueError for a route that does not exist."""
    if route not in _ROUTES:
        raise ValueError(f"no route {route!r}: expected one of {', '.join(_ROUTES)}")


@dataclass(slots=True)
class Transit:
    """One dose on its way; `stages_ug` is what is left in each of the four stages."""

    drug: str
    route: str
    flushed: bool
    dose_ug: float
    stages_ug: list[float]


@dataclass(slots=True)
class Effects:
    """All drugs together: factors (1 = none), mL, beats per minute and logits (0 = none)."""

    resistance: float = 1.0
    veins_ml: float = 0.0
    contractility: float = 1.0
    rate_per_min: float = 0.0
    rate: float = 1.0
    demand: float = 1.0
    refibrillation: float = 1.0
    organising: float = 1.0
    terminate_logit: float = 0.0


@dataclass(slots=True)
class Drugs:
    """Doses on their way, and the amounts in the blood (ug) in the order of `known_drugs`."""

    transits: list[Transit] = field(default_factory=list)
    central_ug: list[float] = field(default_factory=lambda: [0.0] * len(_DRUGS))
    effects: Effects = field(default_factory=Effects)

    def give(self, event: Dose) -> None:
        """Put a dose into its route."""
        if event.drug in _DRUGS:
            dose_ug = float(max(event.dose_ug, 0))
            self.transits.append(Transit(event.drug, event.route, event.flush, dose_ug, [dose_ug, 0.0, 0.0, 0.0]))

    def flush(self, route: str) -> None:
        """Move on what waits in `route`."""
        for transit in self.transits:
            if transit.route == route:
                transit.flushed = True

    def advance(self, p: DrugParameters, minutes: float, flow_l_min: float, weight_kg: float, ph: float) -> None:
        """Carry, eliminate, and work out the effects for a body of `weight_kg`."""
        for transit in self.transits:
            self._carry(p, transit, minutes, flow_l_min)
        self.transits = [t for t in self.transits if total(t.stages_ug) > 0.0]
        span = p.elimination_flow_high_l_min - p.elimination_flow_low_l_min
        share = min(1.0, max(0.0, (flow_l_min - p.elimination_flow_low_l_min) / span))
        self.effects = Effects()
        for index, name in enumerate(_DRUGS):
            amount = self.central_ug[index]
            if amount > 0.0:
                drug: Drug = getattr(p, name)
                low, high = drug.elimination_low_per_min, drug.elimination_high_per_min
                self.central_ug[index] = amount = amount - amount * minutes * (low + (high - low) * share)
                self._act(p, drug, amount / (amount + drug.half_ug * weight_kg / p.drug_reference_kg), ph)

    def _carry(self, p: DrugParameters, transit: Transit, minutes: float, flow_l_min: float) -> None:
        route: Route = getattr(p, transit.route)
        volume_l = route.flushed_volume_l if transit.flushed else route.volume_l
        arrives = route.flushed_arrives_share if transit.flushed else route.arrives_share
        moved = min(1.0, p.transit_stages_rate * flow_l_min / volume_l * minutes)
        stages = transit.stages_ug
        out = [moved * amount for amount in stages]
        transit.stages_ug = [stages[0] - out[0], *(stages[i] + out[i - 1] - out[i] for i in (1, 2, 3))]
        arrived = out[3]
        left = total(transit.stages_ug)
        if left < p.transit_left_share * transit.dose_ug:
            arrived += left
            transit.stages_ug = [0.0, 0.0, 0.0, 0.0]
        self.central_ug[_DRUGS.index(transit.drug)] += arrived * arrives

    def _act(self, p: DrugParameters, drug: Drug, share: float, ph: float) -> None:
        on = self.effects
        acid = min(1.0, max(0.0, 1.0 - (p.pressor_acid_ph - ph))) if drug.resistance > 1.0 else 1.0
        on.resistance *= 1.0 + (drug.resistance - 1.0) * share * acid
        on.veins_ml += drug.veins_ml * share
        on.contractility *= 1.0 + (drug.contractility - 1.0) * share
        on.rate_per_min += drug.rate_per_min * share
        on.rate *= 1.0 + (drug.rate - 1.0) * share
        on.demand *= 1.0 + (drug.demand - 1.0) * share
        on.refibrillation *= 1.0 + (drug.refibrillation - 1.0) * share
        on.organising *= 1.0 + (drug.organising - 1.0) * share
        on.terminate_logit += drug.terminate_logit * share
