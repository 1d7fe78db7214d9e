"""`resus sim fit`: searches the patient's parameters for those that agree with published studies.

A fit is a TOML file: which parameters may move and how far, which rows or figures it aims at with which weights. Every
evaluation asks the same patients with the same luck, so that what differs is the model. The search is CMA-ES in a unit
cube. Each evaluation is a line of a journal; the same command goes on where the journal ends. The best overrides are
written as TOML beside a report; the parameters of the product are never touched.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, log
from pathlib import Path
from time import monotonic
from typing import Any, Final

import cma  # type: ignore[import-untyped]
import numpy as np

from game.content import Table
from game.sim import parameter_rows
from game.sim.parameters import model_version
from lab.commands import OK
from lab.experiments import Bench
from lab.published import HUGE, Row, published
from lab.run import LabError
from lab.runs import Runs
from lab.schema import Source, parameter_wish
from lab.tables import check_targets
from lab.validate import answer, check_patient
from lab.verdict import RowVerdict, Verdict, loss

FOLDER: Final = Path("build/fit")

_FARTHEST: Final = 1e9
_ELSEWHERE: Final = "move it away, or name another with --state"


@dataclass(frozen=True, slots=True)
class Knob:
    """One parameter that may move from `lo` to `hi`; `start` is where the product has it. `log`: in equal factors."""

    name: str
    start: float
    lo: float
    hi: float
    log: bool

    def at(self, unit: float) -> float:
        """The value at a place of the unit interval."""
        unit = min(1.0, max(0.0, unit))
        if self.log:
            return exp(log(self.lo) + unit * (log(self.hi) - log(self.lo)))
        return self.lo + unit * (self.hi - self.lo)

    @property
    def unit(self) -> float:
        """The place of the starting value in the unit interval."""
        if self.log:
            return (log(self.start) - log(self.lo)) / (log(self.hi) - log(self.lo))
        return (self.start - self.lo) / (self.hi - self.lo)


@dataclass(frozen=True, slots=True)
class Target:
    """A row, or one figure of it, and how much it weighs. A row's weight is shared by its deciding figures."""

    row: Row
    key: str
    weight: float

    def cost(self, verdict: RowVerdict) -> float:
        """The weighted loss of this target."""
        aimed = [each for each in verdict.verdicts if self._aims_at(each)]
        return self.weight * sum(loss(each) for each in aimed) / len(aimed)

    def _aims_at(self, verdict: Verdict) -> bool:
        return verdict.result.key == self.key if self.key else not verdict.result.beside


@dataclass(frozen=True, slots=True)
class Fit:
    """A fit as read: `n` patients an arm, `fixed` parameters that differ from the product's and stay.

    `step` is the first step in the unit cube; `stay` is the pull to the start, per squared distance.
    """

    name: str
    title: str
    n: int
    step: float
    stay: float
    fixed: Mapping[str, float]
    knobs: tuple[Knob, ...]
    targets: tuple[Target, ...]
    digest: str

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that must be asked."""
        return tuple({target.row.key: target.row for target in self.targets}.values())


def read_fit(source: Source) -> Fit:
    """A fit as TOML; ContentError names file and line of what is wrong, LabError a parameter."""
    root = Table(source.data, source.text, source.file)
    fixed, parameters, targets = root.table("fixed", {}), root.table("parameters"), root.table("targets")
    fit = Fit(
        name=root.text("name"),
        title=root.text("title"),
        n=root.integer("n", 1, 1_000_000),
        step=root.number("step", 0.001, 1.0, 0.2),
        stay=root.number("stay", 0.0, 1000.0, 0.0),
        fixed={name: fixed.number(name, -HUGE, HUGE) for name in fixed},
        knobs=tuple(_knob(name, parameters.table(name)) for name in parameters),
        targets=tuple(_target(name, targets) for name in targets),
        digest=hashlib.sha256(source.text.encode()).hexdigest()[:12],
    )
    check_patient(fit.fixed, source.file)
    for key, found in (("parameters", fit.knobs), ("targets", fit.targets)):
        if not found:
            raise root.error(key, "nothing", "at least one")
    root.done()
    return fit


def _knob(name: str, table: Table) -> Knob:
    known = parameter_rows()
    if name not in known:
        raise table.error("lo", name, parameter_wish(name))
    row = known[name]
    lo = table.number("lo", row.lo, row.hi, row.lo)
    hi = table.number("hi", row.lo, row.hi, row.hi)
    knob = Knob(name, row.value, lo, hi, table.flag("log", False))
    if not lo <= row.value <= hi or lo == hi or (knob.log and lo <= 0):
        raise table.error("lo", [lo, hi], f"a range around {row.value:g}, above 0 where log = true")
    table.done()
    return knob


def _target(name: str, table: Table) -> Target:
    key, _, figure = name.partition("/")
    row = published().get(key)
    if row is None or row.unanswered or (figure and figure not in {result.key for result in row.results}):
        raise table.error(name, name, "a row that can be answered, or ROW/figure")
    return Target(row, figure, table.number(name, 0.0, 1000.0))


@dataclass(frozen=True, slots=True)
class Trial:
    """One evaluation: where, how bad, and every figure that was aimed at."""

    x: tuple[float, ...]
    loss: float
    figures: Mapping[str, float]


Evaluate = Callable[[Mapping[str, float]], tuple[float, Mapping[str, float]]]
"""From overrides by name to the loss and the figures by ROW/key."""


def evaluator(fit: Fit, seed: int, engine: str, jobs: int) -> Evaluate:
    """Evaluates overrides on the cohorts of a fit."""

    def evaluate(overrides: Mapping[str, float]) -> tuple[float, Mapping[str, float]]:
        cohorts = Runs(fit.n, seed, overrides, engine=engine, jobs=jobs, expected=True)
        verdicts = {row.key: answer(row, cohorts, Bench(overrides)) for row in fit.rows}
        if troubled := [f"{key}: {verdict.trouble}" for key, verdict in verdicts.items() if verdict.trouble]:
            raise LabError(troubled[0])
        figures = {
            f"{key}/{each.result.key}": each.found.value
            for key, verdict in verdicts.items()
            for each in verdict.verdicts
        }
        return sum(target.cost(verdicts[target.row.key]) for target in fit.targets), figures

    return evaluate


def _journal_text(path: Path) -> str:
    """What stands in a journal, nothing if there is none."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        raise LabError(f"{path} is no journal of a fit: {_ELSEWHERE}") from None


