"""Names of drugs and routes, and the codes by which the laws know them. Codes are part of every log: append only."""

from __future__ import annotations

from enum import IntEnum


class Medicine(IntEnum):
    """Every drug the patient's body knows."""

    EPINEPHRINE = 0
    AMIODARONE = 1
    LIDOCAINE = 2
    VASOPRESSIN = 3
    ATROPINE = 4
    BICARBONATE = 5
    CALCIUM_CHLORIDE = 6
    CALCIUM_GLUCONATE = 7
    MAGNESIUM_SULFATE = 8
    INSULIN = 9
    SALBUTAMOL = 10
    POTASSIUM_CHLORIDE = 11
    GLUCOSE = 12
    GLUCAGON = 13
    NALOXONE = 14
    FLUMAZENIL = 15
    LIPID = 16
    HYDROXOCOBALAMIN = 17
    DIGOXIN_FAB = 18
    ALTEPLASE = 19
    TENECTEPLASE = 20
    HEPARIN = 21
    TRANEXAMIC_ACID = 22
    DOPAMINE = 23
    ISOPRENALINE = 24
    ADENOSINE = 25
    DILTIAZEM = 26
    VERAPAMIL = 27
    METOPROLOL = 28
    ESMOLOL = 29
    PROCAINAMIDE = 30
    SOTALOL = 31
    NOREPINEPHRINE = 32
    DOBUTAMINE = 33
    ASPIRIN = 34
    MIDAZOLAM = 35
    PROPOFOL = 36
    FENTANYL = 37
    KETAMINE = 38
    ROCURONIUM = 39
    SUXAMETHONIUM = 40
    LEVETIRACETAM = 41
    LORAZEPAM = 42
    OXYTOCIN = 43
    PRALIDOXIME = 44
    METHYLPREDNISOLONE = 45


class Route(IntEnum):
    """Every route a dose can take."""

    IV = 0
    IO_HUMERUS = 1
    IO_STERNUM = 2
    IO_TIBIA = 3
    CENTRAL = 4
    IM = 5
    IN = 6
    NEB = 7
    ETT = 8
    PO = 9


UNKNOWN = -1
"""The code of a drug that the formulary does not name: it passes without effect."""

_DRUGS = {each.name.lower(): int(each) for each in Medicine}
_ROUTES = {each.name.lower(): int(each) for each in Route}
_IN_MOLES = frozenset({"bicarbonate", "potassium_chloride"})
_IN_UNITS = frozenset({"vasopressin", "insulin", "heparin", "oxytocin"})


def known_drugs() -> tuple[str, ...]:
    """The drugs that do something in this model, in the order of their codes."""
    return tuple(_DRUGS)


def known_routes() -> tuple[str, ...]:
    """The routes a dose can take, in the order of their codes."""
    return tuple(_ROUTES)


def unit_of(drug: str) -> str:
    """What a known drug is counted in: "g", "mol" or "U" (a dose is in millionths of it). KeyError if unknown.

    Lipid is counted in grams of fat: 100 mL of the 20 % emulsion are 20 g.
    """
    if drug not in _DRUGS:
        raise KeyError(drug)
    if drug in _IN_MOLES:
        return "mol"
    return "U" if drug in _IN_UNITS else "g"


def check_route(route: str) -> None:
    """ValueError for a route that does not exist."""
    if route not in _ROUTES:
        raise ValueError(f"no route {route!r}: expected one of {', '.join(_ROUTES)}")


def route_code(route: str) -> int:
    """The code of a route. ValueError for one that does not exist."""
    check_route(route)
    return _ROUTES[route]


def drug_code(drug: str) -> int:
    """The code of a drug, or UNKNOWN."""
    return _DRUGS.get(drug, UNKNOWN)
