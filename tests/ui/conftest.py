"""A surface without a screen for every test of the client's pictures."""

import os

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"

import pygame
import pytest


@pytest.fixture
def canvas() -> pygame.Surface:
    """The logical canvas on the dummy video driver."""
    pygame.display.init()
    pygame.font.init()
    return pygame.display.set_mode((1280, 720))