@dataclass
class Journal:
    """The evaluations of a fit on disk, one JSON line each after a head that names fit, seed and model."""

    path: Path
    head: Mapping[str, object]
    trials: list[Trial] = field(default_factory=list)

    @classmethod
    def open(cls, path: Path, fit: Fit, seed: int) -> Journal:
        """The journal at a path, begun if there is none. LabError if it belongs to another fit, seed or model."""
        head = {"fit": fit.name, "digest": fit.digest, "seed": seed, "model": model_version(), "n": fit.n}
        journal = cls(path, head)
        text = _journal_text(path)
        whole, _, cut = text.rpartition("\n")
        if not whole:
            path.write_text(json.dumps(head) + "\n", encoding="utf-8")
            return journal
        for number, line in enumerate(whole.splitlines(), 1):
            try:
                found = json.loads(line)
                if number > 1:
                    journal.trials.append(Trial(tuple(found["x"]), found["loss"], found["figures"]))
            except (ValueError, KeyError, TypeError):
                raise LabError(f"{path}:{number}: this is no journal of a fit: {_ELSEWHERE}") from None
            if number == 1 and found != head:
                raise LabError(f"{path} belongs to another fit, seed or model: {_ELSEWHERE}")
        if cut:
            # The program was ended while it wrote: that evaluation is made again.
            path.write_text(whole + "\n", encoding="utf-8")
        return journal

    def add(self, trial: Trial) -> None:
        """Write one evaluation down at once."""
        self.trials.append(trial)
        line = json.dumps({"x": trial.x, "loss": trial.loss, "figures": dict(trial.figures)})
        with self.path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def search(
    fit: Fit, seed: int, evaluations: int, journal: Journal, evaluate: Evaluate, told: Callable[[Trial, int], None]
) -> Trial:
    """The best trial after so many evaluations, the starting values first.

    The search is deterministic: what the journal already holds is not evaluated again, and the search goes on as if it
    had never stopped.
    """
    start = tuple(knob.unit for knob in fit.knobs)
    before = len(journal.trials)

    def at(n: int, x: Sequence[float]) -> Trial:
        if n < before and np.allclose(journal.trials[n].x, x, atol=1e-9):
            return journal.trials[n]
        if n < before:
            raise LabError(f"{journal.path} was written by another search: {_ELSEWHERE}")
        cost, figures = evaluate(overrides(fit, x))
        pull = fit.stay * sum((a - b) ** 2 for a, b in zip(x, start, strict=True))
        trial = Trial(tuple(float(each) for each in x), float(cost + pull), figures)
        journal.add(trial)
        told(trial, n + 1)
        return trial

    best = at(0, start)
    done = 1
    # One dimension is beyond CMA-ES: a second one, which moves nothing, goes along.
    spare = [0.5] if len(start) == 1 else []
    options = {"bounds": [0.0, 1.0], "seed": seed + 1, "verbose": -9, "maxfevals": _FARTHEST, "tolfun": 0.0}
    strategy: Any = cma.CMAEvolutionStrategy([*start, *spare], fit.step, options)
    while done < evaluations and not strategy.stop():
        asked = strategy.ask()
        trials = []
        for x in asked[: evaluations - done]:
            trials.append(at(done, x[: len(start)]))
            done += 1
            best = min(best, trials[-1], key=lambda trial: trial.loss)
        if len(trials) < len(asked):
            break
        strategy.tell(asked, [trial.loss for trial in trials])
    return best


