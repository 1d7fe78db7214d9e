"""What the client reads of a score's JSON: the figures that a result shows, each with a plain type."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

Table = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the score: points of most."""

    name: str
    points: int
    most: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """A result. Times in ms of room time or of length, -1 for none; shares 0 to 1."""

    score: int
    most: int
    passed: bool
    band: str
    ranked: bool
    pulse_held: bool
    stopped: bool
    end_ms: int
    ccf: float
    ccf_no_vent: float
    avoidable_ms: int
    longest_pause_ms: int
    peri_shock_ms: tuple[int, ...]
    first_push_ms: int
    first_shock_ms: int
    first_epinephrine_ms: int
    shocks: int
    tokens: int
    critical: tuple[tuple[str, str], ...]
    """Critical errors: code, and what the code alone does not say."""
    loops_closed: int
    loops: int
    blocks: tuple[Block, ...]


@lru_cache(maxsize=4)
def read(text: str) -> Outcome | None:
    """The result in a JSON text; None if it is none (a newer server may say things this client does not know)."""
    try:
        table = json.loads(text)
        return _outcome(table) if isinstance(table, dict) else None
    except (ValueError, TypeError, KeyError):
        return None


def _outcome(table: Table) -> Outcome:
    shocks, loops = _rows(table, "shocks"), _rows(table, "loops")
    given = [row for row in _rows(table, "drugs") if row.get("ms") is not None]
    epinephrine = [row for row in given if row.get("drug") == "epinephrine"]
    blocks = table.get("blocks")
    return Outcome(
        score=_whole(table, "score"),
        most=_whole(table, "of"),
        passed=bool(table.get("passed")),
        band=str(table.get("band", "")),
        ranked=bool(table.get("ranked")),
        pulse_held=table.get("outcome") == "pulse_held",
        stopped=table.get("ended") == "stopped",
        end_ms=_whole(table, "end_ms"),
        ccf=_share(table, "ccf"),
        ccf_no_vent=_share(table, "ccf_no_vent"),
        avoidable_ms=_whole(table, "avoidable_ms"),
        longest_pause_ms=_whole(table, "longest_pause_ms"),
        peri_shock_ms=tuple(_whole(shock, "peri_ms") for shock in shocks),
        first_push_ms=_first_push(table),
        first_shock_ms=min((_whole(shock, "ms") for shock in shocks), default=-1),
        first_epinephrine_ms=min((_whole(row, "ms") for row in epinephrine), default=-1),
        shocks=len(shocks),
        tokens=len(_rows(table, "tokens")),
        critical=tuple((str(row.get("code", "")), str(row.get("why", ""))) for row in _rows(table, "critical_errors")),
        loops_closed=sum(1 for loop in loops if loop.get("closed_ms") is not None),
        loops=len(loops),
        blocks=tuple(_block(name, row) for name, row in blocks.items()) if isinstance(blocks, Mapping) else (),
    )


def _rows(table: Table, key: str) -> list[Table]:
    rows = table.get(key)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def _whole(table: Table, key: str) -> int:
    value = table.get(key)
    return round(value) if isinstance(value, int | float) else -1


def _share(table: Table, key: str) -> float:
    value = table.get(key)
    return float(value) if isinstance(value, int | float) else 0.0


def _first_push(table: Table) -> int:
    """The first second with hands on the chest."""
    track = table.get("track")
    hands = track.get("hands_on") if isinstance(track, Mapping) else None
    return hands.index(1) * 1000 if isinstance(hands, list) and 1 in hands else -1


def _block(name: str, row: object) -> Block:
    table = row if isinstance(row, Mapping) else {}
    return Block(name, _whole(table, "points"), _whole(table, "of"))
