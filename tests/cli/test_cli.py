"""What people type, read and get back as an exit code."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from game import __version__
from server.store.export import LogFile, read_log, write_log
from tests.cli.conftest import RUN, Resus

COMMANDS = [
    (),
    ("serve",),
    ("levels",),
    ("levels", "check"),
    ("log",),
    ("log", "list"),
    ("log", "export"),
    ("log", "replay"),
    ("score",),
    ("record",),
    ("bots",),
]


class TestManners:
    @pytest.mark.parametrize("command", COMMANDS, ids=lambda words: " ".join(words) or "resus")
    def test_every_command_explains_itself_and_its_exit_codes(self, shell: Resus, command: tuple[str, ...]) -> None:
        done = shell(*command, "--help")
        assert done.code == 0
        assert done.out.startswith("usage: resus")
        assert "Exit codes: 0 all is well" in done.out

    def test_the_version_is_that_of_the_distribution(self, shell: Resus) -> None:
        assert shell("--version").out == f"resus-crew {__version__}\n"

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            ((), "COMMAND"),
            (("fly",), "invalid choice: 'fly'"),
            (("levels", "check", "nowhere"), "nowhere: No such file or directory"),
            (("levels", "check", "."), "no .toml file"),
            (("log", "replay", "missing.resus.jsonl.gz"), "there is no such file"),
            (("log", "list", "--data", "nowhere"), "nowhere holds no games"),
            (("score", "some-run"), "holds no games"),
            (("bots", "K7M4QX", "--server", "here"), "'here' is no server address"),
            (("bots", "K7M4QX", "--server", "http://127.0.0.1:9"), "cannot be reached"),
            (("bots", "K7M4QX", "--seats", "9"), "'9' is no seat"),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
    )
    def test_what_cannot_be_done_is_said_in_one_sentence(
        self, shell: Resus, arguments: tuple[str, ...], words: str
    ) -> None:
        done = shell(*arguments)
        assert done.code == 2
        assert words in done.err
        assert "Traceback" not in done.err
        assert done.out == ""


class TestLogs:
    def test_runs_on_record_are_listed(self, resus: Resus, data: Path) -> None:
        done = resus("log", "list", "--data", data)
        assert done.code == 0
        assert RUN in done.out
        assert "S01" in done.out

    def test_a_run_is_exported_whole(self, resus: Resus, data: Path, tmp_path: Path, game: LogFile) -> None:
        done = resus("log", "export", RUN, "--data", data)
        assert done.code == 0, done.err
        assert read_log(tmp_path / f"{RUN}.resus.jsonl.gz") == game

    @pytest.mark.parametrize("from_store", [True, False])
    def test_a_log_replays_to_the_same_facts_and_hashes(
        self, resus: Resus, data: Path, log_file: Path, from_store: bool
    ) -> None:
        done = resus("log", "replay", RUN, "--data", data) if from_store else resus("log", "replay", log_file)
        assert done.code == 0, done.out + done.err
        assert done.out.startswith("equal: ")

    def test_the_first_difference_is_shown(self, resus: Resus, game: LogFile, tmp_path: Path) -> None:
        spoilt = [*game.entries]
        spoilt[100] = spoilt[100]._replace(ms=spoilt[100].ms + 1)
        path = tmp_path / "spoilt.resus.jsonl.gz"
        write_log(path, game.header, spoilt)
        done = resus("log", "replay", path)
        assert done.code == 1
        assert done.out.startswith("differs: entry ")

    def test_a_log_of_another_model_is_not_replayed(self, resus: Resus, game: LogFile, tmp_path: Path) -> None:
        path = tmp_path / "old.resus.jsonl.gz"
        write_log(path, replace(game.header, model="an older one"), game.entries)
        done = resus("log", "replay", path)
        assert done.code == 2
        assert "an older one" in done.err
        assert resus("score", path).code == 0

    def test_a_damaged_file_is_named_with_its_line(self, resus: Resus, log_file: Path) -> None:
        log_file.write_bytes(log_file.read_bytes()[:-400])
        done = resus("score", log_file)
        assert done.code == 2
        assert f"resus: {log_file}:" in done.err

    def test_an_unknown_run_is_said_to_be_unknown(self, resus: Resus, data: Path) -> None:
        done = resus("score", "nobody", "--data", data)
        assert done.code == 2
        assert "no run 'nobody'" in done.err


class TestScore:
    def test_the_json_holds_every_figure_the_field_asks_for(self, resus: Resus, log_file: Path) -> None:
        done = resus("score", log_file, "--json")
        assert done.code == 0, done.err
        figures = json.loads(done.out)
        assert {
            "ccf",
            "ccf_no_vent",
            "avoidable_fraction",
            "longest_pause_ms",
            "peri_shock_ms",
            "blocks",
            "coordination",
            "critical_errors",
            "outcome",
            "score",
        } <= set(figures)
        assert 0 < figures["ccf"] <= 1

    def test_the_table_puts_the_fields_own_measure_first(self, resus: Resus, log_file: Path) -> None:
        done = resus("score", log_file)
        assert done.code == 0, done.err
        assert "CCF" in done.out
        assert done.out.index("CCF") < done.out.index("coordination")
        assert max(map(len, done.out.splitlines())) <= 100

    def test_file_and_store_give_the_same_score(self, resus: Resus, log_file: Path, data: Path) -> None:
        assert resus("score", log_file, "--json").out == resus("score", RUN, "--data", data, "--json").out

    def test_every_lost_point_is_explained_and_the_json_carries_the_same(self, resus: Resus, log_file: Path) -> None:
        done = resus("score", log_file, "--explain")
        assert done.code == 0, done.err
        told = json.loads(resus("score", log_file, "--json").out)
        lost = sum(round(each["points"] * 100) for each in told["deductions"])
        assert lost + told["score"] * 100 == 100_000
        assert f"1000 points to earn, {lost / 100:.2f} lost, {told['score']} left" in done.out
        # A line of the screen holds part of a longer sentence.
        shown = " ".join(done.out.split())
        assert all(" ".join(each["text"].split()) in shown for each in told["deductions"])
        assert all(each["source"] and each["rule"] for each in told["deductions"])
        assert max(map(len, done.out.splitlines())) <= 100

    def test_the_json_has_all_37_measures_and_everybodys_own_part(self, resus: Resus, log_file: Path) -> None:
        told = json.loads(resus("score", log_file, "--json").out)
        assert [each["number"] for each in told["measures"]] == list(range(1, 38))
        assert {tuple(each["audience"]) for each in told["coaching"]} == {("owner", "instructor")}


class TestRecord:
    def test_the_csv_has_a_line_of_names_and_a_line_of_values(self, resus: Resus, log_file: Path) -> None:
        done = resus("record", log_file, "--csv")
        assert done.code == 0, done.err
        names, values = csv.reader(done.out.splitlines())
        kept = dict(zip(names, values, strict=True))
        assert kept["run"] == RUN
        assert kept["first_rhythm"] == "vf"

    def test_csv_json_and_table_say_the_same(self, resus: Resus, log_file: Path) -> None:
        kept = json.loads(resus("record", log_file, "--json").out)
        names, values = csv.reader(resus("record", log_file, "--csv").out.splitlines())
        assert list(kept) == names
        assert values[names.index("ccf")] == str(kept["ccf"])
        assert f"{kept['ccf']}" in resus("record", log_file).out
