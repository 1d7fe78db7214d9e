"""What a Leader wants while there is a pulse: what threatens it, what is owed after an arrest (clinical 6 and 7)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from game.bots.arrest import answers, treatment
from game.bots.knowledge import Request, number_in
from game.bots.mind import Mind
from game.bots.wishes import Wish, give, name_of, pump, wish_for
from game.stations import Station

PACED: Final = "paced"


def wishes(mind: Mind, working: str) -> Iterator[Wish]:
    """The most urgent first; `working` is the cause that is worked on, "" for none."""
    if not mind.sees_trace:
        yield Station.DEFIBRILLATOR, ("pads",)
    else:
        yield from _threats(mind)
    if not mind.has_line and not mind.ledger.times("access"):
        yield Station.CART, ("access",)
    yield from treatment(mind, working, pulse=True)
    yield from answers(mind, pulse=True)
    yield from _care(mind)
    yield from _again(mind)


def _threats(mind: Mind) -> Iterator[Wish]:
    """A heart that is too slow or too fast for its pulse."""
    knows, rhythm, rate = mind.knows.pulse, mind.rhythm, mind.rate_per_min
    systolic = number_in(mind.reports.get("nibp", "").partition("/")[0])
    unstable = systolic is not None and systolic < knows.unstable_below_mmhg
    if rhythm in knows.tachycardias and rate >= knows.fast_from_per_min:
        yield from _cardioversion(mind)
    elif rhythm in (*knows.blocks, PACED) or (0 < rate < knows.slow_below_per_min and unstable):
        yield from _too_slow(mind)
    elif mind.ledger.times("shock"):
        yield from _once(pump(knows.after_tachycardia), mind)


def _cardioversion(mind: Mind) -> Iterator[Wish]:
    """Sleep, synchronise, charge, shock; a look at what it did before the next."""
    knows, done_ms = mind.knows.pulse, mind.ledger.done_ms
    shocked_ms = done_ms("shock")
    if mind.has_line:
        yield from _once(give(knows.sedative), mind)
    else:
        yield Station.CART, ("access",)
    asleep = mind.given(knows.sedative) > 0 or mind.now_ms - mind.pulse_ms > knows.sleep_wait_ms
    if not asleep or (shocked_ms >= 0 and mind.now_ms - shocked_ms < knows.judge_shock_ms):
        return
    step = next((op for op in ("sync", "charge", "shock") if done_ms(op) <= shocked_ms), "")
    if step:
        yield Station.DEFIBRILLATOR, (step,)


def _too_slow(mind: Mind) -> Iterator[Wish]:
    """Atropine; where that does not do, or nothing can be given yet, the pacemaker, sleep and a pressor by pump."""
    knows, ledger = mind.knows.pulse, mind.ledger
    paces = bool(ledger.times("pace"))
    if mind.has_line:
        yield from _once(give(knows.for_slow), mind)
    else:
        yield Station.CART, ("access",)
    last_ms = ledger.done_ms("give", knows.for_slow)
    waited = last_ms >= 0 and mind.now_ms - last_ms >= knows.atropine_wait_ms
    if not paces and (waited or not mind.has_line):
        yield Station.DEFIBRILLATOR, ("pace",)
    if paces and mind.has_line:
        yield from _once(give(knows.sedative), mind)
        yield from _once(pump(knows.slow_pressor), mind)


def _care(mind: Mind) -> Iterator[Wish]:
    """What the pack asks for once a pulse is back, by its limit; head and sleep of who does not wake."""
    for care in sorted(mind.pack.care, key=lambda each: each.limit_ms):
        op, *args = care.does[0]
        wish = wish_for(Request(care.station, str(op), str(args[0]) if args else ""), mind)
        if wish is not None and care.station is not Station.LEAD and mind.ledger.done_ms(*wish[1]) < mind.pulse_ms:
            yield wish
    for request in mind.knows.after_arrest if mind.is_intubated else ():
        yield from _once(request, mind)


def _again(mind: Mind) -> Iterator[Wish]:
    """A pulse and its pressure are taken again and again."""
    knows = mind.knows.pulse
    for op, again_ms in (("nibp", knows.pressure_again_ms), ("feel", knows.feel_again_ms)):
        if mind.now_ms - max(mind.ledger.done_ms(op), mind.pulse_ms) >= again_ms:
            yield Station.CHEST, (op,)


def _once(request: Request, mind: Mind) -> Iterator[Wish]:
    wish = wish_for(request, mind)
    if wish is not None and not mind.ledger.times(*name_of(request)):
        yield wish
