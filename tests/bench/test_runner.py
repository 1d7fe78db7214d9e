"""The bench runner's promises: flat JSON, a table, a sentence for what cannot be measured. No figure is judged."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench import bundle
from tests.bench.__main__ import BENCHES, main, measure
from tests.bench.case import inputs_by_tick, opening_case, played_by_bots, script
from tests.bench.figure import BenchError, Figure, quantile, settled
from tests.bench.lateness import Histogram
from tests.bench.report import table, write_json

CHEAP = {"snapshot": {"snapshot_bytes", "snapshot_encode_us", "snapshot_view_us", "keyframe_bytes"}}

METRICS = """\
# TYPE resus_tick_late_seconds histogram
resus_tick_late_seconds_bucket{{le="0.01"}} {0}
resus_tick_late_seconds_bucket{{le="0.02"}} {1}
resus_tick_late_seconds_bucket{{le="+Inf"}} {2}
resus_tick_late_seconds_count {2}
resus_tick_late_seconds_sum 1.0
"""


def test_the_cheap_benches_write_flat_numbers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "new folder" / "bench.json"
    assert main([*CHEAP, "--out", str(out)]) == 0
    written = json.loads(out.read_text("utf-8"))
    numbers = {key for key, value in written.items() if isinstance(value, int | float)}
    assert set.union(*CHEAP.values()) <= numbers
    assert all(isinstance(value, int | float | str) for value in written.values())
    assert [path.name for path in out.parent.iterdir()] == ["bench.json"]
    assert "snapshot_bytes" in capsys.readouterr().out


def test_an_unknown_name_is_told_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["nothing"])
    told = capsys.readouterr().err
    assert all(name in told for name in BENCHES)


def test_what_cannot_be_measured_says_why_and_the_rest_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    def broken() -> Iterator[Figure]:
        yield from ()
        raise BenchError("the oven is cold")

    figures, failed = measure({"broken": broken, "fine": lambda: iter([Figure("fine_us", 3.0, "us")])})
    assert failed
    assert [figure.key for figure in figures] == ["fine_us"]
    assert "the oven is cold" in capsys.readouterr().err


def test_a_site_that_is_not_built_is_named(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="make build"):
        bundle.site_files(tmp_path)


def test_a_budget_that_is_not_kept_is_marked() -> None:
    kept, over, free = Figure("a", 3, "us", "", 5), Figure("b", 6, "us", "", 5), Figure("c", 7, "us")
    assert [line.count("OVER") for line in table([kept, over, free]).splitlines()[1:]] == [0, 1, 0]


def test_a_file_that_is_there_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "bench.json"
    path.write_text("what was there before")
    write_json(path, [Figure("a_us", 1.23456789, "us")], {"machine_cpus": 2})
    assert json.loads(path.read_text("utf-8")) == {"a_us": 1.2346, "machine_cpus": 2}


def test_the_lateness_between_two_looks_is_read_from_the_histogram() -> None:
    late = Histogram.read(METRICS.format(150, 199, 200)).since(Histogram.read(METRICS.format(50, 99, 100)))
    assert late.total == 100
    assert late.quantile_ms(0.5) == pytest.approx(5.0)
    late = Histogram.read(METRICS.format(90, 100, 100))
    assert late.quantile_ms(0.95) == pytest.approx(15.0)
    with pytest.raises(BenchError, match="resus_tick_late_seconds"):
        Histogram.read("")


def test_noise_in_one_round_of_three_does_not_reach_the_figure() -> None:
    assert settled([[1, 2, 3], [1, 90, 3], [40, 2, 3]]) == [1, 2, 3]
    assert quantile([3, 1, 2], 0.99) == 3


def test_the_recorded_people_send_everything_that_entered_the_room() -> None:
    entries = played_by_bots(opening_case(), 20_000)
    sent = script(entries, first_seq=2)
    links = 4
    assert len(sent) + links == sum(map(len, inputs_by_tick(entries, 20_000)))
    assert {each.seat for each in sent} == {0, 1, 2, 3}
    assert all(each.at_ms >= 0 for each in sent)


def test_every_key_that_was_asked_for_is_explained() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "performance.md").read_text("utf-8")
    asked = (
        *("patient_tick_us", "snapshot_bytes", "snapshot_encode_us", "wasm_frame_ms_median", "wasm_frame_ms_p95"),
        *("first_load_s", "cached_load_s", "bundle_mb", "rooms_per_core", "cpu_ms_per_room_s"),
        "tick_late_ms_p99_during_downloads",
    )
    assert set(asked) <= set(re.findall(r"`(\w+)`", page))
