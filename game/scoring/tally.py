"""From a log to its score: the blocks, the total, pass and rank, and every figure that explains them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import fsum
from typing import Final

from game.content import Level, Pack
from game.log import NO_SEAT, Entry
from game.scoring import compression, coordination, deductions, flow, safety, ventilation
from game.scoring.coaching import coached
from game.scoring.course import Course, course_of
from game.scoring.deductions import Deduction, Standing
from game.scoring.drugs import Due, Verdict, due_doses
from game.scoring.findings import block_findings, mean_value
from game.scoring.fraction import compression_fraction, without_breath_pauses
from game.scoring.measure import Finding
from game.scoring.metrics import measured
from game.scoring.pauses import owner
from game.scoring.ranking import reasons
from game.scoring.record import Dose, Record, read
from game.scoring.result import (
    BlockResult,
    CriticalError,
    DrugResult,
    MeasureResult,
    PauseResult,
    Score,
    ShockResult,
    TokenResult,
    Track,
)
from game.scoring.runs import tokens
from game.scoring.spans import intersect, total_ms
from game.scoring.targets import Targets, targets_of
from game.scoring.weights import BLOCKS, MeasureWeight, Weights

SCHEMA: Final = 2
"""Raised when a key of the JSON changes its meaning or goes."""


def score(entries: Iterable[Entry], pack: Pack, level: Level, weights: Weights) -> Score:
    """Score a log: entries in log order, inputs and facts. Never runs the patient, never fails on a log."""
    return score_record(read(entries), targets_of(pack, level), weights)


def score_record(record: Record, targets: Targets, weights: Weights) -> Score:
    """Score a settled record against targets."""
    course = course_of(record, targets, weights)
    found = {block: block_findings(course, block) for block in BLOCKS}
    blocks, lost = _blocks(found, course)
    errors = safety.critical_errors(course)
    earned = sum(block.points for block in blocks.values())
    points = max(0, earned - weights.passing.critical_error_points * len(errors))
    not_ranked = reasons(course, [(name, block.opportunities) for name, block in blocks.items()])
    hands_on_ms = total_ms(intersect(course.pulseless, course.runs))
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
        ccf=round(compression_fraction(course.pulseless, course.runs), 4),
        ccf_no_vent=round(
            without_breath_pauses(course.pulseless, course.runs, course.pauses, weights.pauses.breath_pause_cap_ms), 4
        ),
        pulseless_ms=course.pulseless_ms,
        hands_on_ms=hands_on_ms,
        hands_off_ms=course.pulseless_ms - hands_on_ms,
        avoidable_ms=flow.avoidable_ms(course),
        avoidable_fraction=round(share, 4),
        longest_pause_ms=flow.longest_pause_ms(course),
        peri_shock_ms=tuple(pause.peri_ms for pause in course.shocks),
        coordination=blocks["coordination"].points,
        critical_errors=tuple(CriticalError(error.ms, error.code, error.seat, error.why) for error in errors),
        blocks=blocks,
        deductions=(*lost, *deductions.critical(errors, earned, weights)),
        measures=measured(course, found),
        compressions=compression.figures(course),
        ventilation=ventilation.figures(course),
        pauses=_pauses(course),
        shocks=_shocks(course),
        drugs=_drugs(course),
        tokens=tuple(
            TokenResult(press.ms, press.depth_um, press.seat) for press in tokens(record.presses, course.runs)
        ),
        loops=coordination.required_loops(course),
        track=Track(compression.hands_on_seconds(course), compression.pulse_seconds(course)),
        prognosis=record.prognosis,
        coaching=coached(course),
    )


def _band(points: int, passed: bool, weights: Weights) -> str:
    if not passed:
        return ""
    steps = ((weights.passing.gold, "gold"), (weights.passing.silver, "silver"))
    return next((band for least, band in steps if points >= least), "bronze")


def _blocks(
    found: Mapping[str, Mapping[str, Finding]], course: Course
) -> tuple[dict[str, BlockResult], list[Deduction]]:
    """Every block and what it lost.

    A block without any opportunity follows the others' mean where there was nothing to do for it: in a drill of other
    stations, or when the pulse was back.
    """
    weights = course.weights
    means = {block: mean_value(findings, weights.measures[block]) for block, findings in found.items()}
    seen = [(weights.blocks[block], mean) for block, mean in means.items() if mean is not None]
    others = fsum(points * mean for points, mean in seen) / fsum(points for points, _ in seen) if seen else 0.0
    unseen = others if course.pulse_at_end or course.targets.focus else 0.0
    stopped = course.stopped_early
    played = min(1.0, course.end_ms / course.targets.time_limit_ms) if stopped else 1.0
    blocks: dict[str, BlockResult] = {}
    lost: list[Deduction] = []
    for block, mean in means.items():
        # After an early stop nothing is taken on trust: what was not seen, or not played, earns nothing.
        stand_in = 0.0 if stopped else unseen if mean is None else mean
        standing = Standing(stand_in, played, course.end_ms if stopped else None, seen=mean is not None)
        blocks[block] = _block(block, found[block], standing, weights)
        all_lost = deductions.losses(block, found[block], standing, weights)
        lost += deductions.settled(block, all_lost, blocks[block].of - blocks[block].points)
    return blocks, lost


def _block(name: str, found: Mapping[str, Finding], standing: Standing, weights: Weights) -> BlockResult:
    earned = {
        key: weights.measures[name][key].points
        * standing.played
        * (standing.stand_in if finding.value is None else finding.value)
        for key, finding in found.items()
    }
    opportunities = sum(finding.opportunities for finding in found.values())
    return BlockResult(
        points=int(fsum(earned.values()) + 0.5),
        of=weights.blocks[name],
        opportunities=opportunities,
        enough=opportunities >= weights.rank.least_opportunities,
        measures={key: _measure(finding, weights.measures[name][key], earned[key]) for key, finding in found.items()},
    )


def _measure(finding: Finding, weight: MeasureWeight, points: float) -> MeasureResult:
    return MeasureResult(
        value=None if finding.value is None else round(finding.value, 4),
        points=round(points, 2),
        of=weight.points,
        opportunities=finding.opportunities,
        formula=weight.formula,
        source=weight.source,
        detail=dict(finding.figures),
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
            due=pause.due,
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
