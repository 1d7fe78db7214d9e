"""What a screen says at a moment that matters, and that it says it whole."""

import json
from collections.abc import Callable
from dataclasses import replace

import pygame
import pytest

from game.log import Plain
from game.rules.commands import CAUSES, Choice
from game.rules.setup import Sight
from game.rules.views import AirwayView, CheckView, ExpertView, LineView, ReportedView, SlipView, SwitchView
from game.stations import Station
from game.ui import library, text
from game.ui.keyboard import cap
from game.ui.pads import ACTS
from game.ui.screen import Jolt, Mode, Screen
from game.ui.screens import count
from game.ui.screens.airway import AirwayScreen
from game.ui.screens.chest import HEAVY, HOW, ChestScreen
from game.ui.screens.lead import LeadScreen
from game.ui.screens.leading import clocks, reported
from game.ui.screens.meds import MedsScreen
from game.ui.screens.results import ResultsScreen
from game.ui.screens.ring import RingScreen
from game.ui.screens.shock import ShockScreen
from game.ui.theme import AIR, DANGER, INK, TEXT2, WARN
from game.ui.tiles import PAGE
from game.ui.words import say
from tests.ui import views
from tests.ui.stills import Still

Said = dict[str, str]
"""Words on the canvas and the colour they are in."""


@pytest.fixture
def said(canvas: pygame.Surface, monkeypatch: pytest.MonkeyPatch) -> Callable[[Screen, Still], Said]:
    """Draws a frame and tells its words."""
    found: Said = {}
    write = text.write

    def heard(
        surface: pygame.Surface,
        x: float,
        baseline: float,
        words: str,
        px: int = 16,
        weight: int = 500,
        colour: str = "",
        **how: object,
    ) -> float:
        found[words] = colour
        return write(surface, x, baseline, words, px, weight, colour or "#FFFFFF", **how)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr(text, "write", heard)

    def draw(screen: Screen, still: Still) -> Said:
        found.clear()
        screen.draw(canvas, still, views.NOW_MS)
        return dict(found)

    return draw


def test_clues_to_a_cause_stay_on_the_board() -> None:
    """What was found first and points to a cause, is not pushed out by what is normal and was said after it."""
    clues = [("vent_record", "peak"), ("trachea", "right"), ("breath_left", "absent"), ("percussion_left", "hollow")]
    normal = [("throat", "clear"), ("lips", "normal"), ("odour", "none"), ("in_hand", "epinephrine 1000")]
    told = tuple(ReportedView(*one, views.NOW_MS - 60_000 + at, 1) for at, one in enumerate(clues + normal))
    level = library.level("S09")
    own = replace(level.findings[0], key="vent_record", value="peak", suggests=("tension_pneumothorax",))
    level = replace(level, findings=(*level.findings, own))
    keys = {key for key, _ in reported.reported_slots(replace(views.lead(), reported=told), level)}
    assert keys >= {key for key, _ in clues}


HANDS_ON = replace(views.ring(), hands_off_ms=-1)
LET_GO = {words: say(f"ring.{words}") for words in ("hands_off", "fingers_off", "first_push")}


def test_hands_on_the_chest_in_a_check_are_told_one_thing(said: Callable[[Screen, Still], Said]) -> None:
    words = said(RingScreen(), Still(Station.CHEST, 0, check=HANDS_ON))
    assert words[LET_GO["hands_off"]] == DANGER
    assert LET_GO["fingers_off"] not in words
    assert LET_GO["first_push"] not in words


@pytest.mark.parametrize(("call", "loud"), [("", False), ("vf", False), ("organised_wide", True)])
def test_fingers_are_asked_for_once_hands_are_off_and_loudly_once_a_pulse_is_possible(
    said: Callable[[Screen, Still], Said], call: str, loud: bool
) -> None:
    words = said(RingScreen(), Still(Station.CHEST, 0, check=views.ring(call)))
    assert words[LET_GO["fingers_off"]] == (WARN if loud else TEXT2)
    assert words.get(LET_GO["hands_off"]) != DANGER


