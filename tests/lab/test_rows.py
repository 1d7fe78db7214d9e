"""Rows say what happened: the columns, how each is counted, and that no number depends on how many cores there are."""

from __future__ import annotations

import csv
import json
import os
import signal
from pathlib import Path

import pytest

from game.sim import Rhythm
from lab.cohort import cohort, treat_patient
from lab.picture import plot
from lab.plan import Plan
from lab.record import Record, ShockGiven
from lab.report import as_json, course_lines, summary_lines
from lab.rows import COLUMNS, RHYTHM_COLUMNS, SHOCK_COLUMNS, Subject, patient_row, rhythm_rows, shock_rows
from lab.run import LabError
from lab.schema import Source
from lab.spec import spec_of
from lab.tables import TableFile
from lab.team import Condition
from server.cli import main
from server.resources import levels_dir
from tests.lab.conftest import SPEC, Dummy, played

PROMISED = (
    "arm, patient, age, weight_kg, first_rhythm, witnessed, bystander_cpr, collapse_to_cpr_s, collapse_to_shock_s, "
    "collapse_to_als_s, ccf, ccf_5min, rate_mean, depth_mean_mm, pre_shock_pause_s, post_shock_pause_s, "
    "peri_shock_pause_s, ventilated_pause_share, airway, epi_first_s, epi_doses, antiarrhythmic, shocks, "
    "first_shock_terminated, amsa_first, max_cpp_mmhg, etco2_20min, paco2_20min, ph_20min, pao2_20min, rhythm_3min, "
    "rosc, rosc_time_s, rosc_sustained, rearrest, admitted, survived_30d, good_neuro, cpr_duration_s"
)
WANTED = PROMISED.split(", ")
CONDITION = "\n[condition]\nat_s = 100\n"
WHO = Subject("a", 7, 1, "vf", 60.0, 80.0, True, False)


def row_of(text: str = "", dummy: Dummy | None = None, minutes: float = 10) -> dict[str, object]:
    return dict(patient_row(WHO, played(text, dummy, minutes=minutes)[1]))


