"""Own hands on the chest: as deep as the rules say, and no press lost between frames."""

import pygame
import pytest

from game.rules.skills.params import on_curve, skills
from game.ui import library
from game.ui.screen import Hands
from game.ui.theme import OK, TEXT, WARN
from game.ui.widgets.press import MARKS, DepthPlot, Mark, Moment, Peak, Stroke, verdict

RECT = pygame.Rect(0, 0, 252, 166)


def test_the_drawn_depth_is_the_depth_of_the_rules() -> None:
    for hold_ms in (60, 150, 230, 320):
        stroke = Stroke()
        depth = stroke.follow(Hands(1000, -1, -1), 1000 + hold_ms)
        assert depth == on_curve(skills().push.depth_um, hold_ms)


def test_a_press_that_ended_between_two_frames_is_shown_at_its_true_depth() -> None:
    stroke = Stroke()
    stroke.follow(Hands(1000, -1, -1), 1010)
    stroke.follow(Hands(-1, 1160, -1), 1200)
    assert stroke.peak == Peak(1160, on_curve(skills().push.depth_um, 160))
    stroke.follow(Hands(-1, 1160, -1), 1216)
    assert stroke.peak is None


def test_the_chest_is_back_up_soon_after_the_release() -> None:
    stroke = Stroke()
    stroke.follow(Hands(1000, -1, -1), 1150)
    rising = [stroke.follow(Hands(-1, 1160, -1), now_ms) for now_ms in range(1160, 1400, 16)]
    assert rising == sorted(rising, reverse=True)
    assert rising[-1] == 0


def played(canvas: pygame.Surface, mark: Mark, presses: int) -> pygame.Surface:
    """One press, judged 120 ms later with `mark` and the count `presses`, two seconds on."""
    plot = DepthPlot(RECT, library.pack("aha2025"))
    stroke = Stroke()
    for now_ms in range(1000, 3000, 16):
        hands = Hands(1200, -1, -1) if 1200 <= now_ms < 1360 else Hands(-1, 1360 if now_ms >= 1360 else -1, -1)
        depth = stroke.follow(hands, now_ms)
        plot.draw(canvas, Moment(depth, stroke.peak, mark, presses if now_ms > 1480 else 7), now_ms)
    return canvas


def has(canvas: pygame.Surface, colour: str, above: int, below: int) -> bool:
    wanted = pygame.Color(colour)[:3]
    band = range(above, below)
    return any(canvas.get_at((x, y))[:3] == wanted for x in range(120, 240) for y in band)


@pytest.mark.parametrize(("depth_um", "colour"), [(54_000, OK), (44_000, WARN), (66_000, WARN)])
def test_a_judged_press_gets_the_mark_of_its_depth(canvas: pygame.Surface, depth_um: int, colour: str) -> None:
    played(canvas, Mark(depth_um, 500), 8)
    y = round(4 + depth_um / 70_000 * 158)
    assert has(canvas, colour, y - 3, min(160, y + 14))


def test_breaths_that_set_the_count_back_are_no_press(canvas: pygame.Surface) -> None:
    played(canvas, Mark(44_000, 500), 0)
    assert not has(canvas, WARN, 90, 160)


@pytest.mark.parametrize(
    ("mark", "word"),
    [
        (Mark(54_000, 500), "recoil_full"),
        (Mark(54_000, 9_000), "leaning"),
        (Mark(77_000, 500), "too_deep"),
        (Mark(77_000, 9_000), "too_deep"),
    ],
)
def test_a_press_too_deep_is_never_praised_for_its_recoil(mark: Mark, word: str) -> None:
    assert verdict(mark, library.pack("aha2025")).word == word


def test_each_mark_of_the_plot_has_a_shape_of_its_own(canvas: pygame.Surface) -> None:
    shapes = {name: pygame.mask.from_surface(mark()) for name, mark in MARKS.items()}
    assert len({(mask.get_size(), mask.count()) for mask in shapes.values()}) == len(MARKS) == 4


def test_no_line_is_drawn_over_the_time_in_which_nobody_watched(canvas: pygame.Surface) -> None:
    plot, still = DepthPlot(RECT, library.pack("aha2025")), Mark(0, 0)
    for now_ms in range(1000, 1500, 16):
        plot.draw(canvas, Moment(50_000, None, still, 7), now_ms)
    plot.draw(canvas, Moment(0, None, still, 7), 3500)
    gap = range(RECT.w - 100, RECT.w - 16)
    between = [canvas.get_at((x, y))[:3] for x in gap for y in range(20, 100)]
    assert pygame.Color(TEXT)[:3] not in between


def test_a_press_made_while_another_screen_was_up_is_not_drawn_as_one_long_one() -> None:
    stroke = Stroke()
    stroke.follow(Hands(1000, -1, -1), 1010)
    stroke.follow(Hands(-1, 5160, -1), 5200)
    assert stroke.peak is None
