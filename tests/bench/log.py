"""How long does a quarter of an hour take to score, and to play again from its log?"""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from time import perf_counter
from typing import Final

from game.log import Entry
from game.room.fold import fold
from game.scoring import Live, Weights, score
from server.authority.library import Case
from tests.bench.case import SEED, library, opening_case, played_by_bots
from tests.bench.figure import Figure, median, quantile, reach

ROUNDS: Final = 3
LONG_MS: Final = 900_000
SPENT_HEART: Final = 0.05
"""Myocardial readiness at which no shock succeeds, so that the team works all the time."""


def bench() -> Iterator[Figure]:
    """The bots' own quarter of an hour on a heart that will not start."""
    case, weights = _hopeless(opening_case()), library().weights
    entries = played_by_bots(case, LONG_MS)
    score_ms: list[float] = []
    fold_s: list[float] = []
    for _ in range(ROUNDS):
        began_s = perf_counter()
        score(entries, case.pack, case.level, weights)
        scored_s = perf_counter()
        fold(case.level, case.pack, SEED, entries)
        score_ms.append((scored_s - began_s) * 1000)
        fold_s.append(perf_counter() - scored_s)
    yield Figure("score_15_min_ms", median(score_ms), "ms", f"{len(entries)} entries, {reach(score_ms)}", budget=200)
    yield Figure("score_15_min_mb", _peak_mb(case, entries, weights), "MB", "peak beside the log itself", budget=20)
    live_ms = _live_ms(case, entries, weights)
    yield Figure("score_live_ms", quantile(live_ms, 0.5), "ms", f"each second of play, largest {max(live_ms):.1f}")
    yield Figure("fold_15_min_s", median(fold_s), "s", reach(fold_s, 2))


def _peak_mb(case: Case, entries: list[Entry], weights: Weights) -> float:
    """What scoring takes at its peak, the log not counted."""
    tracemalloc.start()
    score(entries, case.pack, case.level, weights)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def _live_ms(case: Case, entries: list[Entry], weights: Weights) -> list[float]:
    """What the running figures cost at each second."""
    live = Live(case.pack, case.level, weights)
    spent: list[float] = []
    index = 0
    for ms in range(1_000, LONG_MS + 1, 1_000):
        first = index
        while index < len(entries) and entries[index].ms <= ms:
            index += 1
        began_s = perf_counter()
        live.add(entries[first:index])
        live.advance(ms)
        spent.append((perf_counter() - began_s) * 1000)
    return spent


def _hopeless(case: Case) -> Case:
    patient = {**case.level.patient, "energy": SPENT_HEART}
    return Case(replace(case.level, patient=patient, time_limit_ms=LONG_MS, hold_ms=LONG_MS), case.pack)
