"""`resus levels`: what an author sees on the way from a new file to a level that can be played."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from server.resources import levels_dir
from tests.cli.conftest import Resus

MY01 = "MY01.toml"


@pytest.fixture
def mine(resus: Resus, tmp_path: Path) -> Path:
    """A new level from the template, as its author finds it."""
    assert resus("levels", "new", "MY01").code == 0
    return tmp_path / MY01


class TestCheck:
    def test_the_bundled_levels_have_no_problem(self, resus: Resus) -> None:
        done = resus("levels", "check")
        assert done.code == 0, done.out
        assert done.out.startswith("files checked: ")
        assert done.out.endswith(", problems: 0\n")

    @pytest.mark.parametrize(
        ("old", "new", "words"),
        [
            ("time_limit_s = 900", 'time_limit_s = "long"', "found 'long', expected time_limit_s"),
            ('pack = "aha2025"', 'pack = "aha1925"', "found pack 'aha1925', expected one of: aha2025, erc2025"),
            ('rhythm = "pea"', 'rhythm = "waltz"', "found 'waltz', expected rhythm: one of"),
            ("[start]", "[start", "expected a TOML file"),
            ('name = "MY01"', 'name = "MY02"', "expected 'MY01' as the file is called"),
        ],
    )
    def test_a_broken_level_is_named_by_file_line_and_value(
        self, resus: Resus, mine: Path, old: str, new: str, words: str
    ) -> None:
        text = mine.read_text("utf-8").replace(old, new, 1)
        mine.write_text(text, "utf-8")
        done = resus("levels", "check", mine)
        assert done.code == 1
        line = text[: text.index(new)].count("\n") + 1
        assert done.out.startswith(f"{mine}:{line}: ")
        assert words in done.out
        assert done.out.endswith("files checked: 1, problems: 1\n")

    def test_ten_milligrams_of_epinephrine_in_a_pack_is_refused_with_file_and_line(
        self, resus: Resus, tmp_path: Path
    ) -> None:
        text = (levels_dir() / "packs" / "aha2025.toml").read_text("utf-8")
        text = text.replace("doses = [1]\nmax_dose = 1\n", "doses = [10]\nmax_dose = 10\n", 1)
        file = tmp_path / "packs" / "aha2025.toml"
        file.parent.mkdir()
        file.write_text(text, "utf-8")
        done = resus("levels", "check", file)
        assert done.code == 1
        line = text.splitlines().index("doses = [10]") + 1
        assert f"{file}:{line}: found '10 mg', expected at most 1 mg, an adult's limit of epinephrine" in done.out

    def test_the_error_that_the_how_to_shows_is_the_one_that_comes(self, resus: Resus, mine: Path, root: Path) -> None:
        mine.write_text(mine.read_text("utf-8").replace("oxygen_l_min = 0", "oxygen_l_min = 7"), "utf-8")
        said = resus("levels", "check", mine).out.splitlines()[0].removeprefix(f"{mine.parent}/")
        assert said in (root / "docs" / "how-to" / "make-a-level.md").read_text("utf-8").splitlines()

    def test_forty_milligrams_of_atropine_in_a_level_are_refused_with_file_and_line(
        self, resus: Resus, mine: Path
    ) -> None:
        text = mine.read_text("utf-8") + "\n[override.any.drugs.atropine]\ndoses = [40]\nmax_dose = 40\n"
        mine.write_text(text, "utf-8")
        done = resus("levels", "check", mine)
        line = text.splitlines().index("doses = [40]") + 1
        assert f"{mine}:{line}: found '40 mg', expected at most 4 mg, an adult's limit of atropine" in done.out

    def test_two_levels_cannot_share_a_name(self, resus: Resus, mine: Path) -> None:
        (mine.parent / "Z.toml").write_text(mine.read_text("utf-8"), "utf-8")
        done = resus("levels", "check", mine.parent)
        assert done.code == 1
        assert f"which {mine} has already" in done.out

    def test_a_name_may_not_end_like_a_form(self, resus: Resus, mine: Path) -> None:
        mine.rename(mine.with_name("CLIMB.toml"))
        file = mine.with_name("CLIMB.toml")
        file.write_text(file.read_text("utf-8").replace('name = "MY01"', 'name = "CLIMB"'), "utf-8")
        done = resus("levels", "check", file)
        assert "expected another last letter" in done.out

    def test_a_file_that_is_no_text_is_a_problem_of_that_file(self, resus: Resus, tmp_path: Path) -> None:
        (tmp_path / "x.toml").write_bytes(b"\xff\xfe\x00")
        done = resus("levels", "check", tmp_path)
        assert done.code == 1
        assert "not UTF-8 text" in done.out

    def test_what_is_no_number_of_seeds_is_said(self, shell: Resus) -> None:
        done = shell("levels", "check", "--play", "none")
        assert done.code == 2
        assert "expected a number of seeds" in done.err


class TestNew:
    def test_a_new_level_has_no_problem_and_can_be_shown(self, resus: Resus, mine: Path) -> None:
        assert resus("levels", "check", mine).out == "files checked: 1, problems: 0\n"
        assert "Ward 8, bed 11" in resus("levels", "show", mine, "--form", "B").out

    def test_a_level_can_start_from_another(self, resus: Resus, tmp_path: Path) -> None:
        assert resus("levels", "new", "MY02", "--like", "S01").code == 0
        assert resus("levels", "check", tmp_path / "MY02.toml").code == 0

    def test_a_file_that_is_there_stays_as_it_is(self, resus: Resus, mine: Path) -> None:
        mine.write_text("precious", "utf-8")
        done = resus("levels", "new", "MY01")
        assert (done.code, mine.read_text("utf-8")) == (2, "precious")
        assert "is there already" in done.err

    @pytest.mark.parametrize("name", ["my01", "S 1", "../S", "MYB", ""])
    def test_what_is_no_name_is_refused(self, resus: Resus, tmp_path: Path, name: str) -> None:
        done = resus("levels", "new", name)
        assert done.code == 2
        assert "is no name for a level" in done.err
        assert list(tmp_path.glob("*.toml")) == []


class TestShow:
    def test_the_sheet_fits_a_page_of_a_hundred_columns(self, resus: Resus) -> None:
        for file in sorted(levels_dir().glob("S*.toml")):
            for form in "AB":
                done = resus("levels", "show", file.stem, "--form", form)
                assert done.code == 0
                assert max(map(len, done.out.splitlines())) <= 100

    def test_the_sheet_says_who_finds_what_and_what_is_asked_by_when(self, resus: Resus, mine: Path) -> None:
        sheet = resus("levels", "show", mine).out
        for words in (
            "COMPRESSOR CAN FIND",
            "600 mL since noon, dark [chart] -> Hypovolemia",
            "TREATS: 2 times hang blood, by 8:00",
            "give alteplase or give tenecteplase or give heparin (critical)",
            "(there after",
            "give epinephrine 1 mg",
            "A question that the team answers by itself afterwards.",
            "C: written by ..., reviewed by ..., C, A25",
            "C = clinical reference of this game",
        ):
            assert words in sheet

    def test_the_sheet_follows_form_and_pack(self, resus: Resus, mine: Path) -> None:
        sheet = resus("levels", "show", mine, "--form", "B", "--pack", "erc2025").out
        assert "Adult ALS, ERC 2025" in sheet
        assert "550 mL since the morning" in sheet
        assert "600 mL" not in sheet

    def test_the_html_sheet_is_a_page_of_its_own_that_says_the_same(self, resus: Resus, mine: Path) -> None:
        page = resus("levels", "show", mine, "--html").out
        seen = _Page()
        seen.feed(page)
        assert page.startswith("<!doctype html>")
        assert "@page" in page
        assert not {"script", "link", "img"} & seen.tags
        assert "600 mL since noon, dark [chart] -> Hypovolemia" in seen.text

    def test_an_unknown_level_or_pack_names_those_there_are(self, resus: Resus, mine: Path) -> None:
        assert "S01" in resus("levels", "show", "S99").err
        assert "expected one of aha2025, erc2025" in resus("levels", "show", mine, "--pack", "nrp").err


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_list_has_a_line_for_every_level(resus: Resus) -> None:
    rows = resus("levels", "list").out.splitlines()
    assert [row.split()[0] for row in rows] == [
        file.stem for file in sorted(levels_dir().glob("*.toml")) if file.name != "score.toml"
    ]


@pytest.mark.parametrize("kind", ["level", "pack"])
def test_the_schema_is_printed_as_json(resus: Resus, kind: str) -> None:
    done = resus("levels", "schema", kind)
    assert json.loads(done.out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
