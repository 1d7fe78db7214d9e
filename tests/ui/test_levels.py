"""Every level plays on the screens: what each seat is shown of it can be drawn, and what it is told has words."""

import pygame
import pytest

from game.bots.crew import crew_of_bots
from game.log import Fact, Plain
from game.room.host import Host
from game.rules.setup import Setup
from game.rules.skills.intubation import in_view
from game.rules.skills.params import skills
from game.stations import LinkState, Station
from game.ui import library, text
from game.ui.captions import Scene, spoken
from game.ui.company import SCREENS
from game.ui.drawers import DRAWERS, picture, pictures
from game.ui.screen import Mode
from game.ui.screens.paper import CARD_PX
from game.ui.widgets.bars import CAPTION_RECT
from tests.ui.stills import Still
from tests.ui.table import Table

LEVELS = sorted(file.stem for file in library.LEVELS.glob("[SD]*.toml"))
MOMENTS_MS = (1_000, 25_000)


def played(name: str, players: int = 4) -> Host:
    level, pack = library.case(name)
    host = Host(level, pack, 3, crew_of_bots(level, pack, 3, players), setup=Setup(players=players))
    for seat in range(players):
        host.link(seat, LinkState.BOT)
    return host


@pytest.mark.parametrize("name", [*LEVELS, *(f"{stem}B" for stem in LEVELS)])
def test_every_seat_of_a_level_can_be_drawn_and_told(canvas: pygame.Surface, name: str) -> None:
    host, level, pack = played(name), *library.case(name)
    orders: dict[int, tuple[Plain, ...]] = {}
    for moment in MOMENTS_MS:
        for mask, entry in host.tick(moment).events:
            if entry.kind is Fact.ORDER:
                orders[int(str(entry.args[0]))] = entry.args[1:]
            if mask:
                held = {seat: Station(seen.stations) for seat, seen in enumerate(host.view(0).crew)}
                caption = spoken(entry.ms, entry.kind, entry.seat, entry.args, Scene(level, pack, held, orders))
                assert caption is None or caption.words.strip(" .")
        for seat in range(4):
            draw(canvas, Still.at(name, host.view(seat), seat), moment)


@pytest.mark.parametrize("players", [1, 2, 3])
def test_fewer_seats_see_all_their_stations(canvas: pygame.Surface, players: int) -> None:
    host = played("S03", players)
    host.tick(MOMENTS_MS[1])
    for seat in range(players):
        draw(canvas, Still.at("S03", host.view(seat), seat), MOMENTS_MS[1])


def draw(canvas: pygame.Surface, still: Still, now_ms: int) -> None:
    """Every picture of a seat, with its drawers and pads open one after the other."""
    for turn in range(len(pictures(still.stations))):
        screen = SCREENS[picture(still.stations, turn)]()
        pads = range(3, 7) if still.stations & Station.LEAD else ()
        for mode in (Mode(turn=turn), *(Mode(turn=turn, pad=pad) for pad in pads)):
            still.input.mode = mode
            screen.draw(canvas, still, now_ms)
        for name, station in DRAWERS.items():
            if station & still.stations:
                still.input.mode = Mode(turn=turn, group=name)
                screen.draw(canvas, still, now_ms)
        assert screen.controls()


@pytest.mark.parametrize("name", [*LEVELS, *(f"{stem}B" for stem in LEVELS)])
def test_what_stands_in_a_chart_fits_its_card_and_an_answer_its_caption(canvas: pygame.Surface, name: str) -> None:
    level, _ = library.case(name)
    paper = [finding.value for finding in level.findings if finding.station & Station.CART]
    assert [words for words in paper if text.width(words, 14, 600) > CARD_PX] == []
    answers = [each.answer for each in level.questions.values()] + [each.answer for each in level.experts.values()]
    assert [words for words in answers if text.width(f"You: {words}", 18, 600) > CAPTION_RECT.w - 110] == []


def choose(table: Table, words: str) -> None:
    """Takes the open choice called `words`, turning pages until it is up."""
    for _ in range(12):
        titles = [tile.title for tile in table.app.client.tiles]
        if words in titles:
            table.tap(f"Digit{titles.index(words) + 1}")
            return
        table.tap(f"Digit{len(titles)}")
    raise AssertionError(words)


def facts(table: Table, kind: Fact) -> list[tuple[Plain, ...]]:
    return [entry.args for entry in table.log if entry.kind is kind and entry.seat == table.seat]


def test_naloxone_goes_into_the_thigh_by_keys(canvas: pygame.Surface) -> None:
    table = Table(2, "S12")
    table.play(0.3)
    for code in ("ArrowDown", "Enter"):
        table.tap(code)
    choose(table, "Naloxone")
    for code in ("PageUp", "Enter"):
        table.tap(code)
    table.play(table.app.client.pack.drugs["naloxone"].draw_ms / 1000 + 0.5)
    table.key("KeyG", down=True)
    table.play(0.6)
    table.key("KeyG", down=False)
    table.frame()
    choose(table, "IM thigh")
    table.play(table.app.client.pack.tasks_ms["give"] / 1000 + 0.5)
    assert facts(table, Fact.DRUG) == [("naloxone", 400, "im_thigh")]


def test_the_pacemaker_is_turned_up_by_keys_until_the_heart_follows(canvas: pygame.Surface) -> None:
    table = Table(2, "S15")
    table.play(0.3)
    table.tap("Digit1")
    table.play(table.app.client.pack.tasks_ms["pads"] / 1000 + 0.5)
    table.tap("KeyB")
    for _ in range(24):
        table.tap("KeyQ")
        table.play(0.3)
    paced = table.app.client.view.defibrillator
    assert paced is not None
    assert (paced.pacing, paced.ecg.rhythm) == (True, "paced")
    assert paced.ecg.rate_per_min == paced.pace_rate_per_min


def test_a_tube_goes_in_by_three_presses_of_one_key_at_the_right_moments(canvas: pygame.Surface) -> None:
    table = Table(1)
    table.play(0.3)
    table.tap("KeyI")
    table.play(table.app.client.pack.tasks_ms["tube"] / 1000 + 0.3)
    for _ in ("tube_aim", "tube_pass"):
        while not shows(table):
            table.frame()
        table.tap("KeyI")
        table.play(0.2)
    task = table.app.client.view.task
    assert task is not None
    assert task.op == "tube_pass"


def shows(table: Table) -> bool:
    """True if the cords, or the opening, show now and until a press made now has arrived."""
    airway, now_ms = table.app.client.view.airway, table.app.client.room_ms(table.platform.time_ms)
    assert airway is not None
    assert airway.tube is not None
    return all(in_view(airway.tube, now_ms + later_ms, skills()) for later_ms in range(0, 150, 25))


def test_both_hands_seal_the_mask_for_a_breath(canvas: pygame.Surface) -> None:
    table = Table(1)
    while not (table.app.client.seen and table.app.client.view.airway and table.app.client.view.airway.window):
        table.frame()
    for code in ("KeyF", "KeyJ"):
        table.key(code, down=True)
    table.play(0.6)
    table.key("Space", down=True)
    table.play(1)
    table.key("Space", down=False)
    table.play(0.3)
    breaths = facts(table, Fact.BREATH)
    assert breaths[-1][-1] == 100  # percent of the squeeze that passed the seal
