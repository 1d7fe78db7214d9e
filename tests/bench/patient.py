"""How long does one patient take for 50 ms of room time, and how much of that is the circulation?"""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter_ns
from typing import Final
from unittest.mock import patch

from game.room.room import TICK_MS
from game.sim import Breath, Compression, Dose, Event, Patient
from game.sim import Case as Body
from game.sim.circulation import Circulation
from tests.bench.case import SEED, opening_case
from tests.bench.figure import Figure, median, quantile, reach, settled

ROUNDS: Final = 5
TO_MS: Final = 120_000
DOSES_ON_BOARD_MS: Final = 30_000
"""From here on both drugs are under way, and ticks count."""
BUDGET_US: Final = 50.0


def bench() -> Iterator[Figure]:
    """A minute and a half of 30:2, epinephrine and amiodarone in, several times over."""
    rounds = [_tick_us() for _ in range(ROUNDS)]
    ticks = settled(rounds)
    medians = [median(each) for each in rounds]
    yield Figure("patient_tick_us", median(ticks), "us", f"medians {reach(medians)}", BUDGET_US)
    yield Figure("patient_tick_us_mean", sum(ticks) / len(ticks), "us", f"{len(ticks)} ticks")
    yield Figure("patient_tick_us_p95", quantile(ticks, 0.95), "us", "those that look at muscle, gases and drugs")
    shares = [_circulation_share() for _ in range(ROUNDS)]
    yield Figure("patient_circulation_share", median(shares), "of 1", reach(shares, 2))


def _patient() -> Patient:
    patient = Patient.new(Body.of(**opening_case().level.patient), SEED)
    for event in _care():
        patient.apply(event)
    return patient


def _care() -> Iterator[Event]:
    """30:2 at 110 a minute, 50 mm deep, and two drugs."""
    yield Dose(5_000, "epinephrine", 1_000, "iv", flush=True)
    yield Dose(6_000, "amiodarone", 300_000, "iv", flush=True)
    at_ms = 2_000
    while at_ms < TO_MS:
        for push in range(30):
            yield Compression(at_ms + push * 545, 130, 130, 50_000, 0)
        for breath in range(2):
            yield Breath(at_ms + 30 * 545 + breath * 2_000, 1_000, 500, 100, "mask")
        at_ms += 30 * 545 + 4_000


def _tick_us() -> list[float]:
    patient = _patient()
    patient.advance(DOSES_ON_BOARD_MS)
    spent: list[float] = []
    for to_ms in range(DOSES_ON_BOARD_MS + TICK_MS, TO_MS + 1, TICK_MS):
        began_ns = perf_counter_ns()
        patient.advance(to_ms)
        spent.append((perf_counter_ns() - began_ns) / 1000)
        patient.drain()
    return spent


def _circulation_share() -> float:
    """The share of the time spent in `Circulation.run`; both sides pay for the looking."""
    inside_ns = 0
    run = Circulation.run

    def timed(circulation: Circulation, start: int, end: int) -> None:
        nonlocal inside_ns
        began_ns = perf_counter_ns()
        run(circulation, start, end)
        inside_ns += perf_counter_ns() - began_ns

    with patch.object(Circulation, "run", timed):
        whole_us = sum(_tick_us())
    # What came before the first tick that counts was inside too.
    return inside_ns / 1000 * (TO_MS - DOSES_ON_BOARD_MS) / TO_MS / whole_us
