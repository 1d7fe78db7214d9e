"""A score for people at a terminal: the figures the field uses first, then the points and where they went."""

from __future__ import annotations

from collections.abc import Iterator

from game.scoring import Score


def score_table(score: Score) -> str:
    """The score as lines of text, widest at 78 columns."""
    return "\n".join([*_head(score), "", *_figures(score), "", *_blocks(score), *_errors(score)])


def _head(score: Score) -> Iterator[str]:
    verdict = "passed" if score.passed else "not passed"
    medal = f", {score.band}" if score.band else ""
    yield f"{score.level}  {score.pack}  {score.weights}"
    yield f"outcome {score.outcome} ({score.ended or 'not ended'} at {_clock(score.end_ms)})"
    yield f"score   {score.score} of {score.of}: {verdict}{medal}"
    if score.not_ranked:
        yield f"not ranked: {', '.join(score.not_ranked)}"


def _figures(score: Score) -> Iterator[str]:
    peri_shock = ", ".join(_seconds(ms) for ms in score.peri_shock_ms) or "no shock"
    yield f"CCF                       {score.ccf:6.1%}"
    yield f"CCF without breath pauses {score.ccf_no_vent:6.1%}"
    yield f"avoidable hands-off       {score.avoidable_fraction:6.1%}  ({_seconds(score.avoidable_ms)})"
    yield f"longest pause             {_seconds(score.longest_pause_ms)}"
    yield f"peri-shock pauses         {peri_shock}"
    yield f"critical errors           {len(score.critical_errors)}"


def _blocks(score: Score) -> Iterator[str]:
    for name, block in score.blocks.items():
        yield f"{name:<14}{block.points:>5} of {block.of:<5}{'' if block.enough else 'not enough seen'}".rstrip()
        for key, measure in block.measures.items():
            share = "   -" if measure.value is None else f"{measure.value:4.0%}"
            yield f"  {key:<34}{share}  {measure.points:6.1f} of {measure.of:<4} {measure.opportunities:>3} seen"


def _errors(score: Score) -> Iterator[str]:
    for error in score.critical_errors:
        yield f"critical at {_clock(error.ms)}: {error.code} (seat {error.seat})"


def _seconds(ms: int) -> str:
    return f"{ms / 1000:.1f} s"


def _clock(ms: int) -> str:
    return f"{ms // 60_000}:{ms // 1000 % 60:02}"
