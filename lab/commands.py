"""The command lines of validation and fitting; what they need beyond Python is loaded when they run."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable
from typing import Final

from lab.run import ENGINES, LabError

OK: Final = 0
OUT: Final = "docs/reference/validation.md"

Run = Callable[[argparse.Namespace], int]
Add = Callable[[str, str, Run], argparse.ArgumentParser]
"""Adds a command: its name, what it does in words, and the function that runs it; returns its parser."""


def add_validation(add: Add) -> None:
    """Hang `validate` and `fit` into a command line."""
    check = add("validate", "Compare simulated patients with published studies, and write the page.", _run("validate"))
    check.add_argument("--n", metavar="N", type=_count, default=500, help="patients in each arm (%(default)s)")
    check.add_argument("--seed", metavar="N", type=int, default=1, help="the cohorts' luck (%(default)s)")
    check.add_argument("--only", metavar="ROW", nargs="+", default=[], help="rows to ask, such as C16 (default: all)")
    check.add_argument("--patient", metavar="FILE.toml", help="parameters that differ, as `resus sim fit` writes them")
    check.add_argument("--out", metavar="FILE.md", help=f"the page to write (default: {OUT}; with --only, none)")
    _add_engine(check)

    fit = add("fit", "Search the patient's parameters for those that agree with published studies.", _run("fit"))
    fit.add_argument("fit", metavar="FIT.toml", help="what may move, and what to aim at")
    fit.add_argument(
        "--evaluations", metavar="N", type=_count, default=200, help="patients' models tried (%(default)s)"
    )
    fit.add_argument("--seed", metavar="N", type=int, default=1, help="luck of cohorts and search (%(default)s)")
    fit.add_argument("--state", metavar="FILE.jsonl", help="the journal to go on from (default: build/fit/NAME.jsonl)")
    fit.add_argument("--out", metavar="FILE.toml", help="the best overrides (default: build/fit/NAME.toml)")
    _add_engine(fit)


def _add_engine(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--engine", choices=ENGINES, default="auto", help="which patient (%(default)s)")
    parser.add_argument("--jobs", metavar="N", type=_whole, default=0, help="processes (default: one a core)")


def _count(text: str) -> int:
    if _whole(text) == 0:
        raise argparse.ArgumentTypeError(f"{text}: expected a whole number above 0")
    return int(text)


def _whole(text: str) -> int:
    """An argument that takes a whole number from 0 up."""
    if not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text}: expected a whole number from 0 up")
    return int(text)


def _run(name: str) -> Run:
    """The function `name` of the module of that name; LabError where a library of the lab is missing."""

    def run(asked: argparse.Namespace) -> int:
        try:
            module = importlib.import_module(f"lab.{name}")
        except ModuleNotFoundError as error:
            if error.name is None or error.name.startswith(("lab", "game")):
                raise
            raise LabError(f"`resus sim {name}` needs {error.name}: install the extra `lab`") from None
        found: int = getattr(module, name)(asked)
        return found

    return run
