"""What the documents promise is there: commands, records, licences, versions, links."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from game import __version__

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def _targets(path: str, text: str, root: Path) -> list[Path]:
    """The files that a page's relative links name."""
    links = (link.partition("#")[0] for link in LINK.findall(text))
    return [
        (root / path).parent / link for link in links if link and "://" not in link and not link.startswith("mailto:")
    ]


def test_every_relative_link_of_a_page_leads_somewhere(our_texts: Mapping[str, str], root: Path) -> None:
    broken = [
        f"{path}: {target.name}"
        for path, text in our_texts.items()
        if path.endswith(".md")
        for target in _targets(path, text, root)
        if not target.exists()
    ]
    assert broken == []


@pytest.mark.parametrize(
    "folder", ["docs/decisions", "docs/explanation", "docs/how-to", "docs/reference", "docs/tutorial"]
)
def test_every_page_is_linked_from_its_index(folder: str, root: Path) -> None:
    index = root / folder / "README.md"
    if not index.exists():
        index = root / "docs" / "README.md"
    linked = {
        target.resolve() for target in _targets(str(index.relative_to(root)), index.read_text(encoding="utf-8"), root)
    }
    pages = {page for page in (root / folder).glob("*.md") if page.name != "README.md"}
    assert pages
    assert sorted(page.name for page in pages - linked) == []


def test_decision_records_are_numbered_without_holes(root: Path) -> None:
    numbers = sorted(int(page.name[:4]) for page in (root / "docs/decisions").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_make_command_in_the_documents_exists(our_texts: Mapping[str, str]) -> None:
    targets = set(re.findall(r"^([a-z0-9-]+):.*## ", our_texts["Makefile"], re.MULTILINE))
    named = {
        (path, command)
        for path, text in our_texts.items()
        if path.endswith(".md")
        for command in re.findall(r"(?:`|^ *)make ([a-z0-9-]+)", text, re.MULTILINE)
    }
    assert {("README.md", "play"), ("README.md", "test")} <= named
    assert {(path, command) for path, command in named if command not in targets} == set()


def test_the_changelog_has_the_current_version(our_texts: Mapping[str, str]) -> None:
    assert re.search(rf"^## {re.escape(__version__)}\b", our_texts["CHANGELOG.md"], re.MULTILINE)


def test_every_runtime_dependency_has_its_licence_listed(root: Path, our_texts: Mapping[str, str]) -> None:
    locked = re.findall(r"^([a-z0-9-]+)==", (root / "requirements/run.txt").read_text(encoding="utf-8"), re.MULTILINE)
    npm = re.findall(r'"node_modules/([^"]+)": ', (root / "package-lock.json").read_text(encoding="utf-8"))
    listed = our_texts["THIRD_PARTY.md"].casefold().replace("_", "-")
    assert [name for name in locked + npm if f"| {name.casefold()} |" not in listed] == []


def test_every_licence_file_is_listed_and_every_listed_one_exists(root: Path, our_texts: Mapping[str, str]) -> None:
    listed = set(re.findall(r"assets/licences/([\w.+-]+)", our_texts["THIRD_PARTY.md"]))
    present = {path.name for path in (root / "assets/licences").iterdir()}
    assert listed == present


def test_direct_dependencies_are_explained_in_the_libraries_record(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    record = (root / "docs/decisions/0004-libraries.md").read_text(encoding="utf-8").casefold()
    wanted = project["dependencies"] + project["optional-dependencies"]["dev"]
    names = [re.split(r"[<>=~]", requirement)[0] for requirement in wanted]
    assert [name for name in names if f"`{name.casefold()}`" not in record] == []