def test_a_check_before_the_first_push_asks_nobody_to_let_go(said: Callable[[Screen, Still], Said]) -> None:
    chest = replace(views.chest(), on_chest=False)
    words = said(RingScreen(), Still(Station.CHEST, 0, check=HANDS_ON, chest=chest))
    assert LET_GO["fingers_off"] in words


@pytest.mark.parametrize("seat", [1, 2, 3])
def test_only_the_seat_on_the_chest_is_told_to_let_go(said: Callable[[Screen, Still], Said], seat: int) -> None:
    check: CheckView = HANDS_ON
    held = (Station.CHEST, Station.AIRWAY, Station.CART | Station.DEFIBRILLATOR, Station.LEAD)[seat]
    assert say("ring.let_go_what") not in said(RingScreen(), Still(held, seat, check=check))


def test_the_count_says_stop_when_the_breaths_are_due(
    canvas: pygame.Surface, said: Callable[[Screen, Still], Said]
) -> None:
    due, early = (Still(Station.CHEST, 0, chest=replace(views.chest(), count=count)) for count in (30, 29))
    assert said(ChestScreen(), due)["Stop: 2 breaths"] == INK
    (x, y), radius = count.RING[due.level.feedback_device]
    assert canvas.get_at((x, y + radius + 10)) == pygame.Color(AIR)
    assert "Breaths in 1" in said(ChestScreen(), early)


def test_taking_over_names_its_key(said: Callable[[Screen, Still], Said]) -> None:
    words = said(AirwayScreen(), Still(Station.AIRWAY, 1, switch=SwitchView(0, 1, open=True)))
    assert {say("airway.step_in"), cap("Space")} <= words.keys()


@pytest.mark.parametrize(("number", "title"), [(2, "Shock 2 delivered"), (None, "Shock delivered")])
def test_a_shock_is_numbered_only_where_its_number_is_known(
    said: Callable[[Screen, Still], Said], number: int | None, title: str
) -> None:
    still = Still(Station.AIRWAY, 1)
    still.jolt = Jolt(views.NOW_MS - 900, 2, 200, number, frozenset())
    assert title in said(ShockScreen(), still)


@pytest.mark.parametrize("stations", [Station.CHEST, Station.AIRWAY])
def test_after_a_shock_on_a_beating_heart_nobody_is_sent_to_push(
    said: Callable[[Screen, Still], Said], stations: Station
) -> None:
    still = Still(stations, 0, check=CheckView(-1, "", "felt", shock_pending=False, hands_off_ms=0, clear_said=False))
    still.jolt = Jolt(views.NOW_MS - 900, 2, 120, 1, frozenset())
    heard = said(ShockScreen(), still)
    assert say("shock.pulse_1") in heard
    assert heard.keys().isdisjoint({say("shock.push_now"), say("shock.others_1")})


@pytest.mark.parametrize(("level", "cause"), [("S09", "Cause: Tension pneumo"), ("D4", "")])
def test_the_figures_name_the_cause(said: Callable[[Screen, Still], Said], level: str, cause: str) -> None:
    still = Still(Station.LEAD, 3)
    still.level = library.level(level)
    still.result = json.dumps({"outcome": "pulse_held", "score": 612, "of": 1000})
    assert [words for words in said(ResultsScreen(), still) if words.startswith("Cause")] == [cause][: bool(cause)]


@pytest.mark.parametrize("late_s", [3, 45, 115, 999])
def test_a_check_long_overdue_stays_in_its_panel(canvas: pygame.Surface, late_s: int) -> None:
    still = Still(Station.LEAD, 3)
    lead = replace(views.lead(), cycle_ms=views.NOW_MS - still.pack.cycle_ms - late_s * 1000)
    canvas.fill("#000000")
    clocks.draw(canvas, still, lead, views.NOW_MS)
    beyond = canvas.subsurface(pygame.Rect(clocks.CLOCKS.right - 2, clocks.CLOCKS.y, 40, clocks.CLOCKS.h))
    assert pygame.mask.from_threshold(beyond, (0, 0, 0), (1, 1, 1)).count() == beyond.get_width() * beyond.get_height()


