"""The console command `resus`: what it takes, what it prints, and how it ends."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from enum import IntEnum
from pathlib import Path
from threading import Thread
from typing import Final

from game import __version__
from game.bots.bot import Bot
from game.bots.crew import SKILLS, CrewBot
from game.content import ContentError
from game.log import Fact
from game.room.fold import ReplayError, verify
from game.rules.setup import Sight
from game.scoring import Score, score
from game.scoring.utstein import utstein
from game.sim.parameters import model_version
from game.stations import SEAT_SETS, Role
from lab.cli import add_commands as add_lab_commands
from lab.run import LabError
from server.authority.library import load_library
from server.banner import addresses, banner
from server.bots import play_seats
from server.bus import CreateSession
from server.client import Api, ClientError
from server.gate import TEST_BUILD, GateError, ServeOptions, serve
from server.level_commands import LevelError
from server.level_commands import add_commands as add_level_commands
from server.record import record_csv, record_json, record_table
from server.resources import levels_dir, site_dir
from server.score_explain import score_explained
from server.score_table import score_table
from server.store.export import SUFFIX, LogFile, LogFileError, read_log, write_log
from server.store.reader import reading
from server.store.tables import StoreError

DESCRIPTION: Final = "Resus Crew: four people, four browser tabs, one patient. Training only."
EXIT_CODES: Final = "Exit codes: 0 all is well; 1 problems were found; 2 it could not be done as asked."
LOG_HELP: Final = f"an exported log (*{SUFFIX}), or the name of a run in --data"
BOT_SEED: Final = 1
OPENING_LEVEL: Final = "S01"
EVERYWHERE: Final = "0.0.0.0"  # noqa: S104 - a class comes in over the network
PORT: Final = 8000
DEFAULT_SERVER: Final = f"http://127.0.0.1:{PORT}"


class Exit(IntEnum):
    """How a command ends."""

    OK = 0
    PROBLEMS = 1
    USAGE = 2
    INTERRUPTED = 130


class UsageError(Exception):
    """What was asked cannot be done as asked: a sentence for people, exit 2."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code; what people can mend never ends in a traceback."""
    asked = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = asked.run
    try:
        return run(asked)
    except (UsageError, GateError, ClientError, StoreError, LogFileError, ContentError, LabError, LevelError) as error:
        return _complain(str(error))
    except BrokenPipeError:
        # Whoever read our output has gone; nothing more may be written, not even by the interpreter's last flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.OK
    except OSError as error:
        return _complain(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except KeyboardInterrupt:
        return Exit.INTERRUPTED


def _complain(sentence: str) -> Exit:
    print(f"resus: {sentence}", file=sys.stderr)
    return Exit.USAGE


def default_data_dir() -> Path:
    """Where games are kept unless --data says otherwise: the user's own data folder (XDG base directories)."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "resus-crew"


def run_server(asked: argparse.Namespace) -> Exit:
    """`resus serve`"""
    site = site_dir()
    if not (site / "manifest.json").is_file():
        print("resus: the client has not been built, so that pages will be missing: run `make build`", file=sys.stderr)
    data = _data_dir(asked)
    print(f"games are kept in  {data}")

    def on_up(port: int) -> None:
        # In a thread: the gate that calls this must go on accepting, or nobody would answer.
        Thread(target=_greet, args=(asked.host, port, _opening(asked)), daemon=True).start()

    options = ServeOptions(
        host=asked.host,
        port=asked.port,
        data_dir=data,
        levels_dir=Path(asked.levels) if asked.levels else levels_dir(),
        site_dir=site,
        origins=tuple(asked.origin),
        trust_proxy=asked.trust_proxy,
        clock_rate=asked.clock_rate,
        on_up=on_up,
    )
    return Exit(serve(options))


def _opening(asked: argparse.Namespace) -> CreateSession | None:
    """The session to open at the start, if one is wanted."""
    if not asked.session:
        return None
    return CreateSession(asked.level, None, asked.pack, asked.sight, asked.players, asked.bots)


def _greet(host: str, port: int, opening: CreateSession | None) -> None:
    """Opens the first session and prints how to get to it."""
    where = addresses(host, port)
    code = None
    if opening is not None:
        try:
            code = asyncio.run(Api(where[0]).create(opening)).code
        except ClientError as error:
            _complain(f"no session was opened: {error}")
    # A terminal without block characters gets no picture.
    picture = (sys.stdout.encoding or "").lower().startswith("utf")
    print(banner(where, code, picture=picture), flush=True)


def list_logs(asked: argparse.Namespace) -> Exit:
    """`resus log list`"""
    with reading(_data_dir(asked)) as reader:
        runs = reader.runs()
    for run in runs:
        started = datetime.fromtimestamp(run.started_unix_ms / 1000, UTC).astimezone()
        ended = run.ended or "not ended"
        print(f"{run.run}  {started:%Y-%m-%d %H:%M}  {run.level:<6} {run.session} {run.team:<12} {ended}")
    if not runs:
        print("no run has been played yet", file=sys.stderr)
    return Exit.OK


def export_log(asked: argparse.Namespace) -> Exit:
    """`resus log export`"""
    log = _read(asked)
    path = Path(asked.output or f"{log.header.run}{SUFFIX}")
    write_log(path, log.header, log.entries)
    print(f"{path}: {len(log.entries)} entries")
    return Exit.OK


def replay_log(asked: argparse.Namespace) -> Exit:
    """`resus log replay`"""
    log = _read(asked)
    header = log.header
    if header.model != model_version():
        raise UsageError(
            f"this log was written by model {header.model} and only that can replay it; this program has "
            f"{model_version()}. Its facts can still be scored: resus score {asked.log}"
        )
    level, pack = header.case()
    try:
        verify(level, pack, header.seed, log.entries, header.setup)
    except ReplayError as error:
        print(f"differs: {error}")
        return Exit.PROBLEMS
    hashes = sum(entry.kind is Fact.HASH for entry in log.entries)
    print(f"equal: {len(log.entries)} entries, {hashes} state hashes")
    return Exit.OK


def score_log(asked: argparse.Namespace) -> Exit:
    """`resus score`"""
    result = _score(_read(asked))
    if asked.json:
        # Whoever holds the log holds everybody's part of it: this is the instructor's view.
        print(json.dumps(result.to_json_dict(coached=tuple(Role))))
    else:
        print(score_table(result))
        if asked.explain:
            print(f"\n{score_explained(result)}")
    return Exit.OK


def record_log(asked: argparse.Namespace) -> Exit:
    """`resus record`"""
    log = _read(asked)
    level, pack = log.header.case()
    record = utstein(log.entries, pack, level, load_library(levels_dir()).weights)
    show = record_csv if asked.csv else record_json if asked.json else record_table
    print(show({"run": log.header.run, "started_unix_ms": log.header.started_unix_ms, **record}))
    return Exit.OK


def run_bots(asked: argparse.Namespace) -> Exit:
    """`resus bots`"""
    library = load_library(Path(asked.levels) if asked.levels else levels_dir())

    def make_bot(seat: int, level: str, pack: str) -> Bot:
        if level not in library.levels or pack not in library.packs:
            raise UsageError(f"the session plays {level} by {pack}, which is not here: say --levels DIR")
        case = library.case(level, pack)
        return CrewBot(seat, case.level, case.pack, BOT_SEED, asked.skill)

    players = asyncio.run(play_seats(Api(asked.server), asked.code, asked.seats, make_bot))
    told = players[0].told
    if not told.result:
        raise UsageError("the run ended without a result: the server's log says why")
    result = json.loads(told.result)
    print(f"run {result['run']}: {result['outcome']}, score {result['score']}, CCF {result['ccf']:.1%}")
    return Exit.OK


def _score(log: LogFile) -> Score:
    """The score of a log by its own level and pack, and by the weights of this program."""
    level, pack = log.header.case()
    return score(log.entries, pack, level, load_library(levels_dir()).weights)


def _read(asked: argparse.Namespace) -> LogFile:
    """The log that LOG names: a file, or a run of the store."""
    path = Path(asked.log)
    if path.is_file():
        return read_log(path)
    if path.name != asked.log or asked.log.endswith(SUFFIX):
        raise UsageError(f"{path}: there is no such file")
    with reading(_data_dir(asked)) as reader:
        return LogFile(reader.header(asked.log), tuple(reader.entries(asked.log)))


def _data_dir(asked: argparse.Namespace) -> Path:
    return Path(asked.data) if asked.data else default_data_dir()


def _seats(text: str) -> list[int]:
    """Seat numbers or role words, separated by commas."""
    roles = {**{str(role.value): role for role in Role}, **{role.name.lower(): role for role in Role}}
    words = [word.strip().lower() for word in text.split(",")]
    if unknown := [word for word in words if word not in roles]:
        raise argparse.ArgumentTypeError(f"{unknown[0]!r} is no seat: expected {', '.join(roles)}")
    return [int(role) for role in dict.fromkeys(roles[word] for word in words)]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("resus", description=DESCRIPTION, epilog=EXIT_CODES)
    parser.add_argument("--version", action="version", version=f"resus-crew {__version__}")
    commands = _Commands(parser)

    _add_serve(commands)
    add_level_commands(commands.group("levels", "work with level and pack files").add, levels_dir())

    log = commands.group("log", "work with the logs of runs")
    _add_data(log.add("list", "List the runs on record, oldest first.", list_logs))
    export = log.add("export", "Write a run's log to one file that stands alone.", export_log)
    export.add_argument("log", metavar="LOG", help=LOG_HELP)
    export.add_argument("-o", "--output", metavar="FILE", help=f"where to (default: RUN{SUFFIX} in this folder)")
    _add_data(export)
    replay = log.add("replay", "Play a log's inputs again and compare every fact and state hash.", replay_log)
    replay.add_argument("log", metavar="LOG", help=LOG_HELP)
    _add_data(replay)

    scoring = commands.add("score", "Score a run from its log alone.", score_log)
    scoring.add_argument("log", metavar="LOG", help=LOG_HELP)
    scoring.add_argument("--json", action="store_true", help="print everything as JSON instead of a table")
    scoring.add_argument("--explain", action="store_true", help="say of every lost point where, why and by which rule")
    _add_data(scoring)

    record = commands.add("record", "Write the Utstein-style record of a run from its log alone.", record_log)
    record.add_argument("log", metavar="LOG", help=LOG_HELP)
    shape = record.add_mutually_exclusive_group()
    shape.add_argument("--csv", action="store_true", help="a line of names and a line of values")
    shape.add_argument("--json", action="store_true", help="one JSON object")
    _add_data(record)

    crew = commands.add("bots", "Let bots join a session over the network and play it to its end.", run_bots)
    crew.add_argument("code", metavar="CODE", help="the session's six-character code")
    crew.add_argument("--server", metavar="URL", default=DEFAULT_SERVER, help="address of the server (%(default)s)")
    crew.add_argument(
        "--seats", type=_seats, help="numbers or roles with commas: 0,1 or airway,meds (default: all free)"
    )
    crew.add_argument("--skill", choices=SKILLS, default=SKILLS[0], help="how well they play (%(default)s)")
    crew.add_argument("--levels", metavar="DIR", help="folder of levels, for a session that plays one of its own")

    add_lab_commands(commands.group("sim", "try treatments on simulated patients").add, levels_dir())
    return parser


def _add_serve(commands: _Commands) -> None:
    parser = commands.add("serve", "Serve the game: pages, sessions and logs, all on one port.", run_server)
    parser.add_argument("--host", default=EVERYWHERE, help="address to listen on (default: %(default)s, all)")
    parser.add_argument("--port", type=int, default=PORT, help="port to listen on; 0 takes any free one (%(default)s)")
    parser.add_argument("--levels", metavar="DIR", help="play the levels of this folder instead of the bundled ones")
    parser.add_argument(
        "--level",
        metavar="NAME",
        default=OPENING_LEVEL,
        help="of the first session; S03B is form B of S03 (%(default)s)",
    )
    parser.add_argument("--pack", metavar="NAME", help="guideline pack of the first session (default: the level's own)")
    parser.add_argument(
        "--sight",
        choices=list(Sight),
        default=Sight.REAL,
        help="what its people see: all, their own, or own and a Leader without a monitor (%(default)s)",
    )
    parser.add_argument(
        "--players",
        type=int,
        choices=sorted(SEAT_SETS),
        default=4,
        help="how many seats share the stations (%(default)s)",
    )
    parser.add_argument(
        "--bots", choices=SKILLS, default=SKILLS[0], help="how well bots play in empty seats (%(default)s)"
    )
    parser.add_argument("--no-session", dest="session", action="store_false", help="open no session at the start")
    parser.add_argument("--origin", action="append", default=[], help="another origin whose pages may play here")
    parser.add_argument("--trust-proxy", action="store_true", help="believe X-Forwarded headers (behind a proxy only)")
    parser.add_argument("--clock-rate", type=int, default=1, help=f"faster rooms, for tests (with {TEST_BUILD}=1)")
    _add_data(parser)


class _Commands:
    """A set of subcommands, each with the same manners."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self._commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def add(self, name: str, words: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        parser = self._commands.add_parser(name, help=words, description=words, epilog=EXIT_CODES)
        parser.set_defaults(run=run)
        return parser

    def group(self, name: str, words: str) -> _Commands:
        return _Commands(self._commands.add_parser(name, help=words, description=words, epilog=EXIT_CODES))


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", metavar="DIR", help=f"where games are kept (default: {default_data_dir()})")
