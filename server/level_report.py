"""How bots of each skill fare on every level: what `resus levels report` plays, counts and writes as a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Final

from game.bots.crew import SKILLS, crew_of_bots
from game.content import FORMS, Level
from game.log import Entry, Fact, Input
from game.room.host import Host
from game.scoring import score
from game.stations import LinkState, Role
from server.authority.library import Library, load_library

Told = Callable[[int, int], None]
"""Hears how many runs are over, and of how many."""

PULSE_HELD: Final = "pulse_held"
FIRST_SEED: Final = 1
MINUTE_MS: Final = 60_000

HEADER: Final = """\
# How bots fare on the levels

Every level was played by crews of bots of three skills (`game/bots/params/bots.toml`): *expert* is a trained crew,
*trainee* one that has had the course once, *distracted* one whose mind is elsewhere. Bots see what people in their
seats see and act by the same commands. Half of the seeds were played on form A, half on form B. `resus levels report`
writes this page anew.
"""


@dataclass(frozen=True, slots=True)
class Job:
    """One run to play."""

    level: str
    skill: str
    seed: int


@dataclass(frozen=True, slots=True)
class Run:
    """What came of one run. `acts_per_min` and `idle_ms` are by seat."""

    held: bool
    score: int
    ccf: float | None
    """None where no time without a pulse was."""
    acts_per_min: tuple[float, ...]
    idle_ms: tuple[int, ...]


def jobs(levels: Iterable[str], seeds: int) -> list[Job]:
    """Every run of the report: `seeds` for each level and skill, half of them on each form."""
    return [
        Job(level + ("" if form == FORMS[0] else form), skill, FIRST_SEED + number)
        for level in levels
        for skill in SKILLS
        for form, share in zip(FORMS, ((seeds + 1) // 2, seeds // 2), strict=True)
        for number in range(share)
    ]


def play(folder: Path, job: Job) -> Run:
    """The level of the job played to its end by a crew of its skill."""
    library = _library(folder)
    case = library.case(job.level)
    host = Host(case.level, case.pack, job.seed, crew_of_bots(case.level, case.pack, job.seed, skill=job.skill))
    for role in Role:
        host.link(role.value, LinkState.BOT)
    entries = host.tick(case.level.time_limit_ms).entries
    result = score(entries, case.pack, case.level, library.weights)
    return Run(
        held=result.outcome == PULSE_HELD,
        score=result.score,
        ccf=result.ccf if result.pulseless_ms else None,
        acts_per_min=tuple(round(acts_per_min(entries, role.value), 1) for role in Role),
        idle_ms=tuple(longest_idle_ms(entries, role.value) for role in Role),
    )


def play_all(folder: Path, wanted: Sequence[Job], processes: int, told: Told) -> list[Run]:
    """Every job on `processes` cores, in order; `told` hears how many of them are done."""
    runs: list[Run] = []
    with ProcessPoolExecutor(processes) as pool:
        for run in pool.map(play, [folder] * len(wanted), wanted):
            runs.append(run)
            told(len(runs), len(wanted))
    return runs


@cache
def _library(folder: Path) -> Library:
    return load_library(folder)


def acts_per_min(entries: Sequence[Entry], seat: int) -> float:
    """Acts of a seat in a minute: commands that were not refused, presses and squeezes."""
    edges = sum(len(entry.args) - 2 for entry in entries if entry.seat == seat and entry.kind is Input.EDGES)
    commands = sum(entry.seat == seat and entry.kind is Input.COMMAND for entry in entries)
    refused = sum(entry.seat == seat and entry.kind is Fact.REFUSED for entry in entries)
    return (edges / 2 + commands - refused) * MINUTE_MS / entries[-1].ms


def longest_idle_ms(entries: Sequence[Entry], seat: int) -> int:
    """The longest time in which a seat neither acts nor has a task in hand."""
    longest_ms = end_ms = 0
    for start_ms, stop_ms in sorted(_busy(entries, seat)):
        longest_ms = max(longest_ms, start_ms - end_ms)
        end_ms = max(end_ms, stop_ms)
    return max(longest_ms, entries[-1].ms - end_ms)


def _busy(entries: Sequence[Entry], seat: int) -> Iterator[tuple[int, int]]:
    """Spans in which a seat acts or has a task in hand."""
    last_ms = entries[-1].ms
    own = [entry for entry in entries if entry.seat == seat]
    yield from ((entry.ms, entry.ms) for entry in own if entry.kind in (Input.COMMAND, Input.EDGES))
    tasks = [entry for entry in own if entry.kind is Fact.TASK]
    for begun, ended in pairwise([*tasks, None]):
        if begun is not None and begun.args[1] == "started":
            yield begun.ms, last_ms if ended is None else ended.ms


def report(folder: Path, levels: Sequence[Level], seeds: int, processes: int, told: Told) -> str:
    """The page: every level of `folder` played by every skill with `seeds` seeds, on `processes` cores."""
    wanted = jobs([level.name for level in levels], seeds)
    runs = play_all(folder, wanted, processes, told)
    return page(levels, dict(zip(wanted, runs, strict=True)), seeds)


def page(levels: Sequence[Level], runs: Mapping[Job, Run], seeds: int) -> str:
    """The whole page; the same runs give the same text."""
    seats = " | ".join(role.name.capitalize() for role in Role)
    return "\n".join(
        (
            HEADER,
            f"Played with `resus levels report --seeds {seeds}`.\n",
            "## Outcomes\n",
            "Pulse: share of runs with the pulse held to the end. A / B: on each form. Score and CCF: medians.",
            "No CCF is told where the pulse was never gone.\n",
            "| Level | Skill | Pulse | A / B | Score | A / B | CCF |",
            "|---|---|---:|---:|---:|---:|---:|",
            *(line for level in levels for line in _outcomes(level, runs)),
            "",
            "## How busy each seat of an expert crew is\n",
            "Median acts a minute; then the longest time without an act or a task in hand, in seconds: median (worst).",
            "Seats trade their stations at switches.\n",
            f"| Level | {seats} |",
            "|---|" + "---:|" * len(Role),
            *(_busyness(level.name, runs) for level in levels),
            "",
        )
    )


def _outcomes(level: Level, runs: Mapping[Job, Run]) -> Iterator[str]:
    for skill in SKILLS:
        forms = [_of(runs, level.name, form, skill) for form in FORMS]
        both = [run for each in forms for run in each]
        drill = level.kind != "case"
        held, by_form = ("-", "-") if drill else (_share(both), " / ".join(map(_share, forms)))
        scores = " / ".join(map(_score, forms))
        yield f"| {level.name} | {skill} | {held} | {by_form} | {_score(both)} | {scores} | {_ccf(both)} |"


def _of(runs: Mapping[Job, Run], level: str, form: str, skill: str) -> list[Run]:
    name = level + (form if form != FORMS[0] else "")
    return [run for job, run in runs.items() if (job.level, job.skill) == (name, skill)]


def _share(runs: Sequence[Run]) -> str:
    return f"{sum(run.held for run in runs) / len(runs):.0%}" if runs else "-"


def _score(runs: Sequence[Run]) -> str:
    return f"{median(run.score for run in runs):.0f}" if runs else "-"


def _ccf(runs: Sequence[Run]) -> str:
    seen = [run.ccf for run in runs if run.ccf is not None]
    return f"{median(seen):.0%}" if seen else "-"


def _busyness(level: str, runs: Mapping[Job, Run]) -> str:
    experts = [run for form in FORMS for run in _of(runs, level, form, SKILLS[0])]
    cells = []
    for role in Role:
        acts = median(run.acts_per_min[role] for run in experts)
        idle_s = [run.idle_ms[role] / 1000 for run in experts]
        cells.append(f"{acts:.0f}, {median(idle_s):.0f} ({max(idle_s):.0f})")
    return f"| {level} | " + " | ".join(cells) + " |"
