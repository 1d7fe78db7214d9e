"""Nothing in the repository ties it to one machine, one registry or an unfinished thought."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

# Spelled in pieces, so that this file does not find itself.
MACHINE_PATH = re.compile(
    r"(?:^|[^A-Za-z0-9_.~-])/(?:" + "|".join(("work", "root", "farm", r"home/\w+", r"tmp/\w+")) + r")/"
)
REGISTRY_HOST = re.compile(
    "|".join(
        rf"\b{name}[.]{end}\b" for name, end in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "(?:org|com)"))
    )
    + r"|\b(?:deb|ftp|archive|security|snapshot)[.]debian[.]org\b",
    re.IGNORECASE,
)
OPEN_END = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
BARE_IGNORE = re.compile(r"# type: " + r"ignore(?!\[)|# no" + r"qa(?!:)")
SKIPPED = re.compile(r"pytest[.](?:mark[.])?(?:sk" + r"ip|xf" + r"ail)")


def _places(texts: Mapping[str, str], pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path}:{number}: {line.strip()[:120]}"
        for path, text in texts.items()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(MACHINE_PATH, id="a path of one machine"),
        pytest.param(REGISTRY_HOST, id="the host of a registry"),
        pytest.param(OPEN_END, id="an open end"),
        pytest.param(BARE_IGNORE, id="an ignore without a code"),
        pytest.param(SKIPPED, id="a skipped test"),
    ],
)
def test_no_tracked_text_holds(pattern: re.Pattern[str], our_texts: Mapping[str, str]) -> None:
    assert _places(our_texts, pattern) == []


@pytest.mark.parametrize("name", ["dev.txt", "run.txt"])
def test_a_lock_file_pins_hashes_and_names_no_index(name: str, root: Path) -> None:
    text = (root / "requirements" / name).read_text(encoding="utf-8")
    pins = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]
    assert [pin.splitlines()[0] for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []
    assert "://" not in text
    assert "index-url" not in text


def test_every_python_module_says_its_reason_in_its_first_line(our_texts: Mapping[str, str]) -> None:
    without = [
        path
        for path, text in our_texts.items()
        if path.endswith(".py") and text.strip() and not re.match(r'(?:#.*\n|\s*\n)*r?"""\S', text)
    ]
    assert without == []
