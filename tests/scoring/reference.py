"""The runs of a perfect team, by the times of clinical 1.7: what a level and a pack ask for, done when it is due."""

from __future__ import annotations

from typing import Final

from game.content import Action, Level, Pack
from game.log import Fact, Plain
from game.stations import Station
from tests.scoring.logs import LEVEL, PACK, Log

FIRST_CHECK_MS: Final = 45_000
VF_STOPS_MS: Final = (172_500, 297_500, 422_500, 547_500, 672_500)
"""When hands come off for the check and shock of each later cycle."""
PEA_CHECKS_MS: Final = (45_000, 165_000, 285_000, 405_000, 525_000, 645_000)
PEA_DOSES_MS: Final = (105_000, 345_000, 585_000)
SGA_MS: Final = 210_000
HELD_MS: Final = 120_000
SEATS: Final = {Station.CHEST: 0, Station.AIRWAY: 1, Station.CART: 2, Station.DEFIBRILLATOR: 2, Station.LEAD: 3}
ANTIARRHYTHMIC_UG: Final = (300_000, 150_000)


def vf_run(level: Level = LEVEL, pack: Pack = PACK, *, rosc_at_shock: int = 0, end_ms: int = 720_000) -> Log:
    """Shock-refractory VF, or with the pulse back at one of the shocks."""
    log = Log().vf()
    shocks_ms = (55_500, *(stop + 2_500 for stop in VF_STOPS_MS))
    back_ms = shocks_ms[rosc_at_shock - 1] if rosc_at_shock else end_ms
    stops = [(FIRST_CHECK_MS, FIRST_CHECK_MS + 3_000), (53_500, 57_500), *((ms, ms + 4_500) for ms in VF_STOPS_MS)]
    _hands(log, stops, back_ms, swaps=(0, 2, 3, 4, 5, 6))
    log.check(FIRST_CHECK_MS, call_ms=1_500, resume_ms=3_000)
    for number, shock_ms in enumerate(shocks_ms, start=1):
        if shock_ms > back_ms:
            break
        if number > 1:
            log.check(VF_STOPS_MS[number - 2], call_ms=1_000, resume_ms=4_500)
        log.shock(shock_ms, shock_ms - 3_000 if number == 1 else VF_STOPS_MS[number - 2] - 4_000)
        log.act(shock_ms, "shock", pack.energies_j[0], 0)
        if shock_ms < back_ms:
            _drugs_after(log, number, shock_ms, pack)
    if rosc_at_shock:
        log.fact(back_ms, Fact.RHYTHM, "sinus").fact(back_ms, Fact.PULSE, 1)
    return _rest(log, level, pack, back_ms, end_ms, returned=bool(rosc_at_shock))


def pea_run(level: Level, pack: Pack = PACK, *, rosc_at_check: int = 0, end_ms: int = 720_000) -> Log:
    """A rhythm that no shock ends, or with the pulse back at one of the checks."""
    log = Log().fact(0, Fact.RHYTHM, "pea")
    back_ms = PEA_CHECKS_MS[rosc_at_check - 1] if rosc_at_check else end_ms
    _hands(log, [(ms, ms + 5_000) for ms in PEA_CHECKS_MS], back_ms, swaps=range(len(PEA_CHECKS_MS)))
    for ms in PEA_CHECKS_MS:
        if ms < back_ms:
            log.check(ms, "organised_narrow", call_ms=1_500, resume_ms=5_000)
            log.fact(ms + 4_500, Fact.PULSE_FELT, "none", seat=0)
    for ms in PEA_DOSES_MS:
        if ms < back_ms:
            give(log, ms, "epinephrine", 1_000)
    if rosc_at_check:
        log.fact(back_ms, Fact.PULSE, 1)
    return _rest(log, level, pack, back_ms, end_ms, returned=bool(rosc_at_check))


def give(log: Log, ms: int, drug: str, dose_ug: int) -> None:
    """A dose with its whole loop, the act and the dose that reaches the patient."""
    log.give(ms, drug, dose_ug).act(ms, "give", drug, dose_ug, "iv_left")


