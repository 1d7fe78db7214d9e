"""What all measures share: one log seen against its targets, worked out once."""

from __future__ import annotations

from dataclasses import dataclass

from game.log import NO_SEAT
from game.scoring.intervals import end_of, pulseless_spans, rhythm_spans
from game.scoring.pauses import Gap, explain, hands_off
from game.scoring.record import Press, Record, Said
from game.scoring.runs import Runs, build_runs
from game.scoring.shocks import ShockPause, called_shocks, shock_pauses
from game.scoring.spans import Span, at, intersect, total_ms
from game.scoring.targets import Targets
from game.scoring.weights import Weights


@dataclass(frozen=True, slots=True)
class Course:
    """One run as the measures see it."""

    record: Record
    targets: Targets
    weights: Weights
    end_ms: int
    pulseless: tuple[Span, ...]
    shockable: tuple[Span, ...]
    not_shockable: tuple[Span, ...]
    owed: tuple[Press, ...]
    """Compressions that fell into pulseless time, token presses included."""
    runs: Runs
    gaps: tuple[Gap, ...]
    shocks: tuple[ShockPause, ...]

    @property
    def pulseless_ms(self) -> int:
        return total_ms(self.pulseless)

    @property
    def pauses(self) -> tuple[Gap, ...]:
        """The gaps longer than the run gap: those that are listed and judged."""
        return tuple(gap for gap in self.gaps if gap.span.length_ms > self.weights.runs.gap_ms)

    @property
    def stopped_early(self) -> bool:
        """True when the team ended the attempt itself, without a pulse, before the level's time was over."""
        return self.record.ended == "stopped" and bool(self.pulseless) and self.pulseless[-1].end_ms >= self.end_ms

    @property
    def pulse_at_end(self) -> bool:
        return not self.pulseless or self.pulseless[-1].end_ms < self.end_ms


def course_of(record: Record, targets: Targets, weights: Weights) -> Course:
    """Work out intervals, runs, pauses and shocks of a settled record."""
    end_ms = end_of(record, targets.time_limit_ms)
    pulseless = pulseless_spans(record, end_ms)
    rhythms = [Said(0, targets.first_rhythm, "", NO_SEAT), *record.rhythms] if targets.first_rhythm else record.rhythms
    can_shock = frozenset(weights.therapy.shockable)
    cannot = frozenset(rhythm.word for rhythm in rhythms) - can_shock
    shockable = intersect(rhythm_spans(rhythms, can_shock, end_ms), pulseless)
    runs = build_runs(record.presses, weights.runs)
    called = called_shocks(record, shockable, weights)
    return Course(
        record=record,
        targets=targets,
        weights=weights,
        end_ms=end_ms,
        pulseless=pulseless,
        shockable=shockable,
        not_shockable=intersect(rhythm_spans(rhythms, cannot, end_ms), pulseless),
        owed=tuple(press for press in record.presses if at(pulseless, press.ms) is not None),
        runs=runs,
        gaps=explain(hands_off(pulseless, runs.spans), record, called, targets, weights),
        shocks=shock_pauses(record, called, pulseless, runs.spans, weights),
    )
