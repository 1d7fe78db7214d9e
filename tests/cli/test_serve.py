"""`resus serve` and `resus bots` as processes of their own, on a real port."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from game.log import is_input
from game.stations import Role
from server.resources import levels_dir
from server.store.export import read_log
from tests.cli.conftest import Resus

PLAY_S = 12


@pytest.fixture
def short_levels(tmp_path: Path) -> Path:
    """The bundled levels, with S01 cut short."""
    folder = tmp_path / "levels"
    shutil.copytree(levels_dir(), folder)
    file = folder / "S01.toml"
    file.write_text(file.read_text("utf-8").replace("time_limit_s = 720", f"time_limit_s = {PLAY_S}"), "utf-8")
    return folder


@pytest.fixture
def server(root: Path, tmp_path: Path, short_levels: Path) -> Iterator[subprocess.Popen[str]]:
    """A server that keeps its games in the test's folder; killed at the end if it still runs."""
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "server", "serve", "--host", "127.0.0.1", "--port", "0"),
            *("--data", str(tmp_path / "data"), "--levels", str(short_levels), "--clock-rate", "4"),
        ],
        env={**os.environ, "PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8", "RESUS_TEST": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def read_until(process: subprocess.Popen[str], words: str) -> str:
    assert process.stdout is not None
    text = ""
    for line in process.stdout:
        text += line
        if words in line:
            return text
    raise AssertionError(f"the server ended without saying {words!r}: {text}")


def test_a_crew_of_bots_plays_a_session_to_its_end_and_its_log_is_scored(
    server: subprocess.Popen[str], shell: Resus, tmp_path: Path
) -> None:
    text = read_until(server, "Ctrl+C")
    found = re.search(r"(http://127\.0\.0\.1:\d+)/j/([A-Z0-9]{6})\n", text)
    assert found, text
    address, code = found.groups()
    assert "█" in text, "the join address is drawn as a QR code"

    played = shell("bots", code, "--server", address, "--levels", tmp_path / "levels")
    assert played.code == 0, played.err
    run = re.match(r"run (\w+): no_pulse, score \d+, CCF [\d.]+%\n", played.out)
    assert run, played.out
    data = ("--data", tmp_path / "data")
    assert "S01" in shell("log", "list", *data).out
    assert shell("log", "replay", run[1], *data).out.startswith("equal: ")
    assert shell("log", "export", run[1], "-o", "game.gz", *data).code == 0
    inputs = [entry for entry in read_log(tmp_path / "game.gz").entries if is_input(entry)]
    assert {entry.seat for entry in inputs} == set(Role), "every seat was played over the network"
    assert ("start",) in [entry.args for entry in inputs if entry.seat == Role.LEADER]
    scored = shell("score", run[1], *data)
    assert scored.code == 0, scored.err
    assert "CCF" in scored.out

    again = shell("bots", "AAAAAA", "--server", address)
    assert again.code == 2
    assert again.err.startswith("resus: ")

    assert httpx.get(f"{address}/healthz").json()["status"] == "ok"
    server.send_signal(signal.SIGINT)
    assert server.wait(10) == 0


def test_a_port_that_is_taken_is_named(shell: Resus) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = shell("serve", "--host", "127.0.0.1", "--port", str(port))
    assert done.code == 2
    assert f"port {port} is taken" in done.err
    assert "--port" in done.err


def test_a_faster_clock_is_for_test_builds_only(shell: Resus) -> None:
    done = shell("serve", "--clock-rate", "10", "--port", "0")
    assert done.code == 2
    assert "test build" in done.err
