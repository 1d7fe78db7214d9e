"""Forgetting: games older than the promise on the join page are deleted when the server starts."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Final

from server.store.tables import connect

KEPT_DAYS: Final = 30
"""As the join page says. Whoever wants to keep a game longer exports its log."""

DAY_MS: Final = 24 * 3600 * 1000

_FORGET: Final = (
    "DELETE FROM results WHERE run IN (SELECT id FROM runs WHERE started_unix_ms < :before)",
    "DELETE FROM keyframes WHERE run IN (SELECT id FROM runs WHERE started_unix_ms < :before)",
    "DELETE FROM entries WHERE run IN (SELECT id FROM runs WHERE started_unix_ms < :before)",
    "DELETE FROM runs WHERE started_unix_ms < :before",
    "DELETE FROM sessions WHERE created_unix_ms < :before AND code NOT IN (SELECT session FROM runs)",
    "DELETE FROM teams WHERE session NOT IN (SELECT code FROM sessions)",
)


def forget_old(folder: Path, now_unix_ms: int) -> int:
    """Delete runs that started over KEPT_DAYS ago, and sessions without runs as old; returns how many runs went.

    Raises StoreError if the store cannot be opened. Texts of levels and packs stay: they tell nothing of a person.
    """
    before = now_unix_ms - KEPT_DAYS * DAY_MS
    with contextlib.closing(connect(folder, create=True)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM runs WHERE started_unix_ms < ?", (before,)).fetchone()
        if count:
            connection.execute("BEGIN IMMEDIATE")
            for statement in _FORGET:
                connection.execute(statement, {"before": before})
            connection.execute("COMMIT")
        return int(count)
