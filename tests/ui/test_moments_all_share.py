"""The shock, the results, the wheel, play that stands still and the watching seat."""

import json
import re
from pathlib import Path
from typing import cast

import pygame
import pytest

from game import scoring
from game.rules.skills.params import skills
from game.stations import Station
from game.ui import frame, notices, outcome
from game.ui.client import Client
from game.ui.outcome import read
from game.ui.screen import Control, Hands, Intent, Jolt, Local, Mode, Spoken
from game.ui.screens import held, shock
from game.ui.screens.checking import answers
from game.ui.screens.checking.cards import card_of
from game.ui.screens.results import ResultsScreen
from game.ui.screens.watching import WatchingScreen
from game.ui.settings import Settings
from game.ui.stagehand import Stagehand, choose
from game.ui.words import knows, say
from tests.ui import moments
from tests.ui.stills import Still
from tests.ui.views import NOW_MS

NEAR_MS = skills().times.near_miss_ms


def struck(seat: int, ago_ms: int, *, pushing: bool = False) -> Still:
    crew = moments.crew(0) if pushing else moments.crew()
    still = Still(moments.SEATS[seat], seat, crew=crew)
    still.jolt = Jolt(NOW_MS - ago_ms, 2, 200, 1, frozenset())
    return still


def test_whoever_pushes_is_asked_to_until_the_first_push() -> None:
    late = shock.HOLD_MS + 1_000
    assert shock.lasts(struck(0, late), NOW_MS)
    assert not shock.lasts(struck(0, late, pushing=True), NOW_MS)
    assert not shock.lasts(struck(1, late), NOW_MS)


def test_the_first_push_is_seen_on_the_shock_camera() -> None:
    assert shock.lasts(struck(0, 1_500, pushing=True), NOW_MS)
    assert not shock.lasts(struck(3, 1_500, pushing=True), NOW_MS)


def test_own_hands_are_on_the_chest_in_the_frame_of_the_press() -> None:
    still = struck(0, 1_500)
    assert still.jolt is not None
    assert not shock.pushed(still, still.jolt)
    still.hands = Hands(NOW_MS, -1, -1)
    assert shock.pushed(still, still.jolt)


@pytest.mark.parametrize(("away_ms", "near"), [(0, True), (NEAR_MS, True), (NEAR_MS + 50, False)])
def test_a_press_within_a_blink_of_the_shock_is_a_near_miss(away_ms: int, near: bool) -> None:
    still = struck(0, 400)
    assert still.jolt is not None
    still.hands = Hands(-1, still.jolt.at_ms - away_ms, -1)
    assert shock.near_miss(still, still.jolt) is near


@pytest.mark.parametrize("calm", [True, False])
def test_reduced_motion_holds_the_bolt_still(canvas: pygame.Surface, calm: bool) -> None:
    pictures = []
    for ago_ms in (60, 300):
        still = struck(3, ago_ms)
        still.settings = Settings(calm=calm)
        screen = shock.ShockScreen()
        screen.draw(canvas, still, NOW_MS)
        pictures.append(pygame.image.tobytes(canvas.subsurface(400, 200, 380, 240), "RGB"))
    assert (pictures[0] == pictures[1]) is calm


def test_what_was_said_in_this_check_leads_its_card() -> None:
    still = moments.ring(3)
    fresh, stale = card_of(still, 1, NOW_MS), card_of(still, 0, NOW_MS)
    assert fresh.fresh
    assert fresh.said.startswith("CO2")
    assert not stale.fresh


def test_lost_points_say_why_and_the_same_sentence_once() -> None:
    rows = [
        {"block": "flow", "rule": "check_length.long", "text": "A check was long.", "points": 3},
        {"block": "flow", "rule": "check_length.long", "text": "A check was long.", "points": 4},
        {"block": "therapy", "rule": "redose", "text": "Epinephrine came late.", "points": 9.5},
        {"block": "flow", "rule": "peri_shock.unseen", "text": "Nothing to judge.", "points": 20},
        {"block": "", "rule": "critical", "text": "Oesophageal.", "points": 100},
    ]
    outcome = read(json.dumps({"deductions": rows}))
    assert outcome is not None
    assert [(loss.why, loss.points) for loss in outcome.losses] == [
        ("Epinephrine came late.", 9.5),
        ("A check was long.", 7.0),
    ]


def test_every_reason_for_no_rank_has_its_words() -> None:
    source = Path(scoring.__file__).with_name("ranking.py").read_text(encoding="utf-8")
    codes = set(
        re.findall(r'f?"([a-z_]+)(?::\{\w+\})?"', source[source.index("found = [") : source.index("return tuple")])
    )
    assert {"bots", "lost_link", "macro", "not_enough_seen"} <= codes
    assert not [code for code in codes if not knows(f"not_ranked.{code}")]


def test_the_result_offers_the_same_patient_and_a_new_one(canvas: pygame.Surface) -> None:
    for level, skill in (("S01", "trainee"), ("S03", "distracted")):
        still = moments.results(level, skill)
        screen = ResultsScreen()
        screen.draw(canvas, still, NOW_MS)
        intents = [control.intent for control in screen.controls()]
        assert {Intent("again"), Intent("again", ("same",)), Intent("leave")} <= set(intents)


