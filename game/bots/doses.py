"""When the pack asks for the next dose of a drug of the algorithm itself."""

from __future__ import annotations

from game.content import Drug, Pack


def routine(pack: Pack) -> tuple[Drug, ...]:
    """The drugs of the algorithm itself, the first of each group: of two alike a team keeps to one."""
    first: dict[str, Drug] = {}
    for drug in pack.drugs.values():
        if drug.routine and drug.doses_ug:
            first.setdefault(drug.group, drug)
    return tuple(first.values())


def is_due(drug: Drug, *, given: int, since_ms: int, shocks: int, shockable: bool) -> bool:
    """True where the pack asks for the next dose: `given` doses are in, the last one `since_ms` ago."""
    if drug.most_ug is not None and sum(dose_of(drug, number) for number in range(given + 1)) > drug.most_ug:
        return False
    if not shockable and "nonshockable" not in drug.rhythms:
        return False
    if given == 0 and not shockable:
        return drug.at_once
    if shockable and given < len(drug.after_shock):
        return shocks >= drug.after_shock[given]
    return drug.repeat_s is not None and given > 0 and since_ms >= sum(drug.repeat_s) * 500


def dose_of(drug: Drug, number: int) -> int:
    """The dose of that number, the first being 0, in the pack's order; the last is repeated (millionths)."""
    return drug.doses_ug[min(number, len(drug.doses_ug) - 1)]
