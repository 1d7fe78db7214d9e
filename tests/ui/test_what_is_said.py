"""What a screen says at a moment that matters, and that it says it whole."""

from collections.abc import Callable
from dataclasses import replace

import pygame
import pytest

from game.log import Plain
from game.rules.commands import CAUSES, Choice
from game.rules.views import CheckView, SwitchView
from game.stations import Station
from game.ui import text
from game.ui.keymap import cap
from game.ui.screen import Jolt, Mode, Screen
from game.ui.screens.airway import AirwayScreen
from game.ui.screens.chest import COUNT, HEAVY, HOW, ChestScreen
from game.ui.screens.lead import LeadScreen
from game.ui.screens.leading import clocks
from game.ui.screens.ring import RingScreen
from game.ui.screens.shock import ShockScreen
from game.ui.theme import AIR, DANGER, INK, TEXT2, WARN
from game.ui.tiles import PAD_ORDERS
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
    (x, y), radius = COUNT[due.level.feedback_device]
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


@pytest.mark.parametrize("late_s", [3, 45, 115, 999])
def test_a_check_long_overdue_stays_in_its_panel(canvas: pygame.Surface, late_s: int) -> None:
    still = Still(Station.LEAD, 3)
    lead = replace(views.lead(), cycle_ms=views.NOW_MS - still.pack.cycle_ms - late_s * 1000)
    canvas.fill("#000000")
    clocks.draw(canvas, still, lead, views.NOW_MS)
    beyond = canvas.subsurface(pygame.Rect(clocks.CLOCKS.right - 2, clocks.CLOCKS.y, 40, clocks.CLOCKS.h))
    assert pygame.mask.from_threshold(beyond, (0, 0, 0), (1, 1, 1)).count() == beyond.get_width() * beyond.get_height()


def open_pads() -> list[Mode]:
    orders = [
        Mode(pad=number, page=page) for number, tiles in PAD_ORDERS.items() for page in range(len(tiles) // 5 + 1)
    ]
    return [*orders, Mode(pad=4), Mode(pad=6), *(Mode(pad=6, path=("cause",), page=page) for page in (0, 1))]


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
