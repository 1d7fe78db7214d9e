"""Checks level and pack files as far as they can be checked without playing them: `resus levels check`."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from game.content import FORMS, ContentError, Level, Pack, line_of, load_level, load_pack, played_by
from game.rules.sanity import authoring_problems, pack_problems, problems
from game.scoring import load_weights
from server.authority.library import WEIGHTS_FILE
from server.level_evidence import evidence_problems, form_problems

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
    checker = _Checker({**packs_in(bundled / PACKS), **packs_in(folder / PACKS)})
    return Checked(len(files), [problem for file in files for problem in checker.check(file)])


class _Checker:
    """Remembers which packs there are and which names of levels are taken."""

    def __init__(self, packs: Mapping[str, Pack]) -> None:
        self._packs = packs
        self._names: dict[str, Path] = {}

    def check(self, file: Path) -> list[Problem]:
        """Everything wrong with one file, each thing once, in the order of the lines."""
        try:
            found = list(self._check_text(file, file.read_text("utf-8")))
        except ContentError as error:
            found = [_problem(file, error)]
        except UnicodeDecodeError as error:
            found = [Problem(file, 0, f"not UTF-8 text: {error.reason} at byte {error.start}")]
        return sorted(dict.fromkeys(found), key=lambda problem: problem.line)

    def _check_text(self, file: Path, text: str) -> Iterator[Problem]:
        if file.parent.name == PACKS:
            yield from self._check_pack(file, load_pack(text, str(file)))
        elif file.name == WEIGHTS_FILE:
            load_weights(text, str(file))
        else:
            forms = [load_level(text, str(file), form) for form in FORMS]
            yield from self._check_level(file, forms[0])
            for level in forms:
                yield from self._check_form(file, level)
            yield from (_problem(file, error) for error in form_problems(forms[0], forms[1], str(file)))

    def _check_pack(self, file: Path, pack: Pack) -> Iterator[Problem]:
        """A pack goes by the name of its file."""
        if pack.name != file.stem:
            line = line_of(pack.text, ("name",))
            yield Problem(file, line, f"found name {pack.name!r}, expected {file.stem!r} as the file is called")
        yield from (_problem(file, error) for error in pack_problems(pack, str(file)))

    def _check_level(self, file: Path, level: Level) -> Iterator[Problem]:
        """What holds for a level in whatever form: its name, its pack, and what is said on a small screen."""
        line = line_of(level.text, ("name",))
        other = self._names.setdefault(level.name, file)
        if other != file:
            yield Problem(file, line, f"found name {level.name!r}, which {other} has already")
        elif level.name != file.stem:
            yield Problem(file, line, f"found name {level.name!r}, expected {file.stem!r} as the file is called")
        elif level.name[-1:] in FORMS[1:]:
            yield Problem(file, line, f"found name {level.name!r}, expected another last letter: that is a form's")
        if level.pack not in self._packs:
            known = ", ".join(sorted(self._packs)) or "a pack, and none is there"
            line = line_of(level.text, ("pack",))
            yield Problem(file, line, f"found pack {level.pack!r}, expected one of: {known}")

    def _check_form(self, file: Path, level: Level) -> Iterator[Problem]:
        """One form of a level, as it is played by every pack that is here."""
        errors = list(authoring_problems(level, str(file)))
        for pack in self._packs.values():
            try:
                errors += problems(level, played_by(level, pack, str(file)), str(file))
            except ContentError as error:
                errors.append(error)
        # A patient who cannot be made has no signs.
        if not errors:
            errors += evidence_problems(level, str(file))
        yield from (_problem(file, error) for error in errors)


def _problem(file: Path, error: ContentError) -> Problem:
    return Problem(file, error.line, f"found {error.value!r}, expected {error.expected}")


def packs_in(folder: Path) -> dict[str, Pack]:
    """The packs in a folder that can be loaded; `check` reports those that cannot as files of their own."""
    packs: dict[str, Pack] = {}
    for file in sorted(folder.glob("*.toml")):
        with contextlib.suppress(ContentError, UnicodeDecodeError):
            packs[file.stem] = load_pack(file.read_text("utf-8"), str(file))
    return packs
