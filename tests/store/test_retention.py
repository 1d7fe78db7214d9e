"""Games are kept as long as the join page says, and no longer."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from game.log import Entry, Fact
from server.store.header import RunHeader, SeatHeader
from server.store.live import LiveStore
from server.store.reader import reading
from server.store.retention import DAY_MS, KEPT_DAYS, forget_old

NOW_MS = 1_800_000_000_000
OLD = RunHeader(
    run="old",
    session="K7M4QX",
    team="Kestrel",
    epoch=1,
    level="S01",
    level_text="name = 'S01'",
    pack_text="name = 'pack'",
    parameter_texts={},
    seed=1,
    model="0.1.0",
    seats=(SeatHeader(0, "compressor", True),),
    started_unix_ms=NOW_MS - (KEPT_DAYS + 1) * DAY_MS,
)
FRESH = dataclasses.replace(OLD, run="fresh", session="ABCDEF", started_unix_ms=NOW_MS - DAY_MS)


def test_a_game_is_forgotten_after_its_time_and_a_fresh_one_stays(tmp_path: Path) -> None:
    with LiveStore(tmp_path) as store:
        for header in (OLD, FRESH):
            store.add_session(header.session, "S01", header.started_unix_ms, ["Kestrel"])
            log = store.add_run(header)
            log.add([Entry(0, Fact.HANDS, 0, (1,))])
            log.add_result("{}")
    assert forget_old(tmp_path, NOW_MS) == 1
    with reading(tmp_path) as reader:
        assert [run.run for run in reader.runs()] == ["fresh"]
        assert len(reader.entries("fresh")) == 1


def test_forgetting_in_an_empty_folder_is_no_trouble(tmp_path: Path) -> None:
    assert forget_old(tmp_path, NOW_MS) == 0
