"""Hands off the chest without a pulse: every pause with its cause, its owner, and what of it was avoidable."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from game.log import NO_SEAT
from game.scoring.record import Breath, Check, Count, Press, Record, Said, Shock, Task
from game.scoring.spans import Span, subtract, within_ms
from game.scoring.targets import Targets
from game.scoring.weights import PauseRules, Weights
from game.stations import LinkState


class PauseCause(StrEnum):
    """Why hands were off."""

    START = "start"  # from the collapse, or a re-arrest, to the first compression
    VENT = "vent"
    CHECK = "check"
    SHOCK = "shock"
    AIRWAY = "airway"
    ACCESS = "access"
    SWITCH = "switch"
    CONNECTION = "connection"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Gap:
    """One stretch of hands off in pulseless time and what happened in it; `opening`: no compression came before."""

    span: Span
    opening: bool
    breaths: tuple[Breath, ...] = ()
    checks: tuple[Check, ...] = ()
    shocks: tuple[Shock, ...] = ()
    switches: tuple[Said, ...] = ()
    tasks: tuple[Task, ...] = ()
    chest_seat: int = NO_SEAT
    shock_seat: int = NO_SEAT
    link_lost_ms: int = 0
    due_checks: int = 0
    due_shocks: int = 0
    due_breaths: int = 0
    allowed_ms: int = 0
    cause: PauseCause = PauseCause.NONE

    @property
    def avoidable_ms(self) -> int:
        return max(0, self.span.length_ms - self.allowed_ms)


def hands_off(pulseless: Sequence[Span], runs: Sequence[Span]) -> tuple[Gap, ...]:
    """Every stretch without compressions in pulseless time, however short, in order."""
    return tuple(
        Gap(span, opening=span.start_ms == interval.start_ms)
        for interval in pulseless
        for span in subtract(interval, runs)
    )


@dataclass(slots=True)
class PauseReader:
    """Reads gaps in order and tells of each what happened in it, its cause and its allowance.

    `read` needs what came before only, so that a copy can look ahead at a gap that is still open.
    """

    record: Record
    targets: Targets
    weights: Weights
    _checks_before: tuple[tuple[Check, ...], ...] = ()
    _last_check_ms: int | None = None
    _presses_seen: int = 0
    _owed: int = 0
    _hands_on_ms: int = 0

    def read(self, gap: Gap, due: Collection[Shock]) -> Gap:
        """The next gap, explained; `due` are the shocks that were owed when they were given."""
        gap = self._filled(gap)
        gap = replace(
            gap,
            due_checks=self._due_checks(gap),
            due_shocks=sum(shock in due for shock in gap.shocks),
            due_breaths=self._due_breaths(gap),
        )
        self._checks_before = (*self._checks_before[-1:], gap.checks)
        return _allowed(replace(gap, cause=_cause(gap, self.weights)), self.weights)

    def _filled(self, gap: Gap) -> Gap:
        record, rules, gap_ms = self.record, self.weights.pauses, self.weights.runs.gap_ms
        start, end = gap.span
        if gap.span.length_ms <= gap_ms:
            return gap
        hands = (*rules.airway_tasks, *rules.access_tasks)
        shocks = _between(record.shocks, start, end + 1)
        chest_seat = _chest_seat(record.presses, start, end)
        return replace(
            gap,
            breaths=_between(record.breaths, start, end),
            checks=self._checks_in(gap.span),
            shocks=shocks,
            switches=tuple(said for said in _between(record.switches, start, end + gap_ms + 1) if said.word == "done"),
            tasks=tuple(
                task
                for task in record.tasks
                if task.op in hands and task.ms < end and (task.end_ms is None or task.end_ms > start)
            ),
            chest_seat=chest_seat,
            shock_seat=shock_seat(record, shocks[-1], rules) if shocks else NO_SEAT,
            link_lost_ms=within_ms(link_spans(record.links, chest_seat, LinkState.AWAY, end), start, end),
        )

    def _checks_in(self, span: Span) -> tuple[Check, ...]:
        """Checks whose stop fell into this gap, or so shortly before it that this is the stop's own gap."""
        taken = {id(check) for checks in self._checks_before for check in checks}
        since_ms = span.start_ms - self.weights.pauses.reaction_ms
        return tuple(
            check for check in self.record.checks if since_ms <= check.ms < span.end_ms and id(check) not in taken
        )

    def _due_checks(self, gap: Gap) -> int:
        """A check is due once in a cycle; the first of each pulseless interval is due at any time."""
        least_ms = self.targets.cycle_ms - self.weights.pauses.early_tolerance_ms
        if gap.opening:
            self._last_check_ms = None
        due = 0
        for check in gap.checks:
            if self._last_check_ms is None or check.ms - self._last_check_ms >= least_ms:
                due, self._last_check_ms = due + 1, check.ms
        return due

    def _due_breaths(self, gap: Gap) -> int:
        """Two breaths are due after a set of compressions, until an advanced airway is in."""
        rules, presses, token_um = self.weights.breaths, self.record.presses, self.weights.runs.token_depth_um
        while self._presses_seen < len(presses) and presses[self._presses_seen].ms <= gap.span.start_ms:
            press = presses[self._presses_seen]
            # What was pressed inside the gap before was in no run.
            self._owed += press.depth_um >= token_um and press.ms >= self._hands_on_ms
            self._presses_seen += 1
        self._hands_on_ms = gap.span.end_ms
        delivered = sum(breath.airway == "mask" and breath.volume_ml >= rules.delivered_ml for breath in gap.breaths)
        least = self.targets.compressions_per_set - rules.set_early_compressions
        if delivered < self.targets.breaths_per_set or self._owed < least:
            return 0
        self._owed = 0
        return 1