class TestColumns:
    def test_the_promised_columns_come_first_in_their_order(self) -> None:
        assert list(COLUMNS[: len(WANTED)]) == WANTED

    def test_every_column_is_described(self, root: Path) -> None:
        page = (root / "docs/reference/cohort-rows.md").read_text(encoding="utf-8")
        described = [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]
        assert described == [*COLUMNS, *SHOCK_COLUMNS, *RHYTHM_COLUMNS]

    def test_rates_depths_and_pauses_are_counted_as_they_were_done(self) -> None:
        text = "[compressions]\nrate_per_min = 100\ndepth_mm = 44\n[shock]\npre_pause_s = 6\npost_pause_s = 2\n"
        row = row_of(text, Dummy(Rhythm.VF))
        assert (row["rate_mean"], row["depth_mean_mm"]) == (100.0, 44.0)
        assert row["pre_shock_pause_s"] == 6.0
        assert row["post_shock_pause_s"] == pytest.approx(2.0, abs=0.05)
        assert row["peri_shock_pause_s"] == pytest.approx(8.0, abs=0.05)
        assert row["ventilated_pause_share"] == 1.0
        assert row["first_shock_terminated"] == 0

    def test_compression_fraction_of_thirty_and_two(self) -> None:
        text = "[breaths]\nset_pause_s = 4\n[check]\nevery_s = 1200\n[crew]\ncheck_after_s = 1200\n"
        row = row_of(text)
        assert row["ccf"] == pytest.approx(0.80, abs=0.01)
        assert row["ccf_5min"] == pytest.approx(0.80, abs=0.01)

    def test_compression_fraction_by_the_books_example(self) -> None:
        record = Record(crew_ms=0, end_ms=420_000)
        record.pulses = [(0, False), (236_000, True), (300_000, False)]
        for start, end in ((5_000, 118_450), (126_000, 240_000), (306_000, 360_000), (368_000, 419_820)):
            count = round((end - start) / 545.4)
            record.pushes += [round(start + (end - start) * n / count) for n in range(count + 1)]
        record.releases = list(record.pushes)
        row = patient_row(WHO, _with_start(record))
        assert row["ccf"] == pytest.approx(329.27 / 356, abs=1e-4)

    def test_what_did_not_happen_is_empty(self) -> None:
        row = row_of("[crew]\nat_s = false\n")
        empty = (
            "collapse_to_cpr_s",
            "collapse_to_shock_s",
            "ccf",
            "rate_mean",
            "epi_first_s",
            "amsa_first",
            "rosc_time_s",
        )
        assert {name: row[name] for name in empty} == dict.fromkeys(empty)
        assert (row["rosc"], row["admitted"], row["survived_30d"], row["cpr_duration_s"]) == (0, 0, 0, 0)

    def test_a_pulse_that_is_held(self) -> None:
        row = row_of("", Dummy(pulses=[(200_000, 1)]), minutes=60)
        assert (row["rosc"], row["rosc_sustained"], row["admitted"], row["rearrest"]) == (1, 1, 1, 0)
        assert (row["rosc_time_s"], row["cpr_duration_s"]) == (200.0, 200.0)
        assert (row["survived_30d"], row["good_neuro"]) == (1, 1)

    def test_a_pulse_that_is_lost_again(self) -> None:
        row = row_of("", Dummy(pulses=[(200_000, 1), (400_000, 0)]), minutes=20)
        assert (row["rosc"], row["rosc_sustained"], row["admitted"], row["rearrest"]) == (1, 0, 0, 1)

    def test_a_flicker_of_a_pulse_is_no_return_of_circulation(self) -> None:
        row = row_of("", Dummy(pulses=[(200_000, 1), (210_000, 0)]), minutes=20)
        assert (row["rosc"], row["rearrest"]) == (0, 0)

    def test_a_pulse_that_stands_when_the_run_ends_is_admitted_and_not_sustained(self) -> None:
        row = row_of("", Dummy(pulses=[(200_000, 1)]), minutes=10)
        assert (row["end"], row["rosc_sustained"], row["admitted"], row["survived_30d"]) == ("limit", 0, 1, 1)
        row = row_of("", Dummy(pulses=[(590_000, 1)]), minutes=10)
        assert (row["admitted"], row["survived_30d"]) == (0, 0)

    def test_a_pulse_from_the_beginning_has_not_returned(self) -> None:
        dummy = Dummy(pulses=[(120_000, 0), (300_000, 1)])
        dummy.has_pulse = True
        row = row_of("[crew]\nat_s = 130\n", dummy, minutes=10)
        assert (row["rosc"], row["rosc_time_s"], row["rearrest"], row["pulse_s"]) == (1, 300.0, 0, 300.0)

    def test_what_a_bystander_does_is_not_the_crews(self) -> None:
        row = row_of("[bystander]\ncpr = true\nafter_s = 10\n[crew]\nat_s = false\n", minutes=4)
        assert row["collapse_to_cpr_s"] == 10.0
        names = ("rate_mean", "depth_mean_mm", "ventilated_pause_share", "ccf")
        assert {name: row[name] for name in names} == dict.fromkeys(names)

    def test_a_run_lasts_until_the_last_release(self) -> None:
        _, record = played("[compressions]\nduty = 0.5\nrate_per_min = 100\n", minutes=2)
        first = record.runs()[0]
        assert first == (0, 29 * 600 + 300)

    def test_readings_are_taken_where_they_should_be(self) -> None:
        assert row_of("", minutes=10)["etco2_20min"] is None
        row = row_of("[stop]\nasystole_s = false\n", Dummy(Rhythm.PEA), minutes=25)
        assert (row["etco2_20min"], row["paco2_20min"], row["ph_20min"], row["pao2_20min"]) == (20, 40.0, 7.2, 100.0)
        assert row["rhythm_3min"] == "pea"

    def test_shock_and_rhythm_rows(self) -> None:
        _, record = played("", Dummy(Rhythm.VF), minutes=6)
        shocks = shock_rows(WHO, record)
        assert [row["number"] for row in shocks] == list(range(1, len(record.shocks) + 1))
        assert all(tuple(row) == SHOCK_COLUMNS for row in shocks)
        assert shocks[0]["rhythm_60s"] == "vf"
        assert shocks[0]["perfusing_60s"] == 0
        first = record.shocks[0]
        record.rhythms += [(first.ms + 12_000, "pea"), (first.ms + 20_000, "vf")]
        for energy, begun in ((0.6, 1), (0.2, 0)):
            first.energy = energy
            assert shock_rows(WHO, record)[0]["perfusing_60s"] == begun
        del record.rhythms[1:]
        rhythms = rhythm_rows(WHO, record)
        assert [tuple(row) for row in rhythms] == [RHYTHM_COLUMNS] * 2
        assert [(row["time_s"], row["rhythm"]) for row in rhythms] == [(0.0, "vf"), (360.0, "end")]


