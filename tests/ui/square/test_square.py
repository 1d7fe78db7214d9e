"""The 4:3 canvas: all that can be pressed is seen, large enough, and lies on nothing else."""

from itertools import combinations
from typing import cast

import pygame
import pytest

from game.platform import DESK, PHONE, SQUARE, shape_of
from game.ui.client import Client
from game.ui.screen import Control, Local
from game.ui.square.furniture import DOCK, HELP, MENU, PLACES, STOP, TOP, WHEEL
from game.ui.stagehand import Stagehand
from tests.ui.gallery import SHOTS
from tests.ui.table import Table
from tests.ui.views import NOW_MS

SQUARES = sorted(name for name in SHOTS if name.startswith("square-"))
CLOSES = frozenset({Local.BACK, Local.PAPER, Local.CAPTIONS, Local.LOOK})


def shown(name: str) -> list[Control]:
    """The controls of a shot after a frame."""
    surface = pygame.display.set_mode(SQUARE)
    hand, still = Stagehand(SQUARE), cast(Client, SHOTS[name].still())
    hand.draw(surface, still, float(NOW_MS))
    found = list(hand.controls(still))
    return [one for place, one in enumerate(found) if not covered(one, found[place + 1 :])]


def covered(control: Control, later: list[Control]) -> bool:
    """True for what lies under something else as a whole: nobody can press it."""
    return any(other.rect.contains(control.rect) for other in later)


@pytest.mark.parametrize("name", SQUARES)
def test_every_target_is_on_the_canvas_and_large_enough(canvas: pygame.Surface, name: str) -> None:
    whole = pygame.Rect((0, 0), SQUARE)
    for control in shown(name):
        assert whole.contains(control.rect), control
        if control.intent.op not in CLOSES and control.intent.op not in (Local.FACT, Local.PAGE):
            assert control.rect.w >= 44, control
            assert control.rect.h >= 44, control


@pytest.mark.parametrize("name", SQUARES)
def test_no_target_lies_half_over_another(canvas: pygame.Surface, name: str) -> None:
    for one, other in combinations(shown(name), 2):
        if one.intent == other.intent or not one.rect.colliderect(other.rect):
            continue
        lies_on = one.rect.contains(other.rect) or other.rect.contains(one.rect)
        assert lies_on or {one.intent.op, other.intent.op} & {"push", "squeeze", Local.BACK, Local.PAPER}, (one, other)


@pytest.mark.parametrize(
    "name", ["square-chest", "square-airway", "square-meds", "square-lead", "square-ring-lead", "square-ring-meds"]
)
def test_the_bars_have_all_their_keys(canvas: pygame.Surface, name: str) -> None:
    ops = {control.intent.op for control in shown(name)}
    assert {"stop", Local.WHEEL, Local.HELP, Local.MENU, Local.CAPTIONS} <= ops


def test_the_furniture_stands_where_the_design_put_it() -> None:
    assert tuple(PLACES) == tuple(pygame.Rect(16 + 110 * place, 650, 104, 56) for place in range(6))
    assert pygame.Rect(676, 650, 64, 56) == WHEEL
    assert pygame.Rect(748, 650, 196, 56) == STOP
    for rect in (HELP, MENU):
        assert TOP.contains(rect)
    assert all(DOCK.contains(rect) for rect in PLACES)


def test_a_window_of_four_to_three_gets_this_canvas() -> None:
    assert shape_of(1024, 768) == SQUARE
    assert shape_of(1366, 768) == DESK
    assert shape_of(844, 390) == PHONE


def test_a_window_made_narrower_keeps_the_seat(canvas: pygame.Surface) -> None:
    table = Table(1)
    table.play(1)
    shown_ms = table.app.client.view.now_ms
    table.platform.size = SQUARE
    table.play(1)
    assert table.surface.get_size() == SQUARE
    assert table.app.client.view.now_ms > shown_ms
