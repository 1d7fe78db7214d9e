"""The live store: everything a tick has to keep is gathered, then committed at once, before anybody is told.

Trouble with the disk never stops a game: what could not be written waits in memory, in order, and is written when the
disk is back; `recording` says how things are.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

import structlog

from game.log import Entry, kind_of
from game.wire import pack_plain, unpack_plain
from game.wire.limits import Limit
from server.store.header import RunHeader
from server.store.tables import connect

_log: Final = structlog.get_logger("resus.store")

CHECKPOINT_EVERY_S: Final = 1.0
RETRY_AFTER_S: Final = 1.0
"""After a failed commit the next is tried this much later, so that a slow failure is not paid twenty times a second."""

BACKLOG_ROWS: Final = Limit(200_000, "rows", "rows not yet on disk are dropped and their runs marked as not recorded")

_Row = tuple[str, tuple[Any, ...]]

_ADD_TEXT: Final = "INSERT OR IGNORE INTO texts VALUES (?, ?)"
_ADD_SESSION: Final = "INSERT INTO sessions VALUES (?, ?, ?)"
_ADD_TEAM: Final = "INSERT INTO teams VALUES (?, ?)"
_ADD_RUN: Final = "INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)"
_ADD_ENTRY: Final = "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?)"
_ADD_KEYFRAME: Final = "INSERT OR REPLACE INTO keyframes VALUES (?, ?, ?, ?)"
_END_RUN: Final = "UPDATE runs SET ended = ? WHERE id = ?"
_ADD_RESULT: Final = "INSERT OR REPLACE INTO results VALUES (?, ?)"


class Backlog(NamedTuple):
    """Entries of a run that wait for the disk; the `first` ones before them are on it."""

    first: int
    entries: tuple[Entry, ...]


class RunLog:
    """The log of one run that is being written: hands out the numbers of its entries."""

    def __init__(self, store: LiveStore, run_id: int, name: str) -> None:
        self._store = store
        self._id = run_id
        self._n = 0
        self.name = name

    def add(self, entries: Sequence[Entry]) -> None:
        """Appends entries, to be committed with this tick. A log that has lost a part takes no more."""
        if not self.recorded:
            return
        self._store.gather(
            [
                (_ADD_ENTRY, (self._id, self._n + at, entry.ms, entry.kind.value, entry.seat, pack_plain(entry.args)))
                for at, entry in enumerate(entries)
            ]
        )
        self._n += len(entries)

    def add_keyframe(self, ms: int, state: bytes) -> None:
        """Keeps the folded state after the entries so far."""
        self._store.gather([(_ADD_KEYFRAME, (self._id, self._n, ms, state))])

    def backlog(self) -> Backlog:
        """The entries that are not on disk yet."""
        return self._store.backlog_of(self._id, self._n)

    def end(self, reason: str) -> None:
        """Says how the run ended."""
        self._store.gather([(_END_RUN, (reason, self._id))])

    def add_result(self, score: str) -> None:
        """Keeps the score's JSON text."""
        self._store.gather([(_ADD_RESULT, (self._id, score))])

    @property
    def recorded(self) -> bool:
        """False once a part of this log is lost for good."""
        return self._id not in self._store.lost_runs