def test_a_lost_case_has_a_quiet_minute_before_its_figures(canvas: pygame.Surface) -> None:
    still = moments.results("S03", "distracted")
    screen = ResultsScreen()
    screen.draw(canvas, still, NOW_MS)
    still.input.mean(next(c.intent for c in screen.controls() if c.intent.op == Local.PAPER), 0)
    screen.draw(canvas, still, NOW_MS)
    first = pygame.image.tobytes(canvas, "RGB")
    screen.draw(canvas, still, NOW_MS + 10_000)
    assert pygame.image.tobytes(canvas, "RGB") != first


def words_of(still: Still) -> str:
    word = held.said(cast("Client", still), float(NOW_MS))
    return word.title if word else ""


def test_play_that_stands_still_says_so_without_blame() -> None:
    assert words_of(moments.lead()) == ""
    assert words_of(moments.cut_off()) == say("held.lost")
    assert words_of(moments.frozen()) == say("held.frozen")
    assert words_of(moments.taken_back()) == say("held.back", at="2:30")


def test_somebody_with_bots_alone_is_not_told_of_a_teacher() -> None:
    still = moments.frozen()
    still.view = moments.lead(crew=tuple(seen for seen in moments.crew())).view
    assert words_of(still) == say("held.frozen")
    alone = moments.lead(crew=(*(moments.crew(bot=seat)[seat] for seat in range(3)), moments.crew()[3]))
    alone.phase = "frozen"
    assert words_of(alone) == say("held.rests")


def test_a_seat_without_stations_watches(canvas: pygame.Surface) -> None:
    still = moments.watcher()
    assert choose(cast("Client", still), float(NOW_MS)) == "watching"
    screen = WatchingScreen()
    screen.draw(canvas, still, NOW_MS)
    assert {control.intent.op for control in screen.controls()} <= set(Local)


def test_a_seat_without_stations_is_shown_no_station() -> None:
    view = moments.watcher().view
    assert not any((view.chest, view.airway, view.cart, view.defibrillator, view.lead))
    assert view.findings == ()
    assert view.orders == ()


def test_the_wheel_calls_out_to_a_seat_by_name() -> None:
    still = moments.wheel()
    still.input.mean(Intent(Local.TARGET, (int(Station.LEAD),)), 0)
    assert still.input.mean(Intent("callout", ("help",)), 0) == [Intent("call_to", ("help", int(Station.LEAD)))]


def test_a_target_that_is_chosen_again_is_everyone() -> None:
    still = moments.wheel()
    for _ in range(2):
        still.input.mean(Intent(Local.TARGET, (int(Station.LEAD),)), 0)
    assert still.input.mean(Intent("callout", ("help",)), 0) == [Intent("callout", ("help",))]


def test_all_that_was_said_can_be_read_page_by_page() -> None:
    still = moments.lead()
    still.captions = tuple(Spoken(number, 0, "Compressor to all", str(number)) for number in range(30))
    still.input.mode = Mode(history=True)
    assert frame.history_pages(still) * frame.HISTORY_LINES >= 30
    assert Intent(Local.PAGE) in [control.intent for control in frame.station_controls(still)]


def lit(still: Still, canvas: pygame.Surface) -> Control:
    hand = Stagehand()
    hand.draw(canvas, cast("Client", still), float(NOW_MS))
    assert still.desk is not None
    due = notices.control_due(cast("Client", still), still.desk, hand.controls(cast("Client", still)))
    assert due is not None
    return due


@pytest.mark.parametrize(
    "moment",
    [
        "chest",
        "airway",
        "coach",
        "blade",
        "meds",
        "bag_open",
        "fast_heart",
        "slow_heart",
        "lead",
        "walk_in",
        "pulse_back",
    ],
)
def test_help_always_finds_something_to_light(canvas: pygame.Surface, moment: str) -> None:
    still: Still = getattr(moments, moment)()
    assert canvas.get_rect().contains(lit(still, canvas).rect)


@pytest.mark.parametrize("seat", range(4))
def test_help_finds_something_to_light_in_a_check(canvas: pygame.Surface, seat: int) -> None:
    assert lit(moments.ring(seat), canvas).enabled


def test_help_never_names_the_rhythm(canvas: pygame.Surface) -> None:
    due = lit(moments.ring(3), canvas)
    assert due.intent.op == "call"
    assert all(due.rect.contains(rect) for rect in answers.QUARTERS if rect is not answers.QUARTERS[2])


def test_a_reason_for_lost_points_names_acts_as_people_do() -> None:
    rows = [
        {"block": "coordination", "rule": "loops.undone", "points": 9, "text": "Switch_ask was ordered and never done.",
         "figures": {"act": "switch_ask"}},
        {"block": "coordination", "rule": "loops.undone", "points": 8, "text": "Give epinephrine 1000 was never done.",
         "figures": {"act": "give epinephrine 1000"}},
        {"block": "safety", "rule": "events", "points": 7, "text": "1 safety events: too_early.",
         "figures": {"codes": "too_early"}},
    ]  # fmt: skip
    losses = outcome._losses({"deductions": rows})
    assert [loss.why for loss in losses] == [
        "Switch at the next check was ordered and never done.",
        "Give epinephrine was never done.",
        "1 safety events: too early.",
    ]
