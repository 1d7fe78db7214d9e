"""The validation page, the runs behind it and the command: whole, honest, and reproducible."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from lab import validate as validation
from lab.experiments import Bench
from lab.frame import Frame
from lab.page import Provenance, estimate, figure, page, summary
from lab.published import published
from lab.run import LabError
from lab.runs import Runs, spells
from lab.statistics import UNKNOWN, Estimate
from lab.validate import answer, chosen, lines, write_page
from lab.verdict import RowVerdict, judge


def agreeing() -> list[RowVerdict]:
    """Every row, with figures exactly as published, or in the middle of the band."""
    verdicts = []
    for row in published().values():
        found = {}
        for result in row.results:
            middle = 0.5 * sum(result.band) if result.band else result.null + result.sign
            value = result.value if result.value == result.value else middle
            found[result.key] = Estimate(value, value - 1, value + 1, 500)
        if not row.unanswered:
            verdicts.append(judge(row, found))
    return verdicts


def test_the_page_counts_rows_and_figures() -> None:
    verdicts = agreeing()
    outcomes, bench = summary(verdicts)[2:]
    assert outcomes.startswith("| outcomes | 16 |")
    assert outcomes.count("16 of 16") == 2
    assert "| physiology |" in bench
    worse = [judge(each.row, {}, "nobody asked") if each.row.key == "C16" else each for each in verdicts]
    assert "15 of 16" in summary(worse)[2]


def test_a_row_that_disagrees_stays_on_the_page() -> None:
    row = published()["C16"]
    bad = judge(
        row, {"rosc_epinephrine": Estimate(80.0, 75.0, 85.0, 500), "survival_odds": Estimate(0.9, 0.8, 1.0, 500)}
    )
    text = page([bad], [("C29", "Hightower", "why")], Provenance(500, 1, "abc"), [])
    assert "| ROSC, epinephrine, % | 36.3 (34.8 to 37.8) | 80 (75 to 85) | 30.9 to 41.7 | **no** | – |" in text
    assert (
        "| odds of being alive at 30 days | 1.39 (1.06 to 1.82) | 0.9 (0.8 to 1) | 1.06 to 1.82 | **no** | **no** |"
        in text
    )
    assert "not seen" in text
    assert "--n 500 --seed 1" in text
    assert "- C29 (Hightower): why." in text


def test_figures_have_three_digits() -> None:
    assert [figure(x) for x in (0.0, 36.3, 1.386, 0.0123, 545.2, -2.3, 11951.0)] == [
        "0", "36.3", "1.39", "0.0123", "545", "-2.3", "11951",
    ]  # fmt: skip
    assert estimate(UNKNOWN) == "not seen"


def test_the_page_is_written_with_its_pictures(tmp_path: Path) -> None:
    out = tmp_path / "reference" / "validation.md"
    write_page(out, [each for each in agreeing() if each.row.key != "C11"], Runs(1, 1), Provenance(1, 1, "abc"))
    text = out.read_text()
    for name in ("deviations", "pressure-and-flow", "epinephrine"):
        assert f"](validation/{name}.png)" in text
        picture = (out.parent / "validation" / f"{name}.png").read_bytes()
        assert picture.startswith(b"\x89PNG")
        assert len(picture) < 100_000


def test_rows_are_chosen_by_name() -> None:
    assert [row.key for row in chosen(["C18", "C2"])] == ["C2", "C18"]
    assert len(chosen([])) == sum(not row.unanswered for row in published().values())
    with pytest.raises(LabError, match="no row C99"):
        chosen(["C99"])
    with pytest.raises(LabError, match="cannot be answered"):
        chosen(["C29"])


def test_a_cohort_that_is_not_there_is_trouble_and_no_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    row = published()["C2"]

    def missing(cohorts: Runs) -> dict[str, Estimate]:
        cohorts.rows("nowhere")
        return {}

    monkeypatch.setattr(validation, "MEASURES", {"C2": missing})
    verdict = answer(row, Runs(1, 1), Bench())
    assert "nowhere" in verdict.trouble
    assert "ohca" in verdict.trouble
    assert not verdict.inside
    assert not verdict.right
    assert lines(verdict) == [f"C2   Cheskes 2011: not measured, {verdict.trouble}"]


def test_the_command_says_with_its_exit_code_whether_all_was_measured(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        validation, "EXPERIMENTS", {"C30": lambda bench: {"after_105": Estimate(46.0), "after_180": Estimate(30.0)}}
    )
    out = tmp_path / "page.md"
    asked = argparse.Namespace(n=5, seed=1, only=["C30"], out=str(out), patient=None, engine="python", jobs=1)
    assert validation.validate(asked) == 0
    said = capsys.readouterr().out
    assert "1 of 2 inside" in said
    assert "* after_180" in said
    assert "Sugerman" in out.read_text()


def test_spells_follow_rhythm_and_pulse() -> None:
    rhythms = Frame(
        {
            "arm": ["a"] * 7 + ["b"] * 2,
            "patient": ["1"] * 9,
            "time_s": ["0", "10", "20", "25", "30", "40", "50", "0", "5"],
            "rhythm": ["vf", "pea", "sinus", "af", "torsades", "torsades", "end", "idioventricular", "end"],
            "pulse": ["0", "0", "1", "1", "1", "0", "0", "0", "0"],
        }
    )
    found = spells(rhythms)
    stays = list(
        zip(
            found.words("arm"), found.words("state"), found["start_s"], found["end_s"], found.words("next"), strict=True
        )
    )
    assert stays == [
        ("a", "vf", 0, 10, "pea"),
        ("a", "pea", 10, 20, "rosc"),
        ("a", "rosc", 20, 30, "pvt"),
        ("a", "pvt", 30, 50, ""),
        ("b", "pea", 0, 5, ""),
    ]
