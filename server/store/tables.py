"""The tables of the live store, and the one way to open its file."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final

FILE_NAME: Final = "resus.sqlite3"
VERSION: Final = 2
"""Kept in `PRAGMA user_version`; a file of an older version is brought up to date, one of a newer is refused."""

BUSY_WAIT_S: Final = 0.05
"""How long a statement may wait for another process (an export): a tick cannot wait longer."""

_SCHEMA: Final = """
CREATE TABLE texts (digest TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sessions (code TEXT PRIMARY KEY, level TEXT NOT NULL, created_unix_ms INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE teams (
    session TEXT NOT NULL REFERENCES sessions, name TEXT NOT NULL, PRIMARY KEY (session, name)
) WITHOUT ROWID;
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    session TEXT NOT NULL,
    team TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    parent TEXT,
    at_ms INTEGER,
    level TEXT NOT NULL,
    level_text TEXT NOT NULL REFERENCES texts,
    pack_text TEXT NOT NULL REFERENCES texts,
    parameter_texts TEXT NOT NULL,
    seed INTEGER NOT NULL,
    model TEXT NOT NULL,
    seats TEXT NOT NULL,
    started_unix_ms INTEGER NOT NULL,
    ended TEXT,
    sight TEXT NOT NULL DEFAULT 'real'
);
CREATE TABLE entries (
    run INTEGER NOT NULL REFERENCES runs,
    n INTEGER NOT NULL,
    ms INTEGER NOT NULL,
    kind TEXT NOT NULL,
    seat INTEGER NOT NULL,
    args BLOB NOT NULL,
    PRIMARY KEY (run, n)
) WITHOUT ROWID;
CREATE TABLE keyframes (
    run INTEGER NOT NULL REFERENCES runs, n INTEGER NOT NULL, ms INTEGER NOT NULL, state BLOB NOT NULL,
    PRIMARY KEY (run, n)
);
CREATE TABLE results (run INTEGER PRIMARY KEY REFERENCES runs, score TEXT NOT NULL);
"""


_UPGRADES: Final = {1: "ALTER TABLE runs ADD COLUMN sight TEXT NOT NULL DEFAULT 'real';"}
"""What brings a file of a version to the next one."""


class StoreError(Exception):
    """The store cannot be used: a sentence for people."""


def connect(folder: Path, *, create: bool = False) -> sqlite3.Connection:
    """A connection to the store in `folder`, usable from any one thread at a time.

    `create` makes folder and file where there are none. Raises StoreError.
    """
    path = folder / FILE_NAME
    if not create and not path.is_file():
        raise StoreError(f"{folder} holds no games: there is no {FILE_NAME} in it")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=BUSY_WAIT_S, isolation_level=None, check_same_thread=False)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{path} cannot be opened: {error}") from None
    try:
        _prepare(connection, path)
    except sqlite3.Error as error:
        connection.close()
        raise StoreError(f"{path} cannot be used: {error}") from None
    except StoreError:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    # Checkpoints cost an fsync: a thread makes them, never the commit that happens to fill the log.
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == 0:
        connection.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")
    while version in _UPGRADES:
        connection.executescript(f"BEGIN IMMEDIATE; {_UPGRADES[version]} PRAGMA user_version = {version + 1}; COMMIT;")
        version += 1
    if version not in (0, VERSION):
        raise StoreError(f"{path} was written by another version of this program (store {version}, not {VERSION})")
