"""The console command run as people run it, and a short played game to give it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from game.bots.crew import crew_of_bots
from game.content import load_level, load_pack
from game.log import Entry
from game.room.host import Host
from game.sim import model_version, parameter_texts
from game.stations import LinkState, Role
from server.cli import main
from server.resources import levels_dir
from server.store.export import LogFile, write_log
from server.store.header import RunHeader, SeatHeader
from server.store.live import LiveStore

RUN = "run-of-the-test"
SEED = 7


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str


Resus = Callable[..., Done]


@pytest.fixture
def shell(root: Path, tmp_path: Path) -> Resus:
    """Runs `resus` as a process of its own in an empty folder; a person's own games are never touched."""
    environment = {**os.environ, "PYTHONPATH": str(root), "XDG_DATA_HOME": str(tmp_path / "home"), "COLUMNS": "100"}
    environment.pop("RESUS_TEST", None)

    def run(*arguments: str | Path) -> Done:
        command = [sys.executable, "-W", "error", "-m", "server", *map(str, arguments)]
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False
        )
        return Done(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def resus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Resus:
    """Runs `resus` in this process, which is quicker, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))

    def run(*arguments: str | Path) -> Done:
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Done(code, captured.out, captured.err)

    return run


@pytest.fixture(scope="session")
def game() -> LogFile:
    """Half a minute of S01, played by bots on virtual time."""
    level_text = (levels_dir() / "S01.toml").read_text("utf-8").replace("time_limit_s = 720", "time_limit_s = 30")
    pack_text = (levels_dir() / "packs" / "aha2025.toml").read_text("utf-8")
    level, pack = load_level(level_text, "S01.toml"), load_pack(pack_text, "aha2025.toml")
    host = Host(level, pack, SEED, crew_of_bots(level, pack, SEED))
    for role in Role:
        host.link(role, LinkState.BOT)
    entries: list[Entry] = []
    while not host.ended:
        entries += host.tick(host.now_ms + 1000).entries
    header = RunHeader(
        run=RUN,
        session="K7M4QX",
        team="Kestrel",
        epoch=1,
        level=level.name,
        level_text=level_text,
        pack_text=pack_text,
        parameter_texts=dict(parameter_texts()),
        seed=SEED,
        model=model_version(),
        seats=tuple(SeatHeader(role, role.name.lower(), False) for role in Role),
        started_unix_ms=1_790_000_000_000,
    )
    return LogFile(header, tuple(entries))


@pytest.fixture
def log_file(game: LogFile, tmp_path: Path) -> Path:
    """The game as an exported file."""
    path = tmp_path / "game.resus.jsonl.gz"
    write_log(path, game.header, game.entries)
    return path


@pytest.fixture
def data(game: LogFile, tmp_path: Path) -> Path:
    """A data folder that holds the game."""
    folder = tmp_path / "data"
    with LiveStore(folder) as store:
        log = store.add_run(game.header)
        log.add(game.entries)
        log.end("time")
        store.commit()
    return folder
