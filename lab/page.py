"""The validation page: published against simulated, in Markdown, with nothing left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, isnan, log10
from typing import Final

from lab.statistics import Estimate
from lab.verdict import RowVerdict, Verdict

_GRADES: Final = {
    "A": "randomised trial",
    "B": "large registry",
    "C+": "human series, strong",
    "C": "small human series",
    "D": "animals or manikins",
    "A/B": "trials and registries",
}
_MARK: Final = {"V": "", "M": ", to be checked in the paper", "V/M": ", parts to be checked in the paper"}

_OPENING: Final = """What papers found, and what simulated patients do when the same is asked of them. This page is made
by `resus sim validate --n {n} --seed {seed}` (model {model}{overrides}, {n} patients an arm). Nothing on it is written
by hand, and rows that disagree stay on it. It says how far the model can be believed for training; it is no evidence
about people.
"""
_READING: Final = """A **band** follows from the study. Trials: the confidence interval, or 15 % of the value if that
is wider. Registries: for a level the same; for an effect from half of it, since sicker patients are treated
differently, to the far end of its interval or 15 % beyond. Bench: the tolerance of the experiment. **near**: the
figure misses its band, and the chance of the draw could explain it. **sign**: whether the effect has the published
direction. Figures in *italics* are shown and decide nothing. A row is inside when all its deciding figures are.
"""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What was run: patients an arm, seed, version of the model, and overridden parameters in words ("" for none)."""

    n: int
    seed: int
    model: str
    overrides: str = ""


def figure(value: float) -> str:
    """A number with three significant digits, or as many as it has."""
    if isnan(value):
        return "–"
    if value == 0:
        return "0"
    digits = max(0, 2 - floor(log10(abs(value))))
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def estimate(found: Estimate) -> str:
    """A simulated figure with its interval."""
    if not found.known:
        return "not seen"
    if isnan(found.lo):
        return figure(found.value)
    return f"{figure(found.value)} ({figure(found.lo)} to {figure(found.hi)})"


def _published(verdict: Verdict) -> str:
    result = verdict.result
    if isnan(result.value):
        return {1: "rises", -1: "falls", 0: "no relation"}[result.sign]
    interval = "" if result.ci is None else f" ({figure(result.ci[0])} to {figure(result.ci[1])})"
    return figure(result.value) + interval


def _band(verdict: Verdict) -> str:
    band = verdict.result.band
    return "–" if band is None else f"{figure(band[0])} to {figure(band[1])}"


def _inside(verdict: Verdict) -> str:
    if verdict.result.band is None:
        return "–"
    if verdict.inside:
        return "yes"
    return "near" if verdict.found.known and verdict.reaches else "**no**"


def _sign(verdict: Verdict) -> str:
    if verdict.result.sign == 0:
        return "–"
    return "yes" if verdict.right else "**no**"


def _line(verdict: Verdict) -> str:
    result = verdict.result
    unit = f", {result.unit}" if result.unit else ""
    says = f"*{result.says}{unit}*" if result.beside else f"{result.says}{unit}"
    cells = (says, _published(verdict), estimate(verdict.found), _band(verdict), _inside(verdict), _sign(verdict))
    return "| " + " | ".join(cells) + " |"


def _section(verdict: RowVerdict) -> list[str]:
    row = verdict.row
    link = f"[{row.study}](https://doi.org/{row.doi})" if row.doi else row.study
    n = f", n = {row.n}" if row.n else ""
    inside, of = verdict.count
    lines = [
        f"### {row.key} {row.asks}",
        "",
        f"{link}{n}; {_GRADES[row.grade]}{_MARK[row.mark]}. {inside} of {of} deciding figures in their bands.",
        "",
    ]
    if verdict.trouble:
        return [*lines, f"Not measured: {verdict.trouble}.", ""]
    return [
        *lines,
        "| | published | simulated (95 %) | band | inside | sign |",
        "|---|---|---|---|---|---|",
        *map(_line, verdict.verdicts),
        "",
    ]


def _counts(name: str, verdicts: Sequence[RowVerdict]) -> str:
    signs = [verdict for verdict in verdicts if verdict.signs[1]]
    figures = [verdict.count for verdict in verdicts]
    cells = (
        name,
        str(len(verdicts)),
        f"{sum(verdict.right for verdict in signs)} of {len(signs)}",
        f"{sum(verdict.inside for verdict in verdicts)} of {len(verdicts)}",
        f"{sum(verdict.mostly_inside for verdict in verdicts)} of {len(verdicts)}",
        f"{sum(inside for inside, _ in figures)} of {sum(of for _, of in figures)}",
    )
    return "| " + " | ".join(cells) + " |"


def summary(verdicts: Sequence[RowVerdict]) -> list[str]:
    """The table of counts: outcomes, physiology, all."""
    outcomes = [verdict for verdict in verdicts if verdict.row.outcome]
    bench = [verdict for verdict in verdicts if not verdict.row.outcome]
    return [
        "| rows | asked | all signs right | all figures inside | at least half of them inside | figures inside |",
        "|---|---|---|---|---|---|",
        _counts("outcomes", outcomes),
        _counts("physiology", bench),
    ]


def _overview(verdicts: Sequence[RowVerdict]) -> list[str]:
    lines = ["| row | study | figures inside | signs right | row |", "|---|---|---|---|---|"]
    for verdict in verdicts:
        (inside, of), (right, signs) = verdict.count, verdict.signs
        word = "not measured" if verdict.trouble else "inside" if verdict.inside else "outside"
        sign = f"{right} of {signs}" if signs else "–"
        lines.append(f"| {verdict.row.key} | {verdict.row.study} | {inside} of {of} | {sign} | {word} |")
    return lines


def page(
    verdicts: Sequence[RowVerdict], unanswered: Sequence[tuple[str, str, str]], ran: Provenance, pictures: Sequence[str]
) -> str:
    """The whole page. `unanswered` holds key, study and reason; `pictures` are Markdown images."""
    overrides = f" with {ran.overrides}" if ran.overrides else ""
    outcomes = [verdict for verdict in verdicts if verdict.row.outcome]
    bench = [verdict for verdict in verdicts if not verdict.row.outcome]
    lines = [
        "# Validation",
        "",
        _OPENING.format(n=ran.n, seed=ran.seed, model=ran.model, overrides=overrides),
        *summary(verdicts),
        "",
        _READING,
        *_overview(verdicts),
        "",
        *[line for picture in pictures for line in (picture, "")],
        "## Outcomes",
        "",
        *[line for verdict in outcomes for line in _section(verdict)],
        "## Physiology",
        "",
        *[line for verdict in bench for line in _section(verdict)],
        "## Not answered",
        "",
        *[f"- {key} ({study}): {why}." for key, study, why in unanswered],
        "",
    ]
    return "\n".join(lines)
