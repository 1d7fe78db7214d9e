"""Checks level and pack files as far as they can be checked without playing them: `resus levels check`."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from game.content import ContentError, Level, Pack, line_of, load_level, load_pack
from game.rules.sanity import pack_problems, problems
from game.scoring import load_weights
from server.authority.library import WEIGHTS_FILE

PACKS: Final = "packs"
"""Name of the folder, beside the levels, in which every file is a pack."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a file; `line` is 1-based, 0 where the file as a whole is to blame."""

    file: Path
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: the number of files read and the problems, in the order of the files."""

    files: int
    problems: list[Problem]


def check(path: Path, bundled: Path) -> Checked:
    """Checks one file, or every level and pack below a folder.

    A level may ask for a pack beside it or for one of those `bundled` with the program. Raises OSError for a path that
    cannot be read.
    """
    files = sorted(path.rglob("*.toml")) if path.is_dir() else [path]
    folder = path if path.is_dir() else path.parent
    checker = _Checker({**_packs(bundled / PACKS), **_packs(folder / PACKS)})
    return Checked(len(files), [problem for file in files for problem in checker.check(file)])


class _Checker:
    """Remembers which packs there are and which names of levels are taken."""

    def __init__(self, packs: Mapping[str, Pack]) -> None:
        self._packs = packs
        self._names: dict[str, Path] = {}

    def check(self, file: Path) -> Iterator[Problem]:
        """Everything wrong with one file."""
        try:
            text = file.read_text("utf-8")
            if file.parent.name == PACKS:
                yield from self._check_pack(file, load_pack(text, str(file)))
            elif file.name == WEIGHTS_FILE:
                load_weights(text, str(file))
            else:
                yield from self._check_level(file, load_level(text, str(file)))
        except ContentError as error:
            yield _problem(file, error)
        except UnicodeDecodeError as error:
            yield Problem(file, 0, f"not UTF-8 text: {error.reason} at byte {error.start}")

    def _check_pack(self, file: Path, pack: Pack) -> Iterator[Problem]:
        """A pack goes by the name of its file."""
        if pack.name != file.stem:
            line = line_of(pack.text, ("name",))
            yield Problem(file, line, f"found name {pack.name!r}, expected {file.stem!r} as the file is called")
        yield from (_problem(file, error) for error in pack_problems(pack, str(file)))

    def _check_level(self, file: Path, level: Level) -> Iterator[Problem]:
        other = self._names.setdefault(level.name, file)
        if other != file:
            yield Problem(file, line_of(level.text, ("name",)), f"found name {level.name!r}, which {other} has already")
        if level.pack in self._packs:
            yield from (_problem(file, error) for error in problems(level, self._packs[level.pack], str(file)))
        else:
            known = ", ".join(sorted(self._packs)) or "a pack, and none is there"
            line = line_of(level.text, ("pack",))
            yield Problem(file, line, f"found pack {level.pack!r}, expected one of: {known}")


def _problem(file: Path, error: ContentError) -> Problem:
    return Problem(file, error.line, f"found {error.value!r}, expected {error.expected}")


def _packs(folder: Path) -> dict[str, Pack]:
    """The packs in a folder that can be loaded; those that cannot are reported as files of their own."""
    packs: dict[str, Pack] = {}
    for file in sorted(folder.glob("*.toml")):
        with contextlib.suppress(ContentError, UnicodeDecodeError):
            packs[file.stem] = load_pack(file.read_text("utf-8"), str(file))
    return packs