def open_pads() -> list[Mode]:
    acts = [
        Mode(pad=number, page=page)
        for number, tiles in ACTS.items()
        if isinstance(number, int)
        for page in range(-(-len(tiles) // PAGE))
    ]
    groups = [Mode(pad=4, group=name) for name in ("antiarrhythmic", "calcium", "fluids", "pumps")]
    others = [Mode(pad=4, group="other", page=page) for page in range(5)]
    causes = [Mode(pad=6, path=("cause",), page=page) for page in (0, 1)]
    tests = Mode(pad=5, group="tests")
    return [*acts, tests, Mode(pad=4), *groups, *others, *(Mode(pad=6, page=page) for page in (0, 1)), *causes]


@pytest.mark.parametrize("mode", open_pads(), ids=str)
def test_nothing_on_a_pad_is_cut_short(said: Callable[[Screen, Still], Said], mode: Mode) -> None:
    still = Still(Station.LEAD, 3)
    still.input.mode = mode
    offered: tuple[Plain, ...] = tuple(tile.title for tile in still.tiles)
    cut = [words for words in said(LeadScreen(), still) if words.endswith("...") and words not in offered]
    assert [words for words in cut if not words.startswith(("Shock", "Drugs", "test", "call"))] == []


def test_every_cause_is_read_whole_on_the_board(said: Callable[[Screen, Still], Said]) -> None:
    words = said(LeadScreen(), Still(Station.LEAD, 3, lead=replace(views.lead(), causes=(1,) * len(CAUSES))))
    for cause in CAUSES:
        assert set(words) & {say(f"{Choice.CAUSE}.{cause}"), *say(f"{Choice.CAUSE}.{cause}").split()}
    assert not any(word.endswith("...") and word.startswith(("Thromb", "Coron", "Pulm", "Hypo")) for word in words)


def test_the_tag_of_tired_arms_and_the_key_for_pushing_lie_apart() -> None:
    assert HOW.y - HEAVY.bottom >= 8


MEDS = Station.CART | Station.DEFIBRILLATOR
GAS = SlipView("gas", views.NOW_MS - 10_000, views.NOW_MS - 160_000, (("ph_thousandth", 7050), ("paco2_mmhg", 62)))


def test_a_gas_that_is_back_stands_on_the_paper_with_its_units(said: Callable[[Screen, Still], Said]) -> None:
    still = Still(MEDS, 2, cart=replace(views.cart(), slips=(GAS,)))
    still.input.mode = Mode(paper=True)
    assert {"pH", "7.05", "PaCO2", "62 mmHg"} <= said(MedsScreen(), still).keys()


def test_a_drug_that_waits_in_a_line_asks_for_its_flush(said: Callable[[Screen, Still], Said]) -> None:
    lines = (LineView("iv_left", "open", "atropine"),)
    words = said(MedsScreen(), Still(MEDS, 2, cart=replace(views.cart(), lines=lines)))
    assert words["atropine"] == WARN


def test_a_leader_who_is_blind_is_told_whom_to_ask(said: Callable[[Screen, Still], Said]) -> None:
    still = Still(Station.LEAD, 3, lead=replace(views.lead(), ecg=replace(views.ECG, connected=False)))
    assert say("lead.no_trace") in said(LeadScreen(), still)
    still.sight = Sight.BLIND
    assert {say("lead.blind"), say("lead.ask_for", who="Meds")} <= said(LeadScreen(), still).keys()


def test_who_was_called_and_what_was_asked_is_marked(said: Callable[[Screen, Still], Said]) -> None:
    level, _ = library.case("S15")
    expert, question = next(iter(level.experts)), next(iter(level.questions))
    called = (ExpertView(expert, views.NOW_MS - 5_000, views.NOW_MS + 60_000),)
    still = Still(Station.LEAD, 3, lead=replace(views.lead(), experts=called, answers=(question,)))
    still.level = level
    found = {}
    for op in ("call_expert", "ask"):
        still.input.mode = Mode(pad=6, path=(op,), root=1)
        found[op] = said(LeadScreen(), still)
    assert "here in 1:00" in found["call_expert"]
    assert "asked" in found["ask"]


def test_a_high_co2_stays_on_the_glass(said: Callable[[Screen, Still], Said]) -> None:
    marks = [
        {"0", str(top // 2), str(top)} <= numbers(said, replace(views.airway(), etco2_mmhg=etco2))
        for etco2, top in ((16, 40), (71, 80))
    ]
    assert marks == [True, True]


def numbers(said: Callable[[Screen, Still], Said], airway: AirwayView) -> set[str]:
    """The figures on the airway's screen."""
    found: set[str] = set()
    number = text.number

    def heard(surface: pygame.Surface, x: float, baseline: float, words: str, *more: object, **how: object) -> float:
        found.add(words)
        return number(surface, x, baseline, words, *more, **how)  # type: ignore[arg-type]  # passed on

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text, "number", heard)
        said(AirwayScreen(), Still(Station.AIRWAY, 1, airway=airway))
    return found


SCREENS: dict[str, tuple[Callable[[], Screen], Station, int]] = {
    "chest": (ChestScreen, Station.CHEST, 0),
    "airway": (AirwayScreen, Station.AIRWAY, 1),
    "meds": (MedsScreen, MEDS, 2),
    "lead": (LeadScreen, Station.LEAD, 3),
    "ring": (RingScreen, Station.LEAD, 3),
    "shock": (ShockScreen, Station.CHEST, 0),
    "results": (ResultsScreen, Station.LEAD, 3),
}


@pytest.mark.parametrize("name", SCREENS)
def test_level_and_pack_stand_on_every_screen(said: Callable[[Screen, Still], Said], name: str) -> None:
    made, stations, seat = SCREENS[name]
    still = Still(stations, seat, check=views.ring()) if name == "ring" else Still(stations, seat)
    still.level, still.pack = library.case("S03B", "erc2025")
    still.jolt = Jolt(views.NOW_MS - 900, 2, 200, 1, frozenset())
    words = " ".join(said(made(), still))
    assert "S03B" in words
    assert still.pack.label in words


def test_what_went_wrong_is_named_in_the_results(said: Callable[[Screen, Still], Said]) -> None:
    still = Still(Station.LEAD, 3)
    errors = [{"ms": 1, "code": "oesophageal", "seat": 1, "why": ""}]
    still.result = json.dumps({"outcome": "pulse_held", "score": 612, "of": 1000, "critical_errors": errors})
    assert say("safety.oesophageal") in said(ResultsScreen(), still)


def test_where_a_pulse_is_known_nobody_is_asked_to_push(said: Callable[[Screen, Still], Said]) -> None:
    known = CheckView(-1, "", "felt", shock_pending=False, hands_off_ms=-1, clear_said=False)
    still = Still(Station.CHEST, 0, check=known, chest=replace(views.chest(), on_chest=False))
    words = said(ChestScreen(), still)
    assert say("chest.has_pulse") in words
    assert say("hold.push") not in words
    first = Still(Station.LEAD, 3, check=known, lead=replace(views.lead(), started=False))
    words = said(LeadScreen(), first)
    assert {say("first_act.begin"), say("first_act.pressure"), say("lead.pulse_known")} <= words.keys()
    assert say("first_act.push") not in words


def test_one_who_breathes_by_himself_is_owed_no_breaths(said: Callable[[Screen, Still], Said]) -> None:
    known = CheckView(-1, "", "felt", shock_pending=False, hands_off_ms=-1, clear_said=False)
    crew = tuple(replace(seen, hands_on=False) for seen in views.view(Station.AIRWAY).crew)
    airway = replace(views.airway(), window=False, last_breath_ms=-1)
    words = said(AirwayScreen(), Still(Station.AIRWAY, 1, check=known, crew=crew, airway=airway))
    assert say("airway.own_breaths") in words
