"""Hands off the chest without a pulse: every pause with its cause, its owner, and what of it was avoidable."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

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


def explain(
    gaps: Sequence[Gap],
    record: Record,
    called: Sequence[bool],
    targets: Targets,
    weights: Weights,
) -> tuple[Gap, ...]:
    """Each gap with what happened in it, its cause and its allowance.

    `called` says for each shock of the record whether a rhythm that it can end was there and was called in time.
    """
    filled = _fill(gaps, record, weights)
    filled = _mark_due_checks(filled, targets, weights)
    filled = _mark_due_shocks(filled, record, called, targets, weights)
    filled = _mark_due_breaths(filled, record.presses, targets, weights)
    return tuple(_allow(replace(gap, cause=_cause(gap, weights)), weights) for gap in filled)


def _fill(gaps: Sequence[Gap], record: Record, weights: Weights) -> list[Gap]:
    rules, gap_ms = weights.pauses, weights.runs.gap_ms
    hands = frozenset((*rules.airway_tasks, *rules.access_tasks))
    filled: list[Gap] = []
    for gap in gaps:
        start, end = gap.span
        if gap.span.length_ms <= gap_ms:
            filled.append(gap)
            continue
        shocks = tuple(shock for shock in record.shocks if start <= shock.ms <= end)
        chest_seat = _chest_seat(record.presses, start, end)
        filled.append(
            replace(
                gap,
                breaths=tuple(breath for breath in record.breaths if start <= breath.ms < end),
                checks=_checks_in(record.checks, gap.span, filled, rules.reaction_ms),
                shocks=shocks,
                switches=tuple(
                    said for said in record.switches if said.word == "done" and start <= said.ms <= end + gap_ms
                ),
                tasks=tuple(
                    task
                    for task in record.tasks
                    if task.op in hands and task.ms < end and (task.end_ms is None or task.end_ms > start)
                ),
                chest_seat=chest_seat,
                shock_seat=shock_seat(record, shocks[-1], rules) if shocks else NO_SEAT,
                link_lost_ms=within_ms(link_spans(record.links, chest_seat, LinkState.AWAY, end), start, end),
            )
        )
    return filled


def _checks_in(checks: Sequence[Check], span: Span, before: Sequence[Gap], reaction_ms: int) -> tuple[Check, ...]:
    """Checks whose stop fell into this gap, or so shortly before it that this is the stop's own gap."""
    taken = {id(check) for gap in before[-2:] for check in gap.checks}
    return tuple(
        check for check in checks if span.start_ms - reaction_ms <= check.ms < span.end_ms and id(check) not in taken
    )


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


def _mark_due_checks(gaps: list[Gap], targets: Targets, weights: Weights) -> list[Gap]:
    """A check is due once in a cycle; the first of each pulseless interval is due at any time."""
    least_ms = targets.cycle_ms - weights.pauses.early_tolerance_ms
    last_ms: int | None = None
    marked: list[Gap] = []
    for gap in gaps:
        if gap.opening:
            last_ms = None
        due = 0
        for check in gap.checks:
            if last_ms is None or check.ms - last_ms >= least_ms:
                due, last_ms = due + 1, check.ms
        marked.append(replace(gap, due_checks=due) if due else gap)
    return marked


def _mark_due_shocks(
    gaps: list[Gap],
    record: Record,
    called: Sequence[bool],
    targets: Targets,
    weights: Weights,
) -> list[Gap]:
    """A shock is due once in a cycle, or when the rhythm came back, if somebody called what is really there."""
    due = due_shocks(record, called, targets, weights)
    return [replace(gap, due_shocks=count) if (count := len(due.intersection(gap.shocks))) else gap for gap in gaps]


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


def _mark_due_breaths(gaps: list[Gap], presses: Sequence[Press], targets: Targets, weights: Weights) -> list[Gap]:
    """Two breaths are due after a set of compressions, until an advanced airway is in."""
    rules = weights.breaths
    least = targets.compressions_per_set - rules.set_early_compressions
    marked: list[Gap] = []
    index = owed = 0
    for gap in gaps:
        while index < len(presses) and presses[index].ms <= gap.span.start_ms:
            owed += presses[index].depth_um >= weights.runs.token_depth_um
            index += 1
        delivered = sum(breath.airway == "mask" and breath.volume_ml >= rules.delivered_ml for breath in gap.breaths)
        due = delivered >= targets.breaths_per_set and owed >= least
        if due:
            owed = 0
        marked.append(replace(gap, due_breaths=1) if due else gap)
    return marked


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


def _allow(gap: Gap, weights: Weights) -> Gap:
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
