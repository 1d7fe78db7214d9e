"""How long does a quarter of an hour take to score, and to play again from its log?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from time import perf_counter
from typing import Final

from game.room.fold import fold
from game.scoring import score
from server.authority.library import Case
from tests.bench.case import SEED, library, opening_case, played_by_bots
from tests.bench.figure import Figure, median, reach

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
    yield Figure("score_15_min_ms", median(score_ms), "ms", f"{len(entries)} entries, {reach(score_ms)}")
    yield Figure("fold_15_min_s", median(fold_s), "s", reach(fold_s, 2))


def _hopeless(case: Case) -> Case:
    patient = {**case.level.patient, "energy": SPENT_HEART}
    return Case(replace(case.level, patient=patient, time_limit_ms=LONG_MS, hold_ms=LONG_MS), case.pack)
