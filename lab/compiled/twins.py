"""Laws compiled from their own source.

`twin(law)` takes a function of the patient's subset and gives the same function compiled by numba: its bytecode as it
stands, its globals with every function of the patient replaced by that function's twin. Nothing is written twice except
what the subset cannot say: 64-bit arithmetic of `chance.uniform`, and the call of a `Table`.

Arithmetic stays what the source says: no reordering, no contraction, `min` and `max` choose as Python's do.
"""

from __future__ import annotations

import ast
import builtins
import hashlib
import inspect
import shutil
import sys
import warnings
from collections.abc import Callable, Iterator
from enum import EnumType
from functools import cache
from pathlib import Path
from textwrap import dedent
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any, Final

import numba
import numpy as np
from numba.core.errors import NumbaExperimentalFeatureWarning

from game.sim import chance
from game.sim.tables import Table

CORE: Final = "game.sim"
ROOT: Final = Path(chance.__file__).parents[2]

KEPT: Final = 4
"""Compiled laws left on disk when newer ones join them."""

FORBIDDEN_CALLS: Final = frozenset(
    {"hash", "isinstance", "list", "map", "pow", "print", "round", "set", "sorted", "sum"}
)
"""Built-in functions that numba does not know, or that need not give the same bits."""


class SubsetError(TypeError):
    """A law steps outside what can be compiled. The message names file, line and function."""


def twin(law: Callable[..., Any]) -> Any:
    """The compiled `law`; callable from Python and from other twins. SubsetError, at the latest when first called."""
    found = _TWINS.get(law)
    if found is None:
        if not isinstance(law, FunctionType):
            raise SubsetError(f"{law!r} is no plain function")
        check(law)
        scope: dict[str, Any] = {"__builtins__": builtins, "__name__": law.__module__}
        found = numba.njit(FunctionType(law.__code__, scope, law.__name__, law.__defaults__), error_model="numpy")
        _TWINS[law] = found  # before its globals: a law may call itself
        scope.update(_scope(law))
    return found


def entry(law: Callable[..., Any], folder: Path, *arguments: Any) -> Any:
    """The `twin` of a law that Python calls with the like of `arguments`, compiled at once.

    It is kept on disk below `folder` for the next process, together with a few of its predecessors.
    """
    made = twin(law)
    mine = folder / fingerprint(law)
    if not mine.exists():
        _thin_out(folder)
    setattr(numba.config, "CACHE_DIR", str(mine))  # noqa: B010 - numba declares none of its settings
    made.enable_caching()
    with warnings.catch_warnings():
        # A group of numbers that extends another may stand where the shorter one is asked for.
        warnings.simplefilter("ignore", NumbaExperimentalFeatureWarning)
        made.compile(tuple(numba.typeof(each) for each in arguments))  # type: ignore[no-untyped-call]
    return made


def fingerprint(law: Callable[..., Any]) -> str:
    """16 hex digits that name a law with all that it calls and reads, as loaded: numba looks only at the law itself."""
    digest = hashlib.sha256(f"{numba.__version__} {sys.version} {Path(__file__).read_text(encoding='utf-8')}".encode())
    todo: list[Any] = [law]
    seen: set[Any] = set()
    while todo:
        one = todo.pop()
        if one in seen:
            continue
        seen.add(one)
        code = one.__code__
        digest.update(f"{one.__module__} {one.__name__} {one.__defaults__} {code.co_consts}".encode() + code.co_code)
        for name, value in sorted(_read_by(one, one.__globals__).items()):
            if isinstance(value, FunctionType):
                todo.append(value)
            elif not isinstance(value, ModuleType):
                digest.update(f"{name} {list(value) if isinstance(value, EnumType) else value}".encode())
    return digest.hexdigest()[:16]


def _read_by(law: Any, scope: dict[str, Any]) -> dict[str, Any]:
    """The globals a law reads by name, and what it reads from modules of the patient."""
    found = {name: scope[name] for name in law.__code__.co_names if name in scope}
    for name, value in list(found.items()):
        if _is_ours(value):
            found |= {f"{name}.{inner}": each for inner, each in _read_by(law, vars(value)).items()}
    return found


def _is_ours(value: Any) -> bool:
    return isinstance(value, ModuleType) and value.__name__.startswith(CORE)


def _thin_out(folder: Path) -> None:
    kept = sorted(folder.glob("*"), key=lambda path: path.stat().st_mtime)
    for old in kept[: max(0, len(kept) - KEPT)]:
        shutil.rmtree(old, ignore_errors=True)


def check(law: Callable[..., Any]) -> None:
    """SubsetError where the source of `law` uses what only the interpreter has."""
    for line, what in _outside(ast.parse(dedent(inspect.getsource(law)))):
        raise SubsetError(f"{place(law, line)}: {what} is outside the subset")


