"""The lab's command line: what people can mend is said in one sentence, before the work and not after it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lab.progress import Progress
from lab.tables import TableFile
from server.cli import main
from tests.lab.conftest import SPEC

NO_TEXT = b"name = \xff\xfe"
FIRST_FIT = Path(__file__).parents[2] / "lab" / "fits" / "first.toml"


def refused(asked: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What a command that ends with exit code 2 says."""
    assert main(["sim", *asked]) == 2
    told = capsys.readouterr().err
    assert told.startswith("resus: ")
    assert told.count("\n") == 1
    return told


@pytest.mark.parametrize(
    "asked",
    [
        ["run", "--level", "FILE", "--care", "als"],
        ["run", "--level", "S01", "--care", "FILE"],
        ["cohort", "FILE", "--rows", "rows.csv"],
        ["fit", "FILE"],
        ["validate", "--only", "C30", "--patient", "FILE"],
    ],
)
def test_a_file_that_is_no_text_is_named(
    asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "odd.toml"
    path.write_bytes(NO_TEXT)
    said = refused([str(path) if word == "FILE" else word for word in asked], capsys)
    assert f"{path}:0: found 'byte 7', expected UTF-8 text" in said


@pytest.mark.parametrize(
    ("files", "words"),
    [
        (["--rows", "."], ". is a folder"),
        (["--rows", "a.csv", "--shocks", "a.csv"], "a.csv was named twice"),
        (["--rows", "a.csv", "--rhythms", "./a.csv"], "a.csv was named twice"),
        (["--rows", "a.csv", "--shocks", "nowhere/s.csv"], "there is no folder nowhere"),
    ],
)
def test_tables_that_cannot_be_written_are_refused_before_anybody_collapses(
    files: list[str],
    words: str,
    spec_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("lab.cli.cohort", lambda *_, **__: pytest.fail("the cohort was run"))
    assert words in refused(["cohort", str(spec_file), *files], capsys)
    assert [path.name for path in tmp_path.iterdir()] == [spec_file.name]


def test_a_picture_that_cannot_be_drawn_is_refused_before_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("lab.cli.play", lambda *_, **__: pytest.fail("the plan was played"))
    said = refused(["run", "--level", "S01", "--care", "als", "--plot", str(tmp_path)], capsys)
    assert "is a folder: name a file" in said


def test_a_table_that_cannot_take_its_place_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    file = TableFile(path, ("a",))
    path.mkdir()
    with pytest.raises(OSError, match=r"rows\.csv"):
        file.__exit__(None, None, None)
    assert list(tmp_path.iterdir()) == [path]


def test_an_unknown_spec_is_told_those_that_are(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    said = refused(["cohort", "nope", "--rows", str(tmp_path / "r.csv")], capsys)
    assert "antiarrhythmic" in said
    assert "untreated" in said


def test_a_paced_rhythm_is_refused_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "s.toml"
    text = SPEC.replace('patient.rhythm = "vf"', 'patient.rhythm = "paced"')
    path.write_text(text, encoding="utf-8")
    line = text.splitlines().index('patient.rhythm = "paced"') + 1
    said = refused(["cohort", str(path), "--n", "1", "--engine", "python", "--rows", str(tmp_path / "r.csv")], capsys)
    assert f"s.toml:{line}: found 'paced', expected kind.patient.rhythm: one of vf" in said


def test_progress_is_told_in_tenths_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress("small", 20, 3)
    for _ in range(20):
        progress.step()
    progress.done()
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 10
    assert told[0].startswith("small: 2/20 patients x 3")


@pytest.mark.parametrize("asked", [["validate", "--jobs", "-1"], ["fit", "f.toml", "--jobs", "two"]])
def test_processes_are_counted_from_none_up(asked: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["sim", *asked])
    assert caught.value.code == 2
    assert "expected a whole number from 0 up" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--out", "--state"])
def test_a_fit_that_cannot_be_written_is_refused_before_the_search(
    option: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("lab.fit.search", lambda *_, **__: pytest.fail("the search began"))
    assert "is a folder: name a file" in refused(["fit", str(FIRST_FIT), option, str(tmp_path)], capsys)


def test_a_page_that_cannot_be_written_is_refused_before_anything_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("lab.validate.answer", lambda *_, **__: pytest.fail("a row was asked"))
    assert "is a folder: name a file" in refused(["validate", "--only", "C30", "--out", str(tmp_path)], capsys)
