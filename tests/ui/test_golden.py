"""Every screen looks as approved: `make screens GOLDEN=1` renews the small pictures, after a look at the large ones."""

import pygame
import pytest

from tests.ui.gallery import SHOTS, render
from tests.ui.golden import FOLDER, changed

ALLOWED = 0.01
"""Of the golden pixels: a trace's head, a blinking dot."""


@pytest.mark.parametrize("name", SHOTS)
def test_a_screen_looks_as_approved(canvas: pygame.Surface, name: str) -> None:
    assert changed(name, render(SHOTS[name])) <= ALLOWED


def test_no_golden_picture_is_left_of_a_screen_that_is_gone() -> None:
    assert {file.stem for file in FOLDER.glob("*.png")} == set(SHOTS)


def test_a_golden_picture_tells_a_moved_panel(canvas: pygame.Surface) -> None:
    picture = render(SHOTS["lead"])
    moved = picture.copy()
    moved.blit(picture, (0, 12))
    assert changed("lead", moved) > ALLOWED
