"""Every dose that goes in is held against the pack and the case: drug errors D1 to D8 (clinical 2.5).

An error is put on record with who, when and why, and nobody is told in play. D6 is a matter of orders, D9 of `course`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from game.content import Drug
from game.rules.check import SHOCKABLE_CALLS
from game.rules.commands import SITES
from game.rules.game import Game
from game.sim.rhythm import TRAITS
from game.stations import CART


def judge(game: Game, seat: int, drug: Drug, dose_ug: int, way: str) -> None:
    """`dose_ug` of `drug` goes in by `way` now; call it before the dose is kept among those given."""
    pushed = way in SITES
    if pushed and _endangers(game, drug, dose_ug):
        game.safety(seat, f"{drug.name}_with_pulse", dose_ug, critical=True)
    for code, wrong in RULES.items():
        if why := wrong(game, drug, dose_ug, way):
            game.safety(seat, code, drug.name, why)


def watch_the_lines(game: Game) -> None:
    """A drug that waits for its flush too long (D5): once for each dose."""
    late_ms = game.now_ms - game.skills.times.flush_within_ms
    for drug, since_ms in game.state.cart.unflushed.values():
        if since_ms == late_ms:
            game.safety(game.seat_of(CART), "no_flush", drug)


def _endangers(game: Game, drug: Drug, dose_ug: int) -> bool:
    """A dose for a heart that stands still, into one that beats: said, or missed at a check that showed beats."""
    if drug.danger_with_pulse_ug is None or dose_ug < drug.danger_with_pulse_ug:
        return False
    ring = game.state.check
    missed = ring.last_call.startswith("organised") and 0 <= game.state.pulse_since_ms <= ring.called_ms
    return game.known_pulse or (game.state.pulse and missed)


def _kind(game: Game) -> str:
    """The state of the patient as the team can know it: a said pulse, the last call, or before any call the truth."""
    if game.known_pulse:
        return "pulse"
    call = game.state.check.last_call
    shockable = call in SHOCKABLE_CALLS if call else TRAITS[game.patient.rhythm].shockable
    return "shockable" if shockable else "nonshockable"


def _wrong_rhythm(game: Game, drug: Drug, dose_ug: int, way: str) -> str:
    kind = _kind(game)
    return "" if kind in drug.rhythms else kind


def _earlier(game: Game, drug: Drug) -> list[tuple[int, int]]:
    """When and how much of this drug went in before."""
    return [(ms, ug) for ms, name, ug in game.state.cart.given if name == drug.name]


def _too_early(game: Game, drug: Drug, dose_ug: int, way: str) -> str:
    """Before its interval is over, or the first before the shock after which it is due."""
    earlier, shocks = _earlier(game, drug), game.state.defibrillator.shocks
    if earlier and drug.repeat_s is not None:
        since_ms, shortest_ms = game.now_ms - earlier[-1][0], round(1000 * drug.repeat_s[0])
        return f"{since_ms // 1000} s" if shortest_ms // 2 <= since_ms < shortest_ms else ""
    due = earlier or not drug.after_shock or shocks >= drug.after_shock[0]
    return "" if due or _kind(game) != "shockable" else f"{shocks} shocks"


def _duplicate(game: Game, drug: Drug, dose_ug: int, way: str) -> str:
    """A second dose where one was due: within half its interval, or before its own shock."""
    earlier = _earlier(game, drug)
    if not earlier:
        return ""
    if drug.repeat_s is not None:
        since_ms = game.now_ms - earlier[-1][0]
        return f"{since_ms // 1000} s" if since_ms < 500 * drug.repeat_s[0] else ""
    if not drug.after_shock or _kind(game) != "shockable":
        return ""
    number = len(earlier)
    owed = number < len(drug.after_shock) and game.state.defibrillator.shocks >= drug.after_shock[number]
    return "" if owed else f"dose {number + 1}"


def _wrong_dose(game: Game, drug: Drug, dose_ug: int, way: str) -> str:
    """Drugs of the algorithm have a dose for each turn; every drug has a greatest total."""
    earlier = _earlier(game, drug)
    if drug.most_ug is not None and sum(ug for _, ug in earlier) + dose_ug > drug.most_ug:
        return f"over {drug.most_ug} in all"
    if not drug.routine or way not in SITES or _kind(game) == "pulse":
        return ""
    turn = 0 if drug.repeat_s is not None else min(len(earlier), len(drug.doses_ug) - 1)
    return "" if dose_ug == drug.doses_ug[turn] else f"not {drug.doses_ug[turn]}"


def _not_indicated(game: Game, drug: Drug, dose_ug: int, way: str) -> str:
    """In an arrest a drug outside the algorithm belongs to a cause, or to what the case asks for."""
    level = game.level
    asked = drug.routine or bool({level.cause, *level.accepts} & set(drug.causes))
    acts = [act for action in level.actions for act in action.does]
    if asked or _kind(game) == "pulse" or any(act[:2] == ("give", drug.name) for act in acts):
        return ""
    return level.cause or "no cause"


def _incompatible(game: Game, drug: Drug, dose_ug: int, way: str) -> str:
    """Another drug that does not bear this one still waits in the line, or runs there."""
    cart = game.state.cart
    there = [cart.unflushed[way][0]] if way in cart.unflushed else []
    there += [name for name, (_, site) in cart.infusions.items() if site == way]
    return next((name for name in there if name in drug.clashes or drug.name in _clashes(game, name)), "")


def _clashes(game: Game, name: str) -> tuple[str, ...]:
    return game.pack.drugs[name].clashes


RULES: Final[dict[str, Callable[[Game, Drug, int, str], str]]] = {
    "wrong_rhythm": _wrong_rhythm,
    "too_early": _too_early,
    "wrong_dose": _wrong_dose,
    "not_indicated": _not_indicated,
    "duplicate": _duplicate,
    "incompatible": _incompatible,
}
"""For each code: why this dose is wrong, "" where it is right."""
