"""The trace's parameters are the patient's own: each beat, each P wave, each spike, and what salts and poisons do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from statistics import fmean, pstdev

import pytest

from game.content import Level, Pack
from game.rules.views import EcgView
from game.stations import Role
from tests.rules.bedside import BARE, case
from tests.rules.conftest import Team

PADS = replace(BARE, pads=True, spo2=True, oxygen_l_min=15, lines=("iv_left",))


def seen(team: Team) -> EcgView:
    view = team.view(Role.MEDS).defibrillator
    assert view is not None
    return view.ecg


def watched(team: Team, seconds: int) -> Iterator[EcgView]:
    """What comes over the wire: a view each tenth of a second."""
    for _ in range(10 * seconds):
        team.wait(100)
        yield seen(team)


def beats_of(views: list[EcgView]) -> list[tuple[int, int]]:
    """Beats that were told: when, and how long after their P wave."""
    found: dict[int, int] = {}
    for view in views:
        if view.beat_ms >= 0:
            found[view.beat_ms] = view.pr_ms
    return sorted(found.items())


def team_of(level: Level, pack: Pack, **patient: float | str) -> Team:
    return Team(case(level, {"energy": 0.9, **patient}, start=PADS), pack, 4)


@pytest.mark.parametrize("rhythm", ["sinus", "af", "svt", "complete_block", "wenckebach", "vt"])
def test_every_beat_is_told_before_it_comes(level: Level, pack: Pack, rhythm: str) -> None:
    views = list(watched(team_of(level, pack, rhythm=rhythm), 12))
    told = {view.next_ms for view in views if view.rhythm == rhythm}
    beats = [at_ms for at_ms, _ in beats_of([view for view in views if view.rhythm == rhythm])]
    assert len(beats) > 5
    assert len([at_ms for at_ms in beats[2:-1] if at_ms in told]) >= 0.8 * len(beats[2:-1])


def test_in_wenckebachs_block_the_way_grows_until_a_beat_is_dropped(level: Level, pack: Pack) -> None:
    beats = beats_of(list(watched(team_of(level, pack, rhythm="wenckebach"), 25)))
    grows = drops = 0
    for (before_ms, before_pr), (at_ms, pr) in pairwise(beats[1:]):
        if pr > before_pr:
            grows += 1
        else:
            drops += 1
            assert at_ms - before_ms > 1000
    assert grows > drops > 1


def test_atrial_fibrillation_scatters_and_has_no_p_wave(level: Level, pack: Pack) -> None:
    beats = beats_of(list(watched(team_of(level, pack, rhythm="af"), 25)))
    gaps = [after - before for (before, _), (after, _) in pairwise(beats)]
    assert 0.1 < pstdev(gaps) / fmean(gaps) < 0.35
    assert {pr for _, pr in beats} == {0}


def test_free_atria_beat_on_in_a_complete_block_and_on_a_flat_line(level: Level, pack: Pack) -> None:
    for rhythm in ("complete_block", "p_waves"):
        views = list(watched(team_of(level, pack, rhythm=rhythm), 10))
        waves = sorted({view.p_ms for view in views if view.rhythm == rhythm})
        gaps = [after - before for before, after in pairwise(waves)]
        assert len(gaps) > 6
        assert max(gaps) - min(gaps) < 120
        assert all(view.p_ms >= 0 for view in views if view.rhythm == rhythm)
    assert seen(team_of(level, pack, rhythm="sinus")).p_ms == -1


def test_spikes_that_make_no_beat_are_told_and_those_that_do_are_beats(level: Level, pack: Pack) -> None:
    team = team_of(level, pack, rhythm="complete_block_wide")
    assert seen(team).spike_ms == -1
    team.act(Role.MEDS, "pace")
    for _ in range(4):
        team.act(Role.MEDS, "pace_current", 1)
    weak = list(watched(team, 6))
    spikes = sorted({view.spike_ms for view in weak if view.spike_ms >= 0})
    assert len(spikes) >= 3
    for _ in range(20):
        team.act(Role.MEDS, "pace_current", 1)
    strong = list(watched(team, 4))
    assert strong[-1].rhythm == "paced"
    assert strong[-1].spike_ms == -1


def test_a_shock_is_on_the_trace_of_all_who_see_it(level: Level, pack: Pack) -> None:
    team = team_of(level, pack, rhythm="vf")
    assert seen(team).shock_ms == -1
    team.act(Role.MEDS, "charge")
    team.wait(12_000)
    team.act(Role.MEDS, "clear")
    team.act(Role.MEDS, "shock")
    lead = team.view(Role.LEADER).lead
    assert lead is not None
    assert lead.ecg.shock_ms == seen(team).shock_ms > 0


def test_salts_and_cold_are_in_the_form_of_the_beats(level: Level, pack: Pack) -> None:
    def form(**patient: float | str) -> EcgView:
        team = team_of(level, pack, rhythm="sinus", **patient)
        team.wait(3_000)
        return seen(team)

    plain, high, low, cold = form(), form(potassium_mmol_l=7.4), form(potassium_mmol_l=2.4), form(temperature_degc=28)
    assert high.form.t_pct > 150
    assert high.form.p_pct < 50 < plain.form.p_pct
    assert high.form.qrs_ms > plain.form.qrs_ms + 20
    assert low.form.u_uv > 50
    assert low.form.t_pct < 80
    assert cold.form.j_uv > 100
    assert cold.form.qt_ms > plain.form.qt_ms


def test_without_pads_nobody_is_told_anything_of_the_trace(level: Level, pack: Pack) -> None:
    team = Team(case(level, {"rhythm": "sinus", "energy": 0.9}), pack, 4)
    team.wait(2_000)
    assert seen(team) == EcgView("", 0, 0, 0, -1, connected=False, compressing=False)


def test_the_paper_of_twelve_leads_keeps_what_was_seen_then(level: Level, pack: Pack) -> None:
    team = team_of(level, pack, rhythm="sinus")
    team.do(Role.COMPRESSOR, "ecg12")
    cart = team.view(Role.MEDS).cart
    assert cart is not None
    assert [slip.sheet for slip in cart.slips if slip.kind == "ecg12"] == [None]
    team.wait(25_000)
    cart = team.view(Role.MEDS).cart
    assert cart is not None
    paper = next(slip for slip in cart.slips if slip.kind == "ecg12")
    assert paper.sheet is not None
    assert paper.sheet.rhythm == "sinus"
    assert paper.sheet.form.qrs_ms == dict(paper.values)["qrs_ms"]
