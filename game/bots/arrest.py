"""What a Leader wants while there is no pulse: a line, drugs by shock and clock, an airway, the cause treated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from game.bots.doses import is_due, routine
from game.bots.knowledge import Remedy
from game.bots.mind import Mind
from game.bots.wishes import Wish, name_of, next_dose, wish_for
from game.stations import Station

THROUGH_A_LINE: Final = ("give", "hang", "pump")


def wishes(mind: Mind, working: str) -> Iterator[Wish]:
    """The most urgent first; `working` is the cause that is worked on, "" for none."""
    ledger, start, called = mind.ledger, mind.level.start, mind.scene.view.check.call
    if not mind.sees_trace:
        yield Station.DEFIBRILLATOR, ("pads",)
    if not start.lines and "line" not in mind.reports and not ledger.times("access"):
        yield Station.CART, ("access",)
    if called and mind.has_line:
        yield from _drugs(mind)
    if start.ventilator_per_min and not ledger.times("ventilator"):
        yield Station.AIRWAY, ("ventilator", 0)
    yield from treatment(mind, working, pulse=False)
    yield from answers(mind, pulse=False)
    device = mind.knows.advanced_airway
    if called and mind.now_ms >= mind.knows.advanced_after_ms and not mind.is_intubated:
        yield Station.AIRWAY, (device,)
    moves_after = mind.pack.vector_change_after
    if moves_after and mind.shocks >= moves_after and mind.shockable and not ledger.times("move_pads"):
        yield Station.DEFIBRILLATOR, ("move_pads", "ap")


def treatment(mind: Mind, cause: str, *, pulse: bool) -> Iterator[Wish]:
    """The steps against a cause: each once the one before it is done or on its way."""
    for remedy in mind.knows.remedies.get(cause, ()):
        wish = wish_for(remedy.request, mind) if _is_for_now(remedy, mind, pulse=pulse) else None
        if wish is None or mind.ledger.times(*name_of(remedy.request)) >= _times(remedy):
            continue
        yield wish
        if remedy.request.station is Station.AIRWAY or not mind.ledger.is_open(*wish[1]):
            return


def answers(mind: Mind, *, pulse: bool) -> Iterator[Wish]:
    """What reports call for, once or again after a while."""
    for answer in mind.knows.answers:
        value = mind.reports.get(answer.key, "")
        if not value or (answer.pulse and not pulse) or not answer.fits(value, mind.pack):
            continue
        done_ms = mind.ledger.done_ms(*name_of(answer.request))
        again = answer.again_ms and mind.now_ms - done_ms >= answer.again_ms
        wish = wish_for(answer.request, mind) if done_ms < 0 or again else None
        if wish is not None:
            yield wish


def _drugs(mind: Mind) -> Iterator[Wish]:
    """Drugs of the algorithm itself."""
    for drug in routine(mind.pack):
        given, last_ms = mind.given(drug.name), mind.ledger.done_ms("give", drug.name)
        told_ms = mind.lead.last_epinephrine_ms
        if drug.at_once and told_ms > last_ms:
            # Another Leader ordered it, before a switch.
            given, last_ms = max(given, 1), told_ms
        since_ms = mind.now_ms - last_ms - mind.leading.late_ms if last_ms >= 0 else 0
        due = is_due(drug, given=given, since_ms=since_ms, shocks=mind.shocks, shockable=mind.shockable)
        if due and not mind.ledger.is_open("give", drug.name):
            yield Station.CART, ("give", drug.name, next_dose(drug, mind))


def _is_for_now(remedy: Remedy, mind: Mind, *, pulse: bool) -> bool:
    if (remedy.pulse and not pulse) or (remedy.arrest and pulse):
        return False
    if remedy.seen and not any(mind.reports.get(key) == word for key, word in remedy.seen):
        return False
    return mind.has_line or remedy.request.op not in THROUGH_A_LINE


def _times(remedy: Remedy) -> int:
    """A second line needs the first; everything else as often as the remedy says."""
    return remedy.times + (remedy.request.op == "access")
