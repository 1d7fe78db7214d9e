"""What a player reads stands in assets/words: no sentence and no cap is written in the code that draws."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.ui.icons import primitives

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "game" / "ui").rglob("*.py"))

WRITTEN = frozenset({
    "write", "middle", "rich", "fit", "fitted", "wrap", "width", "pill", "panel", "button", "keycap", "Label", "Part",
    "Toast", "caption_bar", "assist_tag", "number",
})  # fmt: skip
"""Whatever takes words to show."""

SENTENCE = re.compile(r"[A-Za-z]{2,}[,.:;]? [A-Za-z]{2,}")
NOT_SHOWN = frozenset({"game.ui.screen"})
"""Modules whose strings are names: intents that no command can be mistaken for."""


def literals(node: ast.AST) -> Iterator[ast.Constant]:
    """The words in a literal, also those around the fields of an f-string."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    yield from (part for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str))


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def unread(tree: ast.Module) -> set[int]:
    """The literals that nobody is shown: docstrings, what stops the program, names of parts."""
    found: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            found.add(id(node.value))
        if isinstance(node, ast.Raise | ast.Assert):
            found |= {id(part) for part in ast.walk(node)}
        if isinstance(node, ast.Call) and name_of(node) == "part" and node.args:
            found |= {id(part) for part in ast.walk(node.args[0])}
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT / "game" / "ui")))
def test_no_sentence_is_written_in_code(file: Path) -> None:
    tree = ast.parse(file.read_text("utf-8"))
    silent = unread(tree)
    module = ".".join(file.relative_to(ROOT).with_suffix("").parts)
    found = {
        (part.lineno, part.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in silent
        for part in literals(node)
        if id(part) not in silent and SENTENCE.search(str(part.value)) and module not in NOT_SHOWN
    }
    assert not found, "say(...) it, from assets/words"


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT / "game" / "ui")))
def test_nothing_that_is_drawn_is_a_literal(file: Path) -> None:
    calls = (node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call))
    found = {
        (part.lineno, part.value)
        for call in calls
        if name_of(call) in WRITTEN
        for argument in (*call.args, *(keyword.value for keyword in call.keywords))
        for part in literals(argument)
        if re.search(r"[A-Za-z]", str(part.value)) and not is_no_word(str(part.value))
    }
    assert not found, "say(...) words, cap(...) keys"


def is_no_word(text: str) -> bool:
    """True for a colour and for the name of an icon."""
    return bool(re.fullmatch(r"#[0-9A-Fa-f]{6}", text)) or text in primitives()
