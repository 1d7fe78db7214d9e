"""Hands on a chest and on a bag: lays out pushes and breaths, event by event, as a plan and tired arms have them."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from operator import attrgetter
from typing import Final

from game.rules.skills.compression import Arms, rest, strength
from game.rules.skills.params import skills
from game.sim import Breath, Compression, Event
from lab.draw import luck
from lab.plan import Breaths, Compressions
from lab.record import MINUTE_MS, Record

DepthForForce = Callable[[float], float]
"""The patient's answer: how deep (mm) the chest goes under a force (N)."""

AHEAD_MS: Final = 10_000
"""How far hands are laid out at most. Its multiples are when a force finds its depth anew."""

_RATE_FREE_PER_MIN: Final = 120.0
_by_time = attrgetter("ms")


class Hands:
    """One crew's hands. `resume` puts them on, `lay` lays events up to a time, `off` takes them off."""

    def __init__(self, compressions: Compressions, breaths: Breaths, seed: int, record: Record) -> None:
        self._c, self._b = compressions, breaths
        self._seed = seed
        self._record = record
        self._cycle_ms = MINUTE_MS / compressions.rate_per_min
        self._stroke_ms = max(2, int(self._cycle_ms * compressions.duty))
        self._down_ms = self._stroke_ms // 2
        cost = compressions.rate_costs_depth * max(0.0, compressions.rate_per_min - _RATE_FREE_PER_MIN)
        self._reach = max(0.0, 1.0 - cost)
        self._at, self._resting = Arms(), Arms()
        self._next_ms = self._next_breath_ms = 0.0
        self._in_set = 0
        self._idle: list[tuple[float, float]] = []
        self._pending: list[Breath] = []
        self._look_ms, self._depth_um = -1, 0.0
        self.device = "mask"
        """What the bag is on: "mask", "sga" or "tube"."""
        self.oxygen_pct = round(breaths.oxygen_pct)
        self.bag_free = True
        """False while someone works in the mouth: nobody breathes then."""
        self.last_end_ms = 0
        """When the chest was last let go."""

    @property
    def sets(self) -> bool:
        """Whether pushes stop for breaths."""
        return self._b.give and self.device == "mask" and not self._b.continuous

    @property
    def _beside(self) -> bool:
        return self._b.give and self.bag_free and not self.sets

    def resume(self, ms: int, until_ms: int, paused_ms: int, pushed_ms: int = 0) -> None:
        """Hands go on at `ms`, until the next planned pause at `until_ms`.

        Since the last planned pause began, hands have been off for `paused_ms` and on for `pushed_ms`.
        """
        self._next_ms = float(ms)
        self._in_set = 0
        self._pending.clear()
        rest(self._at, ms, skills())
        self._plan_idle(ms, until_ms, paused_ms, pushed_ms)

    def switch(self, ms: int) -> None:
        """Fresh arms take over; the tired ones rest."""
        if self._c.switch:
            self._at, self._resting = self._resting, self._at
            rest(self._at, ms, skills())

    def lay(self, from_ms: int, to_ms: int, depth_for_force: DepthForForce, stop_ms: float = inf) -> list[Event]:
        """Pushes and breaths that begin from `from_ms` up to `to_ms`, in order; no push lasts beyond `stop_ms`."""
        if from_ms // AHEAD_MS != self._look_ms:
            self._look_ms = from_ms // AHEAD_MS
            depth_mm = depth_for_force(self._c.force_n) if self._c.force_n > 0.0 else self._c.depth_mm
            self._depth_um = depth_mm * 1000.0 * self._reach
        events: list[Event] = []
        self._push(events, to_ms, stop_ms)
        events += self._ripe(to_ms)
        if self._beside:
            self._bag(events, from_ms, to_ms)
        events.sort(key=_by_time)
        return events

    def off(self, from_ms: int, to_ms: int) -> list[Event]:
        """Breaths that go on while nobody pushes: by tube, or what was begun."""
        events: list[Event] = [*self._ripe(to_ms)]
        if self._beside:
            self._bag(events, from_ms, to_ms)
        events.sort(key=_by_time)
        return events

    def breathe(self, from_ms: int, to_ms: int, per_min: float, volume_ml: float) -> list[Event]:
        """Breaths for a patient with a pulse."""
        events: list[Event] = []
        self._pending.clear()
        if self._b.give:
            self._bag(events, from_ms, to_ms, per_min, volume_ml)
        return events

    def _ripe(self, to_ms: int) -> list[Breath]:
        """Breaths of a pause whose time has come; while someone works in the mouth, they are left out."""
        ripe = [breath for breath in self._pending if breath.ms < to_ms]
        self._pending = [breath for breath in self._pending if breath.ms >= to_ms]
        if not self.bag_free:
            return []
        self._record.breaths += [breath.ms for breath in ripe]
        return ripe

    def _plan_idle(self, from_ms: int, to_ms: int, paused_ms: int, pushed_ms: int) -> None:
        """Idle pauses, spread evenly, that bring the share of time without hands up to what the plan wants."""
        self._idle = []
        wanted = self._c.hands_off
        length = to_ms - from_ms
        if wanted <= 0.0 or length <= 0:
            return
        in_sets = 0.0
        if self.sets:
            pause = self._b.set_pause_s * 1000.0
            in_sets = pause / (pause + self._b.per_set * self._cycle_ms)
        idle = (wanted * (length + paused_ms + pushed_ms) - paused_ms - in_sets * length) / (1.0 - in_sets)
        if idle < 1000.0:
            return
        idle = min(idle, 0.98 * length)
        count = max(1, round(idle / (self._c.hands_off_pause_s * 1000.0)))
        step, each = length / count, idle / count
        self._idle = [
            (from_ms + (n + 0.5) * step - 0.5 * each, from_ms + (n + 0.5) * step + 0.5 * each) for n in range(count)
        ]

    def _push(self, events: list[Event], to_ms: int, stop_ms: float) -> None:
        stroke, down, cycle = self._stroke_ms, self._down_ms, self._cycle_ms
        up, tires, sets = stroke - down, self._c.tires, self.sets
        lean_um, per_set = int(self._c.lean_mm * 1000.0), self._b.per_set
        depth_um = int(self._depth_um)
        record, at, summed = self._record, self._next_ms, 0
        pushes, releases = record.pushes, record.releases
        first = len(pushes)
        while at < to_ms and at + stroke <= stop_ms:
            if self._idle and at >= self._idle[0][0]:
                at = max(at, self._idle.pop(0)[1])
                continue
            if tires:
                depth_um, lean_um = self._tired(at, self._depth_um)
            start = int(at)
            events.append(Compression(start, down, up, depth_um, min(lean_um, depth_um)))
            pushes.append(start)
            releases.append(start + stroke)
            summed += depth_um
            self._in_set += 1
            at += cycle
            if sets and self._in_set >= per_set:
                at = self._set_pause(at)
        self._next_ms = at
        if len(pushes) > first:
            self.last_end_ms = releases[-1]
            record.crew_depth_um += summed

    def _tired(self, at: float, fresh_um: float) -> tuple[int, int]:
        """Depth and lean of one push by arms that it tires (physiology 1.13)."""
        numbers, arms = skills(), self._at
        depth_um = fresh_um * strength(arms, numbers)
        effort = depth_um / (numbers.stamina.full_effort_um * self._c.arms)
        arms.stamina = max(0.0, arms.stamina - effort * effort * self._cycle_ms / numbers.stamina.drain_ms)
        arms.at_ms = int(at)
        left = 1.0 - arms.stamina
        return int(depth_um), int(self._c.lean_mm * 1000.0 + numbers.recoil.tired_leaning_um * left * left)

    def _set_pause(self, at: float) -> float:
        """The pause after a set, with its breaths if air goes in this time; returns its end."""
        pause_ms = self._b.set_pause_s * 1000.0
        # The last release leads into the pause: hands are off from its end to the next push.
        starts = at - self._cycle_ms + self._stroke_ms
        count = round(self._b.breaths_per_set)
        real = luck(self._seed, "breaths.real", self._record.set_pauses) < self._b.real_share
        self._record.set_pauses += 1
        self._record.real_pauses += int(real)
        self._in_set = 0
        if real and self.bag_free:
            each = pause_ms / count
            lasts = min(self._b.lasts_s * 1000.0, each)
            for n in range(count):
                self._pending.append(self._breath(starts + n * each, lasts, self._b.volume_ml))
        return starts + pause_ms

    def _bag(self, events: list[Event], from_ms: int, to_ms: int, per_min: float = 0.0, volume_ml: float = 0.0) -> None:
        every = MINUTE_MS / (per_min or self._b.per_min)
        at = max(self._next_breath_ms, float(from_ms))
        lasts = min(self._b.lasts_s * 1000.0, 0.6 * every)
        while at < to_ms:
            events.append(self._breath(at, lasts, volume_ml or self._b.volume_ml))
            self._record.breaths.append(int(at))
            at += every
        self._next_breath_ms = at

    def _breath(self, at: float, lasts_ms: float, volume_ml: float) -> Breath:
        seal_pct = round(self._b.seal_pct) if self.device == "mask" else 100
        return Breath(int(at), int(lasts_ms), round(volume_ml), self.oxygen_pct, self.device, seal_pct)
