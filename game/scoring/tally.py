"""From a log to its score: the blocks, the total, pass and rank, and every figure that explains them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import fsum
from typing import Final

from game.content import Level, Pack
from game.log import NO_SEAT, Entry
from game.scoring import compression, coordination, flow, safety, therapy, ventilation
from game.scoring.course import Course, course_of
from game.scoring.drugs import Due, Verdict, due_doses
from game.scoring.fraction import compression_fraction, without_breath_pauses
from game.scoring.measure import Finding, Measure
from game.scoring.pauses import owner
from game.scoring.ranking import reasons
from game.scoring.record import Dose, Record, read
from game.scoring.result import (
    BlockResult,
    CriticalError,
    DrugResult,
    MeasureResult,
    MissResult,
    PauseResult,
    Score,
    ShockResult,
    TokenResult,
    Track,
)
from game.scoring.spans import intersect, total_ms
from game.scoring.targets import Targets, targets_of
from game.scoring.weights import BLOCKS, MeasureWeight, Weights

SCHEMA: Final = 1
"""Raised when a key of the JSON changes its meaning or goes."""

MEASURES: Final[Mapping[str, Mapping[str, Measure]]] = {
    "flow": flow.MEASURES,
    "coordination": coordination.MEASURES,
    "therapy": therapy.MEASURES,
    "compression": compression.MEASURES,
    "ventilation": ventilation.MEASURES,
    "safety": safety.MEASURES,
}


def score(entries: Iterable[Entry], pack: Pack, level: Level, weights: Weights) -> Score:
    """Score a log: entries in log order, inputs and facts. Never runs the patient, never fails on a log."""
    return score_record(read(entries), targets_of(pack, level), weights)


def score_record(record: Record, targets: Targets, weights: Weights) -> Score:
    """Score a settled record against targets."""
    course = course_of(record, targets, weights)
    findings = {block: {key: MEASURES[block][key](course) for key in keys} for block, keys in BLOCKS.items()}
    blocks = _blocks(findings, course)
    errors = safety.critical_errors(course)
    earned = sum(block.points for block in blocks.values())
    points = max(0, earned - weights.passing.critical_error_points * len(errors))
    not_ranked = reasons(course, [(name, block.opportunities) for name, block in blocks.items()])
    hands_on_ms = total_ms(intersect(course.pulseless, course.runs.spans))
    share = flow.avoidable_fraction(course)
    passed = points >= weights.passing.points and not errors and 1 - share >= weights.passing.hands_on_share
    return Score(
        schema=SCHEMA,
        level=targets.level,
        pack=targets.pack,
        weights=weights.label,
        end_ms=course.end_ms,
        ended=record.ended,
        outcome=record.outcome or ("pulse" if course.pulse_at_end else "no_pulse"),
        score=points,
        of=sum(weights.blocks.values()),
        passed=passed,
        band=_band(points, passed, weights),
        ranked=not not_ranked,
        not_ranked=not_ranked,
        ccf=round(compression_fraction(course.pulseless, course.runs.spans), 4),
        ccf_no_vent=round(
            without_breath_pauses(
                course.pulseless, course.runs.spans, course.pauses, weights.pauses.breath_pause_cap_ms
            ),
            4,
        ),
        pulseless_ms=course.pulseless_ms,
        hands_on_ms=hands_on_ms,
        hands_off_ms=course.pulseless_ms - hands_on_ms,
        avoidable_ms=flow.avoidable_ms(course),
        avoidable_fraction=round(share, 4),
        longest_pause_ms=flow.longest_pause_ms(course),
        peri_shock_ms=tuple(pause.peri_ms for pause in course.shocks),
        coordination=blocks["coordination"].points,
        critical_errors=tuple(CriticalError(error.ms, error.code, error.seat) for error in errors),
        blocks=blocks,
        compressions=compression.figures(course),
        ventilation=ventilation.figures(course),
        pauses=_pauses(course),
        shocks=_shocks(course),
        drugs=_drugs(course),
        tokens=tuple(TokenResult(press.ms, press.depth_um, press.seat) for press in course.runs.tokens),
        loops=coordination.required_loops(course),
        track=Track(compression.hands_on_seconds(course), compression.pulse_seconds(course)),
    )


def _band(points: int, passed: bool, weights: Weights) -> str:
    if not passed:
        return ""
    steps = ((weights.passing.gold, "gold"), (weights.passing.silver, "silver"))
    return next((band for least, band in steps if points >= least), "bronze")


def _mean(findings: Mapping[str, Finding], weights: Mapping[str, MeasureWeight]) -> float | None:
    """A block's value over the measures that had an opportunity; None if none had."""
    seen = [(weights[key].points, finding.value) for key, finding in findings.items() if finding.value is not None]
    return fsum(points * value for points, value in seen) / fsum(points for points, _ in seen) if seen else None