class LiveStore:
    """The store of one authority process. All methods but `checkpoint` belong to the thread of the ticks."""

    def __init__(self, folder: Path) -> None:
        """Opens or makes the store in `folder`; raises StoreError."""
        self._connection = connect(folder, create=True)
        self._checkpointer = connect(folder)
        (last,) = self._connection.execute("SELECT coalesce(max(id), 0) FROM runs").fetchone()
        self._next_run = last + 1
        self._pending: list[_Row] = []
        self._retry_at_s = 0.0
        self.lost_runs: set[int] = set()
        self.recording = True
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._checkpoint_each_second, name="checkpoint", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Commits what is left, moves it into the main file, and closes. Safe to call twice."""
        if self._stop.is_set():
            return
        self._retry_at_s = 0.0
        self.commit()
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()
        self.checkpoint()
        self._checkpointer.close()
        self._connection.close()

    def add_session(self, code: str, level: str, created_unix_ms: int, teams: Iterable[str]) -> None:
        """A new session and its teams."""
        self.gather([(_ADD_SESSION, (code, level, created_unix_ms)), *((_ADD_TEAM, (code, team)) for team in teams)])

    def add_run(self, header: RunHeader) -> RunLog:
        """A new run; its log is then written through the RunLog."""
        run_id, self._next_run = self._next_run, self._next_run + 1
        texts = [header.level_text, header.pack_text, *header.parameter_texts.values()]
        digests = [_digest(text) for text in texts]
        parameters = dict(zip(header.parameter_texts, digests[2:], strict=True))
        seats = json.dumps([asdict(seat) for seat in header.seats])
        row = (
            *(run_id, header.run, header.session, header.team, header.epoch, header.parent, header.at_ms),
            *(header.level, digests[0], digests[1], json.dumps(parameters), header.seed, header.model, seats),
            *(header.started_unix_ms, header.sight),
        )
        self.gather([*((_ADD_TEXT, pair) for pair in zip(digests, texts, strict=True)), (_ADD_RUN, row)])
        return RunLog(self, run_id, header.run)

    def gather(self, rows: Iterable[_Row]) -> None:
        """Takes rows for the next commit."""
        self._pending.extend(rows)

    def backlog_of(self, run_id: int, count: int) -> Backlog:
        """What of a run's `count` entries is not on disk yet."""
        rows = [row for sql, row in self._pending if sql == _ADD_ENTRY and row[0] == run_id]
        entries = (Entry(ms, kind_of(kind), seat, unpack_plain(args)) for _, _, ms, kind, seat, args in rows)
        return Backlog(count - len(rows), tuple(entries))

    def commit(self) -> bool:
        """Writes all that was gathered, as one transaction. True if everything so far is on record.

        Never raises: on trouble the rows wait for a later commit, and are dropped before they fill the memory.
        """
        if not self._pending:
            return self.recording
        if self.recording or time.monotonic() >= self._retry_at_s:
            self._write()
        if len(self._pending) > BACKLOG_ROWS:
            self._give_up()
        return self.recording

    def checkpoint(self) -> None:
        """Moves committed pages into the main file (this is where the fsync is). For a thread of its own."""
        try:
            self._checkpointer.execute("PRAGMA wal_checkpoint(PASSIVE)")
        except sqlite3.Error as error:
            _log.error("checkpoint failed", error=str(error))

    def _write(self) -> None:
        try:
            try:
                self._transact(self._execute_all)
            except sqlite3.IntegrityError:
                # No disk that comes back cures this: it is a defect of ours, and must spoil one log, not everybody's.
                self._transact(self._execute_what_can_be)
        except sqlite3.Error as error:
            self._fail(error)
        else:
            self._pending.clear()
            if not self.recording:
                _log.info("recording again")
            self.recording = True

    def _transact(self, execute: Callable[[], None]) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            execute()
            self._connection.execute("COMMIT")
        finally:
            if self._connection.in_transaction:
                self._connection.rollback()

    def _execute_all(self) -> None:
        for sql, parameters in self._pending:
            self._connection.execute(sql, parameters)

    def _execute_what_can_be(self) -> None:
        for sql, parameters in self._pending:
            try:
                self._connection.execute(sql, parameters)
            except sqlite3.IntegrityError as error:
                _log.error("row refused", error=str(error))
                self.lost_runs |= _runs_of([(sql, parameters)])

    def _fail(self, error: sqlite3.Error) -> None:
        if self.recording:
            _log.error("not recording", error=str(error))
        self.recording = False
        self._retry_at_s = time.monotonic() + RETRY_AFTER_S

    def _give_up(self) -> None:
        """Forgets the backlog. A log with a hole is worse than one that ends: its runs take no more entries."""
        self.lost_runs |= _runs_of(self._pending)
        _log.error("backlog dropped", rows=len(self._pending))
        self._pending.clear()

    def _checkpoint_each_second(self) -> None:
        while not self._stop.wait(CHECKPOINT_EVERY_S):
            self.checkpoint()


def _runs_of(rows: Iterable[_Row]) -> set[int]:
    """The runs that have entries among these rows."""
    return {parameters[0] for sql, parameters in rows if sql == _ADD_ENTRY}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
