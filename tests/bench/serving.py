"""The whole server as people start it: `resus serve` on a free port, in processes of its own."""

from __future__ import annotations

import contextlib
import os
import re
import selectors
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import Final

from tests.bench.figure import BenchError

UP_WITHIN_S: Final = 20.0
STOPS_WITHIN_S: Final = 10.0
ROOT: Final = Path(__file__).resolve().parents[2]
_ADDRESS: Final = re.compile(r"http://127\.0\.0\.1:\d+")


@contextlib.contextmanager
def serving() -> Iterator[str]:
    """The address of a server with a store of its own; it is stopped at the end.

    Raises BenchError if it does not come up.
    """
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "server.log").open("w+b") as log:
        command = [sys.executable, "-m", "server", "serve", "--host", "127.0.0.1", "--port", "0", "--no-session"]
        process = subprocess.Popen(
            [*command, "--data", f"{folder}/data"],
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=log,
        )
        try:
            yield _address(process, log.name)
        finally:
            process.terminate()
            try:
                process.wait(STOPS_WITHIN_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            assert process.stdout is not None
            process.stdout.close()


def _address(process: subprocess.Popen[bytes], log: str) -> str:
    """Waits for the line that tells where the server is."""
    assert process.stdout is not None
    told = b""
    until_s = monotonic() + UP_WITHIN_S
    with selectors.DefaultSelector() as waiting:
        waiting.register(process.stdout, selectors.EVENT_READ)
        while monotonic() < until_s and process.poll() is None:
            if waiting.select(0.2):
                told += os.read(process.stdout.fileno(), 4096)
            if found := _ADDRESS.search(told.decode(errors="replace")):
                return found[0]
    last = Path(log).read_text("utf-8", errors="replace").strip().rpartition("\n")[2]
    raise BenchError(f"the server did not come up within {UP_WITHIN_S:.0f} s: {last or 'it said nothing'}")
