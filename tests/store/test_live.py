"""What a tick gathered is on disk after its commit, and trouble with the disk stops nobody."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.log import Entry, Fact, Input
from server.store import live
from server.store.header import RunHeader, SeatHeader
from server.store.live import LiveStore, RunLog
from server.store.reader import LogReader, reading
from server.store.tables import FILE_NAME, StoreError, connect

HEADER = RunHeader(
    run="run-1",
    session="K7M4QX",
    team="Kestrel",
    epoch=1,
    level="S01",
    level_text="name = 'S01'",
    pack_text="name = 'pack'",
    parameter_texts={"circulation.toml": "a = 1", "heart.toml": "b = 2"},
    seed=2**53 - 1,
    model="0.1.0",
    seats=(SeatHeader(0, "compressor", True), SeatHeader(1, "airway", False)),
    started_unix_ms=1_700_000_000_000,
)
ENTRIES = [
    Entry(0, Input.COMMAND, 3, ("start",)),
    Entry(400, Fact.ORDER, 3, (1, 1, "report", ("rhythm", None))),
    Entry(1_000, Fact.HASH, -1, ("0123456789abcdef",)),
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LiveStore]:
    with LiveStore(tmp_path) as store:
        yield store


@pytest.fixture
def reader(store: LiveStore, tmp_path: Path) -> Iterator[LogReader]:
    with reading(tmp_path) as reader:
        yield reader


def break_disk(store: LiveStore, tmp_path: Path) -> sqlite3.Connection:
    """Another process holds the write lock: every commit fails until it lets go."""
    other = connect(tmp_path)
    other.execute("BEGIN IMMEDIATE")
    return other


def test_a_run_is_read_back_as_it_was_written(store: LiveStore, reader: LogReader) -> None:
    log = store.add_run(HEADER)
    log.add(ENTRIES[:2])
    log.add(ENTRIES[2:])
    log.end("held")
    log.add_result('{"score": 700}')
    assert store.commit()
    assert reader.header("run-1") == HEADER
    assert reader.entries("run-1") == ENTRIES
    assert reader.result("run-1") == '{"score": 700}'
    (summary,) = reader.runs()
    assert (summary.run, summary.ended, summary.entries, summary.scored) == ("run-1", "held", 3, True)


def test_nothing_is_visible_before_the_commit_and_all_of_it_after(store: LiveStore, reader: LogReader) -> None:
    first, second = store.add_run(HEADER), store.add_run(dataclasses.replace(HEADER, run="run-2"))
    first.add(ENTRIES)
    second.add(ENTRIES)
    assert reader.runs() == []
    store.commit()
    assert [summary.entries for summary in reader.runs()] == [3, 3]


def test_equal_texts_are_kept_once(store: LiveStore, tmp_path: Path) -> None:
    store.add_run(HEADER)
    store.add_run(dataclasses.replace(HEADER, run="run-2"))
    store.commit()
    assert connect(tmp_path).execute("SELECT count(*) FROM texts").fetchone() == (4,)


def test_the_latest_keyframe_knows_how_many_entries_it_folds(store: LiveStore, reader: LogReader) -> None:
    log = store.add_run(HEADER)
    log.add(ENTRIES)
    log.add_keyframe(10_000, b"early")
    log.add(ENTRIES)
    log.add_keyframe(20_000, b"late")
    store.commit()
    assert reader.latest_keyframe("run-1") == (6, 20_000, b"late")


def test_a_reopened_store_goes_on_after_its_last_run(tmp_path: Path) -> None:
    for name in ("run-1", "run-2"):
        with LiveStore(tmp_path) as store:
            store.add_session(name, "S01", 0, ["Kestrel"])
            store.add_run(dataclasses.replace(HEADER, run=name)).add(ENTRIES)
    with reading(tmp_path) as reader:
        assert [(summary.run, summary.entries) for summary in reader.runs()] == [("run-1", 3), ("run-2", 3)]


def test_a_disk_that_comes_back_loses_nothing(
    store: LiveStore, reader: LogReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "RETRY_AFTER_S", 0.0)
    log = store.add_run(HEADER)
    assert store.commit()
    other = break_disk(store, tmp_path)
    log.add(ENTRIES[:2])
    assert not store.commit()
    log.add(ENTRIES[2:])
    assert not store.commit()
    other.execute("ROLLBACK")
    assert store.commit()
    assert store.recording
    assert log.recorded
    assert reader.entries("run-1") == ENTRIES


def test_a_failing_disk_is_not_tried_at_every_tick(store: LiveStore, tmp_path: Path) -> None:
    log = store.add_run(HEADER)
    other = break_disk(store, tmp_path)
    assert not store.commit()
    other.execute("ROLLBACK")
    log.add(ENTRIES)
    assert not store.commit()


def test_a_backlog_too_long_is_dropped_and_its_run_marked(
    store: LiveStore, reader: LogReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "RETRY_AFTER_S", 0.0)
    monkeypatch.setattr(live, "BACKLOG_ROWS", 2)
    log, other_log = store.add_run(HEADER), store.add_run(dataclasses.replace(HEADER, run="run-2"))
    store.commit()
    other = break_disk(store, tmp_path)
    log.add(ENTRIES)
    assert not store.commit()
    other.execute("ROLLBACK")
    log.add(ENTRIES)
    other_log.add(ENTRIES)
    assert store.commit()
    assert (log.recorded, other_log.recorded) == (False, True)
    assert (reader.entries("run-1"), reader.entries("run-2")) == ([], ENTRIES)


def test_a_defect_in_one_log_spoils_no_other(store: LiveStore, reader: LogReader) -> None:
    first, second = store.add_run(HEADER), store.add_run(dataclasses.replace(HEADER, run="run-2"))
    first.add(ENTRIES)
    store.commit()
    RunLog(store, 1, "run-1").add(ENTRIES)
    second.add(ENTRIES)
    assert store.commit()
    assert (first.recorded, second.recorded) == (False, True)
    assert reader.entries("run-2") == ENTRIES


def test_a_folder_without_games_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="holds no games"), reading(tmp_path / "nowhere"):
        pass


def test_an_unknown_run_says_so(store: LiveStore, reader: LogReader) -> None:
    for ask in (reader.header, reader.entries, reader.result):
        with pytest.raises(StoreError, match="'nobody'"):
            ask("nobody")


def test_a_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be opened"):
        LiveStore(tmp_path / "file")


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"precious " * 100)
    with pytest.raises(StoreError, match="cannot be used"):
        LiveStore(tmp_path)
    assert (tmp_path / FILE_NAME).read_bytes() == b"precious " * 100


def test_a_store_of_another_version_is_refused(tmp_path: Path) -> None:
    with LiveStore(tmp_path):
        pass
    other = sqlite3.connect(tmp_path / FILE_NAME)
    other.execute("PRAGMA user_version = 99")
    other.close()
    with pytest.raises(StoreError, match="another version"):
        LiveStore(tmp_path)


def test_a_store_of_the_first_version_is_brought_up_to_date_and_loses_nothing(tmp_path: Path) -> None:
    with LiveStore(tmp_path) as store:
        store.add_run(HEADER)
        store.commit()
    old = sqlite3.connect(tmp_path / FILE_NAME)
    old.executescript("ALTER TABLE runs DROP COLUMN sight; PRAGMA user_version = 1;")
    old.close()
    with reading(tmp_path) as reader:
        assert reader.header("run-1") == HEADER
