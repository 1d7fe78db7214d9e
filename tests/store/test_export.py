"""A log file stands alone, comes back as it was, and says which line is wrong when it is not whole."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from game.log import Entry, Fact, Input
from server.store.export import LogFileError, read_log, write_log
from server.store.header import RunHeader, SeatHeader

HEADER = RunHeader(
    run="run-1",
    session="K7M4QX",
    team="Kestrel",
    epoch=2,
    level="S01",
    level_text="name = 'S01'\nwords = 'größer'",
    pack_text="name = 'pack'",
    parameter_texts={"circulation.toml": "a = 1"},
    seed=5,
    model="0.1.0",
    seats=(SeatHeader(0, "compressor", True),),
    started_unix_ms=1_700_000_000_000,
    parent="run-0",
    at_ms=60_000,
)
ENTRIES = (
    Entry(0, Input.EDGES, 0, (0, 1, 1_000, 1_150)),
    Entry(1_000, Fact.COMPRESSION, 0, (1_000, 1_100, 1_150, 52_000, 0)),
    Entry(2_000, Fact.ORDER, 3, (1, 1, "report", ("rhythm", None))),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "run.resus.jsonl.gz"
    write_log(path, HEADER, ENTRIES)
    return path


def lines_of(path: Path) -> list[str]:
    return gzip.decompress(path.read_bytes()).decode().splitlines()


def rewrite(path: Path, lines: list[str]) -> None:
    path.write_bytes(gzip.compress("".join(line + "\n" for line in lines).encode()))


def test_a_log_comes_back_as_it_was(path: Path) -> None:
    log = read_log(path)
    assert (log.header, log.entries) == (HEADER, ENTRIES)


def test_a_log_without_entries_is_a_log(tmp_path: Path) -> None:
    write_log(tmp_path / "empty", HEADER, [])
    assert read_log(tmp_path / "empty").entries == ()


def test_the_same_log_gives_the_same_bytes_and_leaves_no_other_file(path: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.resus.jsonl.gz"
    write_log(again, HEADER, ENTRIES)
    assert again.read_bytes() == path.read_bytes()
    assert sorted(tmp_path.iterdir()) == sorted([path, again])


def test_the_first_line_holds_the_texts(path: Path) -> None:
    first = json.loads(lines_of(path)[0])
    assert (first["format"], first["level_text"]) == ("resus-log", HEADER.level_text)


def test_a_file_is_never_half_written(path: Path) -> None:
    before = path.read_bytes()
    bad = Entry(0, Input.COMMAND, 0, (object(),))  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        write_log(path, HEADER, [bad])
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    ("line", "text", "words"),
    [
        (1, "[]", "no log"),
        (1, '{"format": "resus-log", "version": 9}', "version 9"),
        (1, '{"format": "resus-log", "version": 1}', "lacks run, session"),
        (2, "not json", "not JSON"),
        (2, '[0, "waltz", 0, []]', "'waltz' is no kind"),
        (3, '[0, "command", 0]', "no entry"),
        (3, '[0, "command", 0, [1.5]]', "an argument is a float"),
        (5, '{"entries": 7}', "says 7 entries; 3 were read"),
    ],
)
def test_a_wrong_line_is_named(path: Path, line: int, text: str, words: str) -> None:
    lines = lines_of(path)
    lines[line - 1] = text
    rewrite(path, lines)
    with pytest.raises(LogFileError, match=words) as caught:
        read_log(path)
    assert caught.value.line == line
    assert f":{line}:" in str(caught.value)


def test_a_damaged_header_is_named(path: Path) -> None:
    lines = lines_of(path)
    lines[0] = lines[0].replace('"epoch":2', '"epoch":"two"')
    rewrite(path, lines)
    with pytest.raises(LogFileError, match=r":1: the header is damaged: wrong-type: RunHeader\.epoch"):
        read_log(path)


def test_a_log_cut_between_lines_is_refused(path: Path) -> None:
    rewrite(path, lines_of(path)[:-1])
    with pytest.raises(LogFileError, match=":5: the log ends before its last line"):
        read_log(path)


def test_a_log_cut_within_the_compressed_bytes_is_refused(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(LogFileError, match="cut off"):
        read_log(path)


def test_more_after_the_end_is_refused(path: Path) -> None:
    rewrite(path, [*lines_of(path), "[]"])
    with pytest.raises(LogFileError, match=":6: there is more"):
        read_log(path)


def test_a_file_that_is_no_gzip_is_refused(path: Path) -> None:
    path.write_text("plain")
    with pytest.raises(LogFileError, match="not a gzip file"):
        read_log(path)


def test_an_empty_file_is_refused(path: Path) -> None:
    path.write_bytes(b"")
    with pytest.raises(LogFileError, match="no log"):
        read_log(path)
