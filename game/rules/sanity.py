"""Does a level fit its pack and the command table? What the readers of TOML alone cannot see."""

from __future__ import annotations

from collections.abc import Iterator

from game.content import ContentError, Level, Pack, line_of
from game.rules.commands import CAUSES, COMMANDS, ORDER_ARGS, SITES, fits, orders_to
from game.sim import Case
from game.sim.parameters import CaseError


def pack_problems(pack: Pack, file: str) -> list[ContentError]:
    """What `pack` lacks for the acts of the command table; empty when it can be played by."""
    line = line_of(pack.text, ("tasks",))
    missing = sorted({row.task for row in COMMANDS.values() if row.task} - pack.tasks_ms.keys())
    return [ContentError(file, line, "nothing", f"a time for {task!r}") for task in missing]


def problems(level: Level, pack: Pack, file: str) -> list[ContentError]:
    """Everything wrong with `level` beside `pack`, in the order of the file; empty when it can be played."""
    found = [*_names(level, pack, file), *_patient(level, file)]
    found += [*_findings(level, pack, file), *_loops(level, pack, file)]
    return sorted(found, key=lambda problem: problem.line)


def _names(level: Level, pack: Pack, file: str) -> Iterator[ContentError]:
    if level.pack != pack.name:
        yield ContentError(file, line_of(level.text, ("pack",)), level.pack, f"the pack {pack.name!r}")
    if level.cause not in CAUSES:
        yield ContentError(file, line_of(level.text, ("cause",)), level.cause, "one of " + ", ".join(CAUSES))
    for site in level.start.lines:
        if site not in SITES:
            yield ContentError(file, line_of(level.text, ("start", "lines")), site, "one of " + ", ".join(SITES))
    if level.start.oxygen_l_min not in pack.oxygen_flows_l_min:
        line = line_of(level.text, ("start", "oxygen_l_min"))
        yield ContentError(file, line, level.start.oxygen_l_min, f"one of {pack.oxygen_flows_l_min}")


def _patient(level: Level, file: str) -> Iterator[ContentError]:
    try:
        Case.of(**level.patient)
    except CaseError as error:
        line = line_of(level.text, ("patient", error.name))
        yield ContentError(file, line, error.value, f"{error.name}: {error.expected}")


def _findings(level: Level, pack: Pack, file: str) -> Iterator[ContentError]:
    for number, finding in enumerate(level.findings):
        acts = [op for op, row in COMMANDS.items() if row.station == finding.station and row.task in pack.tasks_ms]
        if finding.found_by and finding.found_by not in acts:
            line = line_of(level.text, ("finding", number, "found_by"))
            wish = "a timed act of the same station: " + ", ".join(acts)
            yield ContentError(file, line, finding.found_by, wish)


def _loops(level: Level, pack: Pack, file: str) -> Iterator[ContentError]:
    for number, loop in enumerate(level.loops):
        if loop.op not in orders_to(loop.station):
            line = line_of(level.text, ("loop", number, "op"))
            yield ContentError(file, line, loop.op, "one of " + ", ".join(orders_to(loop.station)))
        elif not fits(kinds := ORDER_ARGS.get(loop.op, ()), loop.args, level, pack):
            line = line_of(level.text, ("loop", number, "args"))
            wish = " and ".join(f"a {kind} of the pack" for kind in kinds) or "no args"
            yield ContentError(file, line, loop.args, wish)