def _drugs_after(log: Log, shock: int, ms: int, pack: Pack) -> None:
    first = pack.drugs["epinephrine"].after_shock[0]
    if shock >= first and (shock - first) % 2 == 0:
        give(log, ms + 10_000, "epinephrine", 1_000)
    plan = pack.drugs["amiodarone"].after_shock
    if shock in plan:
        give(log, ms + 25_000, "amiodarone", ANTIARRHYTHMIC_UG[plan.index(shock)])


def _hands(log: Log, stops: list[tuple[int, int]], until_ms: int, swaps: tuple[int, ...] | range) -> None:
    """Compressions between the stops: 30:2 until the airway is in, then without a pause and a breath each 6 s."""
    start_ms, seat = 10_000, 0
    for number, (planned_ms, go_ms) in enumerate([*stops, (until_ms, until_ms)]):
        stop_ms = min(planned_ms, until_ms)
        if start_ms < stop_ms:
            if start_ms < SGA_MS:
                log.sets(start_ms, min(stop_ms, SGA_MS), seat=seat)
            if stop_ms > SGA_MS:
                log.train(max(start_ms, SGA_MS + 500), stop_ms, seat=seat)
        if stop_ms >= until_ms:
            break
        if number in swaps:
            log.fact(stop_ms - 20_000, Fact.SWITCH, "asked", 1 - seat, seat=seat)
            log.fact(stop_ms - 18_000, Fact.SWITCH, "yes", seat, seat=1 - seat)
            seat = 1 - seat
            log.fact(go_ms, Fact.SWITCH, "done", 1 - seat, seat=seat)
        start_ms = go_ms
    for ms in range(SGA_MS, until_ms, 6_000):
        log.breath(ms, airway="sga")


def _rest(log: Log, level: Level, pack: Pack, back_ms: int, end_ms: int, *, returned: bool) -> Log:
    """Loops, clues, cause, summaries, key acts and care."""
    log.act(9_000, "start", seat=3)
    _talk(log, level, back_ms)
    for ms in range(20_000, back_ms, pack.cycle_ms):
        log.fact(ms, Fact.SUMMARY, 3, seat=3)
    last_ms = min(back_ms + HELD_MS, 720_000) if returned else end_ms
    for action in level.actions:
        if action.counts_from != "rosc":
            _all_times(log, action, 0, last_ms)
        elif returned:
            _all_times(log, action, back_ms, last_ms)
    if not returned:
        return log.end(end_ms)
    log.vitals(back_ms, last_ms)
    log.fact(back_ms + 3_000, Fact.PULSE_FELT, "felt", seat=0)
    for number, care in enumerate({each.key: each for each in (*pack.care, *level.care)}.values()):
        do(log, back_ms + min(6_000 * number, care.limit_ms // 2), care.does[0], last_ms)
    return log.end(last_ms, "held", "pulse_held")


def _all_times(log: Log, action: Action, from_ms: int, last_ms: int) -> None:
    for time in range(action.times):
        do(log, from_ms + action.limit_ms * (time + 1) // (2 * action.times + 1), action.does[0], last_ms)


def _talk(log: Log, level: Level, back_ms: int) -> None:
    """Orders of the level, answers, reports, and the cause they lead to."""
    for number, loop in enumerate(level.loops):
        ordered_ms = 12_000 + 1_500 * number
        if loop.op != "give" and ordered_ms < back_ms:
            log.order(ordered_ms, loop.station, loop.op, *loop.args, closed_ms=ordered_ms + 14_000)
    for number, question in enumerate(each for each in level.questions.values() if each.suggests or each.against):
        log.fact(20_000 + number * 7_000, Fact.SHOWN, f"question.{question.key}", question.answer, seat=3)
    for number, finding in enumerate(each for each in level.findings if each.suggests or each.against):
        log.fact(25_000 + number * 1_000, Fact.REPORT, finding.key, finding.value, seat=SEATS[finding.station])
    if level.cause:
        log.fact(100_000, Fact.CAUSE, level.cause, "working", seat=3)


def do(log: Log, ms: int, does: tuple[Plain, ...], last_ms: int) -> None:
    """An act of a level or pack, with whatever else belongs to it."""
    if ms > last_ms or does[0] == "shock":
        return
    if does[0] == "give":
        ordered = ("give", *does[1:], *(() if len(does) > 2 else (1_000,)))
        log.order(ms - 15_000, Station.CART, *ordered, said=ordered, closed_ms=ms).dose(ms, str(does[1]), 1_000)
    log.act(ms, *does)
