"""Compressions joined into runs, and the token presses that join none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from game.scoring.record import Press
from game.scoring.spans import Span
from game.scoring.weights import RunRules


@dataclass(slots=True)
class RunBuilder:
    """Runs that grow press by press; each span reaches from the first to the last compression of a run.

    A core is at least `token_presses` presses, each `token_depth_um` deep, each less than `token_gap_ms` after the one
    before. Cores at most `gap_ms` apart are one run. Anything else opens, lengthens and bridges nothing.
    """

    rules: RunRules
    spans: list[Span] = field(default_factory=list)
    _first_ms: int = 0
    _last_ms: int = 0
    _count: int = 0

    def add(self, press: Press) -> None:
        """Take the next press; presses come in order of time."""
        rules = self.rules
        if press.depth_um < rules.token_depth_um:
            return
        if self._count and press.ms - self._last_ms < rules.token_gap_ms:
            self._count += 1
        else:
            self._first_ms, self._count = press.ms, 1
        self._last_ms = press.ms
        if self._count < rules.token_presses:
            return
        is_new = self._count == rules.token_presses
        if is_new and not (self.spans and self._first_ms - self.spans[-1].end_ms <= rules.gap_ms):
            self.spans.append(Span(self._first_ms, press.ms))
        else:
            self.spans[-1] = Span(self.spans[-1].start_ms, press.ms)


def build_runs(presses: Sequence[Press], rules: RunRules) -> tuple[Span, ...]:
    """The runs of presses that are in order of time."""
    builder = RunBuilder(rules)
    for press in presses:
        builder.add(press)
    return tuple(builder.spans)


def tokens(presses: Sequence[Press], runs: Sequence[Span]) -> tuple[Press, ...]:
    """The presses outside of every run."""
    outside: list[Press] = []
    index = 0
    for press in presses:
        while index < len(runs) and runs[index].end_ms < press.ms:
            index += 1
        if index == len(runs) or press.ms < runs[index].start_ms:
            outside.append(press)
    return tuple(outside)
