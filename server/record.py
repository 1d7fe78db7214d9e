"""The Utstein-style record as text: CSV for spreadsheets, JSON for programs, a table for people."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping

from game.scoring.utstein import Value


def record_csv(record: Mapping[str, Value]) -> str:
    """A line of names and a line of values; an empty cell is a thing not seen. Without the last line's end."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(record)
    writer.writerow(
        "" if value is None else json.dumps(value) if isinstance(value, bool) else value for value in record.values()
    )
    return text.getvalue().rstrip("\n")


def record_json(record: Mapping[str, Value]) -> str:
    """One object."""
    return json.dumps(record, ensure_ascii=False, indent=2)


def record_table(record: Mapping[str, Value]) -> str:
    """A line a field."""
    width = max(map(len, record))
    return "\n".join(f"{name:<{width}}  {'-' if value is None else value}" for name, value in record.items())
