"""`resus sim validate`: asks simulated patients what papers asked people, and writes down how they compare."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from game.content import ContentError, Table
from game.sim import Case, CaseError
from game.sim.parameters import model_version
from lab.commands import OK, OUT
from lab.experiments import EXPERIMENTS, Bench
from lab.measures import MEASURES, Cohorts
from lab.page import Provenance, estimate, figure, page
from lab.plots import draw_all
from lab.progress import Progress
from lab.published import HUGE, Row, published
from lab.run import LabError
from lab.runs import Runs
from lab.schema import Source
from lab.statistics import Estimate
from lab.tables import check_targets
from lab.verdict import RowVerdict, judge


def answer(row: Row, cohorts: Cohorts, bench: Bench) -> RowVerdict:
    """Ask one row, of cohorts or on the bench. What keeps it from being measured is said in the verdict."""
    try:
        found: Mapping[str, Estimate]
        found = MEASURES[row.key](cohorts) if row.specs else EXPERIMENTS[row.key](bench)
    except (ContentError, LabError) as error:
        return judge(row, {}, str(error))
    return judge(row, found)


def chosen(only: Sequence[str]) -> list[Row]:
    """The rows to ask, in the order of the table; all that can be answered if none is named. LabError."""
    rows = published()
    if unknown := [key for key in only if key not in rows]:
        raise LabError(f"there is no row {unknown[0]}: the rows are {', '.join(rows)}")
    if silent := [key for key in only if rows[key].unanswered]:
        raise LabError(f"{silent[0]} cannot be answered: {rows[silent[0]].unanswered}")
    return [row for key, row in rows.items() if not row.unanswered and (not only or key in only)]


def write_page(path: Path, verdicts: Sequence[RowVerdict], cohorts: Cohorts, ran: Provenance) -> None:
    """Write the page, and its pictures into a folder of its name beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pictures = draw_all(path.with_suffix(""), verdicts, cohorts)
    unanswered = [(row.key, row.study, row.unanswered) for row in published().values() if row.unanswered]
    path.write_text(page(verdicts, unanswered, ran, pictures), encoding="utf-8")


def read_patient(file: str | None) -> dict[str, float]:
    """The table [patient] of a TOML file as a fit writes it. ContentError, LabError, OSError."""
    if file is None:
        return {}
    source = Source.of(Path(file))
    found = Table(source.data, source.text, source.file).table("patient")
    overrides = {name: found.number(name, -HUGE, HUGE) for name in found}
    check_patient(overrides, file)
    return overrides


def check_patient(overrides: Mapping[str, float], file: str) -> None:
    """LabError if a patient cannot have these parameters."""
    try:
        Case.of(**overrides)
    except CaseError as error:
        raise LabError(f"{file}: {error}") from None


def lines(verdict: RowVerdict) -> list[str]:
    """A row in a terminal."""
    if verdict.trouble:
        return [f"{verdict.row.key:<4} {verdict.row.study}: not measured, {verdict.trouble}"]
    inside, of = verdict.count
    right, signs = verdict.signs
    found = [f"{verdict.row.key:<4} {verdict.row.study}: {inside} of {of} inside, {right} of {signs} signs right"]
    for each in verdict.verdicts:
        band = each.result.band
        mark = " " if each.inside or (band is None and each.right is not False) else "*"
        wanted = f"{figure(band[0])} to {figure(band[1])}" if band else ""
        wrong = "  wrong sign" if each.right is False else ""
        found.append(f"   {mark} {each.result.key:<22} {estimate(each.found):<28} {wanted}{wrong}")
    return found


def validate(asked: argparse.Namespace) -> int:
    """Ask the rows, print them, write the page. 0 when every row was measured, 1 otherwise."""
    rows = chosen(asked.only)
    overrides = read_patient(asked.patient)
    out = Path(asked.out or OUT) if asked.out or not asked.only else None
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        check_targets([out])
    cohorts = Runs(asked.n, asked.seed, overrides, engine=asked.engine, jobs=asked.jobs, progress=Progress)
    verdicts = []
    for row in rows:
        verdicts.append(answer(row, cohorts, Bench(overrides)))
        print("\n".join(lines(verdicts[-1])), flush=True)
    if out is not None:
        write_page(out, verdicts, cohorts, Provenance(asked.n, asked.seed, model_version(), asked.patient or ""))
        print(f"written: {out}")
    return 1 if any(verdict.trouble for verdict in verdicts) else OK
