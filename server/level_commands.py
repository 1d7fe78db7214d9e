"""The commands of `resus levels`: check, list, show, new, report, schema."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, Protocol

from game.content import FORMS, Level, load_level, played_by
from game.content.schema import KINDS, schema_text
from server import level_report
from server.authority.library import WEIGHTS_FILE
from server.content_check import PACKS, check, packs_in
from server.level_play import play_levels
from server.level_sheet import as_html, as_text, word

OK: Final = 0
PROBLEMS: Final = 1
TEMPLATE: Final = Path(__file__).with_name("level_template.toml")
NAME: Final = re.compile(r"[A-Z][A-Z0-9_-]{0,15}")


class LevelError(Exception):
    """What was asked of a level cannot be done: a sentence for people."""


class Add(Protocol):
    """Hangs a command into a group: its name, words of help, and what runs it."""

    def __call__(
        self, name: str, words: str, run: Callable[[argparse.Namespace], int], /
    ) -> argparse.ArgumentParser: ...


def add_commands(add: Add, bundled: Path) -> None:
    """Hang the commands into a command line. Levels and packs without a path are looked for in `bundled`."""
    checking = add("check", "Check levels and packs, and say what is wrong with them by file and line.", run_check)
    checking.add_argument(
        "path", metavar="PATH", nargs="?", type=Path, default=bundled, help="a file or folder (default: all bundled)"
    )
    checking.add_argument("--play", metavar="N", type=_seeds, help="play N seeds of each level with bots as well")

    listing = add("list", "List levels: name, length, title, cause.", run_list)
    listing.add_argument("path", metavar="DIR", nargs="?", type=Path, default=bundled, help="a folder of levels")

    showing = add("show", "Print a level as a sheet for the instructor; it tells the cause.", run_show)
    showing.add_argument("level", metavar="LEVEL", help="a level's name (S01), or a level file")
    showing.add_argument("--form", choices=FORMS, default=FORMS[0], help="which form (%(default)s)")
    showing.add_argument("--pack", metavar="PACK", help="the guideline (default: the level's own)")
    showing.add_argument("--html", action="store_true", help="one page to print, instead of text")

    making = add("new", "Write a commented level file to start from, in this folder.", run_new)
    making.add_argument("level", metavar="NAME", help="its name: capital letters and digits, such as MY01")
    making.add_argument("--like", metavar="LEVEL", help="start from this level instead")

    reporting = add("report", "Play levels with bots of every skill and write the page of outcomes.", run_report)
    reporting.add_argument("path", metavar="DIR", nargs="?", type=Path, default=bundled, help="a folder of levels")
    reporting.add_argument(
        "--seeds", metavar="N", type=_seeds, default=20, help="of each level and skill (%(default)s)"
    )
    reporting.add_argument("--jobs", metavar="N", type=_seeds, help="processes (default: one for each core)")
    reporting.add_argument("--out", metavar="FILE", type=Path, help="where to write the page (default: print it)")

    schema = add("schema", "Print the JSON schema of level or pack files, for editors that know schemas.", run_schema)
    schema.add_argument("kind", choices=KINDS, nargs="?", default=KINDS[0], help="which files (%(default)s)")
    for parser in (checking, listing, showing, making, schema):
        parser.set_defaults(bundled=bundled)


def run_check(asked: argparse.Namespace) -> int:
    """`resus levels check`"""
    checked = check(asked.path, asked.bundled)
    for problem in checked.problems:
        print(problem)
    if not checked.files:
        raise LevelError(f"{asked.path}: no .toml file is in it")
    print(f"files checked: {checked.files}, problems: {len(checked.problems)}")
    if checked.problems:
        return PROBLEMS
    return _play(asked.path, asked.bundled, asked.play) if asked.play else OK


def _play(path: Path, bundled: Path, seeds: int) -> int:
    """Plays every case at `path` by its own pack, in both forms; says what came out, and whether it will do."""
    files = _level_files(path) if path.is_dir() else [] if path.parent.name == PACKS else [path]
    levels = [level for file in files for level in _forms(file) if level.kind == "case"]
    packs = {**packs_in(bundled / PACKS), **packs_in((path if path.is_dir() else path.parent) / PACKS)}
    cases = [(level, played_by(level, packs[level.pack], f"{level.case}.toml")) for level in levels]
    problems = 0
    for verdict in play_levels(cases, seeds, _progress):
        lost = sum(run.outcome != "pulse_held" for run in verdict.nobody)
        print(
            f"{verdict.level:<5} crew held the pulse in {verdict.held} of {seeds}, nobody lost it in {lost} of {seeds}"
        )
        for problem in verdict.problems:
            problems += 1
            print(f"{verdict.level}: {problem}")
    print(f"runs played: {2 * seeds * len(cases)}, problems: {problems}")
    return PROBLEMS if problems else OK


def _progress(done: int, of: int) -> None:
    end = "\n" if done == of else "\r"
    print(f"played {done} of {of} runs", end=end, file=sys.stderr, flush=True)


def run_list(asked: argparse.Namespace) -> int:
    """`resus levels list`"""
    for file in _level_files(asked.path):
        level = load_level(file.read_text("utf-8"), str(file))
        cause = word("cause", level.cause) if level.cause else level.kind
        print(f"{level.name:<6} {level.time_limit_ms // 60_000:>2} min  {level.title:<46.46} {cause}")
    return OK


def run_show(asked: argparse.Namespace) -> int:
    """`resus levels show`"""
    file = _find(asked.level, asked.bundled)
    level = load_level(file.read_text("utf-8"), str(file), asked.form)
    packs = {**packs_in(asked.bundled / PACKS), **packs_in(file.parent / PACKS)}
    wanted = asked.pack or level.pack
    if wanted not in packs:
        raise LevelError(f"no pack {wanted!r}: expected one of {', '.join(packs)}")
    pack = played_by(level, packs[wanted], str(file))
    print((as_html if asked.html else as_text)(level, pack), end="")
    return OK


def run_new(asked: argparse.Namespace) -> int:
    """`resus levels new`"""
    name = asked.level
    if not NAME.fullmatch(name) or name[-1] in FORMS[1:]:
        raise LevelError(f"{name!r} is no name for a level: capital letters and digits, and no {FORMS[1]} at the end")
    text = (_find(asked.like, asked.bundled) if asked.like else TEMPLATE).read_text("utf-8")
    text = re.sub(r'^name = "[^"]*"', f'name = "{name}"', text, count=1, flags=re.MULTILINE)
    target = Path(f"{name}.toml")
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise LevelError(f"{target} is there already and is left as it is") from None
    print(f"{target}: now  resus levels check {target}")
    return OK


def run_report(asked: argparse.Namespace) -> int:
    """`resus levels report`"""
    levels = [load_level(file.read_text("utf-8"), str(file)) for file in _level_files(asked.path)]
    text = level_report.report(asked.path, levels, asked.seeds, asked.jobs or os.cpu_count() or 1, _progress)
    if asked.out is None:
        print(text, end="")
    else:
        asked.out.write_text(text, "utf-8")
    return OK


def run_schema(asked: argparse.Namespace) -> int:
    """`resus levels schema`"""
    print(schema_text(asked.kind), end="")
    return OK


def _seeds(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"{text}: expected a number of seeds from 1 to 1000")
    return int(text)


def _find(level: str, bundled: Path) -> Path:
    for file in (Path(level), bundled / f"{level}.toml"):
        if file.is_file():
            return file
    known = ", ".join(file.stem for file in _level_files(bundled))
    raise LevelError(f"no level {level!r}: expected a file, or one of {known}")


def _level_files(folder: Path) -> list[Path]:
    return [file for file in sorted(folder.glob("*.toml")) if file.name != WEIGHTS_FILE]


def _forms(file: Path) -> Iterator[Level]:
    text = file.read_text("utf-8")
    yield from (load_level(text, str(file), form) for form in FORMS)
