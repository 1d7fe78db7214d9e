"""The score of a finished run: from its log alone, off the tick."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import structlog

from game.log import Entry
from game.room.told import KNOWN_PATIENT, result_text, unranked
from game.scoring import score
from game.scoring.weights import Weights
from server.authority.run import Run
from server.store.live import Backlog
from server.store.reader import reading
from server.store.tables import StoreError

_log: Final = structlog.get_logger("resus.authority")


class Scorer:
    """Scores one run at a time in a thread of its own."""

    def __init__(self, folder: Path, weights: Weights) -> None:
        self._folder = folder
        self._weights = weights
        self._executor = ThreadPoolExecutor(1, "score")

    async def score(self, run: Run) -> str:
        """The score's JSON text; "" if a defect keeps it from being told."""
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._executor, self._score, run, run.log.backlog())
        except Exception:  # noqa: BLE001  a run that cannot be scored has been played all the same
            _log.exception("score failed", run=run.name)
            return ""

    def close(self) -> None:
        """Scores no more; one that is under way is let finish."""
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _score(self, run: Run, backlog: Backlog) -> str:
        entries = [*self._on_disk(run.name)[: backlog.first], *backlog.entries]
        result = score(entries, run.case.pack, run.case.level, self._weights)
        return result_text(run.name, unranked(result, KNOWN_PATIENT) if run.known_patient else result)

    def _on_disk(self, name: str) -> list[Entry]:
        try:
            with reading(self._folder) as reader:
                return reader.entries(name)
        except StoreError:
            # Not even the run's head is there: the disk has failed since before it began.
            return []
