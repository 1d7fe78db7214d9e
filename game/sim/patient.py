"""One patient: takes events, lives on the absolute 4 ms grid, and tells what happened.

The body and the laws that move it are elsewhere (`game.sim.body`, `game.sim.laws`); this is the desk they report to.
Nothing depends on how often `advance` is called.
"""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass, field
from typing import Final, Self

from game.sim.body.circulation import STEP_MS
from game.sim.body.told import Told
from game.sim.body.whole import Body
from game.sim.case import Case
from game.sim.chance import folded
from game.sim.events import SAMPLE, SAMPLES, Event, numbers
from game.sim.findings import sample, sample_delay_ms
from game.sim.happenings import Happening, Hearing, Sampled
from game.sim.latent import draw_latent
from game.sim.laws import life
from game.sim.laws.birth import begin
from game.sim.monitors import Monitors
from game.sim.plain import Plain, digest, from_plain, to_plain
from game.sim.rhythm import begins_with_pulse, code_of

_HEARING_STEPS: Final = 2500


@dataclass(slots=True)
class Waiting:
    """What has not come to the body yet, and samples not come back: rows of numbers, in order of time.

    A row of `events` is: ms, its place among all events taken, kind, and five numbers. A row of `samples` is: when it
    comes back (ms), which sample, and its values.
    """

    taken: int = 0
    events: list[list[int]] = field(default_factory=list)
    samples: list[list[int]] = field(default_factory=list)


class Patient(Monitors):
    """One patient from the moment of collapse, room time 0 ms. The same case, seed and events give the same bits."""

    __slots__ = ("_happenings", "_hearing", "_told", "_waiting")

    def __init__(self, case: Case, body: Body, waiting: Waiting) -> None:
        """Give life to a body; callers want `new` or `restore`."""
        super().__init__(case, body)
        self._waiting = waiting
        self._told = Told()
        self._hearing = Hearing(body)
        self._happenings: list[Happening] = []

    @classmethod
    def new(cls, case: Case, seed: int) -> Self:
        """The patient of `case` whose luck is `seed`, just collapsed out of a normal circulation."""
        seed = folded(seed)
        body = Body(seed=seed, latent=draw_latent(case.parameters.latent, seed))
        begin(body, case.parameters, code_of(case.rhythm), begins_with_pulse(case.rhythm))
        return cls(case, body, Waiting())

    @classmethod
    def restore(cls, case: Case, plain: Plain) -> Self:
        """The patient whose `snapshot` is `plain`; continues identically. ValueError if it is no snapshot."""
        if not isinstance(plain, list | tuple) or len(plain) != 2:
            raise ValueError("no snapshot of a patient")
        return cls(case, from_plain(Body, plain[0]), from_plain(Waiting, plain[1]))

    def snapshot(self) -> Plain:
        """The state as nested lists of numbers and words. Happenings not drained yet are not in it."""
        return [to_plain(self._body, Body), to_plain(self._waiting, Waiting)]

    def state_hash(self) -> str:
        """16 hex digits over the exact state."""
        return digest(self.snapshot())

    def drain(self) -> list[Happening]:
        """What happened since the last call, in order of time."""
        happenings, self._happenings = self._happenings, []
        happenings.sort(key=lambda happening: happening.ms)
        return happenings

    def apply(self, event: Event) -> None:
        """Take an event. One stamped ahead waits; one whose step is over enters at the earliest open step.

        ValueError for a word the event's lists do not hold.
        """
        kind, ms, *rest = numbers(event)
        if ms <= (self._body.step - 1) * STEP_MS:
            ms = self._body.step * STEP_MS
        self._waiting.taken += 1
        insort(self._waiting.events, [ms, self._waiting.taken, kind, *rest])

    def advance(self, to_ms: int) -> None:
        """Run every step of the grid that ends at or before `to_ms`."""
        body, parameters, told = self._body, self._case.parameters, self._told
        events = self._waiting.events
        target = to_ms // STEP_MS
        while events:
            step = -(-events[0][0] // STEP_MS)
            if step >= target:
                break
            self._live(step)
            ms, _, kind, a, b, c, d, e = events.pop(0)
            if kind == SAMPLE:
                self._sample(ms, a)
            else:
                life.take(body, parameters, told, kind, ms, a, b, c, d, e)
                self._hear()
        self._live(target)

    def _live(self, to_step: int) -> None:
        """Run up to a step, and hear what happened so often that there is room for every report."""
        body = self._body
        while body.step < to_step:
            life.live(body, self._case.parameters, self._told, min(to_step, body.step + _HEARING_STEPS))
            self._hear()

    def _sample(self, ms: int, kind: int) -> None:
        values = [value for _, value in sample(SAMPLES[kind], self._body, self._case.parameters)]
        insort(self._waiting.samples, [ms + sample_delay_ms(SAMPLES[kind]), kind, *values])

    def _hear(self) -> None:
        """Put what the laws told, and samples that have come back, among the happenings."""
        if self._told.count:
            self._happenings += self._hearing.heard(self._told)
        samples = self._waiting.samples
        while samples and samples[0][0] <= self.now_ms:
            ms, kind, *values = samples.pop(0)
            names = [name for name, _ in sample(SAMPLES[kind], self._body, self._case.parameters)]
            self._happenings.append(Sampled(ms, SAMPLES[kind], tuple(zip(names, values, strict=True))))
