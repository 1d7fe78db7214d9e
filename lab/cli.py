"""`resus sim ...`: play a care plan on one patient, or on a cohort."""

from __future__ import annotations

import argparse
import json
from contextlib import ExitStack
from pathlib import Path

from game.content import Level, load_level
from game.sim import Case, CaseError
from lab import rows
from lab.cohort import cohort
from lab.commands import OK, Add, add_validation
from lab.picture import plot
from lab.plan import PLANS, find_plan
from lab.progress import Progress
from lab.report import LOOK_EVERY_S, as_json, course_lines, summary_lines
from lab.rows import Subject
from lab.run import ENGINES, LONGEST_MIN, LabError, play
from lab.schema import Source
from lab.spec import SPECS, load_spec
from lab.tables import TableFile, check_targets


def add_commands(add: Add, levels_dir: Path) -> None:
    """Hang the lab's commands into a command line. Levels named without a path are looked for in `levels_dir`."""
    run = add("run", "Play a care plan on a level's patient and print the course.", run_one)
    run.add_argument("--level", metavar="L", required=True, help="a level's name (S01), or a level file")
    run.add_argument("--care", metavar="C", required=True, help=f"a plan file, or one of: {_known(PLANS)}")
    run.add_argument("--seed", metavar="N", type=int, default=1, help="the patient's luck (%(default)s)")
    run.add_argument("--json", action="store_true", help="print everything as JSON")
    run.add_argument("--plot", metavar="FILE.png", help="draw the course (needs the extra `lab`)")
    run.add_argument("--minutes", metavar="M", type=_minutes, default=LONGEST_MIN, help="stop here (%(default)s)")
    run.add_argument("--engine", choices=ENGINES, default="python", help="which patient (%(default)s)")
    run.set_defaults(levels_dir=levels_dir)

    many = add("cohort", "Draw patients and care, play them all, and write a row for each.", run_cohort)
    many.add_argument("spec", metavar="SPEC", help=f"a spec file, or one of: {_known(SPECS)}")
    many.add_argument("--n", metavar="N", type=int, default=500, help="patients in each arm (%(default)s)")
    many.add_argument("--seed", metavar="N", type=int, default=1, help="the cohort's luck (%(default)s)")
    many.add_argument("--rows", metavar="OUT.csv", required=True, help="a row a patient")
    many.add_argument("--shocks", metavar="SHOCKS.csv", help="a row a shock")
    many.add_argument("--rhythms", metavar="RHYTHMS.csv", help="a row a change of rhythm or pulse")
    many.add_argument("--engine", choices=ENGINES, default="auto", help="which patient (%(default)s)")
    many.add_argument("--jobs", metavar="N", type=int, default=0, help="processes (default: one a core)")

    add_validation(add)


def _known(folder: Path) -> str:
    return ", ".join(sorted(path.stem for path in folder.glob("*.toml")))


def _minutes(text: str) -> float:
    value = float(text)
    if not 0.0 < value <= LONGEST_MIN:
        raise argparse.ArgumentTypeError(f"{text}: expected minutes above 0, up to {LONGEST_MIN}")
    return value


def run_one(asked: argparse.Namespace) -> int:
    """`resus sim run`"""
    level, plan = _level(asked.level, asked.levels_dir), find_plan(asked.care)
    picture = Path(asked.plot) if asked.plot else None
    check_targets([picture] if picture is not None else [])
    try:
        case = Case.of(**level.patient)
    except CaseError as error:
        raise LabError(f"{asked.level}: {error}") from None
    record = play(
        plan, level.patient, asked.seed, engine=asked.engine, minutes=asked.minutes, look_every_s=LOOK_EVERY_S
    )
    bystander = (record.crew_from if record.crew_ms >= 0 else len(record.pushes)) > 0
    subject = Subject(plan.name, 0, asked.seed, level.cause, case.age, case.weight_kg, True, bystander)
    if asked.json:
        print(json.dumps(as_json(level.name, plan.name, asked.seed, subject, record)))
    else:
        print(f"{level.name} {level.title} / {plan.title} / seed {asked.seed}\n")
        for line in course_lines(record):
            print(line)
        print()
        for line in summary_lines(subject, record):
            print(line)
    if picture is not None:
        plot(record, f"{level.name}, {plan.title}, seed {asked.seed}", picture)
    return OK


def _level(name: str, folder: Path) -> Level:
    path = folder / f"{name}.toml"
    path = path if "/" not in name and path.is_file() else Path(name)
    if not path.is_file():
        known = ", ".join(sorted(each.stem for each in folder.glob("S*.toml")))
        raise LabError(f"{name}: there is no such level; a file, or one of: {known}")
    return load_level(Source.of(path).text, str(path))


def run_cohort(asked: argparse.Namespace) -> int:
    """`resus sim cohort`"""
    if asked.n < 0 or asked.jobs < 0:
        raise LabError("--n and --jobs take whole numbers from 0 up")
    spec = load_spec(asked.spec)
    wanted = [(asked.rows, rows.COLUMNS), (asked.shocks, rows.SHOCK_COLUMNS), (asked.rhythms, rows.RHYTHM_COLUMNS)]
    check_targets([Path(name) for name, _ in wanted if name])
    with ExitStack() as stack:
        files = [stack.enter_context(TableFile(Path(name), columns)) if name else None for name, columns in wanted]
        progress = Progress(spec.name, asked.n, len(spec.arms))
        for result in cohort(spec, asked.n, asked.seed, engine=asked.engine, jobs=asked.jobs):
            for file, made in zip(files, (result.rows, result.shocks, result.rhythms), strict=True):
                if file is not None:
                    file.add(made)
            progress.step()
        progress.done()
    return OK
