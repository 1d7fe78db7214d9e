"""What the client reads of a score's JSON: the figures that a result shows, each with a plain type."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from game.ui.words import first_upper, knows, say, say_raw

Table = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the score: points of most."""

    name: str
    points: int
    most: int


@dataclass(frozen=True, slots=True)
class Loss:
    """Points that were lost in one place, and the sentence why; block "" is a critical error."""

    block: str
    why: str
    points: float


@dataclass(frozen=True, slots=True)
class Details:
    """The figures behind the blocks, -1 where nothing was measured."""

    check_ms: int
    switches: int
    switches_due: int
    depth_mm: int
    rate_per_min: int
    breaths: int
    delivered: int
    shocks_clear: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """A result. Times in ms of room time or of length, -1 for none; shares 0 to 1."""

    score: int
    most: int
    passed: bool
    band: str
    ranked: bool
    not_ranked: tuple[str, ...]
    """Why not: codes without the block or seat they speak of, each once."""
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
    losses: tuple[Loss, ...]
    """What cost most comes first."""
    details: Details


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
        not_ranked=_reasons(table),
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
        losses=_losses(table),
        details=_details(table),
    )


def _reasons(table: Table) -> tuple[str, ...]:
    codes = table.get("not_ranked")
    found = [str(code).partition(":")[0] for code in codes] if isinstance(codes, list) else []
    return tuple(dict.fromkeys(found))


def _losses(table: Table) -> tuple[Loss, ...]:
    """One reason for each rule: the costliest sentence, and how many others there are like it.

    Critical errors have a list of their own; what only followed from other measures has no reason of its own.
    """
    kinds: dict[tuple[str, str], list[tuple[float, str]]] = {}
    for row in _rows(table, "deductions"):
        block, rule = str(row.get("block") or ""), str(row.get("rule"))
        if block and ".unseen" not in rule:
            # A loop that was missed is its own reason each time: it is about another act.
            act = str(_table(row, "figures").get("act", ""))
            kinds.setdefault((block, f"{rule} {act}"), []).append((_share(row, "points"), _in_words(row)))
    found = []
    for (block, _), rows in kinds.items():
        why, more = max(rows)[1], len({words for _, words in rows}) - 1
        reason = say("results.more_like_it", why=why, more=more) if more else why
        found.append(Loss(block, reason, sum(points for points, _ in rows)))
    return tuple(sorted(found, key=lambda loss: -loss.points))


def _in_words(row: Table) -> str:
    """A reason as people read it: the score names commands and safety events by their codes."""
    text, figures = str(row.get("text", "")), _table(row, "figures")
    act, codes = str(figures.get("act", "")), str(figures.get("codes", ""))
    op, _, rest = act.partition(" ")
    if op and knows(f"command.{op}.order"):
        order = say_raw(f"command.{op}.order").partition("{")[0].rstrip(" ,")
        words = order or f"{say(f'command.{op}.label')} {rest.partition(' ')[0]}"
        text = text.replace(first_upper(act), words).replace(act, words)
    return text.replace(codes, codes.replace("_", " ")) if codes else text


def _details(table: Table) -> Details:
    pushes, breaths = _table(table, "compressions"), _table(table, "ventilation")
    switches = _measured(table, "coordination", "switches")
    return Details(
        check_ms=_whole(_measured(table, "flow", "check_length"), "median_ms"),
        switches=_whole(switches, "clean"),
        switches_due=_whole(switches, "due"),
        depth_mm=_whole(pushes, "depth_mm"),
        rate_per_min=_whole(pushes, "rate_per_min"),
        breaths=_whole(breaths, "breaths"),
        delivered=_whole(breaths, "delivered"),
        shocks_clear=_whole(_measured(table, "safety", "shocks_clear"), "clear"),
    )


def _table(table: Table, key: str) -> Table:
    found = table.get(key)
    return found if isinstance(found, Mapping) else {}


def _measured(table: Table, block: str, measure: str) -> Table:
    """The raw figures of a measure."""
    measures = _table(_table(_table(table, "blocks"), block), "measures")
    return _table(_table(measures, measure), "detail")


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