def _blocks(findings: Mapping[str, Mapping[str, Finding]], course: Course) -> dict[str, BlockResult]:
    """Every block; only a pulse that came back lets a block without any opportunity follow the others' mean."""
    means = {block: _mean(found, course.weights.measures[block]) for block, found in findings.items()}
    seen = [(course.weights.blocks[block], mean) for block, mean in means.items() if mean is not None]
    others = fsum(points * mean for points, mean in seen) / fsum(points for points, _ in seen) if seen else 0.0
    unseen = others if course.pulse_at_end else 0.0
    return {
        block: _block(block, findings[block], unseen if mean is None else mean, course) for block, mean in means.items()
    }


def _block(name: str, findings: Mapping[str, Finding], mean: float, course: Course) -> BlockResult:
    """One block. After an early stop nothing is taken on trust: what was not seen, or not played, earns nothing."""
    weights = course.weights
    stopped = course.stopped_early
    played = min(1.0, course.end_ms / course.targets.time_limit_ms) if stopped else 1.0
    stand_in = 0.0 if stopped else mean
    measures = {
        key: _measure(finding, weights.measures[name][key], stand_in, played) for key, finding in findings.items()
    }
    opportunities = sum(finding.opportunities for finding in findings.values())
    return BlockResult(
        points=int(fsum(measure.points for measure in measures.values()) + 0.5),
        of=weights.blocks[name],
        opportunities=opportunities,
        enough=opportunities >= weights.rank.least_opportunities,
        measures=measures,
    )


def _measure(finding: Finding, weight: MeasureWeight, stand_in: float, played: float) -> MeasureResult:
    value = finding.value
    total = fsum(chance.weight for chance in finding.chances) or 1.0
    return MeasureResult(
        value=None if value is None else round(value, 4),
        points=round(weight.points * played * (stand_in if value is None else value), 2),
        of=weight.points,
        opportunities=finding.opportunities,
        formula=weight.formula,
        source=weight.source,
        detail=dict(finding.figures),
        misses=tuple(
            MissResult(
                chance.ms, round(chance.value, 4), round(weight.points * (1 - chance.value) * chance.weight / total, 2)
            )
            for chance in finding.chances
            if chance.value < 1.0
        ),
    )


def _pauses(course: Course) -> tuple[PauseResult, ...]:
    return tuple(
        PauseResult(
            start_ms=pause.span.start_ms,
            end_ms=pause.span.end_ms,
            length_ms=pause.span.length_ms,
            cause=pause.cause.value,
            owner_seat=owner(pause, course.weights),
            breaths=len(pause.breaths),
            allowed_ms=pause.allowed_ms,
            avoidable_ms=pause.avoidable_ms,
        )
        for pause in course.pauses
    )


def _shocks(course: Course) -> tuple[ShockResult, ...]:
    return tuple(
        ShockResult(
            ms=pause.shock.ms,
            seat=pause.seat,
            energy_j=pause.shock.energy_j,
            result=pause.shock.result,
            clear=pause.clear,
            called=pause.called,
            charged_ahead=pause.charged_ahead,
            pre_ms=pause.pre_ms,
            post_ms=pause.post_ms,
            peri_ms=pause.peri_ms,
        )
        for pause in course.shocks
    )


def _drugs(course: Course) -> tuple[DrugResult, ...]:
    """Every dose with the due time it answered, and every dose that was owed and missing."""
    plan = due_doses(course)
    by_dose = {id(due.dose): due for due in plan if due.dose is not None}
    given = [_given(dose, by_dose.get(id(dose))) for dose in course.record.doses if dose.ms <= course.end_ms]
    missing = [
        DrugResult(None, NO_SEAT, "", 0, "", due.plan, due.due_ms, due.delay_ms, due.verdict.value)
        for due in plan
        if due.dose is None
    ]
    return (*given, *missing)


def _given(dose: Dose, due: Due | None) -> DrugResult:
    return DrugResult(
        ms=dose.ms,
        seat=dose.seat,
        drug=dose.drug,
        dose_ug=dose.dose_ug,
        site=dose.site,
        plan=due.plan if due else "",
        due_ms=due.due_ms if due else None,
        delay_ms=due.delay_ms if due else None,
        verdict=(due.verdict if due else Verdict.EXTRA).value,
    )
