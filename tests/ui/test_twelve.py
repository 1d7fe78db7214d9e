"""The paper of twelve leads: Einthoven's triangle holds, walls show where they should, and its reader can open it."""

from collections.abc import Sequence
from dataclasses import replace

import pygame
import pytest

from game.rules.views import FormView, SlipView
from game.stations import Station
from game.ui.screen import Intent, Local
from game.ui.screens import paper
from game.ui.traces import Ecg, wander
from game.ui.traces.leads import CHEST, LEADS, Marks, sheet
from game.ui.widgets import twelve
from tests.ui import moments, views
from tests.ui.delineation import correlation, steepest
from tests.ui.stills import Still

STEP_MS = 4
LENGTH_MS = 10_000
END_MS = 400_000
ANTERIOR, INFERIOR, LATERAL = 1, 2, 3

SINUS = replace(views.SINUS, beat_ms=END_MS - 800, next_pr_ms=160)


@pytest.fixture(autouse=True)
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """No breathing and no noise under the waves."""
    monkeypatch.setattr(wander, "baseline", lambda at_ms, share=1.0: 0.0)


def leads(marks: Marks, **form: int | bool) -> dict[str, Sequence[float]]:
    shape = replace(SINUS.form, **form)  # type: ignore[arg-type]  # the tests name real fields
    return dict(sheet(replace(SINUS, form=shape), marks, END_MS, LENGTH_MS, STEP_MS))


def after_r(wave: Sequence[float], ms: int) -> float:
    """The lead `ms` after its first whole beat's steepest place."""
    beats = [at for at in steepest(wave) if at + ms // STEP_MS < len(wave)]
    return wave[beats[0] + ms // STEP_MS]


def test_a_sheet_has_twelve_leads_of_a_quarter_each_and_a_strip() -> None:
    found = leads(Marks())
    assert {*found} == {name for row in LEADS for name in row} | {"rhythm"}
    assert {len(found[name]) for name in found if name != "rhythm"} == {LENGTH_MS // 4 // STEP_MS}
    assert len(found["rhythm"]) == LENGTH_MS // STEP_MS


def test_the_strip_is_lead_two_of_the_monitor() -> None:
    monitor = Ecg(SINUS)
    seen = [monitor.heart(at_ms) for at_ms in range(END_MS - LENGTH_MS, END_MS, STEP_MS)]
    assert list(leads(Marks())["rhythm"]) == pytest.approx(seen, abs=1e-9)


def test_limb_leads_obey_einthoven() -> None:
    found = leads(Marks(st_tenth_mm=20, territory=INFERIOR))
    for one, two, three in zip(found["I"], found["II"], found["III"], strict=True):
        assert two == pytest.approx(one + three, abs=1e-9)
    for right, left, foot in zip(found["aVR"], found["aVL"], found["aVF"], strict=True):
        assert right + left + foot == pytest.approx(0, abs=1e-9)


def test_r_grows_and_s_shrinks_across_the_chest() -> None:
    found = leads(Marks())
    tall = [max(found[name]) for name in CHEST]
    deep = [min(found[name]) for name in CHEST]
    assert tall[0] < tall[2] < tall[4]
    assert deep[1] < deep[3] < deep[5]


@pytest.mark.parametrize(
    ("territory", "up", "down"),
    [
        (ANTERIOR, ("V1", "V2", "V3", "V4"), ("III", "aVF")),
        (INFERIOR, ("II", "III", "aVF"), ("I", "aVL")),
        (LATERAL, ("I", "aVL", "V5", "V6"), ("III",)),
    ],
)
def test_a_closed_artery_shows_in_its_leads_and_upside_down_opposite(
    territory: int, up: tuple[str, ...], down: tuple[str, ...]
) -> None:
    plain, closed = leads(Marks()), leads(Marks(st_tenth_mm=25, territory=territory))

    def raised(name: str) -> float:
        beats = [at for at in steepest(plain[name]) if at + 40 < len(plain[name])]
        return closed[name][beats[0] + 28] - plain[name][beats[0] + 28]

    assert all(raised(name) >= 0.09 for name in up)
    assert sum(raised(name) >= 0.1 for name in up) >= 2
    assert all(raised(name) <= -0.05 for name in down)


def test_poison_of_the_sodium_channel_ends_in_a_late_r_in_avr() -> None:
    plain, poisoned = leads(Marks()), leads(Marks(avr_tenth_mm=40), late_uv=400, qrs_ms=136)
    assert max(poisoned["aVR"]) > max(plain["aVR"]) + 0.25


def test_a_strained_right_heart_has_s_in_one_q_in_three_and_t_upside_down() -> None:
    plain, strained = leads(Marks()), leads(Marks(strain=True), strain=True)
    assert min(strained["I"]) < min(plain["I"]) - 0.1
    assert after_r(strained["III"], 240) < -0.05
    assert all(after_r(strained[name], 240) < 0 for name in ("V2", "V3"))


def test_paper_that_was_taken_under_compressions_cannot_be_read() -> None:
    clean = leads(Marks())
    shaken = sheet(replace(SINUS, compressing=True), Marks(), END_MS, LENGTH_MS, STEP_MS)
    assert all(abs(correlation(shaken[name], clean[name])) < 0.6 for name in ("rhythm", "I", "V2", "V5"))


def slip(**form: int) -> SlipView:
    shape = replace(FormView(qrs_ms=84, qt_ms=364), **form)  # type: ignore[arg-type]  # the tests name real fields
    values = (("rate_per_min", 80), ("pr_ms", 160), ("qrs_ms", 84), ("qt_ms", 364), ("qtc_ms", 400))
    return SlipView("ecg12", 0, END_MS, values, replace(SINUS, form=shape))


def test_only_a_sheet_that_is_back_can_be_shown() -> None:
    waits, back = SlipView("ecg12", 9, 0, ()), slip()
    assert twelve.newest((waits,)) is None
    assert twelve.newest((back, waits)) is back


@pytest.mark.usefixtures("canvas")
def test_the_sheet_is_baked_once() -> None:
    first = twelve.picture((840, 504), slip())
    assert twelve.picture((840, 504), slip()) is first
    dark = sum(sum(first.get_at((x, y))[:3]) < 200 for x in range(0, 840, 3) for y in range(70, 500, 2))
    assert dark > 300


def test_the_cart_turns_its_paper_over_by_key_and_by_touch(canvas: pygame.Surface) -> None:
    still = moments.papers()
    turn = [control for control in paper.controls(still) if control.intent == Intent(Local.PAGE)]
    assert [control.key for control in turn] == ["PageDown"]
    assert min(turn[0].rect.size) >= 44
    back = [control for control in paper.controls(moments.papers(1)) if control.intent == Intent(Local.PAGE)]
    assert min(back[0].rect.size) >= 44
    still.input.mean(Intent(Local.PAGE), 0)
    assert still.mode.paper
    assert still.mode.page == 1


def test_a_cart_without_twelve_leads_has_nothing_to_turn() -> None:
    still = Still(Station.CART | Station.DEFIBRILLATOR, 2)
    assert all(control.intent == Intent(Local.PAPER) for control in paper.controls(still))
