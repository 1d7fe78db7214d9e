"""From what is wanted to an order with all that must be said: dose, rate, volume, flow, side."""

from __future__ import annotations

from game.bots.doses import dose_of
from game.bots.knowledge import Request
from game.bots.mind import Mind
from game.content import Drug
from game.log import Plain
from game.stations import Station

Said = tuple[Plain, ...]
"""An act as an order says it: the op, and what is said with it."""

Wish = tuple[Station, Said]
"""An order that should be given."""


def wish_for(request: Request, mind: Mind) -> Wish | None:
    """The request said in full; None where the pack has no such thing, or it does not fit now."""
    speak = {
        "give": _give,
        "pump": _pump,
        "hang": _hang,
        "oxygen": _oxygen,
        "ventilator": _ventilator,
        "decompress": _decompress,
    }.get(request.op, _plainly)
    said = speak(request, mind)
    return None if said is None else (request.station, said)


def name_of(request: Request) -> Said:
    """By what the ledger knows that the request was done, whatever dose or rate was said with it."""
    return (request.op, request.what) if request.what and request.op != "oxygen" else (request.op,)


def give(drug: str) -> Request:
    """A dose of a drug."""
    return Request(Station.CART, "give", drug)


def pump(drug: str) -> Request:
    """A drug by a pump."""
    return Request(Station.CART, "pump", drug)


def next_dose(drug: Drug, mind: Mind) -> int:
    """Doses of the algorithm follow the pack's order; of any other drug the first on offer does."""
    return dose_of(drug, mind.given(drug.name) if drug.routine else 0)


def _plainly(request: Request, _: Mind) -> Said | None:
    return (request.op, request.what) if request.what else (request.op,)


def _give(request: Request, mind: Mind) -> Said | None:
    drug = mind.pack.drugs.get(request.what)
    return ("give", drug.name, next_dose(drug, mind)) if drug is not None and drug.doses_ug else None


def _pump(request: Request, mind: Mind) -> Said | None:
    """At its first rate, and at each higher one while that does not do."""
    drug = mind.pack.drugs.get(request.what)
    if drug is None or not drug.rates_ug_per_min:
        return None
    first, *others = drug.rates_ug_per_min
    rates = [first, *sorted(rate for rate in others if rate > first)]
    return ("pump", drug.name, rates[min(mind.ledger.times("pump", drug.name), len(rates) - 1)])


def _hang(request: Request, mind: Mind) -> Said | None:
    fluid = mind.pack.fluids.get(request.what)
    return ("hang", fluid.name, max(fluid.volumes_ml)) if fluid is not None else None


def _oxygen(request: Request, mind: Mind) -> Said | None:
    flows = sorted(flow for flow in mind.pack.oxygen_flows_l_min if flow > 0)
    return ("oxygen", flows[-1] if request.what == "most" else flows[0])


def _ventilator(request: Request, mind: Mind) -> Said | None:
    rate = int(request.what) if request.what else mind.knows.breaths_per_min
    return ("ventilator", rate) if mind.is_intubated else None


def _decompress(request: Request, mind: Mind) -> Said | None:
    """On the side that more reports point to; not while none does."""
    said = {side: sum(mind.reports.get(key) == word for key, word in signs) for side, signs in mind.knows.sides.items()}
    side, count = max(said.items(), key=lambda item: item[1])
    return ("decompress", request.what, side) if count > min(said.values()) else None
