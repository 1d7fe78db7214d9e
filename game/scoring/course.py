"""What all measures share: one log seen against its targets, worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from game.log import NO_SEAT
from game.scoring.intervals import end_of, pulseless_spans, rhythm_spans
from game.scoring.pauses import Gap, PauseReader, due_shocks, explain, hands_off
from game.scoring.record import Press, Record, Said, Shock
from game.scoring.runs import build_runs
from game.scoring.shocks import ShockPause, called_shocks, shock_pauses
from game.scoring.spans import Span, at, intersect, total_ms
from game.scoring.targets import Targets
from game.scoring.turns import Turn, TurnBuilder
from game.scoring.weights import Weights


@dataclass(frozen=True)
class Course:
    """One run as the measures see it."""

    record: Record
    targets: Targets
    weights: Weights
    end_ms: int
    pulseless: tuple[Span, ...]
    shockable: tuple[Span, ...]
    not_shockable: tuple[Span, ...]
    runs: tuple[Span, ...]
    turns: tuple[Turn, ...]
    gaps: tuple[Gap, ...]
    shocks: tuple[ShockPause, ...]

    @cached_property
    def owed(self) -> tuple[Press, ...]:
        """Compressions that fell into pulseless time, token presses included."""
        return tuple(press for press in self.record.presses if at(self.pulseless, press.ms) is not None)

    @property
    def pulseless_ms(self) -> int:
        return total_ms(self.pulseless)

    @property
    def pauses(self) -> tuple[Gap, ...]:
        """The gaps longer than the run gap: those that are listed and judged."""
        return tuple(gap for gap in self.gaps if gap.span.length_ms > self.weights.runs.gap_ms)

    @property
    def due_shocks(self) -> tuple[ShockPause, ...]:
        """The shocks that were owed when they were given."""
        return tuple(pause for pause in self.shocks if pause.due)

    @property
    def case_time(self) -> tuple[Span, ...]:
        """The time in which the case itself is to be solved: all of it, without what followed a returned pulse."""
        starts = [0, *(span.start_ms for span in self.pulseless[1:])]
        ends = [*(span.end_ms for span in self.pulseless), self.end_ms] if self.pulseless else [self.end_ms]
        return tuple(Span(start, end) for start, end in zip(starts, ends, strict=False) if start < end)

    @property
    def stopped_early(self) -> bool:
        """True when the team ended the attempt itself, without a pulse, before the level's time was over."""
        return self.record.ended == "stopped" and bool(self.pulseless) and self.pulseless[-1].end_ms >= self.end_ms

    @property
    def pulse_at_end(self) -> bool:
        return not self.pulseless or self.pulseless[-1].end_ms < self.end_ms

    @property
    def returned(self) -> Span | None:
        """From the last return of the pulse to the end, if the pulse held until then."""
        if not self.pulse_at_end or not self.pulseless:
            return None
        return Span(self.pulseless[-1].end_ms, self.end_ms)


def course_of(record: Record, targets: Targets, weights: Weights, now_ms: int | None = None) -> Course:
    """Work out intervals, runs, pauses and shocks of a settled record, up to `now_ms` in a run that still goes on."""
    end_ms = end_of(record, targets.time_limit_ms, now_ms)
    pulseless = pulseless_spans(record, end_ms)
    runs, turns = build_runs(record.presses, weights.runs), TurnBuilder()
    turns.grow(record.presses, runs, pulseless, end_ms)
    rhythms = Rhythms.of(record, targets, weights, pulseless, end_ms)
    gaps = explain(hands_off(pulseless, runs), rhythms.due, PauseReader(record, targets, weights))
    return assembled(record, targets, weights, rhythms, turns.turns(weights.team.rest_ms), runs, gaps)


@dataclass(frozen=True, slots=True)
class Rhythms:
    """When the patient had no pulse and what a shock could do about it, and which shocks were right."""

    end_ms: int
    pulseless: tuple[Span, ...]
    shockable: tuple[Span, ...]
    not_shockable: tuple[Span, ...]
    called: tuple[bool, ...]
    due: frozenset[Shock]

    @classmethod
    def of(
        cls, record: Record, targets: Targets, weights: Weights, pulseless: tuple[Span, ...], end_ms: int
    ) -> Rhythms:
        """The rhythms of a record up to `end_ms`."""
        first = [Said(0, targets.first_rhythm, "", NO_SEAT)] if targets.first_rhythm else []
        rhythms = [*first, *record.rhythms]
        can_shock = frozenset(weights.therapy.shockable)
        cannot = frozenset(rhythm.word for rhythm in rhythms) - can_shock
        shockable = intersect(rhythm_spans(rhythms, can_shock, end_ms), pulseless)
        called = called_shocks(record, shockable, weights)
        return cls(
            end_ms=end_ms,
            pulseless=pulseless,
            shockable=shockable,
            not_shockable=intersect(rhythm_spans(rhythms, cannot, end_ms), pulseless),
            called=called,
            due=due_shocks(record, called, targets, weights),
        )


def assembled(
    record: Record,
    targets: Targets,
    weights: Weights,
    rhythms: Rhythms,
    turns: tuple[Turn, ...],
    runs: tuple[Span, ...],
    gaps: tuple[Gap, ...],
) -> Course:
    """A course from its parts, worked out at once or as the log grows."""
    return Course(
        record=record,
        targets=targets,
        weights=weights,
        end_ms=rhythms.end_ms,
        pulseless=rhythms.pulseless,
        shockable=rhythms.shockable,
        not_shockable=rhythms.not_shockable,
        runs=runs,
        turns=turns,
        gaps=gaps,
        shocks=shock_pauses(
            record, rhythms.called, rhythms.due, (rhythms.pulseless, rhythms.shockable), runs, targets.cycle_ms, weights
        ),
    )