def _with_start(record: Record) -> Record:
    record.rhythms = [(0, "vf")]
    return record


class TestCohorts:
    def test_the_same_seed_gives_the_same_rows_on_one_core_and_on_two(self) -> None:
        spec = spec_of(Source.parsed(SPEC.replace("minutes = 12", "minutes = 2"), "small.toml"))
        one = list(cohort(spec, 4, 9, engine="python", jobs=1))
        two = list(cohort(spec, 4, 9, engine="python", jobs=2))
        assert one == two
        assert [result.number for result in one] == [0, 1, 2, 3]
        assert [row["arm"] for row in one[0].rows] == ["drug", "placebo"]
        assert list(cohort(spec, 2, 10, engine="python", jobs=1)) != one[:2]

    def test_only_those_who_meet_the_condition_count(self) -> None:
        text = SPEC.replace("minutes = 12", "minutes = 2") + "\n[condition]\nrhythms = ['vf']\n"
        spec = spec_of(Source.parsed(text, "small.toml"))
        results = list(cohort(spec, 3, 1, engine="python", jobs=1))
        assert len(results) == 3
        assert {row["first_rhythm"] for result in results for row in result.rows} == {"vf"}
        assert all(row["enrolled_s"] is not None for result in results for row in result.rows)

    def test_a_condition_that_nobody_meets_is_said(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("lab.cohort.NONE_TRIED", 2)
        text = SPEC.replace("minutes = 12", "minutes = 1") + "\n[condition]\nshocks = 9\n"
        spec = spec_of(Source.parsed(text, "small.toml"))
        with pytest.raises(LabError, match="0 of 2 patients"):
            list(cohort(spec, 500, 1, engine="python", jobs=1))

    def test_arms_that_differ_before_the_condition_is_met_are_refused(self) -> None:
        text = SPEC.replace("minutes = 12", "minutes = 3") + "set.crew.check_after_s = 90\n[condition]\nat_s = 0\n"
        spec = spec_of(Source.parsed(text, "small.toml"))
        with pytest.raises(LabError, match="the arms drug and placebo differ before patient"):
            list(cohort(spec, 2, 1, engine="python", jobs=1))

    def test_in_an_arrest_that_nobody_saw_everything_comes_later(self, monkeypatch: pytest.MonkeyPatch) -> None:
        seen: list[tuple[float, float, float]] = []

        def spy(plan: Plan, patient: object, seed: int, *, condition: Condition, **_: object) -> Record:
            care = plan.draw(seed)
            seen.append((care.crew.at_s, care.drugs["epinephrine"].from_collapse_s, condition.at_s))
            return Record(enrolled_ms=-1)

        monkeypatch.setattr("lab.cohort.play", spy)
        text = SPEC.replace("set.crew.at_s = { uniform = [10, 60] }", "set.crew.at_s = 20")
        text = text.replace("[population]", "set.drug.epinephrine.from_collapse_s = 7\n[population]")
        for witnessed in ("true", "false"):
            spec = spec_of(Source.parsed(text.replace("{ chance = 0.5 }", witnessed) + CONDITION, "small.toml"))
            treat_patient(spec, 1, 0, "python")
        assert seen == [(20, 7, 100), (50, 37, 130)]

    def test_the_row_tells_the_age_and_weight_of_the_arms_patient(self) -> None:
        text = SPEC.replace("minutes = 12", "minutes = 1") + "patient.age = 33\npatient.weight_kg = 51\n"
        drug, placebo = treat_patient(spec_of(Source.parsed(text, "small.toml")), 1, 0, "python").rows
        assert (placebo["age"], placebo["weight_kg"]) == (33.0, 51.0)
        assert drug["age"] != 33.0

    def test_a_worker_that_is_killed_is_said(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("lab.cohort.treat_patient", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        spec = spec_of(Source.parsed(SPEC, "small.toml"))
        with pytest.raises(LabError, match="a worker was killed"):
            list(cohort(spec, 4, 1, engine="python", jobs=2))

    def test_as_many_processes_as_there_are_cores_to_use(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("os.sched_getaffinity", lambda _: {3})
        monkeypatch.setattr("lab.cohort.ProcessPoolExecutor", None)
        spec = spec_of(Source.parsed(SPEC.replace("minutes = 12", "minutes = 1"), "small.toml"))
        assert len(list(cohort(spec, 1, 1, engine="python"))) == 1

    def test_a_table_appears_whole_or_not_at_all(self, tmp_path: Path) -> None:
        path = tmp_path / "rows.csv"
        with pytest.raises(ValueError, match="not in fieldnames"), TableFile(path, ("a",)) as file:
            file.add([{"a": 1}, {"b": 2}])
        assert list(tmp_path.iterdir()) == []
        with TableFile(path, ("a",)) as file:
            file.add([{"a": None}, {"a": 2}])
        assert path.read_text(encoding="utf-8").split() == ["a", '""', "2"]


class TestShockRows:
    def record(self) -> Record:
        shocks = [ShockGiven(ms, 200, None, "vf", 9.0, 0.5, "organised") for ms in (10_000, 40_000, 130_000, 200_000)]
        rhythms = [(0, "vf"), (10_010, "pea"), (13_000, "vf"), (40_010, "asystole"), (70_000, "vf"), (130_010, "pea")]
        return Record(end_ms=203_000, crew_ms=0, shocks=shocks, rhythms=rhythms, pulses=[(0, False)])

    def test_what_a_shock_left_is_what_is_there_five_seconds_later(self) -> None:
        rows = shock_rows(WHO, self.record())
        assert [row["result"] for row in rows] == ["failed", "asystole", "organised", None]
        assert [row["refibrillation_s"] for row in rows] == [None, 30.0, None, None]
        assert patient_row(WHO, self.record())["first_shock_terminated"] == 0

    def test_without_a_push_before_it_there_is_no_pause_before_a_shock(self) -> None:
        row = patient_row(WHO, self.record())
        assert (row["pre_shock_pause_s"], row["peri_shock_pause_s"]) == (None, None)
        text = "[shock]\ncharge_while_compressing = false\n"
        _, record = played(text + "[crew]\ncheck_after_s = 0\n", Dummy(Rhythm.VF), minutes=1)
        assert record.shocks[0].pre_pause_ms is None
        assert shock_rows(WHO, record)[0]["pre_pause_s"] is None
        assert "shock 1: 200 J ->" in "\n".join(course_lines(record))


class TestReports:
    def test_the_course_and_the_summary_are_readable(self) -> None:
        _, record = played("", Dummy(Rhythm.VF), minutes=3)
        text = "\n".join([*course_lines(record), *summary_lines(WHO, record)])
        assert "shock 1: 200 J" in text
        assert "collapse_to_shock_s" in text

    def test_json_holds_everything(self) -> None:
        _, record = played("", Dummy(Rhythm.VF), minutes=3)
        data = json.loads(json.dumps(as_json("S01", "p", 1, WHO, record)))
        assert set(data["summary"]) == set(COLUMNS)
        assert data["shocks"][0]["energy_j"] == 200

    def test_a_picture_is_drawn(self, tmp_path: Path) -> None:
        _, record = played("", Dummy(Rhythm.VF), minutes=3)
        plot(record, "a title", tmp_path / "p.png")
        assert (tmp_path / "p.png").read_bytes().startswith(b"\x89PNG")

    def test_without_matplotlib_the_extra_is_named(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(__import__("sys").modules, "matplotlib", None)
        with pytest.raises(LabError, match="the extra `lab`"):
            plot(Record(), "a title", tmp_path / "p.png")


class TestCommands:
    def test_run_prints_a_course(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["sim", "run", "--level", "S01", "--care", "als", "--seed", "3", "--minutes", "1"]) == 0
        out = capsys.readouterr().out
        assert "Witnessed VF" in out
        assert " 1:00   vf" in out

    def test_run_as_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        level = str(levels_dir() / "S01.toml")
        assert main(["sim", "run", "--level", level, "--care", "als", "--minutes", "1", "--json"]) == 0
        data = json.loads(capsys.readouterr().out)
        assert (data["level"], data["care"], data["end"]) == ("S01", "als", "limit")
        assert len(data["course"]) == 31

    def test_cohort_writes_its_tables(
        self, spec_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        spec_file.write_text(SPEC.replace("minutes = 12", "minutes = 3"), encoding="utf-8")
        out, shocks, rhythms = (tmp_path / f"{name}.csv" for name in ("rows", "shocks", "rhythms"))
        files = ["--rows", str(out), "--shocks", str(shocks), "--rhythms", str(rhythms)]
        asked = ["sim", "cohort", str(spec_file), "--n", "2", "--seed", "4", "--engine", "python", "--jobs", "1"]
        assert main([*asked, *files]) == 0
        with out.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        assert [(row["arm"], row["patient"]) for row in rows] == [
            ("drug", "0"), ("placebo", "0"), ("drug", "1"), ("placebo", "1"),
        ]  # fmt: skip
        assert tuple(rows[0]) == COLUMNS
        assert shocks.read_text(encoding="utf-8").splitlines()[0].split(",") == list(SHOCK_COLUMNS)
        assert "small: 2/2 patients" in capsys.readouterr().err

    def test_nobody_is_a_cohort_too(self, spec_file: Path, tmp_path: Path) -> None:
        out = tmp_path / "rows.csv"
        assert main(["sim", "cohort", str(spec_file), "--n", "0", "--rows", str(out)]) == 0
        assert out.read_text(encoding="utf-8").splitlines() == [",".join(COLUMNS)]

    @pytest.mark.parametrize(
        ("asked", "words"),
        [
            (["run", "--level", "S99", "--care", "als"], "S99: there is no such level; a file, or one of: S01"),
            (["run", "--level", "S01", "--care", "alz"], "one of: als"),
            (["run", "--level", "S01", "--care", "als", "--plot", "nowhere/p.png"], "there is no folder nowhere"),
            (["cohort", "nowhere.toml", "--rows", "r.csv"], "a spec file, or one of: airway"),
            (["cohort", "ohca", "--n", "-1", "--rows", "r.csv"], "from 0 up"),
            (["cohort", "ohca", "--n", "0", "--rows", "nowhere/r.csv"], "there is no folder nowhere"),
        ],
    )
    def test_what_cannot_be_done_is_said_in_one_sentence(
        self,
        asked: list[str],
        words: str,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert main(["sim", *asked]) == 2
        said = capsys.readouterr().err
        assert words in said
        assert said.count("\n") == 1
        assert list(tmp_path.iterdir()) == []
