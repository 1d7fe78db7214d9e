"""A score as players get it: one JSON text, never longer than a client takes."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Final

from game.scoring import Score
from game.scoring.result import Json
from game.wire.limits import TEXT_CHARS, Limit

DETAILS: Final = Limit(50, "pauses, misses or the like in a list", "cut off where a result would be no client's text")

DISPENSABLE: Final = ("tokens", "drugs", "shocks", "pauses", "deductions", "loops")
"""Lists that are cut where a result would be too long, in this order."""


KNOWN_PATIENT: Final = "same_patient"
PRACTICE: Final = "practice"
SLOWER: Final = "slower"
"""Reasons against a rank that no log knows of."""


def unranked(result: Score, *why: str) -> Score:
    """The same score, shown and not ranked."""
    return replace(result, ranked=False, not_ranked=(*result.not_ranked, *why))


def result_text(run: str, result: Score) -> str:
    """A score as the JSON that players get: never more than a client takes in one text."""
    told: dict[str, Json] = {"run": run, **result.to_json_dict()}
    # The sentences hold the numbers already. Nobody's own coaching is in a text that goes to the whole team.
    told["deductions"] = [
        {key: _codes(value) if key == "figures" else value for key, value in deduction.items()}
        for deduction in _records(told["deductions"])
    ]
    del told["coaching"]
    text = _json(told)
    # Hands that press without pause or sense can fill a list with thousands of lines.
    for key in DISPENSABLE:
        if len(text) <= TEXT_CHARS:
            break
        told[key] = _shortened(told[key])
        text = _json(told)
    return text


def _records(value: Json) -> list[dict[str, Json]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _codes(figures: Json) -> Json:
    """What of a deduction's figures is a code, for which screens have words."""
    return {key: value for key, value in figures.items() if isinstance(value, str)} if isinstance(figures, dict) else {}


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _shortened(value: Json) -> Json:
    """The same with no more than the first DETAILS of any list of records."""
    if isinstance(value, dict):
        return {key: _shortened(item) for key, item in value.items()}
    if isinstance(value, list) and value and isinstance(value[0], dict | list):
        return [_shortened(item) for item in value[:DETAILS]]
    return value
