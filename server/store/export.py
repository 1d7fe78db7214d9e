"""A run's log as one file that stands alone: gzipped JSON lines, with the texts it was played by inside.

The first line is the header, each following line one entry `[ms, kind, seat, args]`, the last `{"entries": count}`.
"""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import MISSING, asdict, dataclass, fields
from pathlib import Path
from typing import Final

from game.log import Entry, Plain, kind_of
from game.wire import WireError, unpack
from server.store.header import RunHeader

FORMAT: Final = "resus-log"
VERSION: Final = 1
SUFFIX: Final = ".resus.jsonl.gz"


class LogFileError(Exception):
    """A file that is no whole log. `line` is 1-based, 0 where the file as a whole is to blame."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(f"{path}:{line}: {problem}" if line else f"{path}: {problem}")
        self.path = path
        self.line = line
        self.problem = problem


@dataclass(frozen=True, slots=True)
class LogFile:
    """What a log file holds."""

    header: RunHeader
    entries: tuple[Entry, ...]


def write_log(path: Path, header: RunHeader, entries: Sequence[Entry]) -> None:
    """Writes a log file whole or not at all: beside its place first, then moved there. Raises OSError."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as raw:
            # No name and no time inside: the same log gives the same bytes.
            with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as file:
                file.writelines(_lines(header, entries))
            raw.flush()
            os.fsync(raw.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def read_log(path: Path) -> LogFile:
    """The log in a file; raises LogFileError, which names the line, or OSError."""
    numbered = _numbered_lines(path)
    number, first = next(numbered, (0, None))
    header = _header(path, number, first)
    entries: list[Entry] = []
    for number, line in numbered:
        if isinstance(line, dict):
            _check_end(path, number, line, len(entries))
            if next(numbered, None) is not None:
                raise LogFileError(path, number + 1, "there is more after the log's last line")
            return LogFile(header, tuple(entries))
        entries.append(_entry(path, number, line))
    raise LogFileError(path, number + 1, "the log ends before its last line: the file was cut off")


def _lines(header: RunHeader, entries: Iterable[Entry]) -> Iterator[bytes]:
    yield _line({"format": FORMAT, "version": VERSION, **asdict(header)})
    count = 0
    for count, entry in enumerate(entries, 1):  # noqa: B007  the last count is the footer
        yield _line([entry.ms, entry.kind.value, entry.seat, entry.args])
    yield _line({"entries": count})


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _numbered_lines(path: Path) -> Iterator[tuple[int, object]]:
    number = 0
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                yield number, json.loads(line)
    except json.JSONDecodeError as error:
        raise LogFileError(path, number, f"not JSON: {error.msg}") from None
    except UnicodeDecodeError:
        raise LogFileError(path, number + 1, "not UTF-8 text") from None
    except EOFError:
        raise LogFileError(path, number + 1, "the compressed file was cut off") from None
    except (gzip.BadGzipFile, zlib.error) as error:
        raise LogFileError(path, number + 1, f"not a gzip file, or a damaged one: {error}") from None


def _header(path: Path, number: int, line: object) -> RunHeader:
    if not isinstance(line, dict) or line.get("format") != FORMAT:
        raise LogFileError(path, number, f'no log: the first line has no "format": "{FORMAT}"')
    if line.get("version") != VERSION:
        raise LogFileError(path, number, f"a log of version {line.get('version')}; this program reads {VERSION}")
    names = [field.name for field in fields(RunHeader)]
    # What has a default came to the header later: an older log lacks it.
    missing = [field.name for field in fields(RunHeader) if field.default is MISSING and field.name not in line]
    if missing:
        raise LogFileError(path, number, f"the header lacks {', '.join(missing)}")
    row = [line.get(field.name, field.default) for field in fields(RunHeader)]
    seats = names.index("seats")
    try:
        row[seats] = [[seat["seat"], seat["role"], seat["person"]] for seat in row[seats]]
        return unpack(RunHeader, row)
    except (WireError, TypeError, KeyError) as error:
        raise LogFileError(path, number, f"the header is damaged: {error}") from None


def _entry(path: Path, number: int, line: object) -> Entry:
    match line:
        case [int(ms), str(word), int(seat), list(args)]:
            try:
                return Entry(ms, kind_of(word), seat, tuple(_plain(arg) for arg in args))
            except KeyError:
                raise LogFileError(path, number, f"{word!r} is no kind of entry this version knows") from None
            except TypeError as error:
                raise LogFileError(path, number, f"an argument is {error}") from None
        case _:
            raise LogFileError(path, number, "no entry: expected [ms, kind, seat, [arguments]]")


def _plain(value: object) -> Plain:
    if isinstance(value, list):
        return tuple(_plain(item) for item in value)
    if value is None or isinstance(value, str) or type(value) is int:
        return value
    raise TypeError(f"a {type(value).__name__}, expected a whole number, text, nothing or a list")


def _check_end(path: Path, number: int, line: dict[str, object], count: int) -> None:
    if line != {"entries": count}:
        raise LogFileError(path, number, f"the last line says {line.get('entries')} entries; {count} were read")