def explain(gaps: Sequence[Gap], due: Collection[Shock], reader: PauseReader) -> tuple[Gap, ...]:
    """Each gap with what happened in it, its cause and its allowance."""
    return tuple(reader.read(gap, due) for gap in gaps)


_Happening = TypeVar("_Happening", Breath, Shock, Said)


def _between(happenings: list[_Happening], start_ms: int, end_ms: int) -> tuple[_Happening, ...]:
    """Those from `start_ms` on and before `end_ms`, of a list in order of time."""
    first = bisect_left(happenings, start_ms, key=_ms)
    return tuple(happenings[first : bisect_left(happenings, end_ms, first, key=_ms)])


def _ms(happening: Breath | Shock | Said) -> int:
    return happening.ms


def shock_seat(record: Record, shock: Shock, rules: PauseRules) -> int:
    """Who pressed the shock button; -1 where the log does not tell."""
    near = (
        said for said in record.charges if said.word == "delivered" and abs(said.ms - shock.ms) <= rules.same_moment_ms
    )
    return next((said.seat for said in near), NO_SEAT)


def _chest_seat(presses: Sequence[Press], start_ms: int, end_ms: int) -> int:
    """Who had the chest: the last to press before the gap, else whoever ended it; -1 for nobody."""
    index = bisect_right(presses, start_ms, key=lambda press: press.ms)
    if index:
        return presses[index - 1].seat
    return presses[0].seat if presses and presses[0].ms <= end_ms else NO_SEAT


def link_spans(links: Sequence[Count], seat: int, state: LinkState, end_ms: int) -> tuple[Span, ...]:
    """When the link of `seat` was in `state`."""
    spans: list[Span] = []
    since: int | None = None
    for link in links:
        if link.seat != seat:
            continue
        if link.number == state and since is None:
            since = link.ms
        elif link.number != state and since is not None:
            spans.append(Span(since, max(since, link.ms)))
            since = None
    if since is not None and since < end_ms:
        spans.append(Span(since, end_ms))
    return tuple(spans)


def due_shocks(record: Record, called: Sequence[bool], targets: Targets, weights: Weights) -> frozenset[Shock]:
    """The shocks that were owed when they were given."""
    least_ms = targets.cycle_ms - weights.pauses.early_tolerance_ms
    shockable = frozenset(weights.therapy.shockable)
    due: list[Shock] = []
    for shock, right in zip(record.shocks, called, strict=True):
        came_back = any(
            rhythm.word in shockable and due and due[-1].ms < rhythm.ms < shock.ms for rhythm in record.rhythms
        )
        if right and (not due or came_back or shock.ms - due[-1].ms >= least_ms):
            due.append(shock)
    return frozenset(due)


def _cause(gap: Gap, weights: Weights) -> PauseCause:
    ops = {task.op for task in gap.tasks}
    reasons = (
        (PauseCause.CONNECTION, 2 * gap.link_lost_ms > gap.span.length_ms),
        (PauseCause.SHOCK, bool(gap.shocks)),
        (PauseCause.CHECK, bool(gap.checks)),
        (PauseCause.START, gap.opening),
        (PauseCause.VENT, bool(gap.breaths)),
        (PauseCause.SWITCH, bool(gap.switches)),
        (PauseCause.AIRWAY, not ops.isdisjoint(weights.pauses.airway_tasks)),
        (PauseCause.ACCESS, not ops.isdisjoint(weights.pauses.access_tasks)),
    )
    return next((cause for cause, holds in reasons if holds), PauseCause.NONE)


def _allowed(gap: Gap, weights: Weights) -> Gap:
    rules = weights.pauses
    allowed_ms = (
        rules.start_allowance_ms * gap.opening
        + rules.breaths_allowance_ms * gap.due_breaths
        + rules.check_allowance_ms * gap.due_checks
        + rules.shock_allowance_ms * gap.due_shocks
    )
    return replace(gap, allowed_ms=min(allowed_ms, gap.span.length_ms))


def owner(gap: Gap, weights: Weights) -> int:
    """The seat that held the pause: who did its act, or the chest once that act was long over; -1 for nobody."""
    acts: dict[PauseCause, tuple[int, int | None]] = {}
    if gap.breaths:
        last = gap.breaths[-1]
        acts[PauseCause.VENT] = (last.seat, last.ms + last.duration_ms)
    if gap.checks:
        acts[PauseCause.CHECK] = (gap.checks[-1].seat, gap.checks[-1].end_ms)
    if gap.shocks:
        acts[PauseCause.SHOCK] = (gap.shock_seat, gap.shocks[-1].ms)
    if gap.switches:
        acts[PauseCause.SWITCH] = (gap.chest_seat, None)
    if gap.tasks:
        acts[PauseCause.AIRWAY] = acts[PauseCause.ACCESS] = (gap.tasks[-1].seat, gap.tasks[-1].end_ms)
    if gap.cause is PauseCause.CONNECTION:
        return NO_SEAT
    seat, done_ms = acts.get(gap.cause, (gap.chest_seat, None))
    if done_ms is not None and gap.span.end_ms - done_ms > weights.pauses.hand_back_ms:
        return gap.chest_seat
    return seat