def place(law: Callable[..., Any], line: int = 1) -> str:
    """Where line `line` of a law stands: file, line in it and name, for messages."""
    code = law.__code__
    path = Path(code.co_filename)
    shown = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    return f"{shown}:{code.co_firstlineno + line - 1} {law.__name__}"


def explained(law: Callable[..., Any], error: Exception) -> SubsetError:
    """What numba has to say about a law, in one line with the line it means."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    skipped = (
        "Failed in",
        "During:",
        "There are",
        "- Of which",
        "Overload",
        "* (",
        "<source",
        "- Resolution",
        "raised from",
    )
    said = next((line for line in lines if not line.startswith(skipped)), "no reason given")
    where = [line for line in lines if line.startswith("File ")]
    return SubsetError(f"{place(law)}: {said} {where[-1] if where else ''}".strip())


def _outside(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                yield node.lineno, "a comprehension"
            case (
                ast.Lambda()
                | ast.Try()
                | ast.With()
                | ast.Match()
                | ast.Dict()
                | ast.Set()
                | ast.JoinedStr()
                | ast.Yield()
            ):
                yield node.lineno, type(node).__name__.lower()
            case ast.BinOp(op=ast.Pow()) | ast.AugAssign(op=ast.Pow()):
                yield node.lineno, "a power"
            case ast.Call(func=ast.Name(id=name)) if name in FORBIDDEN_CALLS:
                yield node.lineno, f"{name}()"
            case ast.arguments(kwonlyargs=[first, *_]):
                yield first.lineno, "an argument by keyword only"


def _scope(law: FunctionType) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name in law.__code__.co_names:
        if name in law.__globals__:
            made[name] = _stand_in(law, name, law.__globals__[name])
        elif name in _CHOICES:
            made[name] = _CHOICES[name]
    return made


def _stand_in(law: FunctionType, name: str, value: Any) -> Any:
    """What a compiled law finds under a global name."""
    if isinstance(value, FunctionType):
        return twin(value)
    if isinstance(value, Table):
        return _table(value)
    if isinstance(value, EnumType):
        members: dict[str, Any] = dict(value.__members__)
        return _namespace(value.__name__, {inner: int(member) for inner, member in members.items()})
    if _is_ours(value):
        inside = {inner: getattr(value, inner) for inner in law.__code__.co_names if hasattr(value, inner)}
        return _namespace(name, {inner: _stand_in(law, inner, each) for inner, each in inside.items()})
    if isinstance(value, tuple):
        return np.array(value)
    if isinstance(value, bool | int | float | BuiltinFunctionType | ModuleType) or value in (bool, int, float, range):
        return value
    raise SubsetError(f"{place(law)}: the global {name} is a {type(value).__name__}, which no compiled law can hold")


def _namespace(name: str, members: dict[str, Any]) -> ModuleType:
    made = ModuleType(name)
    made.__dict__.update(members)
    return made


@cache
def _table(table: Table) -> Any:
    lo, hi, per_unit, values = table.lo, table.hi, table.per_unit, np.array(table.values)
    last = len(values) - 1

    @numba.njit(error_model="numpy")
    def look(x: float) -> float:
        if x <= lo:
            return float(values[0])
        if x >= hi:
            return float(values[last])
        position = (x - lo) * per_unit
        index = int(position)
        if index >= last:
            return float(values[last])
        low = values[index]
        return float(low + (values[index + 1] - low) * (position - index))

    return look


_MIX_1, _MIX_2, _GOLDEN = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB), np.uint64(0x9E3779B97F4A7C15)
_12, _27, _30, _31 = np.uint64(12), np.uint64(27), np.uint64(30), np.uint64(31)


@numba.njit
def _mix(z: Any) -> Any:
    z = (z ^ (z >> _30)) * _MIX_1
    z = (z ^ (z >> _27)) * _MIX_2
    return z ^ (z >> _31)


@numba.njit
def _uniform(seed: int, stream: int, counter: int) -> Any:
    z = _mix(np.uint64(seed) + _GOLDEN)
    z = _mix(z + np.uint64(stream + 1) * _GOLDEN)
    z = _mix(z + np.uint64(counter + 1) * _GOLDEN)
    return (np.float64(z >> _12) + 0.5) / 4503599627370496.0


@numba.njit
def _smaller(a: Any, b: Any, c: Any = None, d: Any = None) -> Any:
    least = b if b < a else a
    if c is None:
        return least
    third = c if c < least else least
    if d is None:
        return third
    return d if d < third else third


@numba.njit
def _larger(a: Any, b: Any, c: Any = None, d: Any = None) -> Any:
    most = b if b > a else a
    if c is None:
        return most
    third = c if c > most else most
    if d is None:
        return third
    return d if d > third else third


_CHOICES: Final = {"min": _smaller, "max": _larger}
_TWINS: Final[dict[Callable[..., Any], Any]] = {chance.uniform: _uniform}
