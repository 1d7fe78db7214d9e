"""Reading what the live store holds: runs, their heads, entries and results. For other threads and other processes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from game.log import Entry, kind_of
from game.wire import unpack_plain
from server.store.header import RunHeader, SeatHeader
from server.store.tables import StoreError, connect

_HEADER: Final = """
SELECT id, session, team, epoch, level, level_text, pack_text, parameter_texts, seed, model, seats,
    started_unix_ms, parent, at_ms, sight FROM runs WHERE name = ?
"""


@dataclass(frozen=True, slots=True)
class RunSummary:
    """A line of the list of runs; `ended` is how it ended, None while it is played (or the server died)."""

    run: str
    session: str
    team: str
    level: str
    started_unix_ms: int
    ended: str | None
    entries: int
    scored: bool = field(kw_only=True)


class LogReader:
    """Reads the store in a folder. Use one in one thread."""

    def __init__(self, folder: Path) -> None:
        """Raises StoreError."""
        self._connection = connect(folder)
        self._connection.execute("PRAGMA query_only = ON")

    def close(self) -> None:
        self._connection.close()

    def runs(self) -> list[RunSummary]:
        """All runs, oldest first."""
        rows = self._connection.execute(
            """SELECT name, session, team, level, started_unix_ms, ended,
                (SELECT count(*) FROM entries WHERE run = id), EXISTS (SELECT 1 FROM results WHERE run = id)
            FROM runs ORDER BY id"""
        )
        return [RunSummary(*row[:7], scored=bool(row[7])) for row in rows.fetchall()]

    def header(self, run: str) -> RunHeader:
        """The head of a run's log; raises StoreError if there is no such run."""
        row = self._connection.execute(_HEADER, (run,)).fetchone()
        if row is None:
            raise StoreError(f"no run {run!r} is recorded here")
        _, session, team, epoch, level, level_text, pack_text, parameters, seed, model, seats, started, *origin = row
        return RunHeader(
            run=run,
            session=session,
            team=team,
            epoch=epoch,
            level=level,
            level_text=self._text(level_text),
            pack_text=self._text(pack_text),
            parameter_texts={name: self._text(digest) for name, digest in json.loads(parameters).items()},
            seed=seed,
            model=model,
            seats=tuple(SeatHeader(**seat) for seat in json.loads(seats)),
            started_unix_ms=started,
            parent=origin[0],
            at_ms=origin[1],
            sight=origin[2],
        )

    def entries(self, run: str) -> list[Entry]:
        """All entries of a run in log order; raises StoreError if there is no such run."""
        rows = self._connection.execute(
            "SELECT ms, kind, seat, args FROM entries WHERE run = ? ORDER BY n", (self._id(run),)
        )
        return [Entry(ms, kind_of(kind), seat, unpack_plain(args)) for ms, kind, seat, args in rows]

    def latest_keyframe(self, run: str) -> tuple[int, int, bytes] | None:
        """(number of entries folded, room time in ms, state) of a run's last keyframe, None if it has none."""
        row: tuple[int, int, bytes] | None = self._connection.execute(
            "SELECT n, ms, state FROM keyframes WHERE run = ? ORDER BY n DESC LIMIT 1", (self._id(run),)
        ).fetchone()
        return row

    def result(self, run: str) -> str | None:
        """The score's JSON text, None if the run has none; raises StoreError if there is no such run."""
        row = self._connection.execute("SELECT score FROM results WHERE run = ?", (self._id(run),)).fetchone()
        return None if row is None else str(row[0])

    def _id(self, run: str) -> int:
        row = self._connection.execute("SELECT id FROM runs WHERE name = ?", (run,)).fetchone()
        if row is None:
            raise StoreError(f"no run {run!r} is recorded here")
        return int(row[0])

    def _text(self, digest: str) -> str:
        (body,) = self._connection.execute("SELECT body FROM texts WHERE digest = ?", (digest,)).fetchone()
        return str(body)


@contextmanager
def reading(folder: Path) -> Iterator[LogReader]:
    """A LogReader for a `with` statement; raises StoreError."""
    reader = LogReader(folder)
    try:
        yield reader
    finally:
        reader.close()
