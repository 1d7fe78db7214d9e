"""Each shock with its hands-off time before and after, and whether it was called, clear and charged ahead."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from game.scoring.pauses import shock_seat
from game.scoring.record import Record, Shock
from game.scoring.spans import Span, at
from game.scoring.weights import Weights


@dataclass(frozen=True, slots=True)
class ShockPause:
    """One shock. `pre_ms` runs from the last compression; `post_ms` to the next one, the true pulse or the end."""

    shock: Shock
    seat: int
    called: bool
    due: bool
    """Called, and owed by the cycle or by a rhythm that came back."""
    can_end: bool
    """The rhythm was one that a shock can end, called or not."""
    with_pulse: bool
    """The patient had a pulse: no shock of an arrest (synchronised, or a safety event of its own)."""
    clear: bool
    pre_ms: int
    post_ms: int
    charged_ahead: bool
    dumped: int
    """Charges let go in the cycle before."""

    @property
    def peri_ms(self) -> int:
        return self.pre_ms + self.post_ms


def called_shocks(record: Record, shockable: Sequence[Span], weights: Weights) -> tuple[bool, ...]:
    """For each shock: was the rhythm one that a shock can end, and was it called shortly before."""
    calls = weights.therapy.shockable_calls
    window_ms = weights.pauses.call_before_shock_ms
    found: list[bool] = []
    for shock in record.shocks:
        last = next((call for call in reversed(record.calls) if call.ms <= shock.ms), None)
        heard = last is not None and last.word in calls and shock.ms - last.ms <= window_ms
        # A shock that works ends its span at its own millisecond: look at the moment before.
        found.append(heard and at(shockable, shock.ms - 1) is not None)
    return tuple(found)


def shock_pauses(
    record: Record,
    called: Sequence[bool],
    due: Collection[Shock],
    spans: tuple[Sequence[Span], Sequence[Span]],
    runs: Sequence[Span],
    cycle_ms: int,
    weights: Weights,
) -> tuple[ShockPause, ...]:
    """Every shock in order; `spans` are the times without a pulse and those with a rhythm that a shock can end."""
    pulseless, shockable = spans
    starts = [run.start_ms for run in runs]
    ends = [run.end_ms for run in runs]
    found: list[ShockPause] = []
    for shock, right in zip(record.shocks, called, strict=True):
        during = bisect_right(starts, shock.ms) > bisect_left(ends, shock.ms)
        hands_off_ms = shock.ms if during else _hands_off_since(shock.ms, ends, pulseless)
        found.append(
            ShockPause(
                shock,
                seat=shock_seat(record, shock, weights.pauses),
                called=right,
                due=shock in due,
                can_end=at(shockable, shock.ms - 1) is not None,
                with_pulse=at(pulseless, shock.ms - 1) is None,
                clear=_is_clear(record, shock, weights),
                pre_ms=shock.ms - hands_off_ms,
                post_ms=0 if during else _until_hands_on(shock.ms, starts, pulseless),
                charged_ahead=_charged_ahead(record, shock.ms, hands_off_ms, weights),
                dumped=sum(
                    said.word == "dumped" and shock.ms - cycle_ms < said.ms <= shock.ms for said in record.charges
                ),
            )
        )
    return tuple(found)


def _is_clear(record: Record, shock: Shock, weights: Weights) -> bool:
    """True unless the rules found somebody touching at that moment."""
    codes, moment_ms = weights.safety.not_clear, weights.pauses.same_moment_ms
    return not any(event.code in codes and abs(event.ms - shock.ms) <= moment_ms for event in record.safety)


def _hands_off_since(shock_ms: int, ends: list[int], pulseless: Sequence[Span]) -> int:
    index = bisect_right(ends, shock_ms)
    last_ms = ends[index - 1] if index else 0
    lost_ms = max((span.start_ms for span in pulseless if span.start_ms <= shock_ms), default=shock_ms)
    return max(last_ms, lost_ms)


def _until_hands_on(shock_ms: int, starts: list[int], pulseless: Sequence[Span]) -> int:
    index = bisect_left(starts, shock_ms)
    interval = at(pulseless, shock_ms)
    pulse_ms = interval.end_ms if interval else shock_ms
    return (min(starts[index], pulse_ms) if index < len(starts) else pulse_ms) - shock_ms


def _charged_ahead(record: Record, shock_ms: int, hands_off_ms: int, weights: Weights) -> bool:
    charged = next((said for said in reversed(record.charges) if said.word == "charged" and said.ms <= shock_ms), None)
    return charged is not None and 0 <= hands_off_ms - charged.ms <= weights.team.charged_before_ms
