"""Figures for people, as a table, and for programs, as flat JSON."""

from __future__ import annotations

import json
import os
import platform
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.figure import Figure

HEAD = ("key", "value", "unit", "budget", "spread")


def table(figures: Sequence[Figure]) -> str:
    """Aligned rows; a budget that was not kept is marked."""
    rows = [HEAD, *(_row(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD) - 1)]
    return "\n".join(_aligned(row, widths) for row in rows)


def _row(figure: Figure) -> tuple[str, ...]:
    budget = "" if figure.budget is None else f"{figure.budget:g}{' OVER' if figure.is_over else ''}"
    return figure.key, shown(figure.value), figure.unit, budget, figure.spread


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    key, value, unit, budget, spread = row
    cells = (key.ljust(widths[0]), value.rjust(widths[1]), unit.ljust(widths[2]), budget.ljust(widths[3]), spread)
    return "  ".join(cells).rstrip()


def shown(value: float) -> str:
    """Three digits that mean something, and no more."""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def machine() -> dict[str, float | int | str]:
    """What the figures were measured on, and when."""
    return {
        "machine_cpus": os.cpu_count() or 0,
        "machine_load": round(os.getloadavg()[0], 2),
        "machine_python": platform.python_version(),
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def write_json(path: Path, figures: Sequence[Figure], facts: dict[str, float | int | str]) -> None:
    """One flat object, complete or not at all: whoever reads `path` never sees half of it."""
    flat = {figure.key: round(figure.value, 4) for figure in figures} | facts
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, suffix=".new", delete=False) as file:
        file.write(json.dumps(flat, indent=1) + "\n")
    Path(file.name).replace(path)
