"""How long does one patient take for 50 ms of room time, which block takes how much, and what does compiling gain?"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from inspect import isfunction
from time import perf_counter_ns
from typing import Any, Final
from unittest.mock import patch

import msgpack

from game.room.room import TICK_MS
from game.sim import AirwayAct, Breath, Case, Compression, Dose, Event, Infuse, Patient
from game.sim.laws import life
from lab.compiled.patient import CompiledPatient
from tests.bench.case import SEED
from tests.bench.figure import Figure, median, quantile, reach, settled

ROUNDS: Final = 5
TO_MS: Final = 120_000
DOSES_ON_BOARD_MS: Final = 30_000
"""From here on four drugs are on board and three under way, and ticks count."""
BUDGET_US: Final = 50.0
LAWS: Final = "game.sim.laws."

COHORT: Final = 12
COHORT_MS: Final = 600_000
FASTER: Final = 20.0
"""How many times faster than pure Python compiled cohorts have to be."""

CROWD: Final = 20
BUDGET_BYTES: Final = 200_000
KEYFRAME_BYTES: Final = 50_000


def bench() -> Iterator[Figure]:
    """The worst that can be going on at once: compressions, a tube, drugs under way, several causes."""
    rounds = [_tick_us(_patient()) for _ in range(ROUNDS)]
    ticks = settled(rounds)
    medians = [median(each) for each in rounds]
    yield Figure("patient_tick_us", median(ticks), "us", f"medians {reach(medians)}", BUDGET_US)
    yield Figure("patient_tick_us_mean", sum(ticks) / len(ticks), "us", f"{len(ticks)} ticks")
    yield Figure("patient_tick_us_p95", quantile(ticks, 0.95), "us", "those that look at muscle, gases and drugs")
    shares = [_shares() for _ in range(ROUNDS)]
    for block in sorted(shares[0], key=lambda name: -shares[0][name]):
        seen = [each[block] for each in shares]
        yield Figure(f"patient_{block}_share", median(seen), "of 1", reach(seen, 2))
    yield from _compiled()
    yield from _sizes()


def _case() -> Case:
    """A body in which every block has something to do."""
    return Case.of(
        bleeding_ml_per_min=20.0,
        tension_mmhg=2.0,
        pericardial_ml=60.0,
        pulmonary_obstruction=0.2,
        coronary_occlusion=0.5,
        potassium_mmol_l=6.0,
    )


def _patient(kind: type[Patient] = Patient, seed: int = SEED, to_ms: int = TO_MS) -> Patient:
    patient = kind.new(_case(), seed)
    for event in _care(to_ms):
        patient.apply(event)
    return patient


def _care(to_ms: int) -> Iterator[Event]:
    """Compressions at 110 a minute and breaths through a tube; three slow doses, renewed before they have arrived."""
    yield AirwayAct(1_000, "tube", 100)
    yield Infuse(2_000, "norepinephrine", 10, "central")
    for at_ms in range(5_000, to_ms, 25_000):
        yield Dose(at_ms, "epinephrine", 1_000, "iv")
        yield Dose(at_ms + 500, "amiodarone", 300_000, "iv")
        yield Dose(at_ms + 1_000, "lidocaine", 50_000, "iv")
    for at_ms in range(2_000, to_ms, 545):
        yield Compression(at_ms, 130, 130, 50_000, 0)
    for at_ms in range(2_100, to_ms, 6_000):
        yield Breath(at_ms, 1_000, 500, 100, "tube")


def _tick_us(patient: Patient) -> list[float]:
    patient.advance(DOSES_ON_BOARD_MS)
    spent: list[float] = []
    for to_ms in range(DOSES_ON_BOARD_MS + TICK_MS, TO_MS + 1, TICK_MS):
        began_ns = perf_counter_ns()
        patient.advance(to_ms)
        spent.append((perf_counter_ns() - began_ns) / 1000)
        patient.drain()
    return spent


def _shares() -> dict[str, float]:
    """The share of the time spent in each block of laws, and in what calls them; all sides pay for the looking."""
    inside_ns: dict[str, int] = {}

    def timed(law: Callable[..., Any], block: str) -> Callable[..., Any]:
        def run(*arguments: Any) -> Any:
            began_ns = perf_counter_ns()
            result = law(*arguments)
            inside_ns[block] = inside_ns.get(block, 0) + perf_counter_ns() - began_ns
            return result

        return run

    patient = _patient()
    patient.advance(DOSES_ON_BOARD_MS)
    with ExitStack() as patches:
        for name, law in vars(life).items():
            if isfunction(law) and law.__module__.startswith(LAWS) and law.__module__ != life.__name__:
                patches.enter_context(patch.object(life, name, timed(law, law.__module__.removeprefix(LAWS))))
        whole_ns = 1000 * sum(_tick_us(patient))
    shares = {block: ns / whole_ns for block, ns in inside_ns.items()}
    return {**shares, "calling": 1.0 - sum(shares.values())}


def _compiled() -> Iterator[Figure]:
    """One cohort, pure and compiled: the same patients, the same care, the same bits at the end."""
    CompiledPatient.new(_case(), SEED).advance(1_000)  # the compiler's minute is not the cohort's
    spent: dict[type[Patient], list[float]] = {Patient: [], CompiledPatient: []}
    for seed in range(COHORT):
        ends = set()
        for kind, each_s in spent.items():
            began_ns = perf_counter_ns()
            patient = _patient(kind, seed, COHORT_MS)
            patient.advance(COHORT_MS)
            each_s.append((perf_counter_ns() - began_ns) / 1e9)
            ends.add(patient.state_hash())
        assert len(ends) == 1, f"the compiled patient of seed {seed} went another way"
    pure_s, compiled_s = median(spent[Patient]), median(spent[CompiledPatient])
    lived_s = COHORT_MS / 1000
    yield Figure("patient_times_real_time", lived_s / pure_s, "x", f"{COHORT} patients, {lived_s / 60:.0f} min each")
    yield Figure("patient_compiled_times_real_time", lived_s / compiled_s, "x", "making and laying out care included")
    gains = [pure / compiled for pure, compiled in zip(*spent.values(), strict=True)]
    yield Figure("patient_compiled_gain", median(gains), "x", f"{reach(gains)}; at least {FASTER:.0f} wanted")


def _sizes() -> Iterator[Figure]:
    """Memory of a patient with numbers of his own, and his keyframe, both in the middle of care."""
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        crowd = [_patient(seed=seed, to_ms=10_000) for seed in range(CROWD)]
        for patient in crowd:
            patient.advance(8_000)
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    yield Figure("patient_bytes", (after - before) / CROWD, "bytes", f"{CROWD} patients", BUDGET_BYTES)
    patient = _patient()
    patient.advance(DOSES_ON_BOARD_MS)
    patient.drain()
    began_ns = perf_counter_ns()
    plain = patient.snapshot()
    took_us = (perf_counter_ns() - began_ns) / 1000
    yield Figure("patient_snapshot_us", took_us, "us", "state to plain lists")
    yield Figure("patient_keyframe_bytes", float(len(msgpack.packb(plain))), "bytes", "one patient", KEYFRAME_BYTES)
