"""A score is told in one message, whatever hands have done."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from game.log import Entry, Fact
from game.room.told import DETAILS, result_text
from game.scoring import score
from game.wire.limits import TEXT_CHARS
from server.authority.library import Library, load_library

LEVELS = Path(__file__).parents[2] / "levels"


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(LEVELS)


HOUR_MS = 3_600_000


@pytest.mark.parametrize(("every_ms", "listed"), [(5000, 720), (250, DETAILS)])
def test_a_result_fits_a_message_however_long_its_lists(library: Library, every_ms: int, listed: int) -> None:
    case = library.case("S01")
    # Shallow presses end no pause: each is listed.
    presses = [Entry(ms, Fact.COMPRESSION, 0, (ms, 60, 70, 9000, 0)) for ms in range(0, HOUR_MS, every_ms)]
    ended = Entry(HOUR_MS, Fact.ENDED, -1, ("time", "no_pulse"))
    level = replace(case.level, time_limit_ms=HOUR_MS)
    text = result_text("run", score([*presses, ended], case.pack, level, library.weights))
    assert len(text) <= TEXT_CHARS
    told = json.loads(text)
    assert len(told["tokens"]) == listed
    assert len(told["track"]["hands_on"]) == HOUR_MS // 1000
