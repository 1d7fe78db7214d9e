"""The pure core gives the same bits on every machine: what an import contract cannot see, these read in the source.

C's mathematical library differs between platforms, `sum` of floats between Python versions, `hash` of a word between
two runs (docs/decisions/0003-determinism.md).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

CORE = ("bots", "content", "log.py", "room", "rules", "scoring", "sim", "wire")
EXACT_MATH = {
    "ceil",
    "copysign",
    "fabs",
    "floor",
    "fsum",
    "gcd",
    "inf",
    "isfinite",
    "isinf",
    "isnan",
    "isqrt",
    "nan",
    "sqrt",
    "trunc",
}


def _sources(root: Path, names: tuple[str, ...]) -> list[Path]:
    tops = [root / "game" / name for name in names]
    return [path for top in tops for path in (sorted(top.rglob("*.py")) if top.is_dir() else [top])]


def _inexact(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id="math"), attr=name) if name not in EXACT_MATH:
                yield node.lineno, f"math.{name}"
            case ast.ImportFrom(module="math", names=names):
                yield from ((node.lineno, f"math.{alias.name}") for alias in names if alias.name not in EXACT_MATH)
            case ast.BinOp(op=ast.Pow(), left=left, right=right) if not (_whole(left) and _whole(right)):
                yield node.lineno, "a power of something that may be a float"
            case ast.Call(func=ast.Name(id="hash" | "pow" as name)):
                yield node.lineno, f"{name}()"


def _whole(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int)


@pytest.mark.parametrize("name", CORE)
def test_the_core_computes_only_what_every_platform_computes_alike(name: str, root: Path) -> None:
    found = [
        f"{path.relative_to(root)}:{line}: {what}"
        for path in _sources(root, (name,))
        for line, what in _inexact(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_the_patient_adds_floats_in_an_order_of_its_own(root: Path) -> None:
    found = [
        f"{path.relative_to(root)}:{node.lineno}"
        for path in _sources(root, ("sim",))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sum"
    ]
    assert found == [], "Python 3.12 and later round sum() of floats otherwise than 3.11 does: add them with +"
