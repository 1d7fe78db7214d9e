"""Nothing flashes more than three times in any second, and calm devices see no flash at all (WCAG 2.3.1)."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, cast

import pygame
import pytest

from game.ui.look import wear
from game.ui.settings import Settings
from game.ui.stagehand import Stagehand
from tests.ui import moments
from tests.ui.stills import Still
from tests.ui.views import NOW_MS

if TYPE_CHECKING:
    from game.ui.client import Client

FRAME_MS = 33
WATCHED_MS = 2_000
CELLS = (16, 9)
FLASH = 0.1
"""A flash is a pair of opposing changes of at least this share of the brightest, from or to something not bright."""
BRIGHT = 0.8
MOST = 3

SCENES: dict[str, Callable[[], Still]] = {
    "shock": moments.shock,
    "check": lambda: moments.ring(3),
    "charged": moments.meds,
    "notices": moments.told,
    "lead": moments.lead,
}


def light(value: int) -> float:
    """Relative luminance of a channel."""
    share = value / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


LIGHT = [light(value) for value in range(256)]


def luminances(surface: pygame.Surface) -> list[float]:
    """Of each cell of the picture: a flash matters where it covers an area."""
    small = pygame.transform.smoothscale(surface, CELLS)
    cells = (small.get_at((x, y)) for y in range(CELLS[1]) for x in range(CELLS[0]))
    return [0.2126 * LIGHT[cell.r] + 0.7152 * LIGHT[cell.g] + 0.0722 * LIGHT[cell.b] for cell in cells]


def filmed(still: Still) -> Iterator[tuple[int, list[float]]]:
    """The cells of each frame, from before the moment to well after it."""
    surface, hand = pygame.display.set_mode((1280, 720)), Stagehand()
    if still.jolt:
        still.jolt = still.jolt._replace(at_ms=NOW_MS)
    for now_ms in range(NOW_MS - 200, NOW_MS + WATCHED_MS, FRAME_MS):
        hand.draw(surface, cast("Client", still), float(now_ms))
        yield now_ms, luminances(surface)


def turns(film: list[tuple[int, float]]) -> list[int]:
    """When the light of a cell had gone up or down by a flash's worth since it last turned."""
    found, (_, low), high, way = [], film[0], film[0][1], 0
    for at_ms, value in film:
        low, high = min(low, value), max(high, value)
        if way <= 0 and value - low >= FLASH and low < BRIGHT:
            found.append(at_ms)
            way, high, low = 1, value, value
        elif way >= 0 and high - value >= FLASH and value < BRIGHT:
            found.append(at_ms)
            way, high, low = -1, value, value
    return found


def most_in_a_second(moments_ms: list[int]) -> int:
    return max((sum(0 <= later - at_ms < 1000 for later in moments_ms) for at_ms in moments_ms), default=0)


@pytest.mark.parametrize("calm", [False, True])
@pytest.mark.parametrize("name", SCENES)
def test_nothing_flashes_more_than_three_times_a_second(canvas: pygame.Surface, name: str, calm: bool) -> None:
    still = SCENES[name]()
    still.settings = Settings(calm=calm)
    film = list(filmed(still))
    for cell in range(CELLS[0] * CELLS[1]):
        changes = most_in_a_second(turns([(at_ms, cells[cell]) for at_ms, cells in film]))
        assert changes <= 2 * MOST


def test_a_change_to_and_fro_is_counted_as_two() -> None:
    strobe = [(at_ms, 1.0 if at_ms // 100 % 2 else 0.0) for at_ms in range(0, 2000, 20)]
    assert most_in_a_second(turns(strobe)) == 10


@pytest.fixture(autouse=True)
def plain_look() -> Iterator[None]:
    yield
    wear(Settings())