def overrides(fit: Fit, x: Sequence[float]) -> dict[str, float]:
    """Parameters by name at a place of the unit cube, the fixed ones among them."""
    return dict(fit.fixed) | {knob.name: float(f"{knob.at(unit):.6g}") for knob, unit in zip(fit.knobs, x, strict=True)}


def as_toml(fit: Fit, seed: int, evaluations: int, best: Trial) -> str:
    """The best overrides as a table that a level or a spec can take for its patient."""
    moved = overrides(fit, best.x)
    lines = [
        f"# Best of {evaluations} evaluations of {fit.name} ({fit.title}); n = {fit.n}, seed {seed},",
        f"# model {model_version()}, loss {best.loss:.4g}.",
        "",
        "[patient]",
        *(f"{name} = {value!r}" for name, value in fit.fixed.items()),
        *(f"{knob.name} = {moved[knob.name]!r}  # was {knob.start:g}" for knob in fit.knobs),
    ]
    return "\n".join(lines) + "\n"


def report(fit: Fit, journal: Journal, best: Trial) -> str:
    """What was aimed at, before and after, and what moved, in Markdown."""
    start = journal.trials[0]
    moved = overrides(fit, best.x)
    lines = [
        f"# {fit.title}",
        "",
        f"{len(journal.trials)} evaluations with {fit.n} patients an arm: loss {start.loss:.4g} to {best.loss:.4g}.",
        "",
        "| parameter | was | is | from | to |",
        "|---|---|---|---|---|",
        *(f"| {k.name} | {k.start:g} | {moved[k.name]:g} | {k.lo:g} | {k.hi:g} |" for k in fit.knobs),
        "",
        "| figure | published | band | was | is |",
        "|---|---|---|---|---|",
    ]
    for row in fit.rows:
        for result in row.results:
            name = f"{row.key}/{result.key}"
            band = "–" if result.band is None else f"{result.band[0]:.3g} to {result.band[1]:.3g}"
            was, now = start.figures.get(name, float("nan")), best.figures.get(name, float("nan"))
            lines.append(f"| {name} | {result.value:.3g} | {band} | {was:.3g} | {now:.3g} |")
    return "\n".join(lines) + "\n"


def fit(asked: argparse.Namespace) -> int:
    """Run a fit to so many evaluations in all, and write its best overrides and a report."""
    aim = read_fit(Source.of(Path(asked.fit)))
    state = Path(asked.state or FOLDER / f"{aim.name}.jsonl")
    out = Path(asked.out or FOLDER / f"{aim.name}.toml")
    for path in (state, out):
        path.parent.mkdir(parents=True, exist_ok=True)
    check_targets([state, out, out.with_suffix(".md")])
    journal = Journal.open(state, aim, asked.seed)
    if journal.trials:
        print(f"{state}: going on after {len(journal.trials)} evaluations", file=sys.stderr)
    began, lowest = monotonic(), min((trial.loss for trial in journal.trials), default=float("inf"))

    def told(trial: Trial, done: int) -> None:
        nonlocal lowest
        mark = "  best" if trial.loss < lowest else ""
        lowest = min(lowest, trial.loss)
        spent = monotonic() - began
        print(f"{done}/{asked.evaluations}: loss {trial.loss:.4g}, {spent:.0f} s{mark}", file=sys.stderr, flush=True)

    evaluate = evaluator(aim, asked.seed, asked.engine, asked.jobs)
    best = search(aim, asked.seed, asked.evaluations, journal, evaluate, told)
    out.write_text(as_toml(aim, asked.seed, len(journal.trials), best), encoding="utf-8")
    out.with_suffix(".md").write_text(report(aim, journal, best), encoding="utf-8")
    print(f"loss {journal.trials[0].loss:.4g} to {best.loss:.4g}; written: {out}, {out.with_suffix('.md')}")
    return OK
