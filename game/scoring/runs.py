"""Compressions joined into runs, and the token presses that join none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.scoring.record import Press
from game.scoring.spans import Span
from game.scoring.weights import RunRules


@dataclass(frozen=True, slots=True)
class Runs:
    """Hands on: each span reaches from the first to the last compression of a run. `tokens` are the presses outside."""

    spans: tuple[Span, ...]
    tokens: tuple[Press, ...]


def build_runs(presses: Sequence[Press], rules: RunRules) -> Runs:
    """Join compressions into runs.

    A core is at least `token_presses` presses, each `token_depth_um` deep, each less than `token_gap_ms` after the one
    before. Cores at most `gap_ms` apart are one run. Anything else opens, lengthens and bridges nothing.
    """
    spans: list[Span] = []
    for core in _cores(presses, rules):
        if spans and core.start_ms - spans[-1].end_ms <= rules.gap_ms:
            spans[-1] = Span(spans[-1].start_ms, core.end_ms)
        else:
            spans.append(core)
    return Runs(tuple(spans), _outside(presses, spans))


def _cores(presses: Sequence[Press], rules: RunRules) -> list[Span]:
    cores: list[Span] = []
    first_ms = last_ms = count = 0
    for press in presses:
        if press.depth_um < rules.token_depth_um:
            continue
        if count and press.ms - last_ms < rules.token_gap_ms:
            count += 1
        else:
            first_ms, count = press.ms, 1
        last_ms = press.ms
        if count == rules.token_presses:
            cores.append(Span(first_ms, last_ms))
        elif count > rules.token_presses:
            cores[-1] = Span(first_ms, last_ms)
    return cores


def _outside(presses: Sequence[Press], spans: Sequence[Span]) -> tuple[Press, ...]:
    outside: list[Press] = []
    index = 0
    for press in presses:
        while index < len(spans) and spans[index].end_ms < press.ms:
            index += 1
        if index == len(spans) or press.ms < spans[index].start_ms:
            outside.append(press)
    return tuple(outside)
