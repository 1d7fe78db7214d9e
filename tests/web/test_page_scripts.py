"""The page's scripts: what Node's own test runner says of them, and what they may not contain."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from server.authority.names import BIRDS


def test_the_scripts_keep_their_promises(root: Path) -> None:
    scripts = sorted(str(script) for script in (root / "tests" / "web").glob("*.test.mjs"))
    assert scripts
    done = subprocess.run(["node", "--test", *scripts], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_is_inline_so_the_policy_needs_no_exception(root: Path) -> None:
    page = (root / "web" / "page.tmpl").read_text("utf-8")
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", page)
    assert all(script.startswith(" src=") or "src=" in script for script in re.findall(r"<script([^>]*)>", page))


def test_no_file_of_the_page_names_another_host(root: Path) -> None:
    files = [root / "web" / "page.tmpl", *(root / "web" / "page").rglob("*.*")]
    texts = {file: file.read_text("utf-8") for file in files if file.suffix in {".js", ".css", ".tmpl", ".svg", ".py"}}
    found = {
        (file.name, address)
        for file, text in texts.items()
        for address in re.findall(r"(?:https?|wss?):/+[\w.-]+", text)
        if address != "http://www.w3.org"
    }
    assert not found


def test_no_player_is_named_like_a_team(root: Path) -> None:
    words = (root / "web" / "page" / "words.js").read_text("utf-8")
    mammals = set(re.findall(r'"([A-Z][a-z]+)"', words.partition("MAMMALS")[2]))
    assert len(mammals) >= 24
    assert not mammals & set(BIRDS)


def test_the_page_says_training_only_before_and_while_one_plays(root: Path) -> None:
    page = (root / "web" / "page.tmpl").read_text("utf-8")
    join, lobby = page.partition('<main id="lobby"')[0], page.partition('<main id="lobby"')[2]
    assert "Training only. Not a medical device or a certification." in join
    assert "Training only" in lobby
    assert "I understand: training only" in join
