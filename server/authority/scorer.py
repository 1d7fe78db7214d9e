"""The score of a finished run: from its log alone, off the tick."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import structlog

from game.log import Entry
from game.scoring import Score, score
from game.scoring.result import Json
from game.scoring.weights import Weights
from game.wire.limits import TEXT_CHARS, Limit
from server.authority.library import Case
from server.authority.run import Run
from server.store.live import Backlog
from server.store.reader import reading
from server.store.tables import StoreError

_log: Final = structlog.get_logger("resus.authority")


DETAILS: Final = Limit(50, "pauses, misses or the like in a list", "cut off where a result would be no client's text")

DISPENSABLE: Final = ("tokens", "drugs", "shocks", "pauses", "deductions", "loops")
"""Lists that are cut where a result would be too long, in this order."""


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
            return await loop.run_in_executor(self._executor, self._score, run.name, run.case, run.log.backlog())
        except Exception:  # noqa: BLE001  a run that cannot be scored has been played all the same
            _log.exception("score failed", run=run.name)
            return ""

    def close(self) -> None:
        """Scores no more; one that is under way is let finish."""
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _score(self, name: str, case: Case, backlog: Backlog) -> str:
        entries = [*self._on_disk(name)[: backlog.first], *backlog.entries]
        return result_text(name, score(entries, case.pack, case.level, self._weights))

    def _on_disk(self, name: str) -> list[Entry]:
        try:
            with reading(self._folder) as reader:
                return reader.entries(name)
        except StoreError:
            # Not even the run's head is there: the disk has failed since before it began.
            return []


def result_text(run: str, result: Score) -> str:
    """A score as the JSON that players get: never more than a client takes in one text."""
    told: dict[str, Json] = {"run": run, **result.to_json_dict()}
    # The sentences hold the figures already. Nobody's own coaching is in a text that goes to the whole team.
    told["deductions"] = [
        {key: value for key, value in deduction.items() if key != "figures"}
        for deduction in _records(told["deductions"])
    ]
    del told["coaching"]
    text = _json(told)
    # Hands that press without pause or sense can fill a list with thousands of lines.
    for key in DISPENSABLE:
        if len(text) <= TEXT_CHARS:
            break
        told[key] = _shortened(told[key])
        text = _json(told)
    return text


def _records(value: Json) -> list[dict[str, Json]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _shortened(value: Json) -> Json:
    """The same with no more than the first DETAILS of any list of records."""
    if isinstance(value, dict):
        return {key: _shortened(item) for key, item in value.items()}
    if isinstance(value, list) and value and isinstance(value[0], dict | list):
        return [_shortened(item) for item in value[:DETAILS]]
    return value
