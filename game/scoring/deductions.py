"""Why points were lost: each deduction with its rule, figures and events; together with the score they make 1000."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import fsum
from typing import Final

from game.scoring.measure import Event, Figures, Finding
from game.scoring.record import SafetyEvent
from game.scoring.weights import Weights

CENTS: Final = 100
"""Deductions are whole hundredths of a point, so that sums are exact."""


@dataclass(frozen=True, slots=True)
class Deduction:
    """Points that were lost in one place. `rule` is `measure` or `measure.way`, `text` its sentence with figures."""

    block: str
    measure: str
    rule: str
    text: str
    points: float
    """Two decimals; the sum over all deductions and the score is what there was to earn."""
    source: str
    figures: Figures
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Loss:
    """A deduction before its points are rounded together with those of its block."""

    measure: str
    rule: str
    text: str
    raw: float
    source: str
    figures: Figures = field(default_factory=dict)
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How a block's measures are earned: what stands in for an unseen one, the share of the time that was played."""

    stand_in: float
    played: float
    stopped_ms: int | None
    """When the team ended the attempt before its time; None where it did not."""
    seen: bool
    """False for a block without any opportunity."""


def losses(block: str, findings: Mapping[str, Finding], standing: Standing, weights: Weights) -> list[Loss]:
    """Everything that the measures of one block lost."""
    found: list[Loss] = []
    for key, finding in findings.items():
        weight = weights.measures[block][key]
        value = finding.value
        share = standing.stand_in if value is None else value
        found.extend(
            [_unseen(key, weight.points * standing.played * (1.0 - share), share, standing, weights)]
            if value is None
            else _missed(block, key, finding, standing, weights)
        )
    if standing.played < 1.0:
        unplayed = 1.0 - standing.played
        figures = {"left_pct": round(100 * unplayed)}
        text = weights.sentences.stopped.format_map(figures)
        events = (Event(standing.stopped_ms or 0, "stopped"),)
        found.append(Loss("", "stopped", text, weights.blocks[block] * unplayed, "D", figures, events))
    return found


def _unseen(key: str, raw: float, share: float, standing: Standing, weights: Weights) -> Loss:
    sentences = weights.sentences
    rule = "unseen_stopped" if standing.stopped_ms is not None else "unseen" if standing.seen else "unseen_block"
    figures = {"share_pct": round(100 * share)}
    return Loss(key, f"{key}.{rule}", getattr(sentences, rule).format_map(figures), raw, "D", figures)


def _missed(block: str, key: str, finding: Finding, standing: Standing, weights: Weights) -> Iterable[Loss]:
    weight = weights.measures[block][key]
    total = fsum(chance.weight for chance in finding.chances)
    for chance in finding.chances:
        if chance.value < 1.0:
            rule = f"{key}.{chance.why}" if chance.why else key
            text = weight.why[chance.why].format_map(chance.figures)
            raw = weight.points * standing.played * (1.0 - chance.value) * chance.weight / total
            events = chance.events or (Event(chance.ms, rule),)
            yield Loss(key, rule, text[:1].upper() + text[1:], raw, weight.source, chance.figures, events)


def settled(block: str, lost: Sequence[Loss], points: int) -> list[Deduction]:
    """The losses of a block in hundredths that add up to the whole `points` it lost; what comes to none is left out."""
    total = fsum(loss.raw for loss in lost)
    if not points or total <= 0.0:
        return []
    exact = [loss.raw * points * CENTS / total for loss in lost]
    cents = [int(each) for each in exact]
    left = points * CENTS - sum(cents)
    for index in sorted(range(len(lost)), key=lambda index: cents[index] - exact[index])[:left]:
        cents[index] += 1
    return _together(
        [
            Deduction(block, loss.measure, loss.rule, loss.text, each / CENTS, loss.source, loss.figures, loss.events)
            for loss, each in zip(lost, cents, strict=True)
            if each
        ]
    )


def _together(deductions: Sequence[Deduction]) -> list[Deduction]:
    """Those that say the same of a measure as one, with all their events."""
    found: dict[tuple[str, str], Deduction] = {}
    for each in deductions:
        same = found.get((each.measure, each.text))
        if same:
            points = round((same.points + each.points) * CENTS) / CENTS
            each = replace(each, points=points, events=same.events + each.events)  # noqa: PLW2901
        found[each.measure, each.text] = each
    return list(found.values())


def critical(errors: Sequence[SafetyEvent], earned: int, weights: Weights) -> list[Deduction]:
    """What each critical error took off, as long as there was something left."""
    found: list[Deduction] = []
    for error in errors:
        taken = min(weights.passing.critical_error_points, earned)
        if taken:
            figures = {"code": error.code, "why": error.why}
            text = weights.sentences.critical.format_map(figures).strip()
            event = Event(error.ms, f"safety:{error.code}", error.seat)
            found.append(Deduction("", "critical", "critical", text, float(taken), "D", figures, (event,)))
        earned -= taken
    return found
