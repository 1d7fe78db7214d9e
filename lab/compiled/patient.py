"""The same patient, compiled: for cohorts, where thousands live at once and nobody watches."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import fields
from functools import cache, lru_cache
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from game.sim.body.circulation import STEP_MS
from game.sim.body.told import ROOM, Told
from game.sim.body.whole import Body
from game.sim.case import Case
from game.sim.chance import folded
from game.sim.events import SAMPLE
from game.sim.latent import draw_latent
from game.sim.laws import life
from game.sim.laws.birth import begin
from game.sim.parameters import Parameters
from game.sim.patient import Patient, Waiting
from game.sim.rhythm import begins_with_pulse, code_of
from lab.compiled.records import record_of, record_type, to_record, view
from lab.compiled.twins import ROOT, entry

FULL: Final = ROOM // 2
"""Reports after which the patient is heard before it lives on."""

SLICE_STEPS: Final = 2500
"""Steps lived between two counts of the reports."""

CACHE: Final = ROOT / "build" / "compiled"
"""Where the compiled laws are kept."""

_GROUPS: Final = tuple(field.name for field in fields(Parameters))

_KIND: Final = 2
_ROW: Final = 8
"""Where the kind stands in a row of `Waiting.events`, whose first number is when (ms), and how long a row is."""


def play(body: Body, p: Parameters, told: Told, events: list[list[int]], count: int, to_step: int) -> int:
    """Take the first `count` events, each at its step, and live up to `to_step`; returns how many were taken.

    Ends early when the reports have to be heard first. `events` are rows of `Waiting.events`.
    """
    taken = 0
    while told.count < FULL and (taken < count or body.step < to_step):
        until = to_step
        if taken < count:
            until = -(-events[taken][0] // STEP_MS)
        if body.step < until:
            life.live(body, p, told, min(until, body.step + SLICE_STEPS))
        else:
            row = events[taken]
            life.take(body, p, told, row[2], row[0], row[3], row[4], row[5], row[6], row[7])
            taken += 1
    return taken


@cache
def _begin() -> Any:
    return entry(begin, CACHE, to_record(Body())[0], _numbers(Case.of().parameters)[0], 0, True)


@cache
def _play() -> Any:
    body, p, told = to_record(Body())[0], _numbers(Case.of().parameters)[0], to_record(Told())[0]
    return entry(play, CACHE, body, p, told, np.zeros((0, _ROW), dtype=np.int64), 0, 0)


def _numbers(parameters: Parameters) -> NDArray[Any]:
    """The record of all numbers, put together of its groups, most of which are the same for many patients."""
    made = np.zeros(1, record_type(parameters))
    for name in _GROUPS:
        made[0][name] = _group(getattr(parameters, name))[0]
    return made


@lru_cache(maxsize=64)
def _group(numbers: object) -> NDArray[Any]:
    return to_record(numbers)


class CompiledPatient(Patient):
    """A `Patient` whose laws are compiled: the same case, seed and events give the same bits, far quicker.

    The first one after a change of the patient's sources waits a minute for the compiler.
    """

    __slots__ = ("_records",)

    def __init__(self, case: Case, body: Body, waiting: Waiting) -> None:
        """Give life to a body, to a copy unless it is a record already; callers want `new` or `restore`."""
        record = record_of(body)
        told, numbers = to_record(Told()), _numbers(case.parameters)
        super().__init__(case, view(record, Body), waiting)
        self._told = view(told, Told)
        self._records = (record[0], numbers[0], told[0])

    @classmethod
    def new(cls, case: Case, seed: int) -> Self:
        """The patient of `case` whose luck is `seed`, just collapsed out of a normal circulation."""
        seed = folded(seed)
        record = to_record(Body(seed=seed, latent=draw_latent(case.parameters.latent, seed)))
        _begin()(record[0], _numbers(case.parameters)[0], code_of(case.rhythm), begins_with_pulse(case.rhythm))
        return cls(case, view(record, Body), Waiting())

    def advance(self, to_ms: int) -> None:
        """Run every step of the grid that ends at or before `to_ms`."""
        target = to_ms // STEP_MS
        events = self._waiting.events
        while True:
            due = bisect_right(events, (target - 1) * STEP_MS, key=lambda row: row[0])
            sample = next((index for index in range(due) if events[index][_KIND] == SAMPLE), due)
            self._play(sample, -(-events[sample][0] // STEP_MS) if sample < due else target)
            if sample == due:
                return
            row = events.pop(0)
            self._sample(row[0], row[_KIND + 1])

    def _play(self, count: int, to_step: int) -> None:
        """Take the first `count` waiting events, which are due before `to_step`, and live up to it."""
        events = self._waiting.events
        rows = np.array(events[:count], dtype=np.int64).reshape(count, _ROW)
        taken, run = 0, _play()
        while taken < count or self._body.step < to_step:
            taken += run(*self._records, rows[taken:], count - taken, to_step)
            self._hear()
        del events[:count]
