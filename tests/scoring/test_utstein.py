"""The Utstein-style record: from the log alone, the same fields for every run."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from game.scoring.utstein import FIELDS, Value, utstein
from server.record import record_csv, record_json, record_table
from tests.scoring.logs import LEVEL, PACK, WEIGHTS, Log
from tests.scoring.reference import vf_run

DOCS = Path(__file__).parents[2] / "docs" / "reference" / "record.md"


def record(log: Log) -> dict[str, Value]:
    return utstein(log.entries, PACK, LEVEL, WEIGHTS)


def test_the_reference_run_as_a_registry_would_keep_it() -> None:
    kept = record(vf_run(rosc_at_shock=4))
    assert kept["first_rhythm"] == "vf"
    assert (kept["recognised_s"], kept["first_compression_s"], kept["first_shock_s"]) == (9.0, 10.0, 55.5)
    assert (kept["shocks"], kept["epinephrine_doses"], kept["epinephrine_total_mg"]) == (4, 1, 1.0)
    assert (kept["antiarrhythmic"], kept["rosc"], kept["first_rosc_s"]) == ("amiodarone", True, 425.0)
    assert (kept["pulse_at_end"], kept["ended"], kept["map_at_end_mmhg"]) == (True, "held", 75.0)
    assert (kept["cause_named"], kept["cause_named_right"]) == (LEVEL.cause, True)


def test_every_run_has_the_same_fields_and_an_empty_log_fails_nothing() -> None:
    assert list(record(Log())) == list(record(vf_run())) == [field.name for field in FIELDS]


def test_what_was_not_seen_is_an_empty_cell() -> None:
    kept = record(Log().vf().train(5_000, 60_000).end(60_000))
    names, values = csv.reader(io.StringIO(record_csv(kept)))
    assert dict(zip(names, values, strict=True))["first_shock_s"] == ""
    assert dict(zip(names, values, strict=True))["rosc"] == "false"
    assert json.loads(record_json(kept))["first_shock_s"] is None
    assert "first_shock_s " in record_table(kept)


def test_every_field_is_documented_as_it_is() -> None:
    text = DOCS.read_text("utf-8")
    for field in FIELDS:
        assert f"| `{field.name}` | {field.meaning} |" in text
