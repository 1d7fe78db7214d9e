"""The folder for any web host: the same files, addressed from wherever it lies, with practice and nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path

from game.bots.crew import SKILLS
from game.ui import library
from web import build, static


def made(tmp_path: Path) -> Path:
    """The folder made of a small site."""
    site, folder = tmp_path / "site", tmp_path / "static"
    files = {
        "index.html": '<body data-page="/page-1/" data-app="/app-2.apk"><script src="/page-1/boot.js"></script></body>',
        "page-1/boot.js": "import './join.js';",
        "page-1/boot.js.br": "compressed",
        "app-2.apk": "the game",
    }
    for name, text in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, "utf-8")
    rows = [{"path": name} for name in files if not name.endswith(".br")]
    (site / "manifest.json").write_text(json.dumps({"files": rows}), "utf-8")
    folder.mkdir()
    (folder / "old.txt").write_text("of the last time", "utf-8")
    static.make(site, folder)
    return folder


def test_every_address_is_relative_and_leads_to_a_file(tmp_path: Path) -> None:
    folder = made(tmp_path)
    addresses = re.findall(r'="([^"]*/[^"]*|[^"]+\.apk)"', (folder / "index.html").read_text("utf-8"))
    assert addresses
    assert all(not address.startswith("/") and (folder / address).exists() for address in addresses)


def test_it_holds_the_files_of_the_site_and_nothing_of_before(tmp_path: Path) -> None:
    folder = made(tmp_path)
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert names == {"index.html", "page-1/boot.js", "app-2.apk"}


def test_the_page_knows_that_there_is_no_server(tmp_path: Path) -> None:
    assert 'data-alone="yes"' in (made(tmp_path) / "index.html").read_text("utf-8")


def test_everything_that_is_offered_for_practice_can_be_played_in_the_page() -> None:
    offer = json.loads(build.offer())
    for level in offer["levels"]:
        for form in level["forms"]:
            for pack in offer["packs"]:
                assert library.case(form, pack["name"])[0].name == form
            assert level["briefs"][form] == library.level(form).brief
    assert tuple(offer["bots"]) == SKILLS
