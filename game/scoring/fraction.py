"""Chest compression fraction: the share of pulseless time with hands on."""

from __future__ import annotations

from collections.abc import Sequence

from game.scoring.pauses import Gap, PauseCause
from game.scoring.spans import Span, intersect, total_ms


def compression_fraction(pulseless: Sequence[Span], runs: Sequence[Span]) -> float:
    """Hands-on time over pulseless time; 0 where there was no pulseless time."""
    owed_ms = total_ms(pulseless)
    return total_ms(intersect(pulseless, runs)) / owed_ms if owed_ms else 0.0


def without_breath_pauses(pulseless: Sequence[Span], runs: Sequence[Span], gaps: Sequence[Gap], cap_ms: int) -> float:
    """The same with pauses for breaths taken out of the owed time, up to `cap_ms` of each."""
    spared_ms = sum(min(gap.span.length_ms, cap_ms) for gap in gaps if gap.cause is PauseCause.VENT)
    owed_ms = total_ms(pulseless) - spared_ms
    return total_ms(intersect(pulseless, runs)) / owed_ms if owed_ms else 0.0
